"""Data of one's own in a document: kept whole, checked, and found again from another folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.layers.analysis import analyse
from engine.layers.data import Data
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document, Network, Node
from engine.spec.options import Options, Value
from engine.spec.shapes import features, tokens
from engine.spec.sources import (
    Facts,
    is_source,
    placed_in,
    relative_to,
    source_of,
    sources,
    with_sources,
)
from tests.engine.spec.own_data import a_document, a_source

names = st.text(max_size=5)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    sizes = tuple(draw(st.lists(st.integers(1, 9), min_size=1, max_size=3)))
    axes = ("time", "height", "features")[: len(sizes)]
    classes = draw(st.sampled_from([0, 2, 3]))
    return Facts(
        sizes,
        axes,
        draw(st.integers(1, 10**6)),
        classes=classes,
        class_names=tuple(draw(names) for _ in range(classes)),
        feature_names=tuple(draw(st.lists(names, max_size=3))),
        any_length=draw(st.booleans()),
    )


@given(facts(), st.booleans())
def test_a_source_comes_back_from_its_plain_values(found: Facts, embedded: bool) -> None:
    source = replace(a_source("/somewhere/a.csv", embedded), facts=found)
    assert source_of(source.to_options()) == source
    document = a_document(source)
    assert sources(from_json(to_json(document))) == (source,)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("form", "spreadsheet"),
        ("path", ""),
        ("path", 3),
        ("fingerprint", 3),
        ("recipe", Options({"delimiter": "elephant"})),
        ("recipe", Options({"columns": (Options({"role": "king"}),)})),
        ("facts", Options()),
        ("facts", ()),
    ],
)
def test_what_describes_no_source_is_refused(name: str, value: Value) -> None:
    good = a_source("/a.csv").to_options()
    assert is_source(good)
    assert not is_source(good.replace(**{name: value}))
    assert not is_source(Options({k: v for k, v in good.items() if k != name}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"sizes": ()},
        {"sizes": (4, 4)},
        {"sizes": (0,)},
        {"samples": 0},
        {"samples": 10**12},
        {"classes": 1},
        {"classes": 4},
        {"outputs": 0},
        {"any_length": True},
        {"per_step": True},
        {"test_samples": 90},
        {"scaling": "louder"},
        {"limit": -1},
        {"vocabulary": ("a",), "limit": 2},
        {"sizes": (True,)},
        {"per_step": 1},
        {"class_names": (1, 2, 3)},
        {"columns": (Options({"gaps": -1}),)},
        {"columns": (Options({"depth": 1}),)},
        {"hidden": 1},
    ],
    ids=str,
)
def test_facts_that_contradict_each_other_are_refused(wrong: dict[str, Any]) -> None:
    good = a_source("/a.csv").to_options()
    own = good["facts"]
    assert isinstance(own, Options)
    assert not is_source(good.replace(facts=own.replace(**wrong)))


@given(st.recursive(st.integers() | st.text(), lambda v: st.lists(v).map(tuple)))
def test_any_other_value_is_no_source(value: Any) -> None:
    assert not is_source(value)
    assert not is_source(Options({"form": value}))


def test_the_data_box_hands_out_what_was_found() -> None:
    box = Data(dataset="own", origin=a_source("/a.csv").to_options())
    assert box.output_shapes({})["x"] == features(4)
    assert (box.card.classes, box.total, box.card.scaling) == (3, 90, "standardise")
    assert not box.applies("length")
    assert not box.applies("horizon")
    assert box.applies("scaling")


def test_a_series_and_a_text_have_as_many_samples_as_windows() -> None:
    series = Facts(
        (10, 2), ("time", "features"), 100, any_length=True, series=True, feature_names=("a", "b")
    )
    box = Data(dataset="own", origin=_with(series), length=12, horizon=5)
    assert (box.card.shape.sizes, box.total) == ((12, 2), 52)
    assert box.part_sizes == (66 - 16, 17 - 16, 17 - 16)  # each part has room for one window
    assert box.applies("horizon")
    text = Facts(
        (10,), ("time",), 1001, limit=30, classes=30, per_step=True, any_length=True, series=False
    )
    box = Data(dataset="own", origin=_with(text), length=50)
    assert (box.card.shape, box.total) == (tokens(50, 30), 14 + 2 + 2)
    assert box.applies("length")
    assert not box.applies("horizon")
    assert not box.applies("scaling")


def _with(found: Facts) -> Options:
    return replace(a_source("/a.csv"), facts=found).to_options()


def test_a_box_without_data_of_its_own_says_so_and_offers_a_set() -> None:
    bare = Document(Network((Node("d", "data", Options({"dataset": "own"})),)))
    (problem, *_) = analyse(bare).problems_of("d")
    assert problem.code == "no_own_data"
    mended = problem.fixes[0].edit(bare)
    assert mended.network.node("d").options["dataset"] == "digits_28"
    assert not [p for p in analyse(mended).problems_of("d") if p.code == problem.code]


@pytest.mark.parametrize("place", ["a.csv", "deep/er/a.csv", "../beside/a.csv"])
def test_a_path_is_kept_as_seen_from_the_document(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "class" / "lesson"
    path = (folder / place).parent.resolve() / "a.csv"
    document = a_document(a_source(path))
    moved = relative_to(document, folder)
    assert sources(moved)[0].path == place
    assert placed_in(moved, folder) == document
    elsewhere = placed_in(moved, tmp_path / "x" / "y")
    assert Path(sources(elsewhere)[0].path) == (tmp_path / "x" / "y" / place).parent.resolve() / (
        "a.csv"
    )


def test_paths_of_another_system_are_left_alone(tmp_path: Path) -> None:
    document = a_document(a_source("C:\\data\\a.csv"))
    assert placed_in(document, tmp_path) == document
    assert sources(document)[0].name == "a.csv"


def test_a_document_without_own_data_is_left_as_it_is(tmp_path: Path) -> None:
    plain = Document(Network((Node("d", "data", Options({"origin": Options({"a": 1})})),)))
    assert with_sources(plain, lambda source: replace(source, path="/x")) == plain
    assert relative_to(plain, tmp_path) == plain


def test_a_source_is_read_once_and_not_from_values_that_are_only_equal() -> None:
    written = a_source("/a.csv").to_options()
    assert source_of(written) is source_of(written)
    other = written.replace(embedded=1)
    assert other == written.replace(embedded=True)
    assert source_of(written.replace(embedded=True)).embedded
    assert not source_of(other).embedded
