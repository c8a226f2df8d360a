"""How a table is laid out: what stands between cells, where it begins, its header and notation."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from engine.data.own.refusal import Refusal
from engine.data.own.table_values import NOTATIONS, Notation, days, is_gap

# in the order in which they are preferred where several divide rows as evenly
DELIMITERS = {"tab": "\t", "semicolon": ";", "bar": "|", "comma": ",", "space": " "}
ROWS = 1000  # looked at
TRIED = 200  # rows, to find the delimiter
REMARKS = ("#", "%", "//", ";")  # at the beginning of lines before a table
HINT = re.compile(r"sep=(.)\s*")  # Excel's own first line, for itself
NUMERIC = re.compile(
    r"[$€£¥￥]?\s?[+\-−]?[\d.,'’ \u00a0\u202f]*\d[\d.,'’]*(?:[eE][+-]?\d+)?\s?[%％$€£¥￥元]?"
)
LONGEST_NUMBER = 60  # characters
ALIKE = str.maketrans("23456789", "1" * 8)  # a 0 at the beginning is something else
TORN = re.compile(r"\d[ ;|\t]+[+-]?\d(?!\d\d(?!\d))")  # two numbers, not one in groups of three
Row = list[str]


def rows_in(lines: Iterable[str], delimiter: str, path: Path) -> Iterator[Row]:
    """Each row's cells; [] for an empty line, so that rows are counted as a spreadsheet does.

    Refusal "huge_cell": mostly a quotation mark that is never closed.
    """
    sign, number = DELIMITERS[delimiter], 0
    if sign == " ":  # any number of them is one
        lines = (" ".join(line.split()) + "\n" for line in lines)
    reader = csv.reader(lines, delimiter=sign, skipinitialspace=sign != " ")
    try:
        for number, row in enumerate(reader, 1):
            yield [] if number == 1 and _is_hint(row) else row
    except csv.Error as error:
        limit = csv.field_size_limit()
        raise Refusal("huge_cell", path=str(path), row=number + 1, limit=limit) from error


def _is_hint(row: Row) -> bool:
    # Excel's own hint is cut in two where it is right
    return row[:1] == ["sep="] or (len(row) == 1 and bool(HINT.fullmatch(row[0])))


def first_rows(
    text: str, delimiter: str, whole: bool, path: Path, most: int = ROWS + 40
) -> list[Row]:
    """The rows of a file's beginning, without one that may have been cut."""
    rows = []
    for row in rows_in(StringIO(text, newline=""), delimiter, path):
        rows.append(row)
        if len(rows) > most:
            return rows
    return rows if whole or len(rows) < 3 else rows[:-1]


@dataclass(frozen=True, slots=True)
class Division:
    """How well a delimiter divides rows into cells.

    width : the most frequent number of cells
    even : share of the rows with so many cells
    numeric : share of cells that are numbers, dates or gaps
    torn : share of cells in which other signs stand between numbers
    """

    width: int
    even: float
    numeric: float
    torn: float
    first_fits: bool

    @property
    def score(self) -> float:
        """Higher is better; a delimiter that never occurs has none."""
        if self.width < 2:
            return 0.0
        header = 0.2 if self.first_fits else 0.0
        return self.even + 0.5 * self.numeric - self.torn + header


NO_DIVISION = Division(0, 0.0, 0.0, 0.0, False)


def division(text: str, delimiter: str, whole: bool, path: Path) -> Division:
    """Try a delimiter on the first rows."""
    try:
        rows = [r for r in first_rows(text, delimiter, whole, path, TRIED) if r]
    except Refusal:
        return NO_DIVISION
    if not rows:
        return NO_DIVISION
    width, count = Counter(map(len, rows)).most_common(1)[0]
    cells = [c.strip() for r in rows[:50] for c in r[:300]]
    known = [is_gap(c) or days(c) != (None, None) for c in cells]
    torn = sum(bool(TORN.search(c)) for c, k in zip(cells, known, strict=True) if not k)
    numeric = sum(k or _is_numeric(c) for c, k in zip(cells, known, strict=True))
    share = 1 / max(1, len(cells))
    first_fits = len(rows[0]) in (width, width - 1)
    return Division(width, count / len(rows), numeric * share, torn * share, first_fits)


