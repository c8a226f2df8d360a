"""Tables of one's own: what is found in them, and what becomes of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engine.data.own import tables
from engine.data.own.forms import Take
from engine.data.own.refusal import Cancelled
from engine.data.own.table_rows import Oddities, all_rows
from engine.data.own.table_text import beginning_of
from engine.data.samples import TableColumn
from engine.spec.options import NO_OPTIONS, Options, checked
from engine.spec.recipes import Table, is_recipe
from engine.spec.sources import ColumnFacts, Source, source_of
from tests.engine.data.own.table_files import codes, columns, glimpse, put, taken, with_columns

FLOWERS = "length,width,colour,species\n5.1,3.5,red,rose\n4.9,,blue,iris\n6.2,2.9,green,rose\n"


def test_a_proposal_leaves_nothing_open(tmp_path: Path) -> None:
    seen = glimpse(put(tmp_path, FLOWERS))
    assert is_recipe("table", seen.recipe) and set(seen.recipe) == set(Table.__dataclass_fields__)
    assert "auto" not in seen.recipe.values()
    assert columns(seen.recipe, "type") == {
        "length": "number",
        "width": "number",
        "colour": "category",
        "species": "category",
    }
    assert columns(seen.recipe, "role")["species"] == "target"
    assert seen.cells[1] == ("4.9", "", "blue", "iris") and seen.rows == 3 and seen.is_all
    assert (seen.gaps, seen.categories, seen.wrong) == ((0, 1, 0, 0), (3, 2, 3, 2), frozenset())


def test_rows_become_samples(tmp_path: Path) -> None:
    read = taken(put(tmp_path, FLOWERS))
    samples, facts = read.samples, read.facts
    expected = [[5.1, 3.5, 2.0], [4.9, np.nan, 0.0], [6.2, 2.9, 1.0]]
    np.testing.assert_array_equal(samples.x, expected)
    assert samples.target.tolist() == [1, 0, 1] and samples.target.dtype == np.int64
    assert samples.columns == (TableColumn(), TableColumn(), TableColumn(3, "most_frequent"))
    assert facts.sizes == (5,) and facts.axes == ("features",) and facts.scaling == "standardise"
    assert facts.class_names == ("iris", "rose") and facts.classes == 2 and facts.samples == 3
    assert facts.feature_names[2:] == ("colour = blue", "colour = green", "colour = red")
    assert facts.columns[1:3] == (ColumnFacts((), 1), ColumnFacts(("blue", "green", "red")))
    assert facts.target_names == ("species",) and read.complaints == ()


def test_facts_survive_in_a_document(tmp_path: Path) -> None:
    path = put(tmp_path, FLOWERS)
    read = taken(path)
    source = Source("table", str(path), "f", read.recipe, read.facts)
    assert source_of(source.to_options()) == source


@pytest.mark.parametrize(
    ("texts", "names", "target"),
    [
        (["7", "30", "7", "100"], ("7", "30", "100"), [0, 1, 0, 2]),
        (["是", "否", "是", "否"], ("否", "是"), [1, 0, 1, 0]),
        (["true", "false", " true", "true "], ("false", "true"), [1, 0, 1, 1]),
        (["有", "无", "无", "有"], ("无", "有"), [1, 0, 0, 1]),
    ],
)
def test_labels_of_any_kind_become_class_numbers(
    tmp_path: Path, texts: list[str], names: tuple[str, ...], target: list[int]
) -> None:
    path = put(tmp_path, "a,label\n" + "".join(f"{i * 0.5},{t}\n" for i, t in enumerate(texts)))
    recipe = with_columns(glimpse(path).recipe, label={"type": "category"})
    read = tables.take(path, recipe)
    assert (read.facts.class_names, read.samples.target.tolist()) == (names, target)


def test_two_categories_are_one_feature(tmp_path: Path) -> None:
    path = put(tmp_path, "sex,age,y\n" + "m,1,2.5\nf,2,3.5\nm,5,0.5\n" * 3)
    facts = taken(path).facts
    assert facts.sizes == (2,) and facts.feature_names == ("sex = m", "age")


def test_several_numbers_may_be_predicted(tmp_path: Path) -> None:
    path = put(tmp_path, "a,b,c\n1,2.5,3\n4,5.5,7\n8,8.5,12\n")
    recipe = with_columns(glimpse(path).recipe, b={"role": "target"})
    read = tables.take(path, recipe)
    assert read.samples.target.tolist() == [[2.5, 3.0], [5.5, 7.0], [8.5, 12.0]]
    assert (read.facts.classes, read.facts.outputs) == (0, 2)
    assert read.facts.target_names == ("b", "c")


def test_rows_without_a_target_are_left_out_and_counted(tmp_path: Path) -> None:
    read = taken(put(tmp_path, "a,label\n1,x\n2,\n3,y\n4,NA\n5,x\n"))
    assert read.samples.x[:, 0].tolist() == [1.0, 3.0, 5.0]
    assert codes(read.complaints) == ["rows_without_target"]
    assert read.complaints[0].numbers == {"count": 2, "column": "label"}
    assert read.facts.columns[1].gaps == 2


def test_rows_with_gaps_are_left_out_where_that_is_asked_for(tmp_path: Path) -> None:
    path = put(tmp_path, "a,b,label\n1,1,x\n,2,y\n3,,y\n4,4,x\n")
    recipe = with_columns(glimpse(path).recipe, a={"gaps": "drop"})
    read = tables.take(path, recipe)
    assert read.samples.x[:, 0].tolist() == [1.0, 3.0, 4.0] and np.isnan(read.samples.x[1, 1])
    assert [(c.code, c.numbers) for c in read.complaints] == [("rows_dropped", {"count": 1})]


def test_rows_of_a_group_are_known(tmp_path: Path) -> None:
    path = put(tmp_path, "who,a,label\nann,1,x\nbob,2,y\nann,3,x\n,4,y\n,5,x\n")
    read = tables.take(path, with_columns(glimpse(path).recipe, who={"role": "group"}))
    groups = read.samples.groups
    assert groups is not None and groups[0] == groups[2] and len(set(groups.tolist())) == 4
    assert read.facts.sizes == (1,) and read.facts.columns[0].gaps == 2


def test_texts_become_tokens(tmp_path: Path) -> None:
    path = put(tmp_path, "text,label\nabba,x\nac,y\n,x\nb,y\n")
    asked = with_columns(
        glimpse(path).recipe, text={"type": "text", "role": "input", "gaps": "mean"}
    )
    read = tables.take(path, asked.replace(vocabulary=4))
    assert read.facts.vocabulary == ("", "\ufffd", "a", "b") and read.facts.limit == 4
    assert read.samples.x.tolist() == [[2, 3, 3, 2], [2, 1, 0, 0], [0] * 4, [3, 0, 0, 0]]
    assert read.facts.any_length and read.facts.axes == ("time",)
    assert read.samples.x.dtype == np.int64 and read.samples.target.tolist() == [0, 1, 0, 1]


def test_words_are_tokens_where_that_is_asked_for(tmp_path: Path) -> None:
    path = put(tmp_path, 'text,label\n"a good film, good!",x\n我爱film,y\n')
    asked = with_columns(glimpse(path).recipe, text={"type": "text", "role": "input"})
    read = tables.take(path, asked.replace(tokens="words"))
    assert sorted(read.facts.vocabulary[2:]) == sorted(["good", "film", "a", ",", "!", "我", "爱"])
    assert (read.samples.x[1] > 0).sum() == 3


def test_a_series_keeps_its_order_and_predicts_its_own_future(tmp_path: Path) -> None:
    path = put(tmp_path, "t,value\n" + "".join(f"{i * 0.5},{i * i}\n" for i in range(30)))
    asked = with_columns(glimpse(path).recipe, t={"role": "ignored"}).replace(use="series")
    read = tables.take(path, asked)
    assert read.samples.series and read.facts.series and read.facts.any_length
    assert read.samples.x[:, 0].tolist() == read.samples.target[:, 0].tolist()
    assert read.facts.sizes == (10, 1) and read.facts.axes == ("time", "features")
    assert read.facts.feature_names == ("value",) and read.facts.samples == 30
    source = Source("table", str(path), "f", read.recipe, read.facts)
    assert source.card.at(5, 2).samples == 30 - 5 - 2 + 1


def test_a_series_is_sorted_by_its_dates(tmp_path: Path) -> None:
    path = put(tmp_path, "date,value\n2024-01-03,3\n2024-01-02,2\n2024-01-01,1\n2024-01-05,5\n")
    asked = with_columns(glimpse(path).recipe, date={"role": "ignored"}).replace(use="series")
    read = tables.take(path, asked)
    assert read.samples.target[:, 0].tolist() == [1.0, 2.0, 3.0, 5.0]
    assert codes(read.complaints) == ["sorted_by_date"]


def test_what_a_person_said_is_respected(tmp_path: Path) -> None:
    path = put(tmp_path, "a;b;label\n1,5;2;x\n3,5;4;y\n")
    first = glimpse(path).recipe
    changed = with_columns(first, a={"type": "category", "role": "ignored"}, b={"gaps": "median"})
    assert glimpse(path, changed).recipe == changed
    again = glimpse(path, changed.replace(header="no")).recipe
    assert columns(again, "role") == {"x1": "input", "x2": "input", "x3": "target"}
    back = glimpse(path, changed.replace(delimiter="auto", decimal="auto")).recipe
    assert back == changed
    other = put(tmp_path, "label;z;a\nx;1;2\ny;3;4\n")
    kept = glimpse(other, changed).recipe
    assert columns(kept, "type") == {"label": "category", "z": "number", "a": "category"}
    assert columns(kept, "role") == {"label": "target", "z": "input", "a": "ignored"}


def test_reading_by_no_recipe_is_reading_by_the_proposal(tmp_path: Path) -> None:
    path = put(tmp_path, FLOWERS)
    assert tables.take(path, NO_OPTIONS).recipe == glimpse(path).recipe


def frame(rows: int = 400, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "small": rng.normal(size=rows),
            "large": rng.integers(-(10**9), 10**9, rows),
            "colour": rng.choice(
                ["red", "green", "dark, blue", 'light "grey"', "two\nlines"], rows
            ),
            "label": rng.choice(list("xyz"), rows),
        }
    )
    table.loc[rng.random(rows) < 0.1, "small"] = np.nan
    return table


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_what_pandas_reads_is_read_alike(tmp_path: Path, sign: str, encoding: str) -> None:
    written = frame().to_csv(index=False, sep=sign)
    path = put(tmp_path, written, encoding=encoding)
    expected = pd.read_csv(BytesIO(path.read_bytes()), sep=sign, encoding=encoding)
    same_as(taken(path), expected)


def same_as(read: Take, expected: pd.DataFrame) -> None:
    """Whether a table with the columns of `frame` was read like this one."""
    x = read.samples.x
    np.testing.assert_array_equal(x[:, 0], expected["small"].to_numpy())
    np.testing.assert_array_equal(x[:, 1], expected["large"].to_numpy())
    names = read.facts.columns[2].categories
    assert [names[int(i)] for i in x[:, 2]] == expected["colour"].tolist()
    labels = read.facts.class_names
    assert [labels[i] for i in read.samples.target] == expected["label"].tolist()


def test_only_the_beginning_of_a_large_table_is_looked_at(tmp_path: Path) -> None:
    path = put(tmp_path, "a,b,label\n" + "1.5,2,x\n2.5,3,y\n" * 100_000)
    seen = glimpse(path)
    assert (seen.rows, seen.is_all, len(seen.cells)) == (1000, False, 200)


@pytest.mark.slow
def test_a_large_table_is_read_piece_by_piece_and_can_be_left(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    large = pd.concat([frame(50_000, seed) for seed in range(2)])
    large.to_csv(path, index=False)
    told: list[tuple[int, int]] = []
    read = tables.take(path, NO_OPTIONS, lambda done, total: told.append((done, total)))
    same_as(read, large)
    size = path.stat().st_size
    assert len(told) == 20 and told == sorted(told) and {total for _, total in told} == {size}
    assert told[0][0] < 0.1 * size < 0.8 * size < told[-1][0] <= size

    def leave(done: int, total: int) -> None:
        if done > total / 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        tables.take(path, NO_OPTIONS, leave)


def test_the_file_is_closed_where_reading_was_left(tmp_path: Path) -> None:
    path = put(tmp_path, FLOWERS)
    beginning, odd = beginning_of(path), Oddities(path, 4)
    with pytest.raises(Cancelled) as left, all_rows(path, beginning, "comma", "", odd) as rows:
        next(reader := rows[0])
        raise Cancelled
    assert left.value and list(reader) == []  # though the reader is still there


def test_a_recipe_may_come_as_it_was_declared(tmp_path: Path) -> None:
    recipe = glimpse(put(tmp_path, FLOWERS)).recipe
    assert checked(Table, recipe) == Table(**recipe)  # type: ignore[arg-type]
    assert isinstance(recipe, Options)


def test_rows_in_the_order_of_time_are_said_to_look_like_a_series(tmp_path: Path) -> None:
    days = [f"2024-{m:02}-{d:02},{m * d}" for m in (1, 2) for d in range(1, 29)]
    series = put(tmp_path, "day,value\n" + "\n".join(days))
    found = tables.look(series, Options())
    assert codes(found.complaints) == ["looks_like_series"]
    assert found.complaints[0].numbers == {"column": "day"}
    chosen = found.glimpse.recipe.replace(use="series")
    assert codes(tables.look(series, chosen).complaints) == []
    tall = [f"{line},tall" for line in days]
    for header, lines in (
        ("day,value", days[::-1]),
        ("day,value", days[:10]),
        ("day,value,size", tall),
    ):
        path = put(tmp_path, "\n".join((header, *lines)))
        assert "looks_like_series" not in codes(tables.look(path, Options()).complaints)
