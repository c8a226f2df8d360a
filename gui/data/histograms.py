"""The columns of a table, the features of a sequence or the channels of pictures, as histograms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from engine.data_protocol import Shown, Spread
from gui.class_names import DataName, target_name
from gui.column_names import categories_of, column_title
from gui.data.chart import Spot, elided, faded
from gui.data.enlarging import Enlarging
from gui.data.histogram import mean_text, paint_histogram, statistics
from gui.exporting import Cell
from gui.formats import count, number
from gui.theme import FONT_POINTS, STEP, class_colour, colour, font
from gui.words import tr

CELL = (250, 132)  # width, at least, and height of a small one
WIDEST, TALLEST = 520, 240  # of a small one
TITLE, LINE = 20, 17
TABLE = 300  # width of the statistics beside a large one
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
PICTURE = 3  # axes
CHANNELS = ("red", "green", "blue")


@dataclass(frozen=True, slots=True)
class Column:
    """A histogram before and after preparing; a target that is not scaled has only one."""

    name: str
    raw: Spread | None
    prepared: Spread | None
    categories: tuple[str, ...] = ()
    width: int = 1
    is_target: bool = False


def columns_of(shown: Shown, dataset: DataName) -> list[Column]:
    """The columns with their names, then the numbers to be predicted."""
    channels = len(shown.shape.sizes) == PICTURE
    found = []
    for place, view in enumerate(shown.columns):
        name = column_title(view, place, dataset)
        if channels:
            is_grey = len(shown.columns) == 1
            name = tr("shown.channel.grey" if is_grey else f"shown.channel.{CHANNELS[view.first]}")
        found.append(
            Column(name, view.raw, view.prepared, categories_of(view, dataset), view.width)
        )
    for i, spread in enumerate(shown.targets):
        name = tr("shown.target", name=target_name(dataset, i))
        raw = shown.raw_targets[i] if shown.raw_targets else None
        found.append(Column(name, raw, spread, is_target=True))
    return found


class Histograms(Enlarging):
    """Small multiples; a click shows one large, another click all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[Column] = []

    @property
    def count(self) -> int:
        return len(self.columns)

    def prepare(self) -> None:
        assert self.shown is not None
        self.columns = columns_of(self.shown, self.dataset)
        self.keep_within()

    def _across(self, width: int) -> int:
        return max(1, min(width // CELL[0], len(self.columns)))

    def height_for(self, width: int) -> int:
        if self.large >= 0:
            return 0
        return CELL[1] * -(-len(self.columns) // self._across(width)) + 2 * STEP

    def paint(self, painter: QPainter, shown: Shown) -> Iterator[Spot]:
        if self.large >= 0:
            yield from self._paint_large(painter, self.columns[self.large])
            return
        across = self._across(self.width())
        lines = -(-len(self.columns) // across)
        width = min((self.width() - 2 * STEP) / across, WIDEST)
        height = min(max(CELL[1], (self.height() - 2 * STEP) / max(lines, 1)), TALLEST)
        for i, column in enumerate(self.columns):
            cell = QRectF(STEP + i % across * width, i // across * height, width, height)
            yield from self._paint_small(painter, cell, column, i)

    def _paint_small(
        self, painter: QPainter, cell: QRectF, column: Column, key: int
    ) -> Iterator[Spot]:
        inner = cell.adjusted(2 * STEP, STEP, -2 * STEP, -STEP)
        painter.setFont(font(FONT_POINTS - 1, bold=True))
        painter.setPen(colour("text"))
        title = QRectF(inner.left(), inner.top(), inner.width(), TITLE)
        elided(painter, title, column.name, LEFT)
        room = inner.adjusted(0, TITLE, 0, -LINE)
        for spot in self._paint_stages(painter, room, column):
            yield Spot(spot.area, spot.heading, spot.rows, key)
        self._paint_lines(painter, QRectF(inner.left(), room.bottom(), inner.width(), LINE), column)
        yield Spot(cell, column.name, self._rows(column), key)

    def _paint_stages(self, painter: QPainter, room: QRectF, column: Column) -> Iterator[Spot]:
        """One histogram or two side by side, as the stage wants."""
        stages = self._stages(column)
        width = room.width() / len(stages)
        for i, (stage, spread) in enumerate(stages):
            apart = (6 if self.large >= 0 else 2) * STEP
            area = QRectF(room.left() + i * width, room.top(), width - apart, room.height())
            names = column.categories if stage == "raw" else ()
            ink = stage_colour(stage, column.is_target and stage == "prepared")
            heading = column.name
            if len(stages) > 1 or not column.is_target:
                heading = f"{column.name} · {tr(f'shown.stage.{stage}')}"
            yield from paint_histogram(painter, area, spread, ink, heading, names)

    def _stages(self, column: Column) -> list[tuple[str, Spread]]:
        both = (("raw", column.raw), ("prepared", column.prepared))
        there = [(stage, spread) for stage, spread in both if spread is not None]
        chosen = [(stage, spread) for stage, spread in there if self.stage in ("both", stage)]
        return chosen or there

    def _paint_lines(self, painter: QPainter, room: QRectF, column: Column) -> None:
        """Mean and deviation below each histogram, and how many gaps there are."""
        painter.setFont(font(FONT_POINTS - 2))
        stages = self._stages(column)
        width = room.width() / len(stages)
        for i, (stage, spread) in enumerate(stages):
            if column.categories and stage == "raw":
                text = tr("shown.categories", count=count(len(column.categories)))
            else:
                away = number(spread.deviation)
                text = tr("shown.mean_and_deviation", mean=mean_text(spread), deviation=away)
            if spread.gaps:
                text = f"{text}  ·  {tr('shown.gaps.count', count=count(spread.gaps))}"
            painter.setPen(colour("error" if spread.gaps else "faint"))
            place = QRectF(room.left() + i * width, room.top(), width - 2 * STEP, room.height())
            elided(painter, place, text, LEFT)

    def _rows(self, column: Column) -> list[tuple[str, str, str]]:
        """Every statistic, before and after."""
        rows = []
        for stage, spread in self._stages(column):
            ink = stage_colour(stage, column.is_target and stage == "prepared").name()
            rows += [(ink, word, value) for word, value in statistics(spread, stage == "raw")]
        return rows

    def _paint_large(self, painter: QPainter, column: Column) -> Iterator[Spot]:
        whole = QRectF(self.rect()).adjusted(4 * STEP, 2 * STEP, -3 * STEP, -2 * STEP)
        painter.setFont(font(FONT_POINTS + 1, bold=True))
        painter.setPen(colour("text"))
        elided(painter, QRectF(whole.left(), whole.top(), whole.width(), 24), column.name, LEFT)
        painter.setFont(font(FONT_POINTS - 1))
        painter.setPen(colour("faint"))
        back = QRectF(whole.left(), whole.top(), whole.width(), 24)
        painter.drawText(back, RIGHT, tr("shown.click_back"))
        room = whole.adjusted(0, 28, -TABLE - 4 * STEP, 0)
        for spot in self._paint_stages(painter, room, column):
            yield Spot(spot.area, spot.heading, spot.rows, self.large)
        self._paint_table(painter, QRectF(room.right() + 4 * STEP, room.top(), TABLE, 200), column)
        yield Spot(QRectF(self.rect()), "", [], self.large)

    def _paint_table(self, painter: QPainter, area: QRectF, column: Column) -> None:
        painter.setFont(font(FONT_POINTS - 1))
        stages, width = self._stages(column), area.width() / 3
        for j, (stage, spread) in enumerate(stages):
            right = area.left() + width * (j + 2) - STEP
            painter.setPen(stage_colour(stage, column.is_target and stage == "prepared"))
            head = QRectF(right - width, area.top(), width, TITLE)
            words = "" if len(stages) == 1 and column.is_target else tr(f"shown.stage.{stage}")
            painter.drawText(head, RIGHT, words)
            for i, (word, value) in enumerate(statistics(spread)):
                top = area.top() + TITLE * (i + 1)
                if j == 0:
                    painter.setPen(colour("faint"))
                    painter.drawText(QRectF(area.left(), top, width, TITLE), LEFT, word)
                painter.setPen(colour("text"))
                painter.drawText(QRectF(right - width, top, width, TITLE), RIGHT, value)

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        names = ("mean", "deviation", "low", "high", "gaps")
        yield ["column", *(f"raw_{n}" for n in names), *(f"prepared_{n}" for n in names)]
        for column in columns_of(shown, self.dataset):
            row: list[Cell] = [column.name]
            for spread in (column.raw, column.prepared):
                row += [getattr(spread, name) if spread is not None else "" for name in names]
            yield row


def stage_colour(stage: str, is_target: bool = False) -> QColor:
    """Grey for what was read, colour for what the network receives."""
    if is_target:
        return class_colour(1)
    return faded(colour("faint"), 190) if stage == "raw" else colour("accent")
