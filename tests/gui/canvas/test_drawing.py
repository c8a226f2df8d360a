"""Networks are drawn with the mouse: dropped, joined, rerouted, refused."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.layers import CATALOGUE
from engine.spec import edits
from engine.spec.document import Edge, Node
from gui.box import MIME
from gui.canvas.paper import Message
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import (
    connect,
    drag,
    drop,
    middle,
    on_screen,
    port_position,
    press,
)
from tests.gui.networks import chain, edges, ids


def message(view: CanvasView) -> str:
    """The sentence near the pointer; empty if there is none."""
    found = view.findChild(Message)
    assert found is not None
    return found.text() if found.isVisible() else ""


def between(view: CanvasView, source: str, target: str) -> QPointF:
    """A place on the edge between two boxes."""
    (item,) = (i for e, i in view.canvas.edges.items() if (e.source, e.target) == (source, target))
    return item.path.pointAtPercent(0.5)


def test_the_small_ports_of_states_are_joined_with_the_mouse(view: CanvasView) -> None:
    for place, kind in enumerate(("lstm", "lstm")):
        assert drop(view, kind, QPointF(300.0 * place - 300, 0))
    first, second = (view.canvas.nodes[id] for id in ("lstm_1", "lstm_2"))
    for port in ("state", "cell"):
        start = first.port_scene_position(port, is_output=True)
        drag(view, start, second.port_scene_position(port, is_output=False))
    wanted = {f"lstm_1.{port} > lstm_2.{port}" for port in ("state", "cell")}
    assert edges(view.store.document) == wanted


def test_a_network_is_built_from_nothing_by_dropping_and_dragging(view: CanvasView) -> None:
    kinds = ["data", "conv2d", "max_pool2d", "flatten", "dense", "cross_entropy"]
    for place, kind in enumerate(kinds):
        assert drop(view, kind, QPointF(200.0 * place - 500, 0))
    names = [f"{kind}_1" for kind in kinds]
    assert ids(view.store.document) == names
    assert edges(view.store.document) == {"data_1.target > cross_entropy_1.target"}
    for source, target in pairwise(names):
        connect(view, source, "x" if source == "data_1" else "y", target, "x")
    assert edges(view.store.document) == edges(chain())
    assert {p.code for p in view.store.analysis.problems} == {"outputs_not_classes"}
    assert view.canvas.nodes["conv2d_1"].face.line == "26×26×32"
    assert view.canvas.nodes["conv2d_1"].face.note == "320 parameters"
    for _ in range(len(kinds) + 5):
        view.store.undo_stack.undo()
    assert not view.canvas.nodes and not view.canvas.edges
    while view.store.undo_stack.canRedo():
        view.store.undo_stack.redo()
    assert edges(view.store.document) == edges(chain())
    assert set(view.canvas.edges) == set(view.store.document.network.edges)


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_layer_type_lands_with_its_middle_at_the_pointer(view: CanvasView, kind: str) -> None:
    assert drop(view, kind, QPointF(83, 40))
    (node,) = view.store.document.network.nodes
    assert (node.kind, node.x, node.y) == (kind, 8.0, 8.0)  # (83 - 75, 40 - 32), on the grid
    assert view.store.selection == (node.id,)


def test_the_ends_of_an_edge_may_be_drawn_in_either_order(show: Show) -> None:
    view = show(edits.disconnect(chain(), [Edge("dense_1", "y", "cross_entropy_1", "x")]))
    start = port_position(view, "cross_entropy_1", "x")
    drag(view, start, port_position(view, "dense_1", "y"))
    assert edges(view.store.document) == edges(chain())


def test_an_edge_dropped_on_a_box_takes_its_fitting_input(show: Show) -> None:
    every = chain().network.edges
    view = show(edits.disconnect(chain(), every))
    drag(view, port_position(view, "data_1", "target"), middle(view, "cross_entropy_1"))
    drag(view, port_position(view, "dense_1", "y"), middle(view, "cross_entropy_1"))
    drag(view, port_position(view, "flatten_1", "x"), middle(view, "data_1"))
    assert edges(view.store.document) == {
        "data_1.target > cross_entropy_1.target",
        "dense_1.y > cross_entropy_1.x",
        "data_1.x > flatten_1.x",
    }


def test_a_loose_end_jumps_to_a_port_nearby(show: Show) -> None:
    view = show(edits.disconnect(chain(), [Edge("conv2d_1", "y", "max_pool2d_1", "x")]))
    port = port_position(view, "max_pool2d_1", "x")
    drag(view, port_position(view, "conv2d_1", "y"), port - QPointF(12, 14))
    assert edges(view.store.document) == edges(chain())


def test_a_new_edge_takes_the_place_of_the_old_one_at_an_input(show: Show) -> None:
    view = show(chain())
    port = port_position(view, "flatten_1", "x")
    drag(view, port_position(view, "conv2d_1", "y"), port)
    assert "conv2d_1.y > flatten_1.x" in edges(view.store.document)
    assert "max_pool2d_1.y > flatten_1.x" not in edges(view.store.document)


def test_a_merging_box_takes_any_number_of_edges(show: Show) -> None:
    document = edits.add_node(chain(), Node("add_1", "add", x=400, y=200))
    view = show(document)
    connect(view, "conv2d_1", "y", "add_1", "x")
    drag(view, port_position(view, "max_pool2d_1", "y"), middle(view, "add_1"))
    assert [e.source for e in view.store.document.network.into("add_1")] == [
        "conv2d_1",
        "max_pool2d_1",
    ]


def test_ports_that_accept_are_shown_while_dragging(show: Show) -> None:
    view = show(chain())
    start = on_screen(view, port_position(view, "max_pool2d_1", "y"))
    press(view, start)
    QTest.mouseMove(view.viewport(), start + QPoint(20, 60))
    shown = {port for item in view.canvas.nodes.values() for port in item.open or ()}
    accepting = {(port.node, port.port) for port in shown if not port.is_output}
    assert accepting == {
        ("dense_1", "x"),
        ("cross_entropy_1", "x"),
        ("cross_entropy_1", "target"),
    }
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert all(item.open is None for item in view.canvas.nodes.values())
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert view.store.document == chain()


@pytest.mark.parametrize(
    ("source", "port", "target", "target_port", "reason"),
    [
        ("flatten_1", "y", "conv2d_1", "x", "loop"),
        ("flatten_1", "y", "flatten_1", "x", "own output"),
        ("flatten_1", "y", "conv2d_1", "y", "outputs"),
        ("data_1", "x", "conv2d_1", "x", "already"),
    ],
)
def test_what_cannot_be_joined_is_refused_with_the_reason(
    show: Show, source: str, port: str, target: str, target_port: str, reason: str
) -> None:
    view = show(chain())
    start, end = port_position(view, source, port), port_position(view, target, target_port)
    outside = QPointF(10 if target_port == "y" else -10, 0)  # beside the box, near the port
    drag(view, start, end + outside)
    assert reason in message(view)
    assert view.store.document == chain()
    assert not view.store.undo_stack.canUndo()


def test_a_box_without_inputs_refuses_an_edge(show: Show) -> None:
    view = show(chain())
    drag(view, port_position(view, "conv2d_1", "y"), middle(view, "data_1"))
    assert "no port" in message(view)
    assert view.store.document == chain()


def test_an_edge_taken_off_its_input_is_joined_elsewhere_in_one_step(show: Show) -> None:
    view = show(chain())
    start = port_position(view, "flatten_1", "x")
    drag(view, start, port_position(view, "dense_1", "x"))
    assert "max_pool2d_1.y > dense_1.x" in edges(view.store.document)
    assert "max_pool2d_1.y > flatten_1.x" not in edges(view.store.document)
    view.store.undo_stack.undo()
    assert view.store.document == chain()
    assert all(item.isVisible() for item in view.canvas.edges.values())


def test_an_edge_dropped_on_empty_canvas_is_removed(show: Show) -> None:
    view = show(chain())
    start = port_position(view, "flatten_1", "x")
    drag(view, start, start + QPointF(-20, 150))
    assert edges(chain()) - edges(view.store.document) == {"max_pool2d_1.y > flatten_1.x"}


def test_an_edge_put_back_changes_nothing(show: Show) -> None:
    view = show(chain())
    start = port_position(view, "flatten_1", "x")
    press(view, on_screen(view, start))
    QTest.mouseMove(view.viewport(), on_screen(view, start + QPointF(0, 90)))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, start))
    assert edges(view.store.document) == edges(chain())


def test_a_layer_dropped_on_an_edge_goes_into_it_and_pushes_neighbours_aside(show: Show) -> None:
    view = show(chain())
    assert drop(view, "activation", between(view, "max_pool2d_1", "flatten_1"))
    document = view.store.document
    assert {"max_pool2d_1.y > activation_1.x", "activation_1.y > flatten_1.x"} <= edges(document)
    assert "max_pool2d_1.y > flatten_1.x" not in edges(document)
    row = sorted((node.x, node.y, node.id) for node in document.network.nodes)
    assert [x for x, _, _ in row] == [192.0 * place for place in range(7)]
    assert {y for _, y, _ in row} == {0.0}
    view.store.undo_stack.undo()
    assert view.store.document == chain()


def test_neighbours_make_room_while_a_layer_hovers_over_an_edge(show: Show) -> None:
    view = show(chain())
    data = QMimeData()
    data.setData(MIME, b"dropout")
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    for at, left in ((between(view, "data_1", "conv2d_1"), 384.0), (QPointF(300, 200), 192.0)):
        place = on_screen(view, at)
        for kind in (QDragEnterEvent, QDragMoveEvent):
            event = kind(place, action, data, button, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(view.viewport(), event)
        assert view.canvas.nodes["conv2d_1"].x() == left
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert view.store.document == chain()
    assert len(view.canvas.items()) == len(view.canvas.nodes) + len(view.canvas.edges)


def test_a_layer_is_not_put_into_a_target_edge(show: Show) -> None:
    view = show(chain())
    assert drop(view, "dropout", between(view, "data_1", "cross_entropy_1"))
    assert edges(view.store.document) == edges(chain())


def test_a_layer_is_not_dropped_on_a_box(show: Show) -> None:
    view = show(chain())
    assert not drop(view, "dense", middle(view, "conv2d_1"))
    assert view.store.document == chain()
    assert len(view.canvas.items()) == len(view.canvas.nodes) + len(view.canvas.edges)


def test_only_layers_are_taken(view: CanvasView) -> None:
    for content in (b"no_such_layer", b"\xff\xfe"):
        data = QMimeData()
        data.setData(MIME, content)
        event = QDragEnterEvent(
            QPoint(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view.viewport(), event)
        assert not event.isAccepted()
    assert drop(view, "no_such_layer", QPointF(0, 0)) is False
    assert ids(view.store.document) == []
