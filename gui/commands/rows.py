"""The lines of the command palette: a model of them, and how they look."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.commands.finding import Line
from gui.sizes import enlarged
from gui.theme import FONT_POINTS, RADIUS, STEP, category_colour, colour, font, icon, px
from gui.words import tr

LINE = Qt.ItemDataRole.UserRole
ROW, HEAD = 34, 28  # heights, pixels
ICON, SIDE = 18, 14
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MIDDLE = Qt.AlignmentFlag.AlignVCenter
END = Qt.TextElideMode.ElideRight


class Lines(QAbstractListModel):
    """Headings and entries; only entries can be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt has it
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return line.entry.name if line.entry else heading(line.group)
            case Qt.ItemDataRole.AccessibleDescriptionRole | Qt.ItemDataRole.ToolTipRole:
                return spoken(line)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.lines[index.row()].entry is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def heading(group: str) -> str:
    """The words over a group."""
    return tr(f"commands.{group}")


def spoken(line: Line) -> str:
    """All that a line says besides its name."""
    entry = line.entry
    if entry is None:
        return ""
    return " · ".join(part for part in (entry.obstacle or entry.detail, entry.keys) if part)


class LinePainter(QStyledItemDelegate):
    """Icon, name with the typed letters marked, what it does, and its keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(HEAD if index.data(LINE).entry is None else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        with enlarged(painter, option.rect) as area:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, area, option.state, index.data(LINE))

    def _paint(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, line: Line) -> None:
        if line.entry is None:
            painter.setFont(font(9, bold=True))
            painter.setPen(colour("faint"))
            place = area.adjusted(SIDE, 2 * STEP, -SIDE, 0)
            painter.drawText(place, MIDDLE, heading(line.group))
        else:
            is_chosen = bool(state & QStyle.StateFlag.State_Selected)
            if is_chosen or state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(colour("accent") if is_chosen else Qt.PenStyle.NoPen)
                painter.setBrush(colour("hover"))
                frame = QRectF(area).adjusted(4.5, 1.5, -4.5, -1.5)
                painter.drawRoundedRect(frame, RADIUS, RADIUS)
            self._entry(painter, area.adjusted(SIDE, 0, -SIDE, 0), line)

    def _entry(self, painter: QPainter, area: QRect, line: Line) -> None:
        entry = line.entry
        assert entry is not None
        is_faint = bool(entry.obstacle)
        tint = category_colour(entry.category) if entry.category else colour("text")
        tint = colour("faint") if is_faint else tint
        place = QRect(area.left(), area.center().y() - ICON // 2, ICON, ICON)
        painter.setOpacity(0.6 if is_faint else 1.0)
        icon(entry.icon, tint).paint(painter, place)
        painter.setOpacity(1.0)
        right = area.right()
        for keys in reversed(entry.keys.split(", ") if entry.keys else []):
            right = paint_keys(painter, right, area, keys) - STEP
        name = QRect(area.left() + ICON + 3 * STEP, area.top(), 0, area.height())
        name.setRight(right - 2 * STEP)
        used = _paint_name(painter, name, line, "faint" if is_faint else "text")
        rest = name.adjusted(used + 3 * STEP, 0, 0, 0)
        if rest.width() > 40:
            painter.setFont(font(9))
            painter.setPen(colour("faint"))
            text = entry.obstacle or entry.detail
            shown = painter.fontMetrics().elidedText(text, END, rest.width())
            painter.drawText(rest, MIDDLE, shown)


def _paint_name(painter: QPainter, area: QRect, line: Line, tone: str) -> int:
    """The name, with the letters that were typed in the colour of a selection; its width."""
    entry = line.entry
    assert entry is not None
    plain, strong = font(FONT_POINTS), font(FONT_POINTS, bold=True)
    marked, left = set(line.places), area.left()
    for text, is_marked in _pieces(entry.name, marked):
        letters: QFont = strong if is_marked else plain
        metrics = QFontMetrics(letters)
        room = area.right() - left
        shown = metrics.elidedText(text, END, room)
        painter.setFont(letters)
        painter.setPen(colour("accent" if is_marked and tone == "text" else tone))
        painter.drawText(QRect(left, area.top(), max(room, 0), area.height()), MIDDLE, shown)
        left += metrics.horizontalAdvance(shown)
        if shown != text:
            break
    return left - area.left()


def _pieces(name: str, marked: set[int]) -> list[tuple[str, bool]]:
    """A name cut where marked letters begin and end."""
    pieces: list[tuple[str, bool]] = []
    for i, letter in enumerate(name):
        if pieces and pieces[-1][1] == (i in marked):
            pieces[-1] = (pieces[-1][0] + letter, i in marked)
        else:
            pieces.append((letter, i in marked))
    return pieces


def paint_keys(painter: QPainter, right: int, area: QRect, keys: str) -> int:
    """Keys in a frame that ends at `right`; returns where it begins."""
    painter.setFont(font(9))
    width = painter.fontMetrics().horizontalAdvance(keys) + 3 * STEP
    cap = QRectF(right - width, area.center().y() - 10.5, width, 21.0)
    painter.setPen(colour("border"))
    painter.setBrush(colour("panel"))
    painter.drawRoundedRect(cap, 4.0, 4.0)
    painter.setPen(colour("faint"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
    return round(cap.left())
