"""Documents as JSON: they come back as they were, and every mistake is named by its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.spec.codec import DEEPEST, VERSION, Unreadable, from_json, to_json
from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.training import TrainingOptions
from tests.engine.networks import article

FORBIDDEN = "./\\\0:"

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=FORBIDDEN), min_size=1)
ports = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)
finite = st.floats(allow_nan=False, allow_infinity=False)
places = st.floats(-9e6, 9e6)
values = st.booleans() | st.integers() | finite | st.text(st.characters(exclude_categories=["Cs"]))
options = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), values, max_size=4)
trainings = st.builds(
    TrainingOptions,
    epochs=st.integers(1, 100_000),
    optimizer=st.sampled_from(("adam", "sgd")),
    learning_rate=st.floats(1e-8, 100.0),
    nesterov=st.booleans(),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document that a file may hold, also with layer types and options nobody knows."""
    ids = draw(st.lists(words, max_size=4, unique=True))
    made = [Node(i, draw(words), Options(draw(options)), draw(places), draw(places)) for i in ids]
    if not ids:
        return Document(training=draw(trainings))
    box = st.sampled_from(ids)
    edges = draw(st.lists(st.builds(Edge, box, ports, box, ports), max_size=4, unique=True))
    return Document(Network(tuple(made), tuple(edges)), draw(trainings))


@given(documents())
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    text = to_json(document)
    assert from_json(text) == document
    assert to_json(from_json(text)) == text
    text.encode("utf-8")


def test_equal_documents_give_equal_texts() -> None:
    one = Document(Network((Node("a", "dense", Options({"units": 3, "bias": False}), 0.0, 1),)))
    other = Document(
        Network((Node("a", "dense", Options({"bias": False, "units": 3}), -0.0, 1.0),))
    )
    assert one == other
    assert to_json(one) == to_json(other)


def test_the_text_can_be_read_by_people() -> None:
    document = Document(Network((Node("卷积_1", "conv2d"),)))
    assert "卷积_1" in to_json(document)
    assert json.loads(to_json(document))["version"] == VERSION


def value_of(document: Document) -> Any:  # JSON values
    return json.loads(to_json(document))


def refused(value: Any) -> Unreadable:
    """What the reader says about these JSON values, or about this text."""
    with pytest.raises(Unreadable) as caught:
        from_json(value if isinstance(value, str) else json.dumps(value))
    return caught.value


@pytest.mark.parametrize(
    "text",
    ["", "{", "nothing", '{"format": "layerwise",}', "[" * 100_000, '{"a":' * 5000, "9" * 5000],
)
def test_what_is_not_json_is_refused(text: str) -> None:
    assert refused(text).code == "json"


@pytest.mark.parametrize("value", [[], None, 3, "layerwise", {}, {"format": 3}, {"format": []}])
def test_other_json_is_not_a_document(value: Any) -> None:
    assert refused(json.dumps(value)).code == "not_layerwise"


@pytest.mark.parametrize("version", [0, -1, True, 1.0, "1", None, []])
def test_a_version_that_cannot_be_is_refused(version: Any) -> None:
    error = refused(value_of(article()) | {"version": version})
    assert (error.code, error.numbers["place"]) == ("value", "version")


@pytest.mark.parametrize("version", [VERSION + 1, 10**30])
def test_a_newer_version_says_so(version: int) -> None:
    error = refused(value_of(article()) | {"version": version})
    assert (error.code, error.numbers) == ("newer", {"version": version, "known": VERSION})


def broken(part: str, place: int, name: str | int, value: Any) -> Any:  # JSON values
    """The article's network with one value exchanged."""
    document = value_of(article())
    document[part][place][name] = value
    return document


@pytest.mark.parametrize(
    "value", ["", None, 3, [], "a.b", "a/b", "a\\b", "a\0b", "a:b", "\ud800", "x" * 3 + "\udfff"]
)
@pytest.mark.parametrize("name", ["id", "kind"])
def test_a_name_must_be_a_name(name: str, value: Any) -> None:
    error = refused(broken("nodes", 1, name, value))
    assert (error.code, error.numbers["place"]) == ("value", f"nodes[1].{name}")


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -1e7, 1e300, 10**400, True, "1", None, [1.0]]
)
@pytest.mark.parametrize("name", ["x", "y"])
def test_a_place_must_be_on_the_canvas(name: str, value: Any) -> None:
    error = refused(broken("nodes", 2, name, value))
    assert (error.code, error.numbers["place"]) == ("value", f"nodes[2].{name}")


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), float("inf"), float("-inf"), "\ud800"],
)
def test_an_option_must_be_a_plain_value(value: Any) -> None:
    error = refused(broken("nodes", 1, "options", {"filters": value}))
    assert (error.code, error.numbers["place"]) == ("value", "nodes[1].options.filters")


@pytest.mark.parametrize("inner", [None, float("nan"), "\ud800", {"\ud800": 1}, [[None]]])
def test_the_parts_of_a_value_must_be_plain_too(inner: Any) -> None:
    for value, place in (({"a": inner}, ".a"), ([1, inner], "[1]")):
        error = refused(broken("nodes", 1, "options", {"filters": value}))
        assert str(error.numbers["place"]).startswith(f"nodes[1].options.filters{place}")


