"""Validation samples with an answer at each time step, one row each; wrong steps are marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.formats import count, percent
from gui.plots.pictures import NOWHERE, Index
from gui.plots.sequence_answers import SequenceAnswers, Step
from gui.theme import FONT_POINTS, STEP, colour, font, icon
from gui.words import tr

STEPS = Qt.ItemDataRole.UserRole + 1  # the role under which the delegate finds steps
SEQUENCES = ("tokens", "true", "predicted")
MORE = "…"


class SequenceModel(QAbstractTableModel):
    """A mark, the sequences, how many steps are right, and how sure the network is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: SequenceAnswers | None = None
        self.rows: list[int] = []

    @property
    def columns(self) -> tuple[str, ...]:
        """What the columns show, from left to right."""
        if self.answers is None:
            return ()
        sequences = SEQUENCES if self.answers.has_tokens else SEQUENCES[1:]
        return ("mark", *sequences, "steps", "confidence")

    def show(self, answers: SequenceAnswers, rows: list[int]) -> None:
        """Show these samples; rows and columns change only if they must."""
        before = len(self.rows), self.columns
        is_same = self.answers is not None and self.answers.has_tokens == answers.has_tokens
        if is_same and before[0] == len(rows):
            self.answers, self.rows = answers, rows
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self.answers, self.rows = answers, rows
            self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt has it
        answers = self.answers
        if answers is None or not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        wrong = bool(answers.wrong[row])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(answers, row, column)
            case _ if role == STEPS and column in SEQUENCES:
                return _steps(answers, row, column)
            case Qt.ItemDataRole.ToolTipRole if column in SEQUENCES:
                return self._text(answers, row, column)
            case Qt.ItemDataRole.DecorationRole if column == "mark":
                tint = colour("error" if wrong else "good")
                return icon("mdi6.close-thick" if wrong else "mdi6.check", tint)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ForegroundRole if wrong and column == "steps":
                return colour("error")
            case Qt.ItemDataRole.AccessibleTextRole if column == "mark":
                return self._text(answers, row, "steps")
            case Qt.ItemDataRole.UserRole:
                return row
        return None

    def _text(self, answers: SequenceAnswers, row: int, column: str) -> str:
        if column in SEQUENCES:
            return " ".join(step.text for step in _steps(answers, row, column))
        if column == "steps":
            right, total = answers.score(row)
            return tr("plots.sequence.right", right=count(right), total=count(total))
        return percent(float(answers.confidence[row])) if column == "confidence" else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # as Qt has it
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        name = self.columns[section]
        return "" if name == "mark" else tr(f"plots.column.{name}")


def _steps(answers: SequenceAnswers, row: int, column: str) -> list[Step]:
    match column:
        case "tokens":
            return answers.tokens(row)
        case "true":
            return answers.truth(row)
    return answers.said(row)


class SequenceDelegate(QStyledItemDelegate):
    """Draws a sequence step by step; a wrong one is bold, coloured and underlined."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        steps: list[Step] | None = index.data(STEPS)
        if steps is None:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setFont(font(FONT_POINTS, bold=True))
        metrics = painter.fontMetrics()
        wide = max((metrics.horizontalAdvance(step.text) for step in steps), default=0) + STEP
        rect = QRectF(option.rect).adjusted(STEP, 0, -STEP, 0)
        fitting = max(int(rect.width() // max(wide, 1)), 1)
        if len(steps) > fitting:
            steps = [*steps[: fitting - 1], Step(MORE)]
        left = rect.left() + (rect.width() - wide * len(steps)) / 2
        for i, step in enumerate(steps):
            room = QRectF(left + i * wide, rect.top(), wide, rect.height())
            _draw_step(painter, room, step)
        painter.restore()


def _draw_step(painter: QPainter, room: QRectF, step: Step) -> None:
    painter.setFont(font(FONT_POINTS, bold=step.is_wrong))
    tint = colour("error" if step.is_wrong else "text")
    painter.setPen(tint)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, step.text)
    if step.is_wrong:
        painter.setPen(QPen(tint, 2))
        bottom = room.center().y() + painter.fontMetrics().height() / 2
        left, right = room.left() + STEP / 2, room.right() - STEP / 2
        painter.drawLine(QPointF(left, bottom), QPointF(right, bottom))


class SequenceTable(QTableView):
    """The table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples = SequenceModel(self)
        self.setModel(self.samples)
        self.setItemDelegate(SequenceDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(7 * STEP)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(8 * STEP)
        self.samples.modelReset.connect(self._fit)

    def _fit(self) -> None:
        """Sequences share the room; mark, steps and confidence take what they need."""
        header = self.horizontalHeader()
        for i, name in enumerate(self.samples.columns):
            is_long = name in SEQUENCES
            modes = QHeaderView.ResizeMode
            header.setSectionResizeMode(i, modes.Stretch if is_long else modes.Fixed)
            if not is_long:
                header.resizeSection(i, (8 if name == "mark" else 30) * STEP)
