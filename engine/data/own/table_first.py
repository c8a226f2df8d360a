"""The first rows of a table, and the recipe by which all of it is read: nothing is left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

import numpy as np

from engine.data.own import table_workbook as workbook
from engine.data.own.refusal import Refusal
from engine.data.own.table_columns import IDS, TARGETS, column_names, finding_of, proposed
from engine.data.own.table_layout import (
    ROWS,
    Row,
    delimiter_of,
    extent_of,
    first_rows,
    has_header,
    notation_of,
)
from engine.data.own.table_rows import Oddities, even
from engine.data.own.table_text import Beginning, beginning_of
from engine.data.own.table_values import Days, Notation
from engine.data_protocol import Complaint
from engine.spec.options import Options, Value, checked
from engine.spec.recipes import Column, Table

MOST_COLUMNS = 10_000
SERIES = 30  # rows at least, to be thought a time series
JUDGED = 20_000  # cells, to find the notation of numbers


@dataclass(frozen=True, slots=True)
class First:
    """What is known of a table after its first rows.

    recipe, options : the same twice, as a class and as a document keeps it
    beginning : None of a workbook
    skipped : rows above the data: what stands before the table, and the header
    rows : (up to 1000) each as long as there are names
    whole : whether those were all
    """

    recipe: Table
    options: Options
    beginning: Beginning | None
    skipped: int
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: bool
    sheets: tuple[str, ...]
    complaints: tuple[Complaint, ...]

    @property
    def notation(self) -> Notation:
        """How numbers are written."""
        return Notation(self.recipe.decimal, self.recipe.thousands)

    @property
    def columns(self) -> tuple[Options, ...]:
        """The recipe's columns."""
        return tuple(c for c in self.recipe.columns if isinstance(c, Options))


def first_of(path: Path, options: Options) -> First:
    """Look at a table; what the recipe leaves open is found.

    Refusal "empty_file", "no_rows", "too_many_columns" and whatever the file itself is refused for.
    """
    recipe = checked(Table, options)
    beginning: Beginning | None = None
    sheets: tuple[str, ...] = ()
    if workbook.is_workbook(path):
        with workbook.opened(path) as book:
            page = workbook.page_of(book, recipe.sheet)
            sheets = workbook.sheets_of(book)
            raw = list(islice(workbook.rows_of(page, path), ROWS + 41))
            recipe = replace(recipe, sheet=page.title, encoding="utf_8", delimiter="comma")
        whole = len(raw) <= ROWS + 40
    else:
        beginning = beginning_of(path, recipe.encoding)
        delimiter = recipe.delimiter
        if delimiter == "auto":
            delimiter, _ = delimiter_of(beginning.text, beginning.whole, path)
        raw = first_rows(beginning.text, delimiter, beginning.whole, path)
        recipe = replace(recipe, encoding=beginning.encoding, delimiter=delimiter)
        whole = beginning.whole and len(raw) <= ROWS + 40
    extent = extent_of(raw)
    if not extent.width:
        raise Refusal("empty_file", path=str(path))
    if extent.width > MOST_COLUMNS:
        given = extent.width
        raise Refusal("too_many_columns", path=str(path), given=given, limit=MOST_COLUMNS)
    recipe = _with_notation(recipe, raw[extent.start :], sheets)
    odd = Oddities(path, extent.width, not sheets)
    skipped = extent.start + (recipe.header == "yes")
    rows = [row for _, row in even(raw, skipped, odd)][:ROWS]
    header = raw[extent.start] if recipe.header == "yes" else []
    names, known = _named(header, extent.width)
    if not rows:
        raise Refusal("no_rows", path=str(path))
    recipe = _with_columns(recipe, names, rows)
    return First(
        recipe,
        Options({name: getattr(recipe, name) for name in Table.__dataclass_fields__}),
        beginning,
        skipped,
        names,
        tuple(rows),
        whole and odd.rows <= ROWS,
        sheets,
        (*known, *odd.complaints(), *_advice(recipe, rows)),
    )


def _advice(recipe: Table, rows: Sequence[Row]) -> Iterator[Complaint]:
    """Rows that follow each other in time, as numbers do that are to be forecast."""
    columns = [checked(Column, c) for c in recipe.columns if isinstance(c, Options)]
    dates = [i for i, column in enumerate(columns) if column.type == "date"]
    others = {c.type for c in columns if c.type != "date" and c.role != "ignored"}
    if recipe.use == "rows" and len(dates) == 1 and others == {"number"} and len(rows) >= SERIES:
        days = Days()
        days.add([row[dates[0]] for row in rows])
        if (np.diff(days.values()) > 0).all():
            yield Complaint("looks_like_series", {"column": columns[dates[0]].name})


def _with_notation(recipe: Table, rows: Sequence[Row], sheets: Sequence[str]) -> Table:
    """The recipe with how numbers are written, and whether there is a header."""
    # a workbook writes its numbers itself, so nothing stands in the way of a decimal comma
    delimiter = "tab" if sheets else recipe.delimiter
    cells = islice(chain.from_iterable(rows[1:] or rows), JUDGED)
    notation = notation_of(cells, delimiter, recipe.decimal, recipe.thousands)
    header = recipe.header
    if header == "auto":
        there = [row for row in rows if row]
        header = "yes" if has_header(there, notation, TARGETS | IDS) else "no"
    return replace(recipe, decimal=notation.decimal, thousands=notation.thousands, header=header)


def _named(header: Row, width: int) -> tuple[tuple[str, ...], tuple[Complaint, ...]]:
    """Names for all columns; row names, as R writes them, have none above them."""
    missing = width - len(header)
    given = ["", *header] if header and missing == 1 else [*header, *[""] * missing]
    names, complaints = column_names(given[:width])
    return names, tuple(complaints)


def _with_columns(recipe: Table, names: Sequence[str], rows: Sequence[Row]) -> Table:
    """The recipe with a column for each name: those given, and proposals for the others."""
    notation = Notation(recipe.decimal, recipe.thousands)
    findings = [finding_of(cells, notation) for cells in zip(*rows, strict=True)]
    given = [c for c in recipe.columns if isinstance(c, Options) and c.get("name") in names]
    columns: tuple[Value, ...] = proposed(names, findings, given)
    return replace(recipe, columns=columns)
