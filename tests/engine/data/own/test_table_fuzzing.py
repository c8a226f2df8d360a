"""Tables of any kind, written at random, are read back; bytes of any kind end in one reason."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from engine.data.own import tables
from engine.data.own.encodings import decoded
from engine.data.own.refusal import Refusal
from engine.data.own.table_layout import DELIMITERS
from engine.data.own.table_values import DECIMALS, POSSIBLE, gaps_among
from engine.spec.options import NO_OPTIONS, Options
from engine.spec.sources import Source, source_of
from gui.words import LANGUAGES, table
from tests.engine.data.own.table_files import columns, put, with_columns

FOLDERS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
ENCODINGS = {"utf_8": "utf-8", "gbk": "gbk", "gb18030": "gb18030", "utf_16": "utf-16"}
PIECES = st.sampled_from(
    ["a", "1", ",", ";", "\t", '"', "'", "\n", "\r\n", "\r", " ", "", "x,y", "1.5", "1,5", "NA",
     "-", "1,234.5", "2024-01-01", "31/12/24", "红", "é", "\0", "\ufeff", "=", "sep=;", "😀", "1e5"]
)  # fmt: skip


def answer(path: Path, recipe: Options = NO_OPTIONS) -> None:
    """Look and take: both end, with data that is whole or with a reason that has words."""
    try:
        proposal = tables.look(path, recipe).glimpse.recipe
        read = tables.take(path, proposal)
    except Refusal as refusal:
        for language in LANGUAGES:
            assert table(language)[f"refusal.{refusal.code}"].format(**refusal.numbers)
        return
    assert read.recipe == proposal and len(read.samples.x) == read.facts.samples
    source = Source("table", str(path), "f", read.recipe, read.facts)
    assert source_of(source.to_options()) == source
    for complaint in read.complaints:
        for language in LANGUAGES:
            assert table(language)[f"complaint.{complaint.code}"].format(**complaint.numbers)


@FOLDERS
@given(content=st.binary(max_size=300))
def test_any_bytes_end_in_data_or_a_reason(tmp_path: Path, content: bytes) -> None:
    answer(put(tmp_path, content))


@FOLDERS
@given(pieces=st.lists(PIECES, max_size=60), encoding=st.sampled_from(sorted(ENCODINGS)))
@example(['"', "a", "\n", "1", ",", "x"], "utf_8")
@example(["sep=;"], "utf_8")
def test_any_text_ends_in_data_or_a_reason(
    tmp_path: Path, pieces: list[str], encoding: str
) -> None:
    text = "".join(pieces)
    answer(put(tmp_path, text.encode(ENCODINGS[encoding], "ignore")))
    answer(put(tmp_path, "a,b,label\n" + text), Options({"delimiter": "comma", "header": "yes"}))


@FOLDERS
@given(
    flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=9)
)
def test_damaged_workbooks_end_in_data_or_a_reason(
    tmp_path: Path, book: bytes, flips: list[tuple[int, int]]
) -> None:
    damaged = bytearray(book)
    for place, byte in flips:
        damaged[place % len(damaged)] = byte
    answer(put(tmp_path, bytes(damaged), "damaged.xlsx"))


@pytest.fixture(scope="module")
def book() -> bytes:
    from openpyxl import Workbook

    made, file = Workbook(), io.BytesIO()
    assert made.active is not None
    for row in (["a", "b", "label"], [1.5, "u", "x"], [2.5, "v", "y"], [3.5, "u", "x"]):
        made.active.append(row)
    made.save(file)
    return file.getvalue()


CELL = st.text(
    st.sampled_from(list("abcxyz红蓝绿的花0123456789 .,;|\"'\n\t-")), min_size=1, max_size=9
)
NUMBER = st.floats(-1e7, 1e7).map(lambda value: round(value, 3))


@st.composite
def written(draw: st.DrawFn) -> tuple[bytes, Options, list[float | None], list[str], list[str]]:
    """A table of a number, a category and a label, written in some way, and how it was."""
    delimiter = draw(st.sampled_from([name for name in DELIMITERS if name != "space"]))
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    decimal = draw(st.sampled_from(sorted(DECIMALS)))
    thousands = draw(st.sampled_from([name for name in POSSIBLE if name != decimal]))
    count = draw(st.integers(3, 12))
    numbers = draw(st.lists(st.none() | NUMBER, min_size=count, max_size=count))
    texts = draw(st.lists(CELL, min_size=count, max_size=count))
    labels = draw(st.lists(st.sampled_from(["k", "红花", "7"]), min_size=count, max_size=count))
    assume(len(set(labels)) > 1)
    file = io.StringIO(newline="")
    writer = csv.writer(
        file,
        delimiter=DELIMITERS[delimiter],
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
    )
    writer.writerow(["number", "text", "label"])
    signs = {",": POSSIBLE[thousands][:1], ".": DECIMALS[decimal]}
    for number, text, label in zip(numbers, texts, labels, strict=True):
        shown = "" if number is None else f"{number:,.3f}"
        writer.writerow(["".join(signs.get(c, c) for c in shown), text, label])
    given = {
        "delimiter": delimiter,
        "encoding": encoding,
        "decimal": decimal,
        "thousands": thousands,
        "header": "yes",
    }
    return file.getvalue().encode(ENCODINGS[encoding]), Options(given), numbers, texts, labels


@FOLDERS
@given(case=written())
def test_what_was_written_is_read_back(
    tmp_path: Path, case: tuple[bytes, Options, list[float | None], list[str], list[str]]
) -> None:
    content, recipe, numbers, texts, labels = case
    path = put(tmp_path, content)
    recipe = with_columns(
        tables.look(path, recipe).glimpse.recipe,
        number={"type": "number", "role": "input"},
        text={"type": "category", "role": "input", "gaps": "most_frequent"},
        label={"type": "category", "role": "target"},
    )
    read = tables.take(path, recipe)
    expected = [float("nan") if n is None else n for n in numbers]
    np.testing.assert_array_equal(read.samples.x[:, 0], expected)
    gaps, names = gaps_among(texts), read.facts.columns[1].categories
    # a space before a cell's text is none of it
    found = ["" if np.isnan(i) else names[int(i)] for i in read.samples.x[:, 1]]
    assert found == ["" if text in gaps else text.strip() for text in texts]
    assert [read.facts.class_names[i] for i in read.samples.target] == labels


@pytest.mark.parametrize("delimiter", sorted(DELIMITERS))
@pytest.mark.parametrize("decimal", sorted(DECIMALS))
@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
@pytest.mark.parametrize("header", ["yes", "no"])
def test_how_a_table_is_written_is_found(
    tmp_path: Path, delimiter: str, decimal: str, encoding: str, header: str
) -> None:
    rng = random.Random(f"{delimiter}{decimal}{encoding}{header}")
    sign, mark = DELIMITERS[delimiter], DECIMALS[decimal]
    rows = [["身高", "重量", "颜色", "类别"]] if header == "yes" else []
    for _ in range(40):
        measured = [
            f"{rng.uniform(-99, 99):.{rng.randint(1, 4)}f}".replace(".", mark) for _ in "ab"
        ]
        rows.append([*measured, rng.choice(["红色", "蓝色", "绿色"]), rng.choice(["甲", "乙"])])
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=sign).writerows(rows)
    content = file.getvalue().encode(ENCODINGS[encoding])
    recipe = tables.look(put(tmp_path, content)).glimpse.recipe
    assert recipe["delimiter"] == delimiter and recipe["decimal"] == decimal
    assert recipe["header"] == header and recipe["thousands"] == "none"
    assert decoded(content, str(recipe["encoding"]))[0] == file.getvalue()
    assert list(columns(recipe, "type").values()) == ["number"] * 2 + ["category"] * 2
    assert list(columns(recipe, "role").values()) == ["input"] * 3 + ["target"]
