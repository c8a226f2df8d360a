"""Groups on the canvas, by mouse and keys: frames, folding, names, joining and leaving."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from engine.spec import edits, groups
from gui.canvas.frame_item import GroupRef
from gui.canvas.menus import menu_for
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.grouped import (
    GROUP,
    INSIDE,
    OUTER,
    SHIFT,
    double_click,
    frame,
    grouped,
    handle,
)
from tests.gui.canvas.validity import assert_in_step
from tests.gui.gestures import (
    LEFT,
    click,
    drag,
    drop,
    middle,
    move_mouse,
    on_screen,
    press,
)
from tests.gui.networks import chain, ids

# frames


def test_selected_boxes_are_grouped_with_a_name_and_a_frame_around_them(show: Show) -> None:
    view = show(chain())
    click(view, middle(view, "conv2d_1"))
    click(view, middle(view, "max_pool2d_1"), SHIFT)
    assert view.grouping.can_group
    view.grouping.group()
    (group,) = view.store.document.groups
    assert (group.name, group.members) == ("Block 1", INSIDE)
    assert not view.grouping.can_group  # it is one already
    area = frame(view).area
    assert all(area.contains(view.canvas.nodes[id].body) for id in INSIDE)
    assert not area.intersects(view.canvas.nodes["flatten_1"].body)
    assert frame(view).is_selected
    view.store.undo_stack.undo()
    assert not view.canvas.grouped.frames and view.store.document == chain()
    assert_in_step(view)


def test_the_frame_follows_its_boxes_and_is_dragged_by_its_title(show: Show) -> None:
    view = show(grouped())
    before = frame(view).area
    drag(view, middle(view, "conv2d_1"), middle(view, "conv2d_1") + QPointF(0.0, 80.0))
    assert frame(view).area.bottom() == before.bottom() + 80.0
    assert frame(view).area.top() == before.top()
    view.store.undo_stack.undo()
    assert frame(view).area == before
    drag(view, handle(view), handle(view) + QPointF(16.0, 96.0))
    assert frame(view).area.topLeft() == before.topLeft() + QPointF(16.0, 96.0)
    assert set(view.store.selection) == set(INSIDE)
    assert view.store.undo_stack.count() == 1
    assert_in_step(view)


def test_a_click_on_the_title_selects_the_boxes_and_inside_the_frame_none(show: Show) -> None:
    view = show(grouped())
    click(view, handle(view))
    assert view.store.selection == INSIDE
    click(view, handle(view), SHIFT)
    assert not view.store.selection
    click(view, middle(view, "conv2d_1"))
    assert view.store.selection == ("conv2d_1",)
    click(view, frame(view).area.bottomLeft() + QPointF(8.0, -4.0))
    assert not view.store.selection


def test_a_new_name_is_written_where_it_stands(show: Show) -> None:
    view = show(grouped())
    editor = view.grouping.editor
    double_click(view, frame(view).name.center())
    assert editor.isVisible() and editor.text() == "Stem"
    QTest.keyClicks(editor, "Encoder")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert view.store.document.groups[0].name == "Encoder" and view.hasFocus()
    assert frame(view).face.name == "Encoder"
    view.grouping.rename(GROUP)
    QTest.keyClicks(editor, "nothing")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert view.store.document.groups[0].name == "Encoder" and not editor.isVisible()
    view.grouping.rename(GROUP)
    QTest.keyClicks(editor, "kept")
    click(view, QPointF(200.0, 250.0))
    assert view.store.document.groups[0].name == "kept"
    view.grouping.rename(GROUP)
    editor.clear()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert view.store.document.groups[0].name == "kept"  # a group has a name


def test_a_name_half_written_is_given_up_when_something_is_undone(show: Show) -> None:
    view = show(grouped())
    view.store.edit("move", edits.move_nodes(view.store.document, {"dense_1": (900.0, 300.0)}))
    view.grouping.rename(GROUP)
    QTest.keyClicks(view.grouping.editor, "half")
    view.store.undo_stack.undo()
    assert not view.grouping.editor.isVisible() and view.store.document == grouped()
    assert view.store.undo_stack.canRedo()


def test_ungrouping_leaves_the_boxes_selected(show: Show) -> None:
    view = show(grouped())
    click(view, handle(view))
    view.grouping.ungroup()
    assert view.store.document == chain() and view.store.selection == INSIDE
    view.grouping.ungroup()  # nothing is left to ungroup
    assert view.store.undo_stack.count() == 1


# groups in groups


def test_groups_lie_in_one_another(show: Show) -> None:
    view = show(grouped())
    view.store.select((*INSIDE, "flatten_1"))
    view.grouping.group()
    inner, outer = frame(view), frame(view, OUTER)
    assert outer.area.contains(inner.area) and outer.zValue() < inner.zValue()
    double_click(view, handle(view))
    assert list(view.canvas.grouped.folds) == [GROUP]
    assert frame(view, OUTER).area.contains(view.canvas.grouped.folds[GROUP].body)
    double_click(view, handle(view, OUTER))
    assert list(view.canvas.grouped.folds) == [OUTER]
    assert view.canvas.grouped.folds[OUTER].face.layers == "3 layers"
    view.grouping.rename(GROUP)  # inside a folded group there is no place to write
    assert not view.grouping.editor.isVisible()
    assert_in_step(view)


def test_a_group_that_holds_only_a_folded_one_has_a_frame(show: Show) -> None:
    inner = groups.group(chain(), ("conv2d_1",), GROUP, "inner")
    document = groups.group(inner, ("conv2d_1",), OUTER, "outer")
    view = show(groups.fold(document, GROUP))
    assert list(view.canvas.grouped.frames) == [OUTER]
    assert frame(view, OUTER).area.contains(view.canvas.grouped.folds[GROUP].body)
    view.grouping.fold(OUTER)
    assert list(view.canvas.grouped.folds) == [OUTER]
    assert_in_step(view)


# joining and leaving


def shift_drag(view: CanvasView, start: QPointF, end: QPointF) -> None:
    """Drag with Shift held from the way on, as a person decides to."""
    first, last = on_screen(view, start), on_screen(view, end)
    press(view, first)
    for step in range(1, 5):
        move_mouse(view, first + (last - first) * step / 4, SHIFT)
    QTest.mouseRelease(view.viewport(), LEFT, SHIFT, last)


def test_with_shift_a_box_goes_into_the_frame_where_it_is_dropped(show: Show) -> None:
    view = show(grouped())
    goal = frame(view).area.center() + QPointF(0.0, 20.0)
    start = middle(view, "flatten_1")
    press(view, on_screen(view, start))
    move_mouse(view, on_screen(view, goal), SHIFT)
    assert frame(view).is_goal and "Stem" in view._message.text()
    QTest.mouseRelease(view.viewport(), LEFT, SHIFT, on_screen(view, goal))
    assert view.store.document.groups[0].members == (*INSIDE, "flatten_1")
    assert not frame(view).is_goal and view.store.undo_stack.count() == 1
    assert_in_step(view)


def test_with_shift_a_box_leaves_its_frame_and_without_it_stays(show: Show) -> None:
    view = show(grouped())
    out = middle(view, "conv2d_1") + QPointF(0.0, 240.0)
    drag(view, middle(view, "conv2d_1"), out)
    assert view.store.document.groups[0].members == INSIDE
    view.store.undo_stack.undo()
    shift_drag(view, middle(view, "conv2d_1"), out)
    assert view.store.document.groups[0].members == ("max_pool2d_1",)
    assert view.store.undo_stack.count() == 1
    view.store.undo_stack.undo()
    assert view.store.document == grouped()


def test_a_cancelled_drag_with_shift_leaves_everything(show: Show) -> None:
    view = show(grouped())
    before = frame(view).area
    press(view, on_screen(view, middle(view, "conv2d_1")))
    move_mouse(view, on_screen(view, middle(view, "conv2d_1")) + QPoint(0, 250), SHIFT)
    assert frame(view).area != before
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert frame(view).area == before and view.store.document == grouped()


def test_a_layer_dropped_in_a_frame_belongs_to_the_group(show: Show) -> None:
    view = show(edits.move_nodes(grouped(), {"max_pool2d_1": (384.0, 240.0)}))
    assert drop(view, "dropout", QPointF(270.0, 230.0))
    assert view.store.document.groups[0].members == (*INSIDE, "dropout_1")
    assert drop(view, "dropout", QPointF(900.0, 250.0))
    assert view.store.document.groups[0].members == (*INSIDE, "dropout_1")


def entries(menu: QMenu) -> dict[str, object]:
    return {action.text(): action.menu() for action in menu.actions() if action.text()}


def test_the_menus_group_put_into_and_take_out(show: Show) -> None:
    view = show(grouped())
    click(view, middle(view, "flatten_1"))
    found = entries(menu_for(view, "flatten_1"))
    assert "Group" in found and "Ungroup" not in found
    inner = found["Put into a group"]
    assert isinstance(inner, QMenu) and list(entries(inner)) == ["Stem"]
    inner.actions()[0].trigger()
    assert view.store.document.groups[0].members == (*INSIDE, "flatten_1")
    menu = menu_for(view, "flatten_1")
    assert "Put into a group" not in entries(menu)
    next(a for a in menu.actions() if a.text() == "Take out of the group").trigger()
    assert view.store.document.groups[0].members == INSIDE
    click(view, handle(view))
    names = entries(menu_for(view, GroupRef(GROUP)))
    assert {"Fold the group", "Rename the group", "Ungroup"} <= set(names)


def test_the_document_keeps_its_boxes_whatever_is_done_to_groups(show: Show) -> None:
    view = show(grouped())
    for act in (view.grouping.fold, view.grouping.ungroup, view.grouping.group):
        view.store.select(INSIDE)
        act()
        assert ids(view.store.document) == ids(chain())
        assert_in_step(view)
