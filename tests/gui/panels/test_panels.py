"""Panels are moved, floated, closed and enlarged, by mouse where a person uses the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from gui import theme, words
from gui.panels.declared import BOTTOM, CLOSED, CORNER, HOME, LEFT, ORDER, RIGHT, SIDES
from gui.panels.layout import Layout, read_layout
from gui.panels.panels import Panels
from gui.panels.room import Room
from gui.panels.target import preview, target
from gui.words import tr

LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def panels(qtbot: QtBot, qapp: QApplication) -> Iterator[Panels]:
    """All panels as empty pages, in a window of the usual size."""
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    window = QMainWindow()
    room = Room(QWidget())
    window.setCentralWidget(room)
    made = Panels(room, window)
    made.restore(Layout())
    for id in ORDER:
        made.add(id, QLabel())
    window.resize(1280, 800)
    window.show()
    qtbot.addWidget(window)
    yield made
    made.default()


def ids(panels: Panels, place: str) -> list[str]:
    return [panels.id_of(page) for page in panels.room.sides[place].pages()]


def pull(panels: Panels, id: str, to: QPoint, release: bool = True) -> None:
    """Drag a tab to a place of the room."""
    side = panels.side_of(id)
    assert side is not None
    tabs = side.tabs
    start = tabs.tabRect(side.indexOf(panels.pages[id])).center()
    end = tabs.mapFromGlobal(panels.room.mapToGlobal(to))
    QTest.mouseMove(tabs, start)
    QTest.mousePress(tabs, LEFT_BUTTON, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(tabs, start + (end - start) * step / 5)
    if release:
        QTest.mouseRelease(tabs, LEFT_BUTTON, pos=end)


def test_at_first_every_panel_is_at_its_home_and_the_first_ones_are_in_front(
    panels: Panels,
) -> None:
    for place in SIDES:
        assert ids(panels, place) == [id for id in ORDER if HOME[id] == place]
    assert [panels.room.sides[p].currentIndex() for p in (LEFT, RIGHT, BOTTOM)] == [0, 0, 0]
    assert panels.room.sides[CORNER].isHidden()


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ((1200, 300), RIGHT),
        ((300, 700), BOTTOM),
        ((1200, 700), CORNER),
    ],
)
def test_a_tab_is_carried_to_another_side(panels: Panels, at: tuple[int, int], place: str) -> None:
    pull(panels, "data", QPoint(*at))
    assert panels.place_of("data") == place
    assert ids(panels, place)[-1] == "data"
    assert panels.pages["data"].isVisible()
    assert panels.carrier.shade.isHidden()


def test_a_tab_let_go_over_the_canvas_gets_a_window_and_closing_that_brings_it_home(
    panels: Panels,
) -> None:
    pull(panels, "data", QPoint(640, 250))
    (floating,) = panels.floats.values()
    assert floating.isVisible() and panels.pages["data"].isVisible()
    assert tr("tab.data") in floating.windowTitle()
    floating.close()
    assert (panels.place_of("data"), panels.floats) == (LEFT, {})
    assert set(ids(panels, LEFT)) == {"layers", "data", "outline"}


def test_escape_leaves_a_carried_panel_where_it_was(panels: Panels) -> None:
    pull(panels, "data", QPoint(1200, 300), release=False)
    assert panels.carrier.shade.isVisible()
    side = panels.room.sides[LEFT]
    QTest.keyClick(side.tabs, Qt.Key.Key_Escape)
    QTest.mouseRelease(side.tabs, LEFT_BUTTON)
    assert panels.place_of("data") == LEFT
    assert panels.carrier.shade.isHidden()


def test_tabs_dragged_along_change_places_and_that_is_remembered(panels: Panels) -> None:
    tabs = panels.room.sides[BOTTOM].tabs
    start, end = tabs.tabRect(0).center(), tabs.tabRect(1).center() + QPoint(20, 0)
    QTest.mousePress(tabs, LEFT_BUTTON, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(tabs, start + (end - start) * step / 5)
    QTest.mouseRelease(tabs, LEFT_BUTTON, pos=end)
    assert ids(panels, BOTTOM)[:2] == ["predictions", "curves"]
    panels.restore(read_layout(panels.read().text()))
    assert ids(panels, BOTTOM)[:2] == ["predictions", "curves"]


def test_a_double_click_gives_a_panel_all_the_room_and_takes_it_back(panels: Panels) -> None:
    tabs = panels.room.sides[BOTTOM].tabs
    for largest in (True, False):
        QTest.mouseDClick(tabs, LEFT_BUTTON, pos=tabs.tabRect(0).center())
        assert panels.room.middle.isVisible() is not largest
        assert panels.room.sides[LEFT].isVisible() is not largest
        assert panels.pages["curves"].isVisible()


def test_a_side_is_put_away_and_a_panel_wanted_from_it_brings_it_back(panels: Panels) -> None:
    panels.hide_side(BOTTOM)
    assert not panels.room.below.isVisible()
    assert not panels.is_open("curves")
    panels.bring("box", reopen=False)
    assert not panels.room.below.isVisible()
    panels.bring("analysis")
    assert panels.pages["analysis"].isVisible()
    panels.canvas_alone()
    assert not any(side.isVisible() for side in panels.room.sides.values())
    panels.canvas_alone()
    assert all(panels.room.sides[place].isVisible() for place in (LEFT, RIGHT, BOTTOM))


def test_closed_panels_come_back_and_the_default_brings_all_back(panels: Panels) -> None:
    panels.toggle("training")
    assert panels.place_of("training") == CLOSED
    panels.bring("training", reopen=False)
    assert panels.place_of("training") == CLOSED
    panels.toggle("training")
    assert ids(panels, RIGHT) == ["box", "training"]
    for id in ORDER:
        panels.move(id, "floating")
    assert len(panels.floats) == len(ORDER)
    panels.default()
    test_at_first_every_panel_is_at_its_home_and_the_first_ones_are_in_front(panels)


def test_a_layout_is_put_back_with_its_windows_fronts_and_order(panels: Panels) -> None:
    panels.move("predictions", CORNER)
    panels.move("curves", "floating", QPoint(200, 200))
    panels.bring("training")
    panels.close("data")
    text = panels.read().text()
    panels.default()
    panels.restore(read_layout(text))
    assert ids(panels, CORNER) == ["predictions"]
    assert panels.place_of("curves") == "floating 1" and panels.floats["floating 1"].isVisible()
    assert panels.pages["training"].isVisible() and not panels.pages["data"].isVisible()


def test_windows_of_panels_come_and_go_with_the_main_window(panels: Panels) -> None:
    panels.move("curves", "floating")
    (floating,) = panels.floats.values()
    panels.window.hide()
    assert not floating.isVisible()
    panels.window.show()
    assert floating.isVisible()


def test_the_menu_of_a_tab_does_all_that_the_mouse_does(panels: Panels) -> None:
    for place in (RIGHT, BOTTOM, CORNER, LEFT, CLOSED):
        side = panels.side_of("data")
        assert side is not None
        menu = panels.carrier.menu_for("data", side)
        (action,) = [a for a in menu.actions() if a.text() == tr(f"panel.{place}")]
        assert action.toolTip() == tr(f"panel.{place}.tip")
        action.trigger()
        assert panels.place_of("data") == place


def test_tabs_speak_the_language_of_the_window(panels: Panels) -> None:
    words.set_language("zh_CN")
    side = panels.room.sides[LEFT]
    assert side.tabText(0) == tr("tab.layers")
    assert tr("tab.layers.tip") in side.tabToolTip(0)


def test_the_places_around_the_canvas_are_told_apart() -> None:
    room = QRect(0, 0, 1000, 800)
    for at, place in (
        (QPoint(50, 200), LEFT),
        (QPoint(950, 200), RIGHT),
        (QPoint(300, 750), BOTTOM),
        (QPoint(900, 750), CORNER),
        (QPoint(500, 300), "floating"),
        (QPoint(-20, 300), "floating"),
    ):
        assert target(room, {}, at) == place
        if place in SIDES:
            assert preview(room, {}, place).contains(at)
    low = QRect(0, 500, 1000, 300)
    assert target(room, {BOTTOM: low}, QPoint(900, 600)) == CORNER
    assert preview(room, {BOTTOM: low}, CORNER).contains(QPoint(900, 600))
