"""Comments are written, changed, moved, copied and deleted with mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.spec.codec import from_json, to_json
from engine.spec.document import Document, Note
from engine.spec.notes import add_note
from gui import words
from gui.canvas.menus import menu_for
from gui.canvas.note_item import NoteRef
from gui.canvas.view import CanvasView
from gui.theme import theme
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import click, drag, middle, on_screen
from tests.gui.networks import chain, ids

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COMMENTED = add_note(chain(), Note("note_1", "finds edges", 200.0, 152.0))


def texts(view: CanvasView) -> list[str]:
    return [note.text for note in view.store.document.notes]


def place(view: CanvasView, id: str = "note_1") -> tuple[float, float]:
    return next((note.x, note.y) for note in view.store.document.notes if note.id == id)


def sheet(view: CanvasView, id: str = "note_1") -> QPointF:
    return view.canvas.notes[id].body.center()


def double_click(view: CanvasView, at: QPointF) -> None:
    spot = on_screen(view, at)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_a_comment_is_written_from_the_menu_of_the_paper(show: Show) -> None:
    view = show(chain())
    menu = menu_for(view, None, QPointF(300, 200))
    (action,) = (a for a in menu.actions() if a.text() == words.tr("canvas.menu.comment"))
    action.trigger()
    menu.close()
    editor = view.noting.editor
    assert editor.isVisible() and editor.toolTip() and view.store.document == chain()
    QTest.keyClicks(editor, "why so many?")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert not editor.isVisible() and view.hasFocus()
    assert view.store.document.notes == (Note("note_1", "why so many?", 304.0, 200.0),)
    assert view.canvas.selected_notes == {"note_1"}
    assert view.store.undo_stack.undoText() == "Add a comment"
    view.store.undo_stack.undo()
    assert view.store.document == chain() and not view.canvas.notes


def test_escape_and_an_empty_comment_leave_nothing(show: Show) -> None:
    view = show(chain())
    view.comment()
    QTest.keyClicks(view.noting.editor, "no")
    QTest.keyClick(view.noting.editor, Qt.Key.Key_Escape)
    assert not view.noting.editor.isVisible()
    view.comment()
    view.setFocus()
    assert not view.noting.editor.isVisible()
    assert view.store.document == chain() and view.store.undo_stack.count() == 0


def test_a_double_click_changes_the_text_in_its_place(show: Show) -> None:
    view = show(COMMENTED)
    double_click(view, sheet(view))
    editor = view.noting.editor
    assert editor.isVisible() and editor.toPlainText() == "finds edges"
    where = view.mapFromScene(view.canvas.notes["note_1"].body.topLeft())
    assert (editor.pos() - where).manhattanLength() < 4
    editor.setPlainText("finds\ncorners, too, in a text that needs more lines than one to be read")
    before = view.canvas.notes["note_1"].body.height()
    view.setFocus()  # a click elsewhere
    assert texts(view)[0].startswith("finds\ncorners")
    assert view.canvas.notes["note_1"].body.height() > before
    assert view.store.undo_stack.undoText() == "Change a comment"
    view.store.undo_stack.undo()
    assert view.store.document == COMMENTED


def test_a_text_that_is_cleared_takes_the_comment_away(show: Show) -> None:
    view = show(COMMENTED)
    view.edit_note("note_1")
    QTest.keyClick(view.noting.editor, Qt.Key.Key_Delete)
    QTest.keyClick(view.noting.editor, Qt.Key.Key_Return, CONTROL)
    assert view.store.document == chain()
    assert view.store.undo_stack.undoText() == "Delete a comment"


def test_zooming_keeps_what_was_written(show: Show) -> None:
    view = show(COMMENTED)
    view.edit_note("note_1")
    QTest.keyClicks(view.noting.editor, "edges and corners")
    view.zoom_in()
    assert texts(view) == ["edges and corners"] and not view.noting.editor.isVisible()


def test_a_comment_is_dragged_and_nudged(show: Show) -> None:
    view = show(COMMENTED)
    drag(view, sheet(view), sheet(view) + QPointF(81, 30))
    assert place(view) == (280.0, 184.0)
    assert view.store.undo_stack.count() == 1 and view.canvas.selected_notes == {"note_1"}
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert place(view) == (296.0, 184.0) and view.store.undo_stack.count() == 2
    view.store.undo_stack.undo()
    view.store.undo_stack.undo()
    assert view.store.document == COMMENTED
    assert view.canvas.notes["note_1"].pos() == QPointF(200, 152)


def test_boxes_and_comments_selected_together_move_together(show: Show) -> None:
    view = show(COMMENTED)
    click(view, middle(view, "conv2d_1"))
    click(view, sheet(view), SHIFT)
    assert view.store.selection == ("conv2d_1",) and view.canvas.selected_notes == {"note_1"}
    drag(view, sheet(view), sheet(view) + QPointF(0, 40))
    assert place(view) == (200.0, 192.0)
    assert view.store.document.network.node("conv2d_1").y == 40.0
    start = middle(view, "conv2d_1")
    drag(view, start, start + QPointF(0, -40))
    assert view.store.document == COMMENTED
    assert view.store.undo_stack.count() == 2


def test_a_click_selects_a_comment_alone_and_shift_adds(show: Show) -> None:
    view = show(add_note(COMMENTED, Note("note_2", "other", 500.0, 152.0)))
    click(view, middle(view, "dense_1"))
    click(view, sheet(view))
    assert view.store.selection == () and view.canvas.selected_notes == {"note_1"}
    click(view, sheet(view, "note_2"), SHIFT)
    assert view.canvas.selected_notes == {"note_1", "note_2"}
    click(view, sheet(view), SHIFT)
    assert view.canvas.selected_notes == {"note_2"}
    click(view, middle(view, "dense_1"))
    assert view.canvas.selected_notes == frozenset()
    drag(view, QPointF(150, -20), QPointF(420, 230))
    assert view.canvas.selected_notes == {"note_1"} and "conv2d_1" in view.store.selection
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.canvas.selected_notes == frozenset() and view.store.selection == ()


@pytest.mark.usefixtures("clean_clipboard")
def test_comments_are_copied_cut_duplicated_and_deleted(show: Show) -> None:
    view = show(COMMENTED)
    click(view, sheet(view))
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_V, CONTROL)
    assert place(view, "note_2") == (224.0, 176.0) and view.canvas.selected_notes == {"note_2"}
    QTest.keyClick(view, Qt.Key.Key_D, CONTROL)
    assert len(texts(view)) == 3
    view.select_all()
    assert len(view.store.selection) == 6 and len(view.canvas.selected_notes) == 3
    QTest.keyClick(view, Qt.Key.Key_X, CONTROL)
    assert view.store.document.notes == () and ids(view.store.document) == []
    QTest.keyClick(view, Qt.Key.Key_V, CONTROL)
    assert len(texts(view)) == 3 and ids(view.store.document) == ids(chain())
    view.store.select(())
    view.canvas.select_notes(("note_2",))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert len(texts(view)) == 2


def test_the_menu_of_a_comment(show: Show) -> None:
    view = show(COMMENTED)
    view.canvas.select_notes(("note_1",))
    menu = menu_for(view, NoteRef("note_1"))
    assert [a.text() for a in menu.actions()] == [
        "Edit the comment",
        "Copy",
        "Arrow to the selected boxes",
        "Delete the comment",
    ]
    menu.actions()[3].trigger()
    menu.close()
    assert view.store.document == chain()


def test_comments_explain_themselves_and_are_fitted_into_the_view(show: Show) -> None:
    view = show(add_note(chain(), Note("note_1", "far below", 0.0, 1500.0)))
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(view.canvas.notes["note_1"].body)
    assert "Double-click" in view.canvas.tip(NoteRef("note_1"))
    mode, before = theme.mode, view.grab().toImage()
    theme.use("dark")
    assert view.grab().toImage() != before
    theme.use(mode)


def test_a_comment_that_is_gone_is_not_changed(show: Show) -> None:
    view = show(COMMENTED)
    view.edit_note("note_1")
    QTest.keyClicks(view.noting.editor, "late")
    view.store.open(Document())
    view.noting.editor.finish()
    assert view.store.document == Document()
    view.edit_note("note_1")
    assert not view.noting.editor.isVisible()


def test_it_is_saved(show: Show) -> None:
    view = show(COMMENTED)
    assert from_json(to_json(view.store.document)) == COMMENTED
    assert view.mapFromScene(QPointF(200, 152)) != QPoint()
