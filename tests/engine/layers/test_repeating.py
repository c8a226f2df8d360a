"""Groups put several times in a row, and the ways in and out that this needs."""

from __future__ import annotations

import pytest

from engine.layers.analysis import analyse
from engine.layers.doors import Doors, NoPassage, doors_of, passage
from engine.layers.drawing import GAP
from engine.layers.repeating import MOST, repeated
from engine.spec import edits, groups
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document, Options
from tests.engine.networks import Boxes, network

GROUP = "group:1"
STACK: Boxes = {
    "data_1": ("data", {"dataset": "spirals"}),
    "dense_1": ("dense", {"units": 8}),
    "dense_2": ("dense", {"units": 8}),
    "dense_3": ("dense", {"units": 2, "activation": "softmax"}),
    "cross_entropy_1": ("cross_entropy", {}),
}
JOINS = (
    "data_1 > dense_1",
    "dense_1 > dense_2",
    "dense_2 > dense_3",
    "dense_3 > cross_entropy_1",
    "data_1.target > cross_entropy_1.target",
)


def stack() -> Document:
    document = network(STACK, *JOINS)
    places = {n.id: (GAP * i, 0.0) for i, n in enumerate(document.network.nodes)}
    return edits.move_nodes(document, places)


def grouped(*ids: str, document: Document | None = None) -> Document:
    return groups.group(document or stack(), ids, GROUP, "Block")


def residual() -> Document:
    """dense_2 adds to what enters it: one signal comes in at two ports."""
    boxes: Boxes = {**STACK, "add_1": ("add", {})}
    joins = [j for j in JOINS if j != "dense_2 > dense_3"]
    more = ("dense_1 > add_1", "dense_2 > add_1", "add_1 > dense_3")
    return network(boxes, *joins, *more)


def test_doors_are_where_edges_cross_the_border_or_are_missing() -> None:
    found = doors_of(stack().network, {"dense_1": "a", "dense_2": "a", "cross_entropy_1": "b"})
    assert found["a"] == Doors((("dense_1", "x"),), (("dense_2", "y"),))
    ends = (("cross_entropy_1", "x"), ("cross_entropy_1", "target"))
    assert found["b"] == Doors(tuple(ends), ())
    loose = edits.disconnect(stack(), stack().network.into("dense_1"))
    assert doors_of(loose.network, {"dense_1": "a"})["a"].inputs == (("dense_1", "x"),)


def test_one_signal_at_two_ports_is_one_way_in() -> None:
    way = passage(residual(), ("dense_2", "add_1"))
    assert way.entrances == (("dense_2", "x"), ("add_1", "x")) and way.exit == ("add_1", "y")


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        (("data_1", "dense_1"), "no_input"),
        (("dense_1", "dense_3"), "many_inputs"),
        (("dense_3", "cross_entropy_1"), "many_inputs"),
        ((), "no_input"),
    ],
)
def test_what_has_not_one_way_through_is_refused_by_name(ids: tuple[str, ...], code: str) -> None:
    with pytest.raises(NoPassage) as caught:
        passage(stack(), ids)
    assert caught.value.code == code


def test_outputs_are_counted_too() -> None:
    with pytest.raises(NoPassage) as caught:
        passage(residual(), ("dense_1", "dense_2"))
    assert caught.value.code == "many_outputs"


def test_a_group_is_put_three_times_in_a_row() -> None:
    document = repeated(grouped("dense_2"), GROUP, 3)
    found = [f"{e.source} > {e.target}" for e in document.network.edges if e.target_port == "x"]
    assert found == [
        "data_1 > dense_1",
        "dense_1 > dense_2",
        "dense_5 > dense_3",
        "dense_3 > cross_entropy_1",
        "dense_2 > dense_4",
        "dense_4 > dense_5",
    ]
    assert [(g.name, g.members) for g in document.groups] == [
        ("Block", ("dense_2",)),
        ("Block 2", ("dense_4",)),
        ("Block 3", ("dense_5",)),
    ]
    assert document.network.node("dense_5").options == Options({"units": 8})
    before, after = analyse(stack()), analyse(document)
    assert not after.errors
    assert after.parameters == before.parameters + 2 * (8 * 8 + 8)
    assert from_json(to_json(document)) == document


def test_copies_stand_in_a_row_and_what_follows_moves_aside() -> None:
    x = {n.id: n.x / GAP for n in repeated(grouped("dense_1", "dense_2"), GROUP, 2).network.nodes}
    assert [x[id] for id in ("data_1", "dense_1", "dense_2")] == [0.0, 1.0, 2.0]
    assert [x[id] for id in ("dense_4", "dense_5")] == [3.0, 4.0]
    assert [x[id] for id in ("dense_3", "cross_entropy_1")] == [5.0, 6.0]
    folded = groups.fold(grouped("dense_1", "dense_2"), GROUP)
    x = {n.id: n.x / GAP for n in repeated(folded, GROUP, 2).network.nodes}
    assert (x["dense_4"], x["dense_3"]) == (2.0, 4.0)  # one box beside another


def test_a_residual_group_is_fed_at_both_ports() -> None:
    document = grouped("dense_2", "add_1", document=residual())
    document = repeated(document, GROUP, 2)
    into = [(e.source, e.target) for e in document.network.edges if e.source == "add_1"]
    assert into == [("add_1", "dense_4"), ("add_1", "add_2")]
    assert [e.source for e in document.network.into("dense_3")] == ["add_2"]
    assert not analyse(document).errors


def test_groups_inside_are_copied_and_copies_lie_where_the_group_lies() -> None:
    document = groups.group(stack(), ("dense_2",), GROUP, "inner")
    document = groups.group(document, ("dense_1", "dense_2"), "group:2", "middle")
    document = groups.group(document, ("dense_1", "dense_2", "dense_3"), "group:3", "outer")
    document = repeated(document, "group:2", 2)
    assert groups.cleaned(document) is document
    names = {g.id: (g.name, g.members) for g in document.groups}
    assert names["group:3"] == ("outer", ("group:2", "dense_3", "group:5"))
    assert names["group:5"] == ("middle 2", ("dense_4", "group:4"))
    assert names["group:4"] == ("inner", ("dense_5",))


def test_an_open_group_is_repeated_too() -> None:
    loose = edits.disconnect(stack(), (*stack().network.into("dense_2"),))
    loose = edits.disconnect(loose, stack().network.out_of("dense_2"))
    document = repeated(grouped("dense_2", document=loose), GROUP, 2)
    assert [(e.source, e.target) for e in document.network.edges if e.source == "dense_2"] == [
        ("dense_2", "dense_4")
    ]


def test_once_changes_nothing_and_too_often_is_refused() -> None:
    document = grouped("dense_2")
    assert repeated(document, GROUP, 1) == document
    for times in (0, MOST + 1):
        with pytest.raises(ValueError, match="times"):
            repeated(document, GROUP, times)
