"""Tables of one's own: CSV, TSV and other texts with a row for each sample, and Excel's workbooks.

`look` reads the first rows and finds out how the table is written; `take` reads all of it, a few
thousand rows at a time, so that memory holds numbers and not texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from engine.data.own import table_workbook as workbook
from engine.data.own.forms import Look, Take
from engine.data.own.refusal import Refusal, Report, silent
from engine.data.own.table_first import First, first_of
from engine.data.own.table_layout import Row, delimiter_of
from engine.data.own.table_readers import Dates, Numbers, Reader
from engine.data.own.table_rows import Oddities, all_rows, even
from engine.data.own.table_samples import Assembly, Plan, check_size, plan_of
from engine.data.own.table_text import beginning_of
from engine.data.own.table_values import gaps_among, is_gap
from engine.data_protocol import TableGlimpse
from engine.spec.options import NO_OPTIONS, Options

ENDINGS = (".csv", ".tsv", ".tab")
SHOWN = 200  # rows
SHOWN_TEXT = 500  # characters of a cell
BATCH = 5000  # rows read at once
BATCH_CELLS = 200_000


def recognises(path: Path) -> bool:
    """Whether this is a table by its name, or a text in which each line has as many cells."""
    ending = path.suffix.lower()
    if ending in (*ENDINGS, *workbook.ENDINGS, *workbook.OTHERS):
        return True
    if ending != ".txt" or path.is_dir():
        return False
    try:
        found = beginning_of(path)
        delimiter, division = delimiter_of(found.text, found.whole, path)
    except Refusal:
        return False
    several = found.text.count("\n") >= 3 or found.text.count("\r") >= 3
    if division.width < 2 or not several or division.even < 0.95:
        return False
    # commas and spaces stand in every prose
    return division.numeric > 0.2 or delimiter not in ("comma", "space")


def look(path: Path, recipe: Options = NO_OPTIONS) -> Look:
    """The first rows of a table, and the recipe by which they were understood."""
    first = first_of(path, recipe)
    columns: list[Sequence[str]] = list(zip(*first.rows, strict=True))
    shown = first.rows[:SHOWN]
    gaps = [gaps_among(cells) for cells in columns]
    glimpse = TableGlimpse(
        first.options,
        tuple(tuple(cell[:SHOWN_TEXT] for cell in row) for row in shown),
        frozenset(_wrong(first)),
        tuple(sum(c in g for c in cells) for cells, g in zip(columns, gaps, strict=True)),
        tuple(
            len({c.strip() for c in cells if c not in g})
            for cells, g in zip(columns, gaps, strict=True)
        ),
        len(first.rows),
        first.whole,
        first.sheets,
    )
    return Look(glimpse, first.complaints)


def _wrong(first: First) -> Iterator[tuple[int, int]]:
    """Cells among those shown that are not what their column's type says."""
    for place, column in enumerate(first.columns):
        if column["type"] in ("number", "date") and column["role"] != "ignored":
            reader: Reader = Numbers(first.notation) if column["type"] == "number" else Dates()
            for row in reader.add([row[place] for row in first.rows[:SHOWN]]):
                yield row, place


def take(path: Path, recipe: Options, report: Report = silent) -> Take:
    """All rows of a table as samples.

    Refusal "wrong_cell" names the first cell that is not what its column's type says; what else
    is refused is said by `first_of`, `plan_of` and `Assembly`.
    """
    first = first_of(path, recipe)
    plan = plan_of(first.recipe)
    readers = {
        i: reader
        for i in range(len(first.names))
        if (reader := plan.reader(i, first.notation)) is not None
    }
    unread = [0] * len(first.names)  # gaps in columns without a reader
    odd = Oddities(path, len(first.names))
    chosen = first.recipe
    with all_rows(path, first.beginning, chosen.delimiter, chosen.sheet, odd) as (rows, progress):
        for numbers, cells in _batches(even(rows, first.skipped, odd), len(first.names)):
            report(*progress.at(numbers[-1]))
            check_size(odd.rows, len(plan.inputs))
            _read(plan, readers, numbers, cells)
            for i in range(len(cells)):
                if i not in readers or plan.columns[i].role == "group":
                    unread[i] += sum(map(is_gap, cells[i]))
    if not odd.rows:
        raise Refusal("no_rows", path=str(path))
    assembly = Assembly(path, plan, readers, unread)
    samples, facts = assembly.samples_and_facts()
    renamed = (c for c in first.complaints if c.code == "column_renamed")
    complaints = (*renamed, *odd.complaints(), *assembly.complaints)
    return Take(samples, facts, first.options, complaints)


def _batches(
    rows: Iterable[tuple[int, Row]], width: int
) -> Iterator[tuple[Sequence[int], list[Sequence[str]]]]:
    """Some thousand rows at a time, as row numbers and the cells of each column."""
    size = max(1, min(BATCH, BATCH_CELLS // width))
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        numbers, cells = zip(*batch, strict=True)
        yield numbers, list(zip(*cells, strict=True))


def _read(
    plan: Plan, readers: dict[int, Reader], numbers: Sequence[int], cells: list[Sequence[str]]
) -> None:
    """Give each reader its cells; Refusal "wrong_cell" for the first that cannot be read."""
    wrong = [(row, i) for i, reader in readers.items() for row in reader.add(cells[i])]
    if wrong:
        row, i = min(wrong)
        raise Refusal(
            "wrong_cell",
            row=numbers[row],
            column=plan.columns[i].name,
            text=cells[i][row][:60],
            expected=readers[i].example,
            type=plan.columns[i].type,
        )
