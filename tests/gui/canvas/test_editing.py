"""Boxes are selected, moved, deleted, copied and arranged with mouse and keys."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.spec import edits
from engine.spec.document import Document, Edge, Node
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import click, drag, middle, on_screen, port_position, press
from tests.gui.networks import CHAIN, chain, edges, ids

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def places(document: Document) -> dict[str, tuple[float, float]]:
    return {node.id: (node.x, node.y) for node in document.network.nodes}


def selection(view: CanvasView) -> tuple[str, ...]:
    return view.store.selection


def selected_edges(view: CanvasView) -> frozenset[Edge]:
    return view.canvas.selected_edges


def edge_item_point(view: CanvasView, edge: Edge) -> QPointF:
    return view.canvas.edges[edge].path.pointAtPercent(0.5)


def test_a_box_is_dragged_on_the_grid_in_one_step(show: Show) -> None:
    view = show(chain())
    start = middle(view, "flatten_1")
    drag(view, start, start + QPointF(33, 101))
    x, y = places(view.store.document)["flatten_1"]
    assert (x % 8, y % 8) == (0, 0)
    assert abs(x - (576 + 33)) <= 4 and abs(y - 101) <= 4
    assert view.store.undo_stack.count() == 1
    assert view.store.undo_stack.undoText() == "Move"
    view.store.undo_stack.undo()
    assert view.store.document == chain()
    assert view.canvas.nodes["flatten_1"].pos() == QPointF(576, 0)


def test_all_selected_boxes_are_dragged_together(show: Show) -> None:
    view = show(chain())
    click(view, middle(view, "data_1"))
    click(view, middle(view, "dense_1"), SHIFT)
    start = middle(view, "dense_1")
    drag(view, start, start + QPointF(0, 80))
    moved = {id for id, place in places(view.store.document).items() if place[1] == 80}
    assert moved == {"data_1", "dense_1"} == set(view.store.selection)


def test_a_drag_is_cancelled_by_escape(show: Show) -> None:
    view = show(chain())
    start = middle(view, "flatten_1")
    press(view, on_screen(view, start))
    QTest.mouseMove(view.viewport(), on_screen(view, start + QPointF(0, 90)))
    assert view.canvas.nodes["flatten_1"].y() != 0
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.canvas.nodes["flatten_1"].pos() == QPointF(576, 0)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.store.document == chain()


def test_a_drag_ends_when_the_document_changes_under_it(show: Show) -> None:
    view = show(chain())
    start = middle(view, "flatten_1")
    press(view, on_screen(view, start))
    QTest.mouseMove(view.viewport(), on_screen(view, start + QPointF(0, 90)))
    view.store.edit("", lambda d: edits.remove_nodes(d, ["flatten_1"]))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.store.undo_stack.count() == 1
    assert "flatten_1" not in view.canvas.nodes


def test_clicks_select_and_toggle(show: Show) -> None:
    view = show(chain())
    click(view, middle(view, "dense_1"))
    click(view, middle(view, "conv2d_1"), CONTROL)
    assert selection(view) == ("conv2d_1", "dense_1")
    click(view, middle(view, "dense_1"), SHIFT)
    assert selection(view) == ("conv2d_1",)
    click(view, middle(view, "data_1"))
    assert selection(view) == ("data_1",)
    assert [i.id for i in view.canvas.nodes.values() if i.is_selected] == ["data_1"]
    click(view, QPointF(300, 250))
    assert selection(view) == ()


def test_a_rubber_band_selects_what_it_touches(show: Show) -> None:
    view = show(chain())
    drag(view, QPointF(170, -60), QPointF(400, 120))
    assert selection(view) == ("conv2d_1", "max_pool2d_1")
    drag(view, QPointF(760, -60), QPointF(800, 30), modifiers=SHIFT)
    assert selection(view) == ("conv2d_1", "max_pool2d_1", "dense_1")
    drag(view, QPointF(170, 150), QPointF(400, 220))
    assert selection(view) == ()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_deleting_boxes_heals_the_chain(show: Show, key: Qt.Key) -> None:
    view = show(chain())
    drag(view, QPointF(170, -60), QPointF(400, 120))
    QTest.keyClick(view, key)
    assert ids(view.store.document) == ["data_1", "flatten_1", "dense_1", "cross_entropy_1"]
    assert "data_1.x > flatten_1.x" in edges(view.store.document)
    assert selection(view) == ()
    view.store.undo_stack.undo()
    assert view.store.document == chain()


def test_edges_are_selected_and_deleted(show: Show) -> None:
    view = show(chain())
    first, second = Edge("conv2d_1", "y", "max_pool2d_1", "x"), Edge("data_1", "x", "conv2d_1", "x")
    click(view, middle(view, "dense_1"))
    click(view, edge_item_point(view, first))
    assert selection(view) == ()
    assert selected_edges(view) == {first}
    click(view, edge_item_point(view, second), CONTROL)
    assert selected_edges(view) == {first, second}
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert set(chain().network.edges) - set(view.store.document.network.edges) == {first, second}
    assert selected_edges(view) == frozenset()


def test_boxes_selected_elsewhere_replace_selected_edges(show: Show) -> None:
    view = show(chain())
    edge = Edge("conv2d_1", "y", "max_pool2d_1", "x")
    view.select_edge(edge)
    click(view, middle(view, "dense_1"), CONTROL)
    click(view, middle(view, "data_1"), CONTROL)
    click(view, middle(view, "data_1"), CONTROL)
    assert selection(view) == ("dense_1",) and selected_edges(view) == {edge}
    view.store.select(("flatten_1",))
    assert selected_edges(view) == frozenset()


def test_arrow_keys_move_the_selection_in_one_step(show: Show) -> None:
    view = show(chain())
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert len(view.store.selection) == len(CHAIN)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert places(view.store.document)["data_1"] == (8, 8)
    assert view.store.undo_stack.count() == 1


def test_tab_walks_along_the_edges_and_then_leaves(show: Show) -> None:
    view = show(chain())
    walked: list[str] = []
    for _ in CHAIN:
        QTest.keyClick(view, Qt.Key.Key_Tab)
        walked += view.store.selection
    assert walked == [f"{kind}_1" for kind in CHAIN]
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert selection(view) == ("dense_1",)
    assert "346" not in view.accessibleDescription()
    assert "10" in view.accessibleDescription()


@pytest.mark.usefixtures("clean_clipboard")
def test_boxes_are_copied_and_pasted_with_the_edges_among_them(show: Show) -> None:
    view = show(chain())
    drag(view, QPointF(170, -60), QPointF(400, 120))
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert json.loads(QGuiApplication.clipboard().text())["format"] == "layerwise"
    QTest.keyClick(view, Qt.Key.Key_V, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_V, CONTROL)
    document = view.store.document
    assert {"conv2d_2.y > max_pool2d_2.x", "conv2d_3.y > max_pool2d_3.x"} <= edges(document)
    assert len(document.network.edges) == len(chain().network.edges) + 2
    found = places(document)
    assert found["conv2d_2"] == (192 + 24, 24) and found["conv2d_3"] == (192 + 48, 48)
    assert selection(view) == ("conv2d_3", "max_pool2d_3")
    view.store.undo_stack.undo()
    view.store.undo_stack.undo()
    assert view.store.document == chain()


@pytest.mark.usefixtures("clean_clipboard")
def test_cut_boxes_come_back(show: Show) -> None:
    view = show(chain())
    click(view, middle(view, "flatten_1"))
    QTest.keyClick(view, Qt.Key.Key_X, CONTROL)
    assert "flatten_1" not in ids(view.store.document)
    QTest.keyClick(view, Qt.Key.Key_V, CONTROL)
    assert places(view.store.document)["flatten_1"] == (576, 0)


@pytest.mark.usefixtures("clean_clipboard")
@pytest.mark.parametrize(
    "text", ["", "Dear diary", '{"format": "layerwise"}', '"layerwise"', "[" * 9000 + '"layerwise"']
)
def test_other_text_on_the_clipboard_is_left_alone(view: CanvasView, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(view, Qt.Key.Key_V, CONTROL)
    assert view.store.document == Document()
    assert QGuiApplication.clipboard().text() == text


def test_boxes_are_duplicated(show: Show) -> None:
    view = show(chain())
    click(view, middle(view, "dense_1"))
    QTest.keyClick(view, Qt.Key.Key_D, CONTROL)
    copy, original = (view.store.document.network.node(id) for id in ("dense_2", "dense_1"))
    assert copy.options == original.options
    assert selection(view) == ("dense_2",)
    assert view.canvas.nodes["dense_2"].face.title == "Dense 2"


def test_a_chosen_layer_is_appended_to_the_selection(show: Show) -> None:
    view = show(chain())
    click(view, middle(view, "flatten_1"))
    view.append("dense")
    assert {"flatten_1.y > dense_2.x", "dense_2.y > dense_1.x"} <= edges(view.store.document)
    assert selection(view) == ("dense_2",)


def test_chosen_layers_without_selection_do_not_cover_each_other(view: CanvasView) -> None:
    for _ in range(3):
        view.append("dense")
        view.store.select(())
    assert len({place[1] for place in places(view.store.document).values()}) == 3


def test_a_chain_grows_by_choosing_layers_only(view: CanvasView) -> None:
    for kind in CHAIN:
        view.append(kind)
    assert edges(view.store.document) == edges(chain())


def test_selected_boxes_are_joined_from_left_to_right_by_key(show: Show) -> None:
    view = show(edits.disconnect(chain(), chain().network.edges))
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_C)
    assert edges(view.store.document) | {"data_1.target > cross_entropy_1.target"} == edges(chain())
    assert view.store.undo_stack.count() == 1


def test_arranging_is_one_step(show: Show) -> None:
    mixed = edits.move_nodes(chain(), {"dense_1": (0, 300), "data_1": (900, 200)})
    view = show(mixed)
    view.arrange()
    found = places(view.store.document)
    assert [found[f"{kind}_1"][0] for kind in CHAIN] == [192.0 * place for place in range(6)]
    assert len({y for _, y in found.values()}) == 1
    view.store.undo_stack.undo()
    assert view.store.document == mixed


def test_a_box_of_an_unknown_type_is_shown_and_can_be_removed(show: Show) -> None:
    document = edits.add_node(chain(), Node("later_1", "of_a_later_version", x=190, y=150))
    document = edits.connect(document, Edge("data_1", "x", "later_1", "way_in"))
    view = show(document)
    assert view.canvas.nodes["later_1"].face.title == "of_a_later_version"
    click(view, middle(view, "later_1"))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert view.store.document.network == chain().network


def test_pressing_a_port_without_dragging_selects_its_box(show: Show) -> None:
    view = show(chain())
    click(view, port_position(view, "dense_1", "y"))
    assert selection(view) == ("dense_1",)
    click(view, port_position(view, "dense_1", "x"))
    assert selection(view) == ()
    assert selected_edges(view) == {Edge("flatten_1", "y", "dense_1", "x")}
