"""Groups are part of the document and its file; they lie in one another, unknown to networks."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.layers.analysis import analyse
from engine.spec import edits, groups
from engine.spec.codec import Unreadable, from_json, to_json
from engine.spec.document import Document, Edge, Group, Node
from tests.engine.networks import network

INNER, OUTER = "group:1", "group:2"


def row(ids: str = "abcdef") -> Document:
    joins = [f"{a} > {b}" for a, b in pairwise(ids)]
    return network({id: ("dense", {}) for id in ids}, *joins)


def nested() -> Document:
    """a, then b and c in a group that lies with d in another one, then e and f."""
    document = groups.group(row(), "bc", INNER, "inner")
    return groups.group(document, "bcd", OUTER, "outer")


def members(document: Document) -> dict[str, tuple[str, ...]]:
    return {group.id: group.members for group in document.groups}


def test_boxes_are_grouped_and_whole_groups_go_into_a_new_one_as_they_are() -> None:
    document = nested()
    assert members(document) == {INNER: ("b", "c"), OUTER: (INNER, "d")}
    assert groups.boxes_in(document, OUTER) == ("b", "c", "d")
    assert groups.all_boxes(document) == {INNER: ("b", "c"), OUTER: ("b", "c", "d")}
    assert groups.new_group_id(document) == "group:3"
    assert groups.units(document, "abc") == ("a", INNER)
    assert groups.chain(groups.parents(document), "b") == [INNER, OUTER]


def test_a_group_of_boxes_within_a_group_lies_in_it() -> None:
    document = groups.group(groups.group(row(), "bcde", INNER, "all"), "cd", OUTER, "part")
    assert members(document) == {INNER: ("b", "e", OUTER), OUTER: ("c", "d")}


def test_members_from_different_groups_leave_them() -> None:
    document = groups.group(groups.group(row(), "ab", INNER, "1"), "cd", OUTER, "2")
    document = groups.group(document, "bc", "group:3", "3")
    assert members(document) == {INNER: ("a",), OUTER: ("d",), "group:3": ("b", "c")}
    document = groups.group(document, "ad", "group:4", "4")
    assert members(document)["group:4"] == (INNER, OUTER)


def test_what_is_no_group_is_refused() -> None:
    with pytest.raises(ValueError, match="group:1"):
        groups.group(nested(), "ef", INNER, "again")
    with pytest.raises(ValueError, match="stem"):
        groups.group(nested(), "ef", "stem", "name")
    with pytest.raises(ValueError, match="boxes"):
        groups.group(nested(), ("nobody",), "group:3", "none")
    for change in (groups.ungroup, groups.fold):
        with pytest.raises(KeyError):
            change(nested(), "group:3")


def test_taking_a_group_away_leaves_its_members_where_it_was() -> None:
    assert members(groups.ungroup(nested(), INNER)) == {OUTER: ("b", "c", "d")}
    assert members(groups.ungroup(nested(), OUTER)) == {INNER: ("b", "c")}
    assert groups.ungroup(groups.ungroup(nested(), INNER), OUTER) == row()


def test_names_are_kept_short_and_never_empty() -> None:
    assert (
        groups.group_of(groups.rename(nested(), INNER, " new \n name "), INNER).name == "new name"
    )
    assert groups.rename(nested(), INNER, " \n") == nested()
    long = groups.group_of(groups.rename(nested(), INNER, "x" * 999), INNER).name
    assert len(long) == groups.LONGEST


def test_the_outermost_folded_group_hides_a_box() -> None:
    assert groups.hiding(nested()) == {}
    inner = groups.fold(nested(), INNER)
    assert groups.hiding(inner) == {"b": INNER, "c": INNER}
    both = groups.fold(inner, OUTER)
    assert groups.hiding(both) == {"b": OUTER, "c": OUTER, "d": OUTER}
    assert groups.hiding(groups.fold(both, OUTER, False)) == groups.hiding(inner)


def test_boxes_go_into_a_group_and_out_of_it_one_level_at_a_time() -> None:
    document = groups.put_into(nested(), "ad", INNER)
    assert members(document) == {INNER: ("b", "c", "a", "d"), OUTER: (INNER,)}
    assert groups.put_into(document, "ab", INNER) == document
    assert members(groups.put_into(nested(), "b", OUTER)) == {
        INNER: ("c",),
        OUTER: (INNER, "d", "b"),
    }
    assert members(groups.put_into(nested(), "bc", "")) == {INNER: ("b", "c"), OUTER: ("d",)}
    assert members(groups.put_into(nested(), "bd", "")) == {INNER: ("c",), OUTER: (INNER,)}
    out = groups.take_out(nested(), "b")
    assert members(out) == {INNER: ("c",), OUTER: (INNER, "d", "b")}
    assert members(groups.take_out(out, "b"))[OUTER] == (INNER, "d")
    assert members(groups.take_out(nested(), "bc")) == {INNER: ("b", "c"), OUTER: ("d",)}
    assert members(groups.take_out(nested(), "bcd")) == members(nested())
    assert members(groups.put_into(nested(), "bcd", INNER)) == {
        INNER: ("b", "c", "d"),
        OUTER: (INNER,),
    }
    with pytest.raises(KeyError):
        groups.put_into(nested(), "a", "group:9")


def test_the_group_of_just_these_boxes_is_the_outermost() -> None:
    document = groups.group(groups.group(row(), "ab", INNER, "1"), "ab", OUTER, "2")
    found = groups.group_with(document, "ba")
    assert found is not None and found.id == OUTER
    assert groups.group_with(document, "abc") is None
    assert groups.group_with(document, ()) is None


def test_removing_all_boxes_of_a_group_removes_it_and_what_held_only_it() -> None:
    assert members(edits.remove_nodes(nested(), "b")) == {INNER: ("c",), OUTER: (INNER, "d")}
    assert members(edits.remove_nodes(nested(), "bc")) == {OUTER: ("d",)}
    only = groups.group(groups.group(row(), "ab", INNER, "1"), "ab", OUTER, "2")
    assert edits.remove_nodes(only, "ab").groups == ()


def test_a_box_put_into_a_connection_within_a_group_belongs_to_it() -> None:
    inside = edits.insert_on_edge(nested(), Node("n", "relu"), Edge("b", "y", "c", "x"))
    assert members(inside)[INNER] == ("b", "c", "n")
    between = edits.insert_on_edge(nested(), Node("n", "relu"), Edge("c", "y", "d", "x"))
    assert members(between)[OUTER] == (INNER, "d", "n")
    outside = edits.insert_on_edge(nested(), Node("n", "relu"), Edge("d", "y", "e", "x"))
    assert members(outside) == members(nested())


def test_only_whole_groups_go_with_some_boxes() -> None:
    assert [group.id for group in groups.within(nested(), "abc")] == [INNER]
    assert [group.id for group in groups.within(nested(), "bcd")] == [INNER, OUTER]
    assert groups.within(nested(), "b") == ()


def test_they_are_saved_and_a_file_without_them_is_written_as_before() -> None:
    document = groups.fold(groups.rename(nested(), OUTER, "编码器"), OUTER)
    text = to_json(document)
    assert from_json(text) == document and "编码器" in text
    assert "groups" not in to_json(row())
    assert to_json(nested()).startswith(to_json(row())[:-2])


def test_the_network_does_not_know_of_them() -> None:
    assert nested().network == row().network
    assert analyse(nested()).facts == analyse(row()).facts


def group_value(**changes: Any) -> dict[str, Any]:
    return {"id": INNER, "name": "n", "members": ["a"], "is_folded": False} | changes


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({}, "groups"),
        ([7], "groups[0]"),
        ([group_value(id="stem")], "groups[0].id"),
        ([group_value(id=None)], "groups[0].id"),
        ([group_value(name="")], "groups[0].name"),
        ([group_value(name="\ud800")], "groups[0].name"),
        ([group_value(is_folded=1)], "groups[0].is_folded"),
        ([group_value(members="ab")], "groups[0].members"),
        ([group_value(members=["a", 3])], "groups[0].members[1]"),
        ([group_value(members=["nobody"])], "groups[0].members[0]"),
        ([group_value(members=[])], "groups"),
        ([group_value(members=["a", "a"])], "groups"),
        ([group_value(), group_value(members=["b"])], "groups"),
        ([group_value(), group_value(id=OUTER)], "groups"),
        ([group_value(members=["a", INNER])], "groups"),
        (
            [group_value(members=["a", OUTER]), group_value(id=OUTER, members=["b", INNER])],
            "groups",
        ),
    ],
)
def test_what_is_no_group_in_a_file_is_named(given: Any, place: str) -> None:
    value = json.loads(to_json(row())) | {"groups": given}
    with pytest.raises(Unreadable) as caught:
        from_json(json.dumps(value))
    assert (caught.value.code, caught.value.numbers["place"]) == ("value", place)


ids = st.sampled_from([*"abcdef", *(f"group:{i}" for i in range(5)), "nobody"])
made = st.builds(
    Group,
    st.sampled_from([f"group:{i}" for i in range(5)]),
    st.just("name"),
    st.lists(ids, max_size=4).map(tuple),
    st.booleans(),
)


@given(st.lists(made, max_size=6))
def test_any_groups_are_cleaned_into_folders(found: list[Group]) -> None:
    document = groups.cleaned(replace(row(), groups=tuple(found)))
    assert groups.cleaned(document) is document
    assert from_json(to_json(document)) == document
    parent = groups.parents(document)
    for group in document.groups:
        assert groups.boxes_in(document, group.id)
        around = groups.chain(parent, group.id)
        assert len(set(around)) == len(around) and group.id not in around
        assert sum(group.id == other.id for other in document.groups) == 1


def test_a_thousand_groups_in_one_another_are_read() -> None:
    deep = [Group(f"group:{i}", "n", (f"group:{i + 1}",)) for i in range(1000)]
    document = replace(row(), groups=(*deep, Group("group:1000", "n", ("a",), is_folded=True)))
    assert from_json(to_json(document)) == document
    assert groups.hiding(document) == {"a": "group:1000"}
