"""The first page: cards and buttons on an empty canvas, which is drawn on as ever between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from gui.box import MIME
from gui.example_files import path_of
from gui.gallery.first_page import FirstPage
from gui.window.beginning import EXAMPLES
from gui.window.main_window import MainWindow
from gui.words import set_language, tr
from tests.gui.gestures import LEFT, NONE
from tests.gui.networks import chain
from tests.gui.other_end import change_network


@pytest.fixture
def page(window: MainWindow) -> FirstPage:
    """The page over a canvas on which nothing is drawn."""
    window.store.open(Document())
    return window.beginning.page


def seen(page: FirstPage, row: str) -> list[str]:
    return [card.shown.key for card in page.rows[row] if card.isVisible()]


def test_it_is_there_while_nothing_is_drawn(window: MainWindow, page: FirstPage) -> None:
    assert page.isVisible()
    assert seen(page, "examples") == list(EXAMPLES)
    assert seen(page, "recent") == []
    assert not page.geometry().intersects(window.canvas.hint.geometry())
    assert window.canvas.rect().contains(page.geometry())
    window.store.edit("draw", chain())
    assert not page.isVisible()
    window.store.undo_stack.undo()
    assert page.isVisible()


def test_a_click_opens_an_example(window: MainWindow, page: FirstPage) -> None:
    card = page.rows["examples"][1]
    QTest.mouseClick(card, LEFT, NONE, card.rect().center())
    assert window.store.document == read(path_of(EXAMPLES[1])).document
    assert not page.isVisible()


def test_recent_files_come_first(window: MainWindow, tmp_path: Path) -> None:
    paths = [tmp_path / f"net {number}.layerwise" for number in range(6)]
    for path in paths:
        write(path, Saved(chain()))
        window.settings.add_recent(path)
    paths[5].unlink()
    window.store.open(Document())
    page = window.beginning.page
    assert seen(page, "recent") == [str(path) for path in reversed(paths[1:5])]
    card = page.rows["recent"][0]
    assert card.accessibleName() == "net 4"
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert window.filing.path == paths[4]


def test_what_has_no_room_is_left_out(window: MainWindow, page: FirstPage) -> None:
    window.canvas.setFixedSize(380, 300)
    QApplication.processEvents()
    assert seen(page, "examples") == []
    window.canvas.setFixedSize(380, 420)
    QApplication.processEvents()
    assert seen(page, "examples") == list(EXAMPLES[:2])
    assert all(button.isVisible() for button in page.buttons)
    assert window.canvas.rect().contains(page.geometry())


def test_the_buttons_do_what_the_menu_does(
    window: MainWindow, page: FirstPage, qtbot: QtBot
) -> None:
    assert [button.text() for button in page.buttons] == ["All examples…", "Open…", "Import data…"]
    set_language("zh_CN")
    assert page.buttons[0].text() == tr("first.examples") == "所有示例…"
    QTest.mouseClick(page.buttons[0], LEFT)
    qtbot.waitUntil(window.ways.gallery.isVisible)
    window.ways.gallery.close()


def test_a_layer_dropped_on_a_card_falls_on_the_canvas(window: MainWindow, page: FirstPage) -> None:
    card = page.rows["examples"][0]
    place = card.mapTo(page, card.rect().center())
    data, action = QMimeData(), Qt.DropAction.CopyAction
    data.setData(MIME, b"dense")
    on_canvas = window.canvas.viewport().mapFromGlobal(page.mapToGlobal(place))
    for event in (
        QDragEnterEvent(place, action, data, LEFT, NONE),
        QDragMoveEvent(place, action, data, LEFT, NONE),
        QDropEvent(QPointF(place), action, data, LEFT, NONE),
    ):
        QApplication.sendEvent(page, event)
        assert event.isAccepted()
    (node,) = window.store.document.network.nodes
    assert node.kind == "dense"
    body = window.canvas.canvas.nodes[node.id].body
    assert body.contains(window.canvas.mapToScene(on_canvas))
    assert not page.isVisible()


def test_between_the_cards_the_canvas_is_used(window: MainWindow, page: FirstPage) -> None:
    card = page.rows["examples"][0]
    gap = card.mapTo(window.canvas, QPoint(card.width() + 5, 20))
    assert window.canvas.childAt(gap) is window.canvas.viewport()
    assert window.canvas.childAt(card.mapTo(window.canvas, QPoint(5, 20))) is card


def recent_menu(window: MainWindow) -> list[QAction]:
    (menu,) = (m for m in window.menuBar().findChildren(QMenu) if "ecent" in m.title())
    menu.aboutToShow.emit()
    return menu.actions()


def test_the_menu_of_recent_files_keeps_what_is_not_there(
    window: MainWindow, tmp_path: Path
) -> None:
    assert [(a.text(), a.isEnabled()) for a in recent_menu(window)] == [
        (tr("menu.recent.empty"), False)
    ]
    here, gone = tmp_path / "here.layerwise", tmp_path / "gone.layerwise"
    for path in (here, gone):
        write(path, Saved(chain()))
        window.settings.add_recent(path)
    gone.unlink()
    first, second, _, forget = recent_menu(window)
    assert (first.isEnabled(), second.isEnabled()) == (False, True)
    assert "not there" in first.text()
    assert str(gone) in first.toolTip()
    forget.trigger()
    (only,) = recent_menu(window)
    assert only.text() == "here.layerwise"
    change_network(window.run)
    window.store.undo_stack.setClean()
    only.trigger()
    assert window.filing.path == here