def delimiter_of(text: str, whole: bool, path: Path) -> tuple[str, Division]:
    """The name of the sign between cells, and how well it divides; "comma" for a single column."""
    first = text[: text.find("\n") + 1] if "\n" in text else text
    if hint := HINT.fullmatch(first):
        for name, sign in DELIMITERS.items():
            if sign == hint[1]:
                return name, division(text, name, whole, path)
    tried = {name: division(text, name, whole, path) for name in DELIMITERS}
    scores = {
        name: tried[name].score - 0.02 * rank - (0.25 if name == "space" else 0.0)
        for rank, name in enumerate(DELIMITERS)
    }
    best = max(scores, key=lambda name: scores[name])
    return (best, tried[best]) if scores[best] > 0.6 else ("comma", tried["comma"])


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a table lies among the rows of a file.

    start : rows before it, such as a title
    width : columns
    """

    start: int
    width: int


def extent_of(rows: Sequence[Row]) -> Extent:
    """Find the first row that has about as many cells as most others."""
    there = [(i, len(row), _filled(row)) for i, row in enumerate(rows) if _filled(row)]
    if not there:
        return Extent(0, 0)
    usual = Counter(width for _, width, _ in there).most_common(1)[0][0]
    while len(there) > 1 and rows[there[0][0]][0].lstrip().startswith(REMARKS):
        if there[0][1] == usual and not rows[there[1][0]][0].lstrip().startswith(REMARKS):
            break  # the last one may hold names
        del there[0]
    # without a name above row names, as R writes tables, the header is one shorter
    fitting = (
        i
        for i, width, filled in there[:20]
        if width >= usual - 1 and width > 1 and (filled > 1 or usual < 3)
    )
    start = next(fitting, there[0][0])
    first, *others = (width for i, width, _ in there if i >= start)
    longer = usual == first + 1 and others.count(usual) >= 0.8 * len(others)
    return Extent(start, usual if longer else first)


def _filled(row: Row) -> int:
    """How many cells there are up to the last one that is not empty."""
    return next((i for i in range(len(row), 0, -1) if row[i - 1].strip()), 0)


def notation_of(cells: Iterable[str], delimiter: str, decimal: str, thousands: str) -> Notation:
    """The notation in which most cells are numbers; given parts of it ("auto": none) are kept."""
    open_ones = [
        n
        for n in (NOTATIONS if delimiter == "comma" else _commas_first())
        if decimal in ("auto", n.decimal) and thousands in ("auto", n.thousands)
    ]
    if len(open_ones) < 2:
        return open_ones[0] if open_ones else Notation(decimal, thousands)
    # what a number looks like matters, not which one it is; whole ones are alike in all notations
    looks = Counter(cell.strip().translate(ALIKE) for cell in cells if not cell.isdecimal())
    counts = dict.fromkeys(open_ones, 0)
    for look, count in looks.items():
        if _is_numeric(look):
            for notation in open_ones:
                counts[notation] += count * (notation.number(look) is not None)
    return max(open_ones, key=lambda n: counts[n])


def _commas_first() -> list[Notation]:
    """Where a semicolon or tab stands between cells, 1,234 is rather a decimal number."""
    point, comma = Notation("point", "none"), Notation("comma", "none")
    return [point, comma, *[n for n in NOTATIONS if n not in (point, comma)]]


def has_header(rows: Sequence[Row], notation: Notation, known: Iterable[str]) -> bool:
    """Whether the first row holds names: texts above numbers, or texts that never come again."""
    first, others = rows[0], rows[1:ROWS]
    names = [cell.strip() for cell in first]
    if len(names) > 3 and names in ([str(i + k) for i in range(len(names))] for k in (0, 1)):
        return True
    if any(name.lower() in known for name in names):
        return True
    measured = {i for i, cell in enumerate(names) if _is_measured(cell, notation)}
    for i, name in enumerate(names):
        cells = [row[i] for row in others if i < len(row) and not is_gap(row[i])]
        if name and i not in measured and cells:
            share = sum(_is_measured(cell, notation) for cell in cells[:100]) / len(cells[:100])
            if share > 0.9:
                return True
    if measured:
        return False
    below = [{row[i].strip() for row in others if i < len(row)} for i in range(len(names))]
    return not any(name and name in texts for name, texts in zip(names, below, strict=True))


def _is_numeric(cell: str) -> bool:
    # the pattern takes its time with very long cells, which no number has
    return len(cell) < LONGEST_NUMBER and bool(NUMERIC.fullmatch(cell))


def _is_measured(cell: str, notation: Notation) -> bool:
    return notation.number(cell) is not None or days(cell) != (None, None)
