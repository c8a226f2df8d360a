"""A group is repeated through a small dialog, or refused in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from engine.spec import edits, groups
from engine.spec.document import Document
from gui.canvas.menus import menu_for
from gui.canvas.repeat_dialog import RepeatDialog
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.grouped import GROUP, INSIDE, grouped
from tests.gui.canvas.validity import assert_in_step
from tests.gui.networks import chain, edges


def asked(view: CanvasView) -> RepeatDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, RepeatDialog) and found.parent() is view
    return found


def dense() -> Document:
    """Two dense layers of the same size, the second in a group."""
    document = chain(("data", "flatten", "dense", "dense", "cross_entropy"), {})
    document = edits.set_options(document, "dense_1", {"units": 8})
    document = edits.set_options(document, "dense_2", {"units": 8})
    return groups.group(document, ("dense_2",), GROUP, "Hidden")


def test_a_group_is_repeated_in_one_step(show: Show) -> None:
    view = show(dense())
    view.store.select(("dense_2",))
    view.grouping.repeat()
    dialog = asked(view)
    assert "Hidden" in dialog.windowTitle() and dialog.times.value() == 3
    assert "5 → 7" in dialog.about.text()
    dialog.times.setFocus()
    QTest.keyClicks(dialog.times, "4")
    assert "5 → 8" in dialog.about.text() and "own weights" in dialog.warning.text()
    fewer, more = dialog.findChildren(QToolButton)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert dialog.times.value() == 5
    QTest.mouseClick(fewer, Qt.MouseButton.LeftButton)
    assert dialog.times.toolTip() and fewer.toolTip()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    after = view.store.document
    assert [group.name for group in after.groups] == ["Hidden", "Hidden 2", "Hidden 3", "Hidden 4"]
    assert "dense_5.y > cross_entropy_1.x" in edges(after)
    assert len(view.canvas.grouped.frames) == 4 and view.store.undo_stack.count() == 1
    assert_in_step(view)
    view.store.undo_stack.undo()
    assert view.store.document == dense()


def test_escape_changes_nothing(show: Show) -> None:
    view = show(dense())
    view.store.select(("dense_2",))
    view.grouping.repeat()
    QTest.keyClick(asked(view), Qt.Key.Key_Escape)
    assert view.store.document == dense() and QApplication.activeModalWidget() is None


def test_new_errors_are_foretold(show: Show) -> None:
    view = show(grouped())
    document = edits.set_options(grouped(), "conv2d_1", {"size": 20})
    view.store.open(document)
    view.store.select(INSIDE)
    view.grouping.repeat()
    assert "new errors" in asked(view).warning.text()
    asked(view).reject()


@pytest.mark.parametrize(
    ("ids", "code", "words"),
    [
        (("data_1", "flatten_1"), "no_input", "no input"),
        (("dense_2", "cross_entropy_1"), "many_inputs", "one input"),
    ],
)
def test_what_cannot_be_repeated_is_said(
    show: Show, ids: tuple[str, ...], code: str, words: str
) -> None:
    plain = groups.ungroup(dense(), GROUP)
    view = show(groups.group(plain, ids, GROUP, "n"))
    assert view.grouping.repeat_obstacle() == "unfit"  # nothing is selected
    view.store.select(ids)
    assert view.grouping.repeat_obstacle() == code
    view.grouping.repeat()
    assert words in view._message.text() and QApplication.activeModalWidget() is None
    menu = menu_for(view, ids[0])
    (entry,) = [action for action in menu.actions() if "Repeat" in action.text()]
    assert not entry.isEnabled()
