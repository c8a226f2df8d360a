"""Edits: what each one does, and what holds after any of them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.layers.analysis import analyse
from engine.spec import edits, groups
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document, Edge, Node, Options
from engine.spec.training import TrainingOptions
from tests.engine.networks import Box, Boxes, network, random_edit

DENSE: Box = ("dense", {})


def chain_of_three() -> Document:
    return network({"a": DENSE, "b": DENSE, "c": DENSE}, "a > b", "b > c")


def joins(document: Document) -> list[str]:
    """The edges in order, with ports where they are not y > x."""
    found = []
    for e in document.network.edges:
        source = e.source if e.source_port == "y" else f"{e.source}.{e.source_port}"
        target = e.target if e.target_port == "x" else f"{e.target}.{e.target_port}"
        found.append(f"{source} > {target}")
    return found


def test_new_ids_count_up_and_fill_gaps() -> None:
    document = Document()
    for expected in ("dense_1", "dense_2", "dense_3"):
        id = edits.new_id(document.network, "dense")
        assert id == expected
        document = edits.add_node(document, Node(id, "dense"))
    document = edits.remove_nodes(document, ["dense_2"])
    assert edits.new_id(document.network, "dense") == "dense_2"


def test_an_id_cannot_be_taken_twice() -> None:
    with pytest.raises(ValueError, match="already a box called 'a'"):
        edits.add_node(chain_of_three(), Node("a", "add"))


def test_removing_a_box_heals_the_chain() -> None:
    healed = edits.remove_nodes(chain_of_three(), ["b"])
    assert [node.id for node in healed.network.nodes] == ["a", "c"]
    assert joins(healed) == ["a > c"]


def test_removing_without_healing_leaves_a_gap() -> None:
    assert joins(edits.remove_nodes(chain_of_three(), ["b"], heal=False)) == []


def test_removing_several_boxes_in_a_row_heals_over_all() -> None:
    document = network(dict.fromkeys("abcd", DENSE), "a > b", "b > c", "c > d")
    assert joins(edits.remove_nodes(document, {"c", "b"})) == ["a > d"]


def test_removing_an_end_or_nothing_joins_nothing() -> None:
    assert joins(edits.remove_nodes(chain_of_three(), ["a"])) == ["b > c"]
    assert joins(edits.remove_nodes(chain_of_three(), ["c"])) == ["a > b"]
    assert edits.remove_nodes(chain_of_three(), ["nobody"]) == chain_of_three()


def test_all_readers_of_a_removed_box_are_fed_by_its_first_input() -> None:
    boxes: Boxes = {"a": DENSE, "b": DENSE, "m": ("add", {}), "c": DENSE, "d": DENSE}
    document = network(boxes, "a > m", "b > m", "m > c", "m > d")
    assert joins(edits.remove_nodes(document, ["m"])) == ["a > c", "a > d"]


def test_a_healed_edge_keeps_the_place_of_the_one_it_replaces() -> None:
    boxes: Boxes = {"a": DENSE, "b": DENSE, "r": DENSE, "m": ("concatenate", {})}
    document = network(boxes, "a > r", "r > m", "b > m")
    assert joins(edits.remove_nodes(document, ["r"])) == ["a > m", "b > m"]


def test_healing_makes_no_second_edge_between_the_same_ports() -> None:
    boxes: Boxes = {"a": DENSE, "r": DENSE, "m": ("add", {})}
    assert joins(edits.remove_nodes(network(boxes, "a > m", "a > r", "r > m"), ["r"])) == ["a > m"]
    two_ports = network(boxes, "a > r", "r.y > m", "r.z > m")
    assert joins(edits.remove_nodes(two_ports, ["r"])) == ["a > m"]


def test_healing_makes_no_box_read_itself() -> None:
    document = network({"a": DENSE, "r": DENSE}, "a > r", "r > a")
    assert joins(edits.remove_nodes(document, ["r"])) == []


def test_a_box_that_reads_itself_can_be_removed() -> None:
    boxes: Boxes = {"a": DENSE, "r": ("add", {}), "c": DENSE}
    document = network(boxes, "r > r", "a > r", "r > c")
    assert joins(edits.remove_nodes(document, ["r"])) == ["a > c"]


def test_moving_changes_places_only() -> None:
    moved = edits.move_nodes(chain_of_three(), {"b": (3.0, 4.0), "nobody": (1.0, 1.0)})
    assert [(n.id, n.x, n.y) for n in moved.network.nodes] == [
        ("a", 0.0, 0.0),
        ("b", 3.0, 4.0),
        ("c", 0.0, 0.0),
    ]
    assert moved.network.edges == chain_of_three().network.edges


def test_connecting_replaces_what_was_at_the_input() -> None:
    connected = edits.connect(chain_of_three(), Edge("a", "y", "c", "x"))
    assert joins(connected) == ["a > b", "a > c"]


def test_connecting_to_an_input_of_many_adds() -> None:
    connected = edits.connect(chain_of_three(), Edge("a", "y", "c", "x"), many=True)
    assert joins(connected) == ["a > b", "b > c", "a > c"]


def test_connecting_again_changes_nothing() -> None:
    document = chain_of_three()
    assert edits.connect(document, Edge("a", "y", "b", "x"), many=True) is document


def test_connecting_a_box_that_does_not_exist_is_refused() -> None:
    for edge in (Edge("a", "y", "nobody", "x"), Edge("nobody", "y", "a", "x")):
        with pytest.raises(KeyError, match="nobody"):
            edits.connect(chain_of_three(), edge)


def test_disconnecting_takes_the_given_edges() -> None:
    edge = Edge("a", "y", "b", "x")
    assert joins(edits.disconnect(chain_of_three(), [edge])) == ["b > c"]


def test_inserting_keeps_the_place_of_the_edge() -> None:
    boxes: Boxes = {"a": DENSE, "b": DENSE, "m": ("concatenate", {})}
    document = network(boxes, "a > m", "b > m")
    inserted = edits.insert_on_edge(document, Node("n", "dense"), Edge("a", "y", "m", "x"))
    assert joins(inserted) == ["a > n", "n > m", "b > m"]


def test_inserting_into_an_edge_that_is_gone_is_refused() -> None:
    with pytest.raises(ValueError):
        edits.insert_on_edge(chain_of_three(), Node("n", "dense"), Edge("a", "y", "c", "x"))


def test_options_kind_and_training_are_exchanged() -> None:
    document = edits.set_options(chain_of_three(), "b", {"units": 3})
    document = edits.set_options(document, "b", {"bias": False})
    assert dict(document.network.node("b").options) == {"units": 3, "bias": False}
    exchanged = edits.set_kind(document, "b", "flatten")
    assert exchanged.network.node("b") == Node("b", "flatten", Options())
    training = TrainingOptions(epochs=3)
    assert edits.set_training(document, training).training == training
    with pytest.raises(KeyError):
        edits.set_options(document, "nobody", {"units": 3})


def assert_unbroken(document: Document) -> None:
    """What every document must always be."""
    network = document.network
    ids = {node.id for node in network.nodes}
    assert len(ids) == len(network.nodes)
    assert len(set(network.edges)) == len(network.edges)
    for edge in network.edges:
        assert {edge.source, edge.target} <= ids
    assert groups.cleaned(document) is document
    members = [member for group in document.groups for member in group.members]
    assert len(set(members)) == len(members)
    assert set(members) <= ids | {group.id for group in document.groups}
    assert all(groups.boxes_in(document, group.id) for group in document.groups)


@pytest.mark.parametrize("seed", range(8))
def test_two_hundred_edits_can_be_undone_one_by_one(seed: int) -> None:
    random, document = Random(seed), Document()
    past: list[tuple[Document, str]] = []
    for _ in range(200):
        past.append((document, to_json(document)))
        document = random_edit(document, random)
        assert_unbroken(document)
        assert from_json(to_json(document)) == document
    for before, text in reversed(past):
        document = before
        assert to_json(document) == text
        assert from_json(text) == document
    assert document == Document()


@settings(max_examples=50)
@given(st.lists(st.integers(0, 2**16), max_size=60))
def test_the_analysis_takes_any_drawing_a_person_can_make(seeds: list[int]) -> None:
    document = Document()
    for seed in seeds:
        document = random_edit(document, Random(seed))
        assert_unbroken(document)
        for problem in analyse(document).problems:
            assert all(document.network.has(id) for id in problem.nodes), problem
