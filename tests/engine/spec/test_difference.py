"""Two documents compared: pairs of boxes, changes in words of data, and taking them over."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.layers import CATALOGUE
from engine.spec import edits
from engine.spec.codec import from_json, to_json
from engine.spec.difference import (
    BoxAdded,
    BoxRemoved,
    Change,
    EdgeAdded,
    EdgeRemoved,
    KindChanged,
    OptionChanged,
    Reordered,
    TrainingChanged,
    difference,
)
from engine.spec.document import Document, Edge, Node, Options
from engine.spec.taking import take

KINDS = ("relu", "dense", "conv", "add")


def chain(*kinds: str, **options: int) -> Document:
    """Boxes in a row; `dense_2=8` gives the units of a box."""
    document = Document()
    before = ""
    for kind in kinds:
        id = edits.new_id(document.network, kind)
        own = Options({"units": options[id]} if id in options else {})
        document = edits.add_node(document, Node(id, kind, own, 10.0 * len(before)))
        if before:
            document = edits.connect(document, Edge(before, "y", id, "x"))
        before = id
    return document


def changes(first: Document, second: Document) -> list[Change]:
    return list(difference(first, second).changes)


def structure(document: Document) -> Counter[object]:
    """The same for equal networks, whatever their boxes are called."""
    network = document.network
    colour: dict[str, object] = {
        n.id: hash((n.kind, frozenset(n.options.items()))) for n in network.nodes
    }
    for _ in range(4):
        colour = {
            n.id: hash(
                (
                    colour[n.id],
                    tuple(
                        (port, tuple(colour[e.source] for e in network.into(n.id, port)))
                        for port in sorted({e.target_port for e in network.into(n.id)})
                    ),
                    frozenset(Counter(colour[e.target] for e in network.out_of(n.id)).items()),
                )
            )
            for n in network.nodes
        }
    return Counter(colour.values())


# what is said


def test_equal_documents_have_no_difference() -> None:
    document = chain("data", "dense", "loss")
    found = difference(document, edits.move_nodes(document, {"dense_1": (7.0, 7.0)}))
    assert found.changes == ()
    assert not found.added | found.removed


def test_an_option() -> None:
    first, second = chain("data", "dense", dense_1=32), chain("data", "dense", dense_1=64)
    assert changes(first, second) == [OptionChanged("dense_1", "dense_1", "units", 32, 64)]


def test_defaults_are_known_by_the_kinds() -> None:
    first, second = chain("data", "conv2d"), chain("data", "conv2d")
    second = edits.set_options(second, "conv2d_1", {"filters": 32, "stride": 2})
    found = difference(first, second, CATALOGUE.get).changes
    assert found == (OptionChanged("conv2d_1", "conv2d_1", "stride", 1, 2),)
    assert len(changes(first, second)) == 2, "without them every value is one more"


def test_a_box_in_between_brings_its_connections() -> None:
    first = chain("data", "dense", "loss")
    edge = first.network.edges[1]
    second = edits.insert_on_edge(first, Node("dropout_1", "dropout"), edge)
    assert changes(first, second) == [BoxAdded("dropout_1")]
    assert changes(second, first) == [BoxRemoved("dropout_1")]
    found = difference(first, second)
    assert len(found.added) == 2
    assert found.removed == {edge}


def test_a_layer_type_was_exchanged() -> None:
    first = chain("data", "dense", "loss")
    second = edits.set_kind(first, "dense_1", "conv")
    assert changes(first, second) == [KindChanged("dense_1", "dense_1")]


def test_connections_of_old_boxes() -> None:
    first = chain("data", "dense", "dense", "loss")
    skip = Edge("dense_1", "y", "loss_1", "x")
    second = edits.connect(first, skip)
    gone = Edge("dense_2", "y", "loss_1", "x")
    assert changes(first, second) == [EdgeRemoved(gone), EdgeAdded(skip)]


def test_the_order_in_which_a_box_reads() -> None:
    first = chain("data", "dense")
    first = edits.add_node(first, Node("add_1", "add"))
    both = [Edge("data_1", "y", "add_1", "x"), Edge("dense_1", "y", "add_1", "x")]
    second = first
    for edge in both:
        first = edits.connect(first, edge, many=True)
    for edge in reversed(both):
        second = edits.connect(second, edge, many=True)
    assert changes(first, second) == [Reordered("add_1", "add_1", "x")]
    assert take(first, second, difference(first, second), changes(first, second)) == replace(
        second, network=replace(second.network, edges=(first.network.edges[0], *reversed(both)))
    )


def test_training_without_what_has_no_meaning() -> None:
    first = chain("data")
    second = edits.set_training(first, replace(first.training, batch_size=64, momentum=0.5))
    assert changes(first, second) == [TrainingChanged("batch_size", 32, 64)]
    third = edits.set_training(first, replace(second.training, optimizer="sgd"))
    names = [c.option for c in changes(first, third) if isinstance(c, TrainingChanged)]
    assert names == ["batch_size", "optimizer", "momentum"]


# which box is which


def test_networks_drawn_independently_are_paired_by_their_order() -> None:
    first = chain("data", "dense", "dense", "loss", dense_1=128, dense_2=10)
    second = chain("data", "dense", "dense", "dense", "loss", dense_1=64, dense_2=128, dense_3=10)
    found = difference(first, second)
    assert found.pairs["dense_1"] == "dense_2"
    assert found.pairs["dense_2"] == "dense_3"
    assert found.changes == (BoxAdded("dense_1"),)


def test_names_go_first_where_there_is_a_common_past() -> None:
    first = chain("data", "dense", "dense", "loss", dense_1=10, dense_2=10)
    second = edits.insert_on_edge(
        first, Node("dense_3", "dense", Options({"units": 10})), first.network.edges[1]
    )
    assert changes(first, second) == [BoxAdded("dense_3")]


def test_branches_are_paired_by_their_neighbours() -> None:
    first = chain("data", "conv", "add")
    first = edits.add_node(first, Node("relu_1", "relu"))
    first = edits.connect(first, Edge("data_1", "y", "relu_1", "x"))
    first = edits.connect(first, Edge("relu_1", "y", "add_1", "x"), many=True)
    names = {"data_1": "d", "conv_1": "a", "relu_1": "b", "add_1": "c"}
    nodes = tuple(replace(n, id=names[n.id]) for n in reversed(first.network.nodes))
    edges = tuple(
        replace(e, source=names[e.source], target=names[e.target]) for e in first.network.edges
    )
    second = replace(first, network=replace(first.network, nodes=nodes, edges=edges))
    assert difference(first, second).pairs == names
    assert changes(first, second) == []


# taking over


def test_one_of_two_new_boxes_in_a_row() -> None:
    first = chain("data", "loss")
    second = edits.insert_on_edge(first, Node("a_1", "a"), first.network.edges[0])
    second = edits.insert_on_edge(second, Node("b_1", "b"), second.network.edges[1])
    found = difference(first, second)
    for box in ("a_1", "b_1"):
        result = take(first, second, found, [BoxAdded(box)])
        ways = {(edge.source, edge.target) for edge in result.network.edges}
        assert ways == {("data_1", box), (box, "loss_1")}


def test_a_name_that_is_taken_gives_way() -> None:
    first = chain("data", "dense", "loss", dense_1=10)
    second = chain("data", "dense", "dense", "loss", dense_1=64, dense_2=10)
    found = difference(first, second)
    assert found.changes == (BoxAdded("dense_1"),)
    result = take(first, second, found, found.changes)
    assert {n.id: n.options["units"] for n in result.network.nodes if n.kind == "dense"} == {
        "dense_1": 10,
        "dense_2": 64,
    }
    assert not difference(result, second).changes


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any boxes, joined forwards: one edge into a port, except that of "add"."""
    document = Document()
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=7))
    for kind in kinds:
        id = f"{kind}_{draw(st.integers(1, 9))}"
        if document.network.has(id):
            id = edits.new_id(document.network, kind)
        units = draw(st.sampled_from((None, 1, 2)))
        own = Options({} if units is None else {"units": units})
        earlier = [node.id for node in document.network.nodes]
        document = edits.add_node(document, Node(id, kind, own))
        wanted = draw(st.lists(st.sampled_from(earlier), max_size=3)) if earlier else []
        for source in wanted:
            edge = Edge(source, "y", id, "x")
            document = edits.connect(document, edge, many=kind == "add")
    training = replace(document.training, epochs=draw(st.integers(1, 3)))
    return edits.set_training(document, training)


