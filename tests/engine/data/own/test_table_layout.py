"""How tables are laid out: delimiters, headers, notations, encodings, and what columns are for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.data.own import tables
from engine.data.own.table_columns import column_names
from tests.engine.data.own.table_files import codes, columns, glimpse, put, taken


@pytest.mark.parametrize(
    ("content", "delimiter", "decimal", "thousands"),
    [
        ("a,b,c\n1.5,2,x\n3.5,4,y\n", "comma", "point", "none"),
        ("a;b;c\n1,5;2;x\n3,5;4;y\n", "semicolon", "comma", "none"),
        ("a\tb\tc\n1,5\t2,25\tx\n3,5\t4,5\ty\n", "tab", "comma", "none"),
        ("a|b|c\n1.5|2|x,y,z\n3.5|4|y,z,x\n", "bar", "point", "none"),
        ("a b c\n1.5 2 x\n  3.5   4 y\n", "space", "point", "none"),
        ("1,5 2,5 3\n4,5 5 6\n7 8 9\n", "space", "comma", "none"),
        ('a,b,c\n"1,234.5",2,x\n"2,345",4,y\n', "comma", "point", "comma"),
        ("a;b;c\n1.234,5;2;x\n2.345.678;4;y\n", "semicolon", "comma", "point"),
        ("a;b;c\n1 234,5;2;x\n2 345;4;y\n", "semicolon", "comma", "space"),
        ("a;b;c\n1'234.5;2;x\n2'345;4;y\n", "semicolon", "point", "apostrophe"),
        ('a,b\n"x;y;z",1.5\n"q;r;s",2.5\n"x,y",3.5\n', "comma", "point", "none"),
        (
            "when,v,c\n2024-01-01 12:00:00,5.0,x\n2024-01-02 12:00:00,6.0,y\n",
            "comma",
            "point",
            "none",
        ),
        ("sep=;\na;b\n1,5;x\n2,5;y\n", "semicolon", "comma", "none"),
        ("name\nx\ny\n", "comma", "point", "none"),
    ],
)
def test_signs_are_found(
    tmp_path: Path, content: str, delimiter: str, decimal: str, thousands: str
) -> None:
    recipe = glimpse(put(tmp_path, content)).recipe
    found = (recipe["delimiter"], recipe["decimal"], recipe["thousands"])
    assert found == (delimiter, decimal, thousands)


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("a,b\n1,x\n2,y\n", "yes"),
        ("1,x\n2,y\n3,x\n", "no"),
        ("5.1,3.5,rose\n4.9,3.0,iris\n", "no"),
        ("name,city\nann,rome\nbob,paris\n", "yes"),
        ("red,yes\nblue,no\nred,yes\ngreen,no\n", "no"),
        ("0,1,2,3\n0.5,1.5,2.5,3.5\n4.5,5.5,6.5,7.5\n", "yes"),
        ("country,2019,2020\nA,5,6\nB,7,8\n", "no"),
        ("label,2019,2020\nA,5,6\nB,7,8\n", "yes"),
        (",a,b\n0,1.5,x\n1,2.5,y\n", "yes"),
        ("2024-01-01,5\n2024-01-02,6\n", "no"),
    ],
)
def test_headers_are_found(tmp_path: Path, content: str, header: str) -> None:
    assert glimpse(put(tmp_path, content)).recipe["header"] == header


@pytest.mark.parametrize("name", ["表格 🌷.csv", "naïve table.CSV", "emoji 😀.tsv"])
@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf_8"),
        ("utf-8-sig", "utf_8"),
        ("gbk", "gbk"),
        ("utf-16", "utf_16"),
        ("utf-16-le", "utf_16"),
        ("utf-16-be", "utf_16"),
    ],
)
def test_chinese_tables_are_read_in_any_encoding(
    tmp_path: Path, name: str, encoding: str, expected: str
) -> None:
    rows = "".join(
        f"{i},{i / 4},{'男' if i % 2 else '女'},{'甲乙丙'[i % 3]}\r\n" for i in range(12)
    )
    path = put(tmp_path, "序号,身高,性别,类别\r\n" + rows, name, encoding)
    read = taken(path)
    assert read.recipe["encoding"] == expected and read.complaints == ()
    assert columns(read.recipe, "role") == {
        "序号": "ignored",
        "身高": "input",
        "性别": "input",
        "类别": "target",
    }
    assert read.facts.class_names == ("丙", "乙", "甲")
    assert read.samples.x[:, 0].tolist() == [i / 4 for i in range(12)]


def test_what_only_gb18030_has_is_read(tmp_path: Path) -> None:
    content = "花,类别\n玫瑰🌷,红色的花\n百合,白色的花\n菊花,黄色的花\n" * 3
    read = glimpse(put(tmp_path, content, encoding="gb18030"))
    assert read.recipe["encoding"] == "gb18030" and read.cells[0][0] == "玫瑰🌷"


def test_letters_of_europe_are_read(tmp_path: Path) -> None:
    content = "Größe;Stadt;Preis\n1,5;Zürich;2,5\n2,5;Genève;3,5\n1,0;Málaga;4\n"
    read = taken(put(tmp_path, content, encoding="cp1252"))
    assert read.recipe["encoding"] == "latin_1"
    assert "Größe" in columns(read.recipe, "name") and "Stadt = Zürich" in read.facts.feature_names


def test_an_encoding_far_into_the_file_counts(tmp_path: Path) -> None:
    plain, chinese = "plain" * 30, "红色的花" * 20
    content = "a,label\n" + f"1,{plain}\n" * 6000 + f"2,{chinese}\n" * 6000
    read = taken(put(tmp_path, content, encoding="gbk"))
    assert read.recipe["encoding"] == "gbk" and read.facts.class_names == (plain, chinese)


def test_a_german_table_from_a_chinese_office(tmp_path: Path) -> None:
    content = (
        "名称;身高;日期;类别\n张三;1,75;05.03.2024;甲\n李四;;25.12.2024;乙\n王五;1.234,5;;甲\n"
    )
    path = put(tmp_path, content, encoding="gbk")
    read = taken(path)
    assert (read.recipe["encoding"], read.recipe["thousands"]) == ("gbk", "point")
    assert columns(read.recipe, "type")["日期"] == "date"
    np.testing.assert_array_equal(read.samples.x[:, 1], [1.75, np.nan, 1234.5])
    assert [c.gaps for c in read.facts.columns] == [0, 1, 1, 0]


def test_shares_and_prices_are_numbers(tmp_path: Path) -> None:
    rows = "12,5 %;1.234,50 €;x\n7,5 %;20 €;y\n;;x\n"
    read = taken(put(tmp_path, "share;price;label\n" + rows))
    assert columns(read.recipe, "type")["price"] == "number"
    np.testing.assert_array_equal(
        read.samples.x, [[0.125, 1234.5], [0.075, 20.0], [np.nan, np.nan]]
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system_and_quoted_ones_are_read(tmp_path: Path, end: str) -> None:
    content = end.join(["a,b,label", '1.5,"two', 'lines",x', "", '2.5,"say ""hi""",y', ""])
    seen = glimpse(put(tmp_path, content))
    assert [row[0] for row in seen.cells] == ["1.5", "2.5"]
    assert seen.cells[0][1].split() == ["two", "lines"] and seen.cells[1][1] == 'say "hi"'


