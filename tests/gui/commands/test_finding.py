"""Fuzzy search: which names fit, which fit better, and how what is found is grouped."""

from __future__ import annotations

import pytest

from gui.commands.finding import RECENT, Entry, listed
from gui.commands.ranking import fit


def entry(name: str, group: str = "actions", **more: object) -> Entry:
    return Entry(f"{group}.{name}", group, name, lambda: None, "mdi6.play", **more)  # type: ignore[arg-type]


def names(entries: list[Entry], query: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [line.entry.name for line in listed(entries, query, recent) if line.entry]


@pytest.mark.parametrize(
    ("better", "worse", "query"),
    [
        ("Save", "Save as…", "save"),
        ("Dense", "Condense", "dense"),
        ("Conv2D", "Conv2DTranspose", "conv"),
        ("Global max", "Sigma x", "max"),
        ("MaxPool2D", "Simple output", "mp"),
        ("Batch normalisation", "Absent number", "bn"),
        ("二维卷积", "一维转置二维卷积", "卷积"),
    ],
)
def test_the_better_name_comes_first(better: str, worse: str, query: str) -> None:
    assert names([entry(worse), entry(better)], query)[0] == better


def test_the_letters_that_fit_are_known() -> None:
    found = fit("mp", "MaxPool2D")
    assert found is not None and found.places == (0, 3)
    found = fit("pool max", "Max pool")
    assert found is not None and found.places == (0, 1, 2, 4, 5, 6, 7)


def test_letters_in_another_order_or_too_far_apart_do_not_fit() -> None:
    assert fit("evas", "Save") is None
    assert fit("se", "A long sentence, and far behind an s") is not None
    assert fit("az", "a very long sentence with the zoo") is None
    assert fit("av", "Save") is None  # within a word two letters are too few


def test_letters_that_grow_when_compared_do_not_shift_the_marks() -> None:
    found = fit("weg", "Straße Weg")
    assert found is not None and len(found.places) == 3


def test_other_names_and_details_are_found_behind_names() -> None:
    entries = [
        entry("Einfalt", detail="dense things"),
        entry("全连接层", also=("Dense",)),
        entry("Dense"),
    ]
    assert names(entries, "dense") == ["Dense", "全连接层", "Einfalt"]
    assert names(entries, "qwertz") == []
    assert names(entries, "hi") == []  # in a detail two letters are too few
    assert names([entry("Save", detail="保存网络")], "网络") == ["Save"]


def test_groups_stand_under_headings_the_best_first() -> None:
    entries = [
        entry("Condense"),
        entry("Undo"),
        entry("Dense", "layers"),
        entry("Dense 2", "boxes"),
    ]
    lines = listed(entries, "dense", ())
    assert [line.group for line in lines if line.entry is None] == ["layers", "boxes", "actions"]


def test_without_a_query_everything_is_listed_used_lately_first() -> None:
    entries = [entry("Save"), entry("Undo"), entry("Dense", "layers")]
    lines = listed(entries, " ", ("layers.Dense", "actions.gone"))
    assert [line.group for line in lines if line.entry is None] == [RECENT, "actions", "layers"]
    assert names(entries, "", ("layers.Dense",)) == ["Dense", "Save", "Undo", "Dense"]


def test_among_names_that_fit_alike_the_one_used_lately_comes_first() -> None:
    entries = [entry("Wave"), entry("Wage")]
    assert names(entries, "wa") == ["Wave", "Wage"]
    assert names(entries, "wa", ("actions.Wage",)) == ["Wage", "Wave"]


def test_what_is_not_possible_comes_behind_what_is() -> None:
    entries = [entry("Stop", obstacle="nothing runs"), entry("Step")]
    assert names(entries, "st") == ["Step", "Stop"]
