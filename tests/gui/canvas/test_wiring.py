"""Which ports may be joined, and where a dropped box goes."""

from __future__ import annotations

import pytest

from engine.layers import CATALOGUE
from engine.spec import edits
from engine.spec.document import Document, Edge, Node
from engine.spec.graph import closes_loop
from gui.box import PortRef
from gui.canvas.placing import free_place, insert, may_enter
from gui.canvas.wiring import Wiring
from tests.gui.networks import chain, edges


def out(id: str, port: str = "y") -> PortRef:
    return PortRef(id, port, True)


def into(id: str, port: str = "x") -> PortRef:
    return PortRef(id, port, False)


@pytest.mark.parametrize("start", [out("flatten_1"), into("flatten_1")])
def test_loops_are_refused_from_both_ends(start: PortRef) -> None:
    document = chain()
    for node in document.network.nodes:
        end = PortRef(node.id, "x" if start.is_output else "y", not start.is_output)
        ends = (start.node, node.id) if start.is_output else (node.id, start.node)
        refused = Wiring(document, start).refusal(end)
        if node.id != start.node:
            assert (refused == "loop") == closes_loop(document.network, *ends)


def test_a_moved_edge_does_not_stand_in_its_own_way() -> None:
    edge = Edge("conv2d_1", "y", "max_pool2d_1", "x")
    moved = Wiring(chain(), out("conv2d_1"), edge)
    assert moved.refusal(into("max_pool2d_1")) == ""
    assert Wiring(chain(), out("conv2d_1")).refusal(into("max_pool2d_1")) == "present"
    assert edges(moved.joined(into("max_pool2d_1"))) == edges(chain())


def test_targets_fit_targets() -> None:
    loose = edits.disconnect(chain(), chain().network.edges)
    assert Wiring(loose, out("data_1", "target")).fitting("cross_entropy_1") == into(
        "cross_entropy_1", "target"
    )
    assert Wiring(loose, out("data_1", "x")).fitting("cross_entropy_1") == into("cross_entropy_1")
    assert Wiring(loose, into("cross_entropy_1", "target")).fitting("data_1") == out(
        "data_1", "target"
    )
    assert Wiring(loose, out("dense_1")).fitting("data_1") is None


@pytest.mark.parametrize("kind", CATALOGUE)
def test_layers_with_both_sides_enter_edges(kind: str) -> None:
    edge = Edge("flatten_1", "y", "dense_1", "x")
    layer = CATALOGUE[kind]
    assert may_enter(kind, edge) == bool(layer.inputs and layer.outputs)
    assert not may_enter(kind, Edge("data_1", "target", "cross_entropy_1", "target"))
    if may_enter(kind, edge):
        document, id = insert(chain(), kind, edge, 0.0, 0.0)
        network = document.network
        assert [e.source for e in network.into(id)] == ["flatten_1"]
        assert [e.source for e in network.into("dense_1")] == [id]


def test_a_box_stays_where_it_was_dropped_if_there_is_room() -> None:
    wide = edits.move_nodes(chain(), {"dense_1": (1400.0, 0.0), "cross_entropy_1": (1600.0, 0.0)})
    document, id = insert(wide, "dropout", Edge("flatten_1", "y", "dense_1", "x"), 1000.0, 16.0)
    node = document.network.node(id)
    assert (node.x, node.y) == (1000.0, 0.0)
    assert document.network.node("dense_1").x == 1400.0


def test_an_edge_drawn_backwards_takes_a_box_without_pushing() -> None:
    nodes = (Node("dense_1", "dense", x=600.0), Node("dense_2", "dense", x=0.0))
    edge = Edge("dense_1", "y", "dense_2", "x")
    document = Document()
    for node in nodes:
        document = edits.add_node(document, node)
    document, id = insert(edits.connect(document, edge), "dropout", edge, 300.0, 200.0)
    assert {n.id: n.x for n in document.network.nodes} == {
        "dense_1": 600.0,
        "dense_2": 0.0,
        id: 300.0,
    }


def test_a_free_place_is_free() -> None:
    x, y = free_place(chain(), 195.0, 8.0)
    assert x == 195.0 and y >= 64.0
    assert free_place(chain(), 0.0, -300.0) == (0.0, -300.0)