@st.composite
def edited(draw: st.DrawFn, document: Document) -> Document:
    """The same after some edits."""
    for _ in range(draw(st.integers(0, 4))):
        ids = [node.id for node in document.network.nodes]
        act = draw(st.sampled_from(("remove", "option", "insert", "kind", "cut")))
        id = draw(st.sampled_from(ids)) if ids else ""
        edges = document.network.edges
        if act == "remove" and id:
            document = edits.remove_nodes(document, (id,))
        elif act == "option" and id:
            document = edits.set_options(document, id, {"units": draw(st.integers(3, 5))})
        elif act == "kind" and id and document.network.node(id).kind != "add":
            document = edits.set_kind(document, id, draw(st.sampled_from(KINDS[:3])))
        elif act == "insert" and edges:
            kind = draw(st.sampled_from(KINDS[:3]))
            node = Node(edits.new_id(document.network, kind), kind)
            document = edits.insert_on_edge(document, node, draw(st.sampled_from(edges)))
        elif act == "cut" and edges:
            document = edits.disconnect(document, (draw(st.sampled_from(edges)),))
    return document


@st.composite
def two(draw: st.DrawFn) -> tuple[Document, Document]:
    first = draw(documents())
    return first, draw(st.one_of(edited(first), documents()))


@given(documents())
def test_a_document_has_no_difference_from_itself(document: Document) -> None:
    found = difference(document, document)
    assert found.changes == ()
    assert found.pairs == {node.id: node.id for node in document.network.nodes}