def test_values_with_parts_are_kept() -> None:
    inner = Options({"points": ((0.5, 1, True), ()), "recipe": Options({"a": "é"}), "none": ()})
    document = Document(Network((Node("a", "data", Options({"origin": inner})),)))
    assert from_json(to_json(document)) == document


def test_a_number_too_large_for_a_float_is_refused() -> None:
    text = to_json(article()).replace('"filters": 32', '"filters": 1e999')
    assert refused(text).numbers["place"] == "nodes[1].options.filters"


def test_the_name_of_an_option_must_be_text_that_can_be_saved() -> None:
    assert refused(broken("nodes", 1, "options", {"\ud800": 1})).code == "value"


@pytest.mark.parametrize("value", [None, 3, "conv2d", [], ["id"]])
def test_a_node_must_be_an_object(value: Any) -> None:
    document = value_of(article())
    document["nodes"][3] = value
    error = refused(document)
    assert (error.code, error.numbers["place"]) == ("value", "nodes[3]")


@pytest.mark.parametrize("part", ["nodes", "edges"])
@pytest.mark.parametrize("value", [None, 3, "x", {}])
def test_nodes_and_edges_are_lists(part: str, value: Any) -> None:
    assert refused(value_of(article()) | {part: value}).numbers["place"] == part


def test_two_nodes_cannot_have_one_id() -> None:
    assert refused(broken("nodes", 1, "id", "data_1")).numbers["place"] == "nodes"


@pytest.mark.parametrize(
    ("edge", "code"),
    [
        (None, "value"),
        ("a.x", "value"),
        ([], "value"),
        (["data_1.x"], "value"),
        (["data_1.x", "conv2d_1.x", "more"], "value"),
        (["data_1.x", 3], "value"),
        (["data_1.x", "conv2d_1"], "edge"),
        (["data_1.", "conv2d_1.x"], "edge"),
        (["nobody.x", "conv2d_1.x"], "edge"),
        (["data_1.x", ".x"], "edge"),
        (["data_1.\ud800", "conv2d_1.x"], "value"),
    ],
)
def test_an_edge_joins_two_ports_that_exist(edge: Any, code: str) -> None:
    document = value_of(article())
    document["edges"][0] = edge
    error = refused(document)
    assert (error.code, error.numbers["place"]) == (code, "edges[0]")


def test_an_edge_cannot_be_there_twice() -> None:
    document = value_of(article())
    document["edges"][5] = document["edges"][2]
    error = refused(document)
    assert (error.code, error.numbers["place"]) == ("value", "edges")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", 0),
        ("epochs", True),
        ("epochs", 1.5),
        ("epochs", 10**400),
        ("learning_rate", float("nan")),
        ("learning_rate", 10**400),
        ("learning_rate", "fast"),
        ("optimizer", "magic"),
        ("optimizer", []),
        ("nesterov", 1),
        ("seed", None),
        ("luck", 3),
    ],
)
def test_a_training_option_must_be_allowed(name: str, value: Any) -> None:
    document = value_of(article())
    document["training"][name] = value
    error = refused(document)
    assert (error.code, error.numbers["place"]) == ("option", f"training.{name}")
    assert error.numbers["allowed"]


def test_training_may_be_left_out_and_must_be_an_object() -> None:
    document = value_of(article())
    del document["training"]
    assert from_json(json.dumps(document)).training == TrainingOptions()
    assert refused(document | {"training": []}).numbers["place"] == "training"


def test_layer_types_and_options_of_the_future_are_kept() -> None:
    node = Node("a", "transformer", Options({"heads": 8, "units": -3}))
    document = Document(Network((node,)))
    assert from_json(to_json(document)) == document


def test_deep_nesting_anywhere_is_refused() -> None:
    """Also just below the depth at which reading itself gives up."""
    text = to_json(article())
    for depth in (*range(1, 400, 7), *range(880, 1010), 2000, 20_000):
        deep = "[" * depth + "]" * depth
        refused_there = ('"filters": 32',) if depth > DEEPEST + 1 else ()
        for old in ('"x": 0.0', *refused_there, '"epochs": 15', '"id": "data_1"'):
            assert old in text
            refused(text.replace(old, old.partition(":")[0] + ": " + deep, 1))


def test_what_is_shown_of_a_wrong_value_is_short() -> None:
    error = refused(broken("nodes", 1, "options", list(range(5000))))
    assert len(str(error.numbers["value"])) <= 80


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def all_places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every value inside JSON values."""
    inner: Any = {}
    if isinstance(value, dict):
        inner = value
    elif isinstance(value, list):
        inner = dict(enumerate(value))
    return [path, *(way for k, v in inner.items() for way in all_places(v, (*path, k)))]


@given(st.data())
def test_any_value_in_any_place_is_read_or_refused_by_name(data: st.DataObject) -> None:
    document = value_of(article())
    *way, last = data.draw(st.sampled_from([p for p in all_places(document) if p]))
    inner = document
    for step in way:
        inner = inner[step]
    inner[last] = data.draw(json_values)
    try:
        read = from_json(json.dumps(document))
    except Unreadable as error:
        assert error.code in ("json", "not_layerwise", "value", "newer", "edge", "option")
    else:
        assert from_json(to_json(read)) == read
        to_json(read).encode("utf-8")


@given(st.text())
def test_random_text_is_refused(text: str) -> None:
    assume(not text.lstrip().startswith("{"))
    assert refused(text).code in ("json", "not_layerwise")