@pytest.mark.parametrize(
    "before",
    [
        "# by somebody, in 2024\n# who knows\n",
        "; a, b\n;\n",
        "Report of 2024\n\n",
        "Report,,\n,,\n",
    ],
)
def test_a_title_above_the_table_is_skipped(tmp_path: Path, before: str) -> None:
    read = taken(put(tmp_path, before + "a,b,label\n1.5,2.5,x\n3.5,4.5,y\n"))
    assert read.facts.feature_names == ("a", "b") and read.facts.samples == 2


def test_names_may_be_remarked(tmp_path: Path) -> None:
    read = taken(put(tmp_path, "# made today\n#a,b,label\n1.5,2.5,x\n3.5,4.5,y\n"))
    assert read.facts.feature_names == ("#a", "b") and read.facts.samples == 2


def test_names_of_rows_need_no_header(tmp_path: Path) -> None:
    path = put(tmp_path, '"mpg" "am"\n"Mazda" 21.5 1\n"Fiat" 32.4 0\n"Volvo" 21.4 1\n')
    read = taken(path)
    assert list(columns(read.recipe, "name")) == ["x1", "mpg", "am"]


def test_names_are_one_printable_line_and_their_own() -> None:
    names, complaints = column_names(["a", "", " a ", "b\nc\x07", "a", "a (2)"])
    assert names == ("a", "x2", "a (2)", "b c", "a (3)", "a (2) (2)")
    assert codes(complaints) == ["column_renamed"] * 3
    long, _ = column_names(["n" * 500, "n" * 500])
    assert len(set(long)) == 2 and all(len(name) <= 200 for name in long)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("a,label,c,d", "label"),
        ("a,目标,c,d", "目标"),
        ("a,house_price,c,d", "house_price"),
        ("x,y,z,Species", "Species"),
        ("x,y,z,w", "y"),
        ("a,b,c,d", "d"),
        ("a,b,c,user_id", "c"),
    ],
)
def test_the_target_is_the_column_that_is_called_so_or_the_last(
    tmp_path: Path, header: str, target: str
) -> None:
    rows = "".join(f"{i * 0.5},{i % 7}.5,{(i * 3) % 11}.25,{1000 + i * 7}\n" for i in range(30))
    roles = columns(glimpse(put(tmp_path, f"{header}\n{rows}")).recipe, "role")
    assert [name for name, role in roles.items() if role == "target"] == [target]


