"""The rows of a table, of a text file and of a workbook alike, made equally long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from engine.data.own import table_workbook as workbook
from engine.data.own.refusal import Refusal
from engine.data.own.table_layout import Row, rows_in
from engine.data.own.table_text import Beginning, Lines
from engine.data_protocol import Complaint

MOST_LONG = 0.1  # share of rows longer than the header: more of them speak for another delimiter
ENOUGH = 100  # rows, before that is judged


@dataclass(slots=True)
class Oddities:
    """What is odd about rows, counted while they are read.

    short, long, damaged, nuls : how many rows and characters; rows that are too long are left out
    first_short, first_long : where, counted as a spreadsheet does
    """

    path: Path
    width: int
    counts_short: bool = True
    rows: int = 0
    short: int = 0
    long: int = 0
    first_short: int = 0
    first_long: int = 0
    given: int = 0  # cells in the first row that is too long
    lines: Lines | None = field(default=None, repr=False)

    def judge(self) -> None:
        """Refusal "ragged" if so many rows are too long that the table is not understood."""
        if self.long > MOST_LONG * (self.rows + self.long):
            raise Refusal(
                "ragged",
                path=str(self.path),
                row=self.first_long,
                given=self.given,
                expected=self.width,
            )

    def complaints(self) -> Iterator[Complaint]:
        """What a person should know of them."""
        if self.short and self.counts_short:
            row = self.first_short
            yield Complaint("short_rows", {"count": self.short, "row": row, "width": self.width})
        if self.long:
            row = self.first_long
            yield Complaint("long_rows", {"count": self.long, "row": row, "width": self.width})
        if self.lines is not None and self.lines.nuls:
            yield Complaint("nul_characters", {"count": self.lines.nuls})
        if self.lines is not None and self.lines.damaged:
            yield Complaint("damaged_text", {"count": self.lines.damaged})


def even(rows: Iterable[Row], skipped: int, odd: Oddities) -> Iterator[tuple[int, Row]]:
    """Rows of one width with their numbers; `skipped` at the beginning and empty ones are not."""
    width = odd.width
    for number, row in enumerate(rows, 1):
        if number <= skipped:
            continue
        if len(row) != width:
            if not row:
                continue
            if len(row) < width:
                odd.short += 1
                odd.first_short = odd.first_short or number
                row = row + [""] * (width - len(row))
            elif any(cell.strip() for cell in row[width:]):
                if not odd.long:
                    odd.first_long, odd.given = number, len(row)
                odd.long += 1
                if odd.long > ENOUGH:
                    odd.judge()
                continue
            else:
                row = row[:width]
        if not row[0].strip() and not any(cell.strip() for cell in row):
            continue
        odd.rows += 1
        yield number, row
    odd.judge()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is."""

    lines: Lines | None = None
    rows: int = 1

    def at(self, row: int) -> tuple[int, int]:
        """Done and total after a row: bytes of a text file, rows of a workbook."""
        if self.lines is not None:
            return min(self.lines.done, self.lines.total), self.lines.total
        return min(row, self.rows), self.rows


@contextmanager
def all_rows(
    path: Path, beginning: Beginning | None, delimiter: str, sheet: str, odd: Oddities
) -> Iterator[tuple[Iterator[Row], Progress]]:
    """Every row of a file, from its first; without a `beginning` it is a workbook."""
    if beginning is not None:
        odd.lines = Lines(path, beginning)
        # closed by hand: whoever leaves by an exception keeps everything alive that reads
        with closing(iter(odd.lines)) as lines:
            yield rows_in(lines, delimiter, path), Progress(odd.lines)
        return
    odd.counts_short = False  # a workbook does not write what is empty
    with workbook.opened(path) as book:
        page = workbook.page_of(book, sheet)
        total = page.max_row or 1
        yield workbook.rows_of(page, path), Progress(None, total)
