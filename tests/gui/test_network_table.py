"""A network as a table: named dimensions, arithmetic, totals, Markdown and CSV."""

from __future__ import annotations

import csv
import io

import pytest

from engine.layers.analysis import analyse
from engine.spec import edits, groups
from engine.spec.document import Document
from gui import words
from gui.network_table import COLUMNS, Row, as_csv, as_markdown, headings, rows_of, total_cells
from tests.gui.networks import chain


def rows(document: Document) -> dict[str, Row]:
    return {row.id: row for row in rows_of(document, analyse(document))}


def test_sizes_are_named_and_their_arithmetic_is_told() -> None:
    row = rows(chain())["conv2d_1"]
    assert row.output == "height 26 × width 26 × channels 32"
    assert row.sizes == "Height 28 − 3 + 1 = 26; Width 28 − 3 + 1 = 26; Channels 32"
    assert row.how == "3·3·1·32 + 32 = 320" and row.parameters == 320
    assert row.multiplications == 3 * 3 * 26 * 26 * 32


def test_memory_is_that_of_training_with_its_parts() -> None:
    document = chain()
    row = rows(document)["conv2d_1"]
    batch = document.training.batch_size
    results, vector = 4 * batch * 26 * 26 * 32, 4 * 320
    assert row.memory == results + 4 * vector  # parameters, gradients, and Adam's two vectors
    sums = f"{results:,} + {vector:,} + {vector:,} + {2 * vector:,}"
    assert row.memory_how == f"{sums} = {row.memory:,} B"


def test_rows_stand_in_the_order_of_computing_and_totals_are_their_sums() -> None:
    document = chain()
    analysis = analyse(document)
    found = rows_of(document, analysis)
    assert [row.id for row in found] == list(analysis.order)
    assert [row.number for row in found] == list(range(1, 7))
    totals = dict(zip(COLUMNS, total_cells(found), strict=True))
    assert totals["parameters"] == f"{analysis.parameters:,}"
    assert totals["multiplications"] == f"{analysis.multiplications:,}"


def test_what_is_not_known_is_said_to_be_so() -> None:
    document = edits.remove_nodes(chain(), ())
    edge = next(e for e in document.network.edges if e.target == "dense_1")
    row = rows(edits.disconnect(document, (edge,)))["dense_1"]
    assert row.parameters is None and row.text("parameters") == row.text("memory") == "–"
    assert row.output == words.tr("canvas.unknown_size")
    total_cells([row])  # unknown values are left out


def test_a_circle_has_rows_too() -> None:
    from engine.spec.document import Edge

    document = chain(("flatten", "dense", "dense"))
    document = edits.connect(document, Edge("dense_2", "y", "dense_1", "x"))
    assert {row.id for row in rows_of(document, analyse(document))} == {
        "flatten_1",
        "dense_1",
        "dense_2",
    }


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_markdown_has_a_heading_a_rule_the_rows_and_the_total(language: str) -> None:
    words.set_language(language)
    document = chain()
    lines = as_markdown(rows_of(document, analyse(document)), "Net").splitlines()
    assert lines[0] == "## Net" and lines[1] == ""
    table = lines[2:]
    assert len(table) == 2 + 6 + 1
    assert all(line.count("|") == len(COLUMNS) for line in table)  # without groups no column
    assert headings()[1] in table[0] and "---:" in table[1]
    assert words.tr("analysis.total") in table[-1]


def test_groups_have_a_column_where_there_are_some() -> None:
    inner = groups.group(chain(), ("conv2d_1", "max_pool2d_1"), "group:1", "Stem")
    document = groups.group(inner, ("conv2d_1", "max_pool2d_1", "flatten_1"), "group:2", "Body")
    rows = rows_of(document, analyse(document))
    found = {row.id: row.group for row in rows}
    assert found["conv2d_1"] == "Body › Stem" and found["flatten_1"] == "Body"
    assert found["dense_1"] == ""
    assert "Body › Stem" in as_markdown(rows)
    table = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [row["Group"] for row in table].count("Body › Stem") == 2


def test_csv_has_plain_numbers() -> None:
    document = chain()
    table = list(csv.DictReader(io.StringIO(as_csv(rows_of(document, analyse(document))))))
    dense = next(row for row in table if row["Box"] == "Dense")
    assert dense["Parameters"] == "54090" and int(dense["Memory"]) > 4 * 54090
