"""Files that are no table, or a broken one: data, or one clear reason why not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.data.own import table_samples, table_text, tables
from engine.data.own.refusal import Refusal
from engine.spec.options import Options, Value
from gui.words import LANGUAGES, table
from tests.engine.data.own.media import refused
from tests.engine.data.own.table_files import codes, glimpse, put, taken, with_columns

ROWS = "".join(f"{i}.5,{i},x{i % 2}\n" for i in range(8))


def said(refusal: Refusal) -> None:
    """Whether there are words for a refusal in both languages, with nothing left out."""
    for language in LANGUAGES:
        assert table(language)[f"refusal.{refusal.code}"].format(**refusal.numbers)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty_file"),
        (" \n\r\n\t\n", "empty_file"),
        ("\ufeff", "empty_file"),
        (",,,\n,,,\n", "empty_file"),
        ("a,b,label\n", "no_rows"),
        ("a,b,label\n\n,,\n", "no_rows"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not_text"),
        (b"\0" * 5000, "not_text"),
        (bytes(range(256)) * 40, "not_text"),
        ("a,b,label\n1,2,x\n3,4,x\n", "one_class"),
        ("a,label\n" + "1,\n" * 5, "no_rows_left"),
        ("a,b\n" + "1,2\n1,2,3\n" * 20, "ragged"),
        ("a,b\n1,2\n" + '3,"never closed\n' + "x,y\n" * 60_000, "huge_cell"),
        ("x" * (table_text.LONGEST_LINE + table_text.HEAD + 10), "huge_line"),
        ("a,b\n1,2\n" + "9" * (table_text.LONGEST_LINE + table_text.HEAD), "huge_line"),
        (",".join(["1"] * 10_001) + "\n", "too_many_columns"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "not_text"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: str | bytes, code: str) -> None:
    refusal = refused(lambda: taken(put(tmp_path, content)))
    assert refusal.code == code
    said(refusal)


@pytest.mark.parametrize("name", ["folder.csv", "folder.xlsx"])
def test_a_folder_is_no_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    refusal = refused(lambda: tables.look(tmp_path / name))
    assert refusal.code == "is_folder"
    said(refusal)


@pytest.mark.parametrize("name", ["gone.csv", "gone.xlsx"])
def test_what_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    refusal = refused(lambda: tables.look(tmp_path / name))
    assert refusal.code == "missing"


@pytest.mark.skipif(sys.platform == "win32", reason="there, permissions are something else")
@pytest.mark.parametrize("name", ["closed.csv", "closed.xlsx"])
def test_what_may_not_be_read_is_refused(tmp_path: Path, name: str, no_root: None) -> None:
    path = put(tmp_path, "a,b\n1,2\n", name)
    path.chmod(0)
    refusal = refused(lambda: tables.look(path))
    assert refusal.code == "unreadable" and refusal.numbers["reason"]
    said(refusal)


@pytest.fixture
def no_root(tmp_path: Path) -> None:
    probe = put(tmp_path, "", "probe")
    probe.chmod(0)
    try:
        probe.open("rb").close()
    except PermissionError:
        return
    pytest.skip("who runs this may read everything")


@pytest.mark.parametrize(
    ("cell", "place", "expected"),
    [("abc", 0, "1234.5"), ("1,5", 0, "1234.5"), ("soon", 1, "2024-03-05")],
)
def test_a_wrong_cell_is_named_as_a_spreadsheet_counts(
    tmp_path: Path, cell: str, place: int, expected: str
) -> None:
    rows = [[f"{i}.5", f"2024-01-{i + 1:02}", "xy"[i % 2]] for i in range(20)]
    rows[12][place] = f'"{cell}"'
    text = 'height,when,label\n\n"",,\n' + "\n".join(map(",".join, rows)) + "\n"
    path = put(tmp_path, text)
    assert glimpse(path).wrong == {(12, place)}
    refusal = refused(lambda: taken(path))
    column = ("height", "when")[place]
    assert refusal.code == "wrong_cell"
    assert refusal.numbers == {
        "row": 16,
        "column": column,
        "text": cell,
        "expected": expected,
        "type": ("number", "date")[place],
    }
    said(refusal)


def test_a_wrong_cell_far_down_is_found(tmp_path: Path) -> None:
    path = put(tmp_path, "a,label\n" + "1.5,x\n2.5,y\n" * 4000 + "oops,x\n")
    assert not glimpse(path).wrong
    assert refused(lambda: taken(path)).numbers["row"] == 8002


def test_wrong_cells_of_ignored_columns_do_not_matter(tmp_path: Path) -> None:
    path = put(tmp_path, "a,b,label\n1,oops,x\n" + "2,3,y\n" * 20)
    ignored = with_columns(glimpse(path).recipe, b={"role": "ignored"})
    assert glimpse(path, ignored).wrong == frozenset()
    assert tables.take(path, ignored).facts.sizes == (1,)


TEXT: dict[str, Value] = {"type": "text", "role": "input"}
WORDY = "a,b,label\n" + "".join(f"word{i},{i}.5,{'xy'[i % 2]}\n" for i in range(9))


@pytest.mark.parametrize(
    ("changes", "use", "code"),
    [
        ({"label": {"role": "ignored"}}, "rows", "no_target"),
        ({"a": {"role": "ignored"}, "b": {"role": "group"}}, "rows", "no_inputs"),
        ({"a": TEXT}, "rows", "text_beside_others"),
        ({"a": TEXT, "b": {"role": "ignored"}}, "series", "text_in_series"),
        ({"label": {"type": "text"}}, "rows", "text_target"),
        ({"b": {"role": "target"}}, "rows", "several_targets"),
        ({"a": {"role": "group"}, "b": {"role": "group"}}, "rows", "several_groups"),
    ],
)
def test_columns_that_cannot_be_used_together_are_refused(
    tmp_path: Path, changes: dict[str, dict[str, Value]], use: str, code: str
) -> None:
    path = put(tmp_path, WORDY)
    recipe = with_columns(glimpse(path).recipe, **changes).replace(use=use)
    refusal = refused(lambda: tables.take(path, recipe))
    assert refusal.code == code
    said(refusal)


def test_texts_are_no_categories(tmp_path: Path) -> None:
    path = put(tmp_path, "a,label\n" + "".join(f"{i}.5,w{i}\n" for i in range(3000)))
    asked = with_columns(glimpse(path).recipe, label={"type": "category", "role": "target"})
    refusal = refused(lambda: tables.take(path, asked.replace()))
    assert refusal.code == "too_many_categories"
    said(refusal)


def test_what_does_not_fit_into_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a,b,label\n" + ROWS)
    monkeypatch.setattr(table_samples, "LARGEST", 15)
    refusal = refused(lambda: taken(path))
    assert refusal.code == "too_many_numbers"
    said(refusal)


def test_the_wrong_encoding_is_refused_wherever_it_shows(tmp_path: Path) -> None:
    path = put(tmp_path, "a,label\n1,红\n2,蓝\n", encoding="gbk")
    refusal = refused(lambda: glimpse(path, Options({"encoding": "utf_8"})))
    assert refusal.code == "wrong_encoding"
    said(refusal)
    far = put(tmp_path, b"a,label\n" + b"1,plain text\n" * 90_000 + "2,红色\n".encode("gbk"))
    refusal = refused(lambda: taken(far, Options({"encoding": "utf_8"})))
    assert refusal.code == "wrong_encoding"


def test_short_rows_are_filled_up_and_long_ones_left_out(tmp_path: Path) -> None:
    content = "a,b,label\n" + ROWS * 3 + "1,2\n1,2,x0,4\n5,6,x1,,\n"
    read = taken(put(tmp_path, content))
    assert codes(read.complaints) == ["short_rows", "long_rows", "rows_without_target"]
    assert read.complaints[0].numbers == {"count": 1, "row": 26, "width": 3}
    assert read.complaints[1].numbers == {"count": 1, "row": 27, "width": 3}
    assert read.facts.samples == 25 and read.samples.x[-1].tolist() == [5.0, 6.0]
    for complaint in read.complaints:
        for language in LANGUAGES:
            assert table(language)[f"complaint.{complaint.code}"].format(**complaint.numbers)


def test_columns_with_the_same_name_are_told_apart(tmp_path: Path) -> None:
    read = taken(put(tmp_path, "a,a,label\n" + ROWS))
    assert read.facts.feature_names == ("a", "a (2)") and codes(read.complaints) == [
        "column_renamed"
    ]


def test_signs_without_meaning_are_skipped(tmp_path: Path) -> None:
    read = taken(put(tmp_path, "a,b,label\n" + ROWS * 20 + "1\0.5,2,x0\n"))
    assert read.samples.x[-1].tolist() == [1.5, 2.0]
    assert codes(read.complaints) == ["nul_characters"]


def test_damaged_signs_are_counted(tmp_path: Path) -> None:
    good = "a,label\n" + "1.5,红色的花朵\n2.5,蓝色的花朵\n" * 100
    read = taken(put(tmp_path, good.encode() + b"3.5,\xe7\xba\n"))
    assert codes(read.complaints) == ["damaged_text"] and read.facts.classes == 3


def test_a_long_cell_and_a_long_line_are_no_trouble(tmp_path: Path) -> None:
    long = "word " * 20_000
    read = taken(
        put(
            tmp_path,
            f'text,label\n"{long}",x\n'
            + "".join(
                f"this is quite a long sentence of number {i},{'xy'[i % 2]}\n" for i in range(9)
            ),
        )
    )
    assert read.samples.x.shape == (10, 1000)


@pytest.mark.parametrize("cell", ["1" * 100_000 + "x", "1" * 100_000, "1," * 50_000, "1 " * 60_000])
def test_endless_numbers_do_not_take_endlessly(tmp_path: Path, cell: str) -> None:
    path = put(tmp_path, f'a,b,label\n"{cell}",1,x\n2,2,y\n')
    shown = glimpse(path).cells[0][0]
    assert shown and cell.startswith(shown)
