"""Two pictures side by side, drawn to the same scale cell by cell: what goes in, what comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.inspector.pictures.loupe import loupe_place, paint_loupe
from gui.inspector.pictures.pens import LINE, faded, frame, line, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour

GAP = 30.0  # pixels between the two
LARGEST = 15.0  # pixels of a cell
FEW = 49  # cells that are tinted strongly
DOTS = 2.5  # cells smaller than this are shown in a loupe, too,
MAGNIFIED = 20  # where fewer rows than this are marked
LINED = 3.5  # cells smaller than this are not separated by lines

Cells = tuple[range | tuple[int, ...], range | tuple[int, ...]]  # rows, columns


@dataclass(frozen=True, slots=True)
class Grid:
    """So many rows and columns of cells, with cells of another kind around them."""

    rows: int
    columns: int
    above: int = 0
    below: int = 0
    before: int = 0
    behind: int = 0

    @property
    def high(self) -> int:
        """Rows in all."""
        return self.rows + self.above + self.below

    @property
    def wide(self) -> int:
        """Columns in all."""
        return self.columns + self.before + self.behind

    @property
    def text(self) -> str:
        """Its size, as shapes are written."""
        return f"{self.rows:,}×{self.columns:,}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid in its place: `corner` is where its own first cell is."""

    grid: Grid
    corner: QPointF
    side: float

    def cell(self, row: int, column: int, rows: int = 1, columns: int = 1) -> QRectF:
        """The place of some cells, counted from the grid's own first one."""
        x, y = self.corner.x() + column * self.side, self.corner.y() + row * self.side
        return QRectF(x, y, columns * self.side, rows * self.side)

    @property
    def own(self) -> QRectF:
        """The place of the grid without what is around it."""
        return self.cell(0, 0, self.grid.rows, self.grid.columns)

    @property
    def whole(self) -> QRectF:
        """The place of the grid with what is around it."""
        return self.cell(-self.grid.above, -self.grid.before, self.grid.high, self.grid.wide)


class GridPair(Picture):
    """Interface of a picture of two grids; a place is a cell of the right one, row by row."""

    def grids(self) -> tuple[Grid, Grid]:
        """Left and right."""
        raise NotImplementedError(type(self))

    def link(self, at: int) -> tuple[Cells, Cells]:
        """The cells on the left and on the right that belong to a place."""
        raise NotImplementedError(type(self))

    def pointed(self) -> int:
        """Which grid can be pointed at: 0 is the left one."""
        return 1

    @property
    def places(self) -> int:
        grid = self.grids()[self.pointed()]
        return grid.rows * grid.columns

    @property
    def across(self) -> int:
        return self.grids()[self.pointed()].columns

    def row_and_column(self, at: int) -> tuple[int, int]:
        """Of a place."""
        return divmod(at, self.across)

    def place_at(self, room: QRectF, point: QPointF) -> int:
        sheet = self._sheets(room)[self.pointed()]
        if not sheet.own.contains(point):
            return -1
        offset = (point - sheet.corner) / sheet.side
        row = min(int(offset.y()), sheet.grid.rows - 1)
        return row * sheet.grid.columns + min(int(offset.x()), sheet.grid.columns - 1)

    def _sheets(self, room: QRectF) -> tuple[Sheet, Sheet]:
        """Both to one scale, in the middle of the room above the line of words."""
        left, right = self.grids()
        high = max(left.high, right.high)
        side = min((room.width() - GAP) / (left.wide + right.wide), (room.height() - LINE) / high)
        side = min(side, LARGEST)
        spare = room.width() - GAP - side * (left.wide + right.wide)
        middle = room.top() + (room.height() - LINE) / 2
        found, x = [], room.left() + spare / 2
        for grid in (left, right):
            y = middle - grid.high * side / 2
            corner = QPointF(x + grid.before * side, y + grid.above * side)
            found.append(Sheet(grid, corner, side))
            x += grid.wide * side + GAP
        return found[0], found[1]

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        left, right = self._sheets(room)
        for sheet in (left, right):
            paint_sheet(painter, sheet)
            below = QRectF(sheet.whole.left() - GAP / 2, sheet.whole.bottom() + 1, 0, LINE)
            below.setWidth(sheet.whole.width() + GAP)
            write(painter, below, sheet.grid.text)
        before, after = self.link(at)
        self.ghost(painter, left, at)
        one, other = (mark(painter, *pair) for pair in ((left, before), (right, after)))
        thread = faded("accent", 130)
        line(painter, thread, one.topRight(), other.topLeft())
        line(painter, thread, one.bottomRight(), other.bottomLeft())
        sheet, cells, marked = (left, before, one) if self.pointed() else (right, after, other)
        if sheet.side < DOTS and len(cells[0]) < MAGNIFIED:
            size = sheet.grid.rows, sheet.grid.columns
            paint_loupe(painter, loupe_place(sheet.own, marked), cells, size)

    def ghost(self, painter: QPainter, left: Sheet, at: int) -> None:
        """What else is painted on the left, below the marks."""


def paint_sheet(painter: QPainter, sheet: Sheet) -> None:
    """A grid; what is around it is tinted and dotted."""
    if sheet.whole != sheet.own:
        painter.fillRect(sheet.whole, faded("faint", 22))
        painter.setPen(QPen(faded("faint", 110), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet.whole)
    painter.fillRect(sheet.own, colour("card"))
    if sheet.side >= LINED:
        _rules(painter, sheet)
    frame(painter, sheet.own, colour("edge"))


def _rules(painter: QPainter, sheet: Sheet) -> None:
    """The lines between cells."""
    painter.setPen(QPen(faded("edge", 70), 1))
    room, side = sheet.whole, sheet.side
    for column in range(1, sheet.grid.wide):
        x = room.left() + column * side
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
    for row in range(1, sheet.grid.high):
        y = room.top() + row * side
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))


def mark(painter: QPainter, sheet: Sheet, cells: Cells) -> QRectF:
    """Tint some cells of a grid; the place that they take up in all."""
    rows, columns = cells
    tint, place = faded("accent", 150), extent(sheet, rows, columns)
    if _is_solid(rows) and _is_solid(columns):
        few = len(rows) * len(columns) <= FEW
        painter.fillRect(place, tint if few else faded("accent", 60))  # at once: there may be many
        return place
    gap = min(1.0, sheet.side / 6)
    for row in rows:
        for column in columns:
            painter.fillRect(sheet.cell(row, column).adjusted(gap, gap, -gap, -gap), tint)
    return place


def _is_solid(cells: range | tuple[int, ...]) -> bool:
    return not isinstance(cells, range) or cells.step == 1


def extent(sheet: Sheet, rows: Iterable[int], columns: Iterable[int]) -> QRectF:
    """The place from the first to the last of some rows and columns."""
    down, over = list(rows), list(columns)
    if not down or not over:
        return QRectF(sheet.corner.x(), sheet.corner.y(), 0, 0)
    high, wide = down[-1] - down[0] + 1, over[-1] - over[0] + 1
    return sheet.cell(down[0], over[0], high, wide)
