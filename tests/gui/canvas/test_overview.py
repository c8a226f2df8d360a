"""The small picture of the whole network: when it is shown, and what the mouse does in it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.spec.document import Document
from gui import words
from gui.canvas.habits import Habits
from gui.settings import Settings
from gui.theme import theme
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.test_moving import boxes
from tests.gui.networks import chain

FAR = boxes((0, 0), (3000, 0), (3000, 1500), (0, 1500))
LEFT = Qt.MouseButton.LeftButton


def test_it_is_hidden_where_everything_is_in_view(show: Show) -> None:
    view = show(FAR)
    assert not view.overview.isVisible()
    view.zoom_actual()
    assert view.camera.scale == 1.0
    assert view.overview.isVisible()
    box = view.overview.geometry()
    assert view.rect().contains(box)
    assert view.width() - box.right() < 20 and view.height() - box.bottom() < 20
    view.fit()
    assert not view.overview.isVisible()
    view.zoom_actual()
    view.store.open(Document())
    assert not view.overview.isVisible()


def test_a_click_goes_there(show: Show) -> None:
    view = show(FAR)
    view.zoom_actual()
    goal = QPointF(3075, 1532)
    QTest.mouseClick(view.overview, LEFT, pos=view.overview.to_picture(goal).toPoint())
    assert (view.camera.centre - goal).manhattanLength() < 60  # a pixel there is many here
    assert view.store.selection == () and view.gesture is None


def test_the_frame_is_dragged(show: Show) -> None:
    view = show(FAR)
    view.zoom_actual()
    before, overview = view.camera.centre, view.overview
    start = overview.frame.topLeft().toPoint() + QPoint(4, 4)
    QTest.mousePress(overview, LEFT, pos=start)
    assert (view.camera.centre - before).manhattanLength() < 30  # it does not jump
    for step in range(1, 7):
        QTest.mouseMove(overview, start + QPoint(5 * step, 2 * step))
    QTest.mouseRelease(overview, LEFT, pos=start + QPoint(30, 12))
    way = view.camera.centre - before
    scale = overview.to_canvas(QPointF(1, 0)).x() - overview.to_canvas(QPointF(0, 0)).x()
    assert abs(way.x() - 30 * scale) < 2 * scale and abs(way.y() - 12 * scale) < 2 * scale


def test_it_follows_boxes_language_and_theme(show: Show) -> None:
    view = show(FAR)
    view.zoom_actual()
    pictures = [view.overview.grab().toImage()]
    view.store.select(("dense_3",))
    view.delete_selected()
    pictures.append(view.overview.grab().toImage())
    mode = theme.mode
    theme.use("dark")
    pictures.append(view.overview.grab().toImage())
    theme.use(mode)
    assert all(a != b for a, b in pairwise(pictures))
    words.set_language("zh_CN")
    assert "缩略图" in view.overview.accessibleName()
    assert view.overview.toolTip() != ""


def test_it_is_switched_off_and_that_is_remembered(show: Show, tmp_path: Path) -> None:
    view = show(FAR)
    view.habits = Habits(Settings(tmp_path))
    view.zoom_actual()
    view.switch("overview")
    assert not view.overview.isVisible()
    assert not Habits(Settings(tmp_path)).overview
    assert Habits(Settings(tmp_path)).grid
    view.switch("overview")
    assert view.overview.isVisible()
    assert Habits(Settings(tmp_path)).overview


def test_a_network_in_view_has_none(show: Show) -> None:
    assert not show(chain()).overview.isVisible()
