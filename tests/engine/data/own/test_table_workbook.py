"""Excel: sheets, cells of all kinds, and archives that are damaged or meant to harm."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

from engine.data.own import table_workbook, tables
from engine.data.own.refusal import Cancelled
from engine.spec.options import NO_OPTIONS, Options
from gui.words import LANGUAGES, table
from tests.engine.data.own.media import refused
from tests.engine.data.own.table_files import codes, columns, glimpse, put, taken

ROWS: list[list[object]] = [
    ["height", "when", "member", "colour", "label"],
    [1.75, datetime(2024, 3, 5), True, "红", 3],
    [None, datetime(2024, 3, 6, 12), False, "blue", 5],
    [2, date(2024, 3, 7), True, "红", 3],
    ["#N/A", None, False, "blue", 5],
    [0.3, datetime(2024, 3, 9), True, "blue", 3],
]


def workbook(folder: Path, rows: list[list[object]], name: str = "表 😀.xlsx") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    for row in rows:
        sheet.append(row)
    other = book.create_sheet("other")
    small: list[list[object]] = [["a", "label"], [1.5, "x"], [2.5, "y"]]
    for row in small:
        other.append(row)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize("name", ["表 😀.xlsx", "macros.xlsm", "renamed.csv"])
def test_a_sheet_becomes_samples(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path, ROWS, "first.xlsx").rename(tmp_path / name)
    read = taken(path)
    assert columns(read.recipe, "type") == {
        "height": "number",
        "when": "date",
        "member": "category",
        "colour": "category",
        "label": "number",
    }
    np.testing.assert_array_equal(read.samples.x[:, 0], [1.75, np.nan, 2.0, np.nan, 0.3])
    start = (date(2024, 3, 5) - date(1970, 1, 1)).days
    np.testing.assert_array_equal(read.samples.x[:, 1] - start, [0.0, 1.5, 2.0, np.nan, 4.0])
    assert read.facts.columns[2].categories == ("FALSE", "TRUE")
    assert read.facts.feature_names[2:] == ("member = TRUE", "colour = 红")
    assert "auto" not in read.recipe.values() and read.recipe["sheet"] == "数据"
    assert read.complaints == ()


def test_another_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path, ROWS)
    seen = glimpse(path, Options({"sheet": "other"}))
    assert seen.sheets == ("数据", "other") and seen.cells == (("1.5", "x"), ("2.5", "y"))
    assert taken(path, Options({"sheet": "other"})).facts.class_names == ("x", "y")


def test_a_title_and_empty_rows_are_no_trouble(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Report"], [], *ROWS, [], [None] * 5, ROWS[1]]
    read = taken(workbook(tmp_path, rows))
    assert read.facts.samples == 6 and read.complaints == ()


def test_wrong_cells_are_named_as_the_sheet_counts(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["a", "label"],
        [],
        *[[i, "xy"[i % 2]] for i in range(30)],
        ["?!", "x"],
    ]
    refusal = refused(lambda: taken(workbook(tmp_path, rows)))
    assert (refusal.code, refusal.numbers["row"]) == ("wrong_cell", 33)


def test_progress_counts_rows_and_reading_can_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "BATCH", 50)
    path = workbook(tmp_path, [["a", "label"], *[[i, "xy"[i % 2]] for i in range(60)]])
    told: list[tuple[int, int]] = []
    tables.take(path, NO_OPTIONS, lambda done, total: told.append((done, total)))
    assert told == [(51, 61), (61, 61)]

    def leave(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tables.take(path, NO_OPTIONS, leave)


def test_formulas_count_by_their_last_result(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a", "label"], ["=1+1", "x"], [2, "y"], [3, "x"]])
    assert load_workbook(path).active["A2"].value == "=1+1"
    assert np.isnan(taken(path).samples.x[0, 0])  # written by no Excel, so it has no result


def test_cells_become_texts_as_in_a_csv_file() -> None:
    given = [None, "a ", 3, 3.0, 2.5, 1e300, True, datetime(2024, 1, 2, 3, 4), time(5, 6)]
    page = type("Page", (), {})()
    page.reset_dimensions = lambda: None
    page.iter_rows = lambda values_only: iter([given, [None, None]])
    rows = list(table_workbook.rows_of(page, Path("a.xlsx")))
    expected = ["", "a ", "3", "3", "2.5", "1e+300", "TRUE", "2024-01-02 03:04:00", "05:06:00"]
    assert rows == [expected, []]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old_workbook"),
        ("a.ods", b"PK\x03\x04", "old_workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted_workbook"),
        ("a.xlsx", b"", "empty_file"),
        ("a.xlsx", b"PK\x03\x04 and no more", "broken_workbook"),
        ("a.xlsx", b"a,b\n1,2\n", "broken_workbook"),
        ("a.csv", b"PK\x03\x04 and no more", "broken_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = put(tmp_path, content, name)
    refusal = refused(lambda: tables.look(path))
    assert refusal.code == code
    for language in LANGUAGES:
        assert table(language)[f"refusal.{code}"].format(**refusal.numbers)


def rewritten(path: Path, part: str, content: bytes) -> Path:
    """A workbook with one part of the archive exchanged."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == part else old)
    return path


SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHARED = "xl/sharedStrings.xml"
TEXTS = (
    b"<sst %s>" % SPACE
    + b"".join(b"<si><t>%s</t></si>" % t for t in (b"a", b"label", b"x", b"y"))
    + b"</sst>"
)
CELLS = (
    b"""<worksheet %s><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
<row r="2"><c r="A2"><v>1.5</v></c><c r="B2" t="s"><v>2</v></c></row>
<row r="4"><c r="B4" t="s"><v>3</v></c></row></sheetData></worksheet>"""
    % SPACE
)
OVERRIDE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def as_excel_writes(folder: Path, texts: bytes) -> Path:
    """A workbook whose texts are in a part of their own."""
    path = rewritten(workbook(folder, ROWS), "xl/worksheets/sheet1.xml", CELLS)
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml").replace(b"</Types>", OVERRIDE)
    rewritten(path, "[Content_Types].xml", types)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHARED, texts)
    return path


def test_texts_in_a_part_of_their_own_are_read(tmp_path: Path) -> None:
    read = taken(as_excel_writes(tmp_path, TEXTS))
    np.testing.assert_array_equal(read.samples.x, [[1.5], [np.nan]])
    assert read.facts.class_names == ("x", "y")


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "haha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(9))
    + b"]><worksheet><sheetData><row><c t='inlineStr'><is><t>&j;</t></is></c></row>"
    + b"</sheetData></worksheet>"
)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", SHARED])
@pytest.mark.parametrize(
    "content", [b"", b"<nonsense", b"<worksheet><sheetData><row r='x'>", LAUGHS]
)
def test_damaged_parts_are_refused(tmp_path: Path, part: str, content: bytes) -> None:
    path = rewritten(as_excel_writes(tmp_path, TEXTS), part, content)
    assert refused(lambda: taken(path)).code == "broken_workbook"


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_half_a_workbook_is_refused(tmp_path: Path, share: float) -> None:
    path = workbook(tmp_path, ROWS)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert refused(lambda: taken(path)).code == "broken_workbook"


def test_what_unpacks_to_more_than_memory_is_refused_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, ROWS)
    monkeypatch.setattr(table_workbook, "LARGEST", 1000)
    assert refused(lambda: tables.look(path)).code == "workbook_too_large"
    monkeypatch.undo()
    monkeypatch.setattr(table_workbook, "LARGEST_PART", 10)
    assert refused(lambda: tables.look(path)).code == "workbook_too_large"


def test_a_cell_at_the_end_of_the_sheet_is_too_far(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1"], sheet["A2"] = "a", "b", 1
    book.save(tmp_path / "wide.xlsx")
    assert refused(lambda: tables.look(tmp_path / "wide.xlsx")).code == "too_many_columns"


def test_nothing_but_a_header_is_refused(tmp_path: Path) -> None:
    assert refused(lambda: taken(workbook(tmp_path, ROWS[:1]))).code == "no_rows"
    assert refused(lambda: taken(workbook(tmp_path, []))).code == "empty_file"
    assert codes(()) == []
