"""The document is a value: compared by content, never changed."""

from __future__ import annotations

import dataclasses

import pytest

from engine.spec.document import Document, Edge, Network, Node, Options


def test_options_are_compared_by_content_whatever_their_order() -> None:
    one, other = Options({"a": 1, "b": 2}), Options({"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert one != Options({"a": 1})


def test_options_are_not_tied_to_the_mapping_they_came_from() -> None:
    values: dict[str, int] = {"units": 3}
    options = Options(values)
    values["units"] = 4
    assert options["units"] == 3


def test_replacing_an_option_gives_new_options() -> None:
    options = Options({"units": 3})
    assert dict(options.replace(units=4, bias=False)) == {"units": 4, "bias": False}
    assert dict(options) == {"units": 3}


def test_nothing_in_a_document_can_be_set() -> None:
    node = Node("a", "dense")
    with pytest.raises(dataclasses.FrozenInstanceError):
        node.x = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        node.options["units"] = 3  # type: ignore[index]


def test_documents_can_be_compared_and_hashed() -> None:
    def make() -> Document:
        return Document(Network((Node("a", "dense", Options({"units": 3})),)))

    assert make() == make()
    assert len({make(), make(), Document()}) == 2


def test_a_network_finds_nodes_and_edges() -> None:
    edges = Edge("a", "y", "b", "x"), Edge("a", "y", "b", "target"), Edge("b", "y", "a", "x")
    network = Network((Node("a", "add"), Node("b", "add")), edges)
    assert network.has("a")
    assert not network.has("c")
    assert network.node("b").id == "b"
    with pytest.raises(KeyError):
        network.node("c")
    assert network.into("b") == edges[:2]
    assert network.into("b", "target") == edges[1:2]
    assert network.out_of("a") == edges[:2]
    assert network.out_of("a", "x") == ()
