"""Placing boxes the way a person means it."""

from __future__ import annotations

from pathlib import Path

from engine.layers.analysis import analyse
from engine.layers.drawing import append, join_targets, place, takes_many
from engine.spec import edits
from engine.spec.document import Document, Edge
from engine.spec.files import read
from tests.engine.networks import ARTICLE, Boxes, article, network

EXAMPLES = Path(__file__).resolve().parents[3] / "resources" / "examples"


def readable(document: Document) -> list[str]:
    return [
        f"{e.source}.{e.source_port} > {e.target}.{e.target_port}" for e in document.network.edges
    ]


def test_a_loss_finds_the_target_of_the_only_data() -> None:
    document, _ = place(Document(), "cross_entropy", 200.0, 0.0)
    assert readable(document) == []
    document, id = place(document, "data", 0.0, 10.0)
    assert readable(document) == ["data_1.target > cross_entropy_1.target"]
    assert (document.network.node(id).x, document.network.node(id).y) == (0.0, 10.0)


def test_with_two_data_boxes_nobody_guesses() -> None:
    boxes: Boxes = {"one": ("data", {}), "two": ("data", {}), "loss": ("cross_entropy", {})}
    assert join_targets(network(boxes)).network.edges == ()


def test_a_target_that_is_joined_stays() -> None:
    boxes: Boxes = {"data": ("data", {}), "a": ("dense", {}), "loss": ("mean_squared_error", {})}
    document = network(boxes, "a.y > loss.target")
    assert join_targets(document) == document


def test_appending_builds_the_article_from_left_to_right() -> None:
    document = article()
    assert len(document.network.nodes) == len(ARTICLE)
    assert not analyse(document).problems
    xs = [node.x for node in document.network.nodes]
    assert xs == sorted(xs)
    assert len(set(xs)) == len(xs)


def test_appending_into_a_chain_inserts_and_makes_room() -> None:
    document, id = append(article(), "dropout", "flatten_1")
    assert "flatten_1.y > dropout_1.x" in readable(document)
    assert "dropout_1.y > dense_1.x" in readable(document)
    assert "flatten_1.y > dense_1.x" not in readable(document)
    xs = {node.id: node.x for node in document.network.nodes}
    assert xs["flatten_1"] < xs[id] < xs["dense_1"]
    assert len(set(xs.values())) == len(xs)


def test_appending_where_the_way_forks_adds_a_branch() -> None:
    boxes: Boxes = {"data": ("data", {}), "a": ("flatten", {}), "b": ("flatten", {})}
    document, id = append(network(boxes, "data > a", "data > b"), "dropout", "data")
    assert readable(document) == ["data.x > a.x", "data.x > b.x", f"data.x > {id}.x"]


def test_a_loss_does_not_stand_between_others() -> None:
    document, id = append(article(), "mean_squared_error", "dense_1")
    assert document.network.out_of(id) == ()
    assert "dense_1.y > dense_2.x" in readable(document)
    assert f"data_1.target > {id}.target" in readable(document)


def test_behind_a_loss_or_an_unknown_box_nothing_can_be_joined() -> None:
    document, id = append(article(), "dense", "cross_entropy_1")
    assert document.network.into(id) == ()
    document, id = append(network({"a": ("unheard_of", {})}), "dense", "a")
    assert document.network.into(id) == ()
    document, id = append(article(), "data", "dense_1")
    assert document.network.out_of(id) == ()


def test_only_merging_boxes_take_many() -> None:
    boxes: Boxes = {
        "a": ("add", {}),
        "b": ("concatenate", {}),
        "c": ("dense", {}),
        "d": ("unknown", {}),
    }
    document = network(boxes)
    assert [takes_many(document, id, "x") for id in "abcd"] == [True, True, False, False]
    assert not takes_many(document, "a", "nothing")


def test_a_tensor_enters_a_merge_once() -> None:
    document = network({"a": ("flatten", {}), "m": ("add", {})})
    edge = Edge("a", "y", "m", "x")
    for _ in range(2):
        document = edits.connect(document, edge, takes_many(document, "m", "x"))
    assert document.network.edges == (edge,)


def test_making_room_in_one_row_leaves_the_rows_above_where_they_are() -> None:
    welcome = read(EXAMPLES / "welcome.json").document
    before = {node.id: (node.x, node.y) for node in welcome.network.nodes}
    document, id = append(welcome, "dropout", "dense_1")
    after = {node.id: (node.x, node.y) for node in document.network.nodes}
    moved = {each for each, place in before.items() if after[each] != place}
    assert moved == {"dense_2", "cross_entropy_1"}
    assert after[id] == before["dense_2"]
    end, _ = append(welcome, "dropout", "max_pool2d_2")  # its reader begins the next row
    assert {node.id: (node.x, node.y) for node in end.network.nodes if node.id in before} == before
