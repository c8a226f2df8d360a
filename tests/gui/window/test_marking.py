"""Signs on the canvas: what hovering, clicking and keys show beside them, and what is previewed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec.edits import set_options
from gui.canvas.marks import sign_of_box, sign_of_edge
from gui.canvas.view import CanvasView
from gui.engine_client import EngineClient
from gui.run import Run
from gui.store import DocumentStore
from gui.window.marking import Marking, place_beside
from tests.gui.canvas.validity import assert_in_step
from tests.gui.gestures import on_screen
from tests.gui.networks import chain

LEFT = Qt.MouseButton.LeftButton
NO_FLATTEN = ("data", "conv2d", "max_pool2d", "dense", "cross_entropy")


@pytest.fixture
def marking(qtbot: QtBot) -> Marking:
    """A canvas with one error, at the Dense box."""
    store = DocumentStore(chain(NO_FLATTEN))
    view = CanvasView(store, Run(store, EngineClient(store), store))
    store.setParent(view)
    made = Marking(view)
    view.resize(1200, 600)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    return made


def sign(marking: Marking) -> QPoint:
    return on_screen(marking.canvas, sign_of_box(marking.canvas.canvas.nodes["dense_1"]).center())


def edge_sign(marking: Marking) -> QPoint:
    (line,) = [line for line in marking.canvas.canvas.edges.values() if line.mark]
    return on_screen(marking.canvas, sign_of_edge(line).center())


def test_a_box_and_the_edge_into_it_are_marked(marking: Marking) -> None:
    canvas = marking.canvas.canvas
    marked = [id for id, item in canvas.nodes.items() if item.face.mark]
    assert marked == ["dense_1"]
    lines = [edge for edge, line in canvas.edges.items() if line.mark == "error"]
    assert [(edge.source, edge.target) for edge in lines] == [("max_pool2d_1", "dense_1")]


@pytest.mark.parametrize("place", [sign, edge_sign])
def test_hovering_over_a_sign_shows_the_sentence_until_the_mouse_is_gone(
    marking: Marking, qtbot: QtBot, place: object
) -> None:
    assert callable(place)
    QTest.mouseMove(marking.canvas.viewport(), place(marking))
    assert marking.popup.isVisible()
    assert "needs a row of numbers" in marking.popup.accessibleName()
    QTest.mouseMove(marking.canvas.viewport(), QPoint(20, 20))
    qtbot.waitUntil(marking.popup.isHidden)


def test_the_card_stays_after_a_click_and_keeps_clear_of_the_boxes(marking: Marking) -> None:
    view = marking.canvas
    QTest.mouseClick(view.viewport(), LEFT, pos=sign(marking))
    assert view.store.selection == ("dense_1",)
    QTest.mouseMove(view.viewport(), QPoint(20, 20))
    assert marking.popup.isVisible() and not marking.popup.waiting.isActive()
    for item in view.canvas.nodes.values():
        body = view.mapFromScene(item.body).boundingRect()
        assert not marking.popup.geometry().intersects(body)
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(20, 20))
    assert marking.popup.isHidden()


def test_the_next_problem_is_reached_and_left_by_keys(marking: Marking) -> None:
    store = marking.store
    marking.next()
    button = marking.popup.list.cards[0].buttons[0]
    assert button.hasFocus() and store.selection == ("dense_1",)
    assert marking.canvas.canvas.ghosts.is_shown
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert marking.popup.isHidden() and marking.canvas.hasFocus()
    assert not marking.canvas.canvas.ghosts.is_shown
    store.edit("", lambda d: set_options(d, "conv2d_1", {"size": 31}))
    marking.next()
    assert store.selection == ("conv2d_1",)


def test_hovering_over_a_button_shows_what_it_would_do_and_changes_nothing(
    marking: Marking,
) -> None:
    view, store = marking.canvas, marking.store
    before = store.document
    marking.open("dense_1")
    button = marking.popup.list.cards[0].buttons[0]
    QTest.mouseMove(button, QPoint(5, 5))
    ghosts = view.canvas.ghosts
    assert list(ghosts.boxes) == ["flatten_1"] and len(ghosts.lines) == 2
    assert len(ghosts.faded) == 1
    assert view.canvas.nodes["dense_1"].face.is_thought
    assert view.canvas.nodes["dense_1"].face.line.startswith("10")
    assert not view.grab().isNull()
    assert store.document is before and not store.undo_stack.count()
    QTest.mouseMove(view.viewport(), QPoint(20, 20))
    assert not ghosts.boxes and not ghosts.lines and not ghosts.faded
    assert not view.canvas.nodes["dense_1"].face.is_thought
    assert all(line.opacity() == 1.0 for line in view.canvas.edges.values())
    assert_in_step(view)


def test_a_click_repairs_in_one_step_and_takes_card_and_preview_away(marking: Marking) -> None:
    view, store = marking.canvas, marking.store
    marking.open("dense_1")
    QTest.mouseClick(marking.popup.list.cards[0].buttons[0], LEFT)
    assert not store.analysis.problems and store.undo_stack.count() == 1
    assert marking.popup.isHidden() and not view.canvas.ghosts.is_shown
    assert_in_step(view)
    store.undo_stack.undo()
    assert [p.code for p in store.analysis.errors] == ["needs_row"]


def test_sizes_and_options_are_shown_with_what_they_would_become(marking: Marking) -> None:
    store, nodes = marking.store, marking.canvas.canvas.nodes
    store.edit("", lambda d: set_options(chain(), "dense_1", {"units": 7}))
    marking.open("cross_entropy_1")
    QTest.mouseMove(marking.popup.list.cards[0].buttons[0], QPoint(5, 5))
    assert nodes["dense_1"].face.line == "7 → 10"
    assert nodes["dense_1"].face.note == "Units 7 → 10"


def test_a_card_stands_where_it_covers_least() -> None:
    room, around, size = QRect(0, 0, 800, 600), QRect(350, 250, 100, 50), QSize(300, 120)
    assert place_beside(size, around, room, []).y() > around.bottom()
    below = QRect(300, 320, 200, 60)
    assert place_beside(size, around, room, [below]).y() + 120 < around.top()
    corner = place_beside(size, QRect(790, 590, 100, 50), room, [])
    assert room.contains(QRect(corner, size))