@settings(max_examples=200)
@given(two())
def test_all_changes_lead_to_the_other_document(pair: tuple[Document, Document]) -> None:
    first, second = pair
    found = difference(first, second)
    result = take(first, second, found, found.changes)
    assert structure(result) == structure(second)
    assert result.training == second.training
    assert from_json(to_json(result)) == result, "it is well formed"


@settings(max_examples=100)
@given(two())
def test_one_after_the_other_they_lead_there_too(pair: tuple[Document, Document]) -> None:
    document, second = pair
    limit = 4 * len(difference(document, second).changes) + 4
    for _ in range(limit):
        found = difference(document, second)
        if not found.changes:
            break
        document = take(document, second, found, found.changes[:1])
        assert from_json(to_json(document)) == document
        for node in document.network.nodes:
            several = len(document.network.into(node.id, "x")) > 1
            assert not several or node.kind == "add"
    assert not difference(document, second).changes
    assert structure(document) == structure(second)


@given(two())
def test_mirrored_changes_lead_back(pair: tuple[Document, Document]) -> None:
    first, second = pair
    back = difference(first, second).mirrored()
    result = take(second, first, back, back.changes)
    assert structure(result) == structure(first)
    assert back.mirrored() == difference(first, second)


def test_nothing_taken_is_nothing_changed() -> None:
    first, second = chain("data", "dense"), chain("data", "conv", "dense")
    assert take(first, second, difference(first, second), ()) == first


@pytest.mark.parametrize("boxes", [150])
def test_large_networks_are_compared(boxes: int) -> None:
    first = chain(*("dense", "relu") * boxes)
    second = edits.remove_nodes(first, ("dense_70",))
    assert changes(first, second) == [BoxRemoved("dense_70")]
