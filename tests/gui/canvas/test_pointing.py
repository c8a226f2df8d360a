"""Arrows of comments are drawn, moved and taken away with mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.spec.codec import from_json, to_json
from engine.spec.document import Arrow, Note
from engine.spec.notes import add_note, point
from gui import words
from gui.canvas.menus import menu_for
from gui.canvas.note_arrow import ArrowRef
from gui.canvas.picture import Picture
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import click, drag, middle, on_screen
from tests.gui.networks import chain

SHIFT = Qt.KeyboardModifier.ShiftModifier
COMMENTED = add_note(chain(), Note("note_1", "finds edges", 200.0, 260.0))
POINTING = point(COMMENTED, "note_1", [Arrow("conv2d_1")])


def arrows(view: CanvasView) -> tuple[Arrow, ...]:
    return view.store.document.notes[0].arrows


def handle(view: CanvasView) -> QPointF:
    """The disc of the comment, which shows when the pointer is over the comment."""
    QTest.mouseMove(view.viewport(), QPoint(1, 1))  # from elsewhere, or nothing moves
    QTest.mouseMove(view.viewport(), on_screen(view, view.canvas.notes["note_1"].body.center()))
    assert view.canvas.notes["note_1"].has_handle
    return view.canvas.notes["note_1"].handle


def head(view: CanvasView, arrow: Arrow) -> QPointF:
    """A place on an arrow."""
    return view.canvas.arrows.items[ArrowRef("note_1", arrow)]._line.pointAt(0.6)


def test_an_arrow_is_dragged_from_the_comment_to_a_box(show: Show) -> None:
    view = show(COMMENTED)
    drag(view, handle(view), middle(view, "dense_1"))
    assert arrows(view) == (Arrow("dense_1"),)
    assert view.store.undo_name == "Draw an arrow"
    line = view.canvas.arrows.items[ArrowRef("note_1", Arrow("dense_1"))]._line
    body = view.canvas.nodes["dense_1"].body
    assert not body.contains(line.p2())  # it ends beside the box
    assert body.adjusted(-5, -5, 5, 5).contains(line.p2())
    view.store.undo_stack.undo()
    assert view.store.document == COMMENTED and not view.canvas.arrows.items


def test_an_arrow_may_point_at_a_place(show: Show) -> None:
    view = show(COMMENTED)
    drag(view, handle(view), QPointF(520.0, 200.0))
    (arrow,) = arrows(view)
    assert arrow.box == "" and abs(arrow.x - 520) < 2 and abs(arrow.y - 200) < 2


def test_a_press_on_the_handle_alone_draws_nothing(show: Show) -> None:
    view = show(COMMENTED)
    click(view, handle(view))
    assert view.store.document == COMMENTED


def test_escape_gives_an_arrow_up(show: Show) -> None:
    view = show(POINTING)
    spot = on_screen(view, handle(view))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseMove(view.viewport(), on_screen(view, middle(view, "dense_1")))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(
        view.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, middle(view, "dense_1"))
    )
    assert view.store.document == POINTING
    assert set(view.canvas.arrows.items) == {ArrowRef("note_1", Arrow("conv2d_1"))}


def test_the_end_of_an_arrow_is_moved_and_dropped_on_its_comment(show: Show) -> None:
    view = show(POINTING)
    drag(view, head(view, Arrow("conv2d_1")), middle(view, "flatten_1"))
    assert arrows(view) == (Arrow("flatten_1"),)
    drag(view, head(view, Arrow("flatten_1")), view.canvas.notes["note_1"].body.center())
    assert arrows(view) == () and view.store.undo_name == "Delete an arrow"


def test_an_arrow_is_selected_by_a_click_and_deleted_by_key_or_menu(show: Show) -> None:
    view = show(POINTING)
    ref = ArrowRef("note_1", Arrow("conv2d_1"))
    click(view, head(view, Arrow("conv2d_1")))
    assert view.canvas.arrows.selected == ref and view.store.selection == ()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert view.store.document == COMMENTED
    view.store.undo_stack.undo()
    view.canvas.arrows.select(ref)
    menu = menu_for(view, ref)
    (action,) = menu.actions()
    action.trigger()
    menu.close()
    assert view.store.document == COMMENTED
    view.store.undo_stack.undo()
    view.canvas.arrows.select(ref)
    click(view, middle(view, "dense_1"))
    assert view.canvas.arrows.selected is None


def test_arrows_are_drawn_by_keys_alone(show: Show) -> None:
    view = show(COMMENTED)
    view.point()  # says what is missing
    assert view.store.document == COMMENTED
    click(view, middle(view, "conv2d_1"))
    click(view, view.canvas.notes["note_1"].body.center(), SHIFT)
    view.point()
    view.point()
    assert arrows(view) == (Arrow("conv2d_1"),) and view.store.undo_stack.count() == 1


def test_arrows_follow_boxes_and_comments(show: Show) -> None:
    view = show(POINTING)
    before = view.canvas.arrows.items[ArrowRef("note_1", Arrow("conv2d_1"))]._line
    start = middle(view, "conv2d_1")
    drag(view, start, start + QPointF(0, -48))
    after = view.canvas.arrows.items[ArrowRef("note_1", Arrow("conv2d_1"))]._line
    assert abs(after.p2().y() - before.p2().y() + 48) < 1


def test_a_place_stays_unless_boxes_move_along(show: Show) -> None:
    view = show(point(COMMENTED, "note_1", [Arrow("", 520.0, 200.0)]))
    sheet = view.canvas.notes["note_1"].body.center()
    drag(view, sheet, sheet + QPointF(0, 40))
    assert arrows(view) == (Arrow("", 520.0, 200.0),)
    click(view, middle(view, "conv2d_1"), SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert arrows(view) == (Arrow("", 528.0, 200.0),)


def test_deleting_a_box_takes_its_arrows(show: Show) -> None:
    view = show(POINTING)
    click(view, middle(view, "conv2d_1"))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert arrows(view) == () and not view.canvas.arrows.items
    view.store.undo_stack.undo()
    assert view.store.document == POINTING and len(view.canvas.arrows.items) == 1


def test_copies_point_at_the_copies(show: Show) -> None:
    both = point(COMMENTED, "note_1", [Arrow("conv2d_1"), Arrow("dense_1"), Arrow("", 520.0, 9.0)])
    view = show(both)
    click(view, middle(view, "conv2d_1"))
    click(view, view.canvas.notes["note_1"].body.center(), SHIFT)
    view.duplicate()
    copied = view.store.document.notes[1]
    assert copied.arrows[0] == Arrow("conv2d_2") and copied.arrows[1].box == ""
    assert len(copied.arrows) == 2  # the other box was not copied
    assert copied.arrows[1].x - copied.x == 520.0 - 200.0


def test_a_file_keeps_arrows_and_a_picture_shows_them(show: Show) -> None:
    view = show(point(POINTING, "note_1", [Arrow("conv2d_1"), Arrow("", 300.0, 500.0)]))
    assert from_json(to_json(view.store.document)) == view.store.document
    whole = Picture(view.canvas)
    assert len(whole.notes) == 1 and len(whole.arrows) == 2
    assert whole.area.contains(QPointF(300.0, 500.0))
    some = Picture(view.canvas, ("conv2d_1",))
    assert len(some.notes) == 1 and len(some.arrows) == 1
    other = Picture(view.canvas, ("dense_1",))
    assert not other.notes and not other.arrows


def test_everything_about_arrows_is_explained(show: Show) -> None:
    view = show(POINTING)
    for ref in (ArrowRef("note_1"), ArrowRef("note_1", Arrow("conv2d_1"))):
        assert view.canvas.tip(ref)
    assert words.has("action.point.tip")