def test_small_whole_numbers_are_labels_only_where_they_are_few(tmp_path: Path) -> None:
    rows = "".join(f"{i * 0.5},{i % 4}\n" for i in range(40))
    assert taken(put(tmp_path, "a,target\n" + rows)).facts.class_names == ("0", "1", "2", "3")
    rows = "".join(f"{i * 0.5},{i * 5}\n" for i in range(40))
    assert taken(put(tmp_path, "a,target\n" + rows)).facts.classes == 0


def test_texts_stand_alone_and_names_are_ignored(tmp_path: Path) -> None:
    rows = [f"id{i},This is what person {i} has to say,{['no', 'yes'][i % 2]}" for i in range(20)]
    recipe = glimpse(put(tmp_path, "\n".join(["key,review,label", *rows]))).recipe
    assert columns(recipe, "role") == {"key": "ignored", "review": "input", "label": "target"}
    assert columns(recipe, "type")["review"] == "text"
    rows = [f"{row},{i / 3}" for i, row in enumerate(rows)]
    recipe = glimpse(put(tmp_path, "\n".join(["key,review,label,age", *rows]))).recipe
    assert columns(recipe, "role")["review"] == "ignored"


def test_three_hundred_columns_are_read(tmp_path: Path) -> None:
    x = np.random.default_rng(0).normal(size=(50, 300)).round(3)
    lines = [",".join(f"c{i}" for i in range(300)) + ",label"]
    lines += [",".join(map(str, row)) + f",{'ab'[i % 2]}" for i, row in enumerate(x.tolist())]
    read = taken(put(tmp_path, "\n".join(lines)))
    np.testing.assert_array_equal(read.samples.x, x)
    assert read.facts.sizes == (300,)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "", True),
        ("a.TSV", "", True),
        ("a.xlsx", "", True),
        ("a.xls", "", True),
        ("a.txt", "a\tb\nc\td\ne\tf\n", True),
        ("a.txt", "1.5 2.5\n3 4\n5 6\n", True),
        ("a.txt", "a,1\nb,2\nc,3\n", True),
        (
            "a.txt",
            "It was a bright, cold day.\nThe clocks, all of them, struck.\nWell, so.\n",
            False,
        ),
        ("a.txt", "one\ntwo\nthree\n", False),
        ("a.txt", "a\tb\n", False),
        ("a.txt", "", False),
        ("a.txt", "\0\1\2\3" * 100, False),
        ("a.png", "a\tb\nc\td\ne\tf\n", False),
    ],
)
def test_tables_are_recognised(tmp_path: Path, name: str, content: str, expected: bool) -> None:
    assert tables.recognises(put(tmp_path, content, name)) is expected
