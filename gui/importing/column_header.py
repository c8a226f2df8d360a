"""The header above the columns of a table: name, type and role of each, painted for speed.

Three hundred columns of real widgets would be slow. A click on the type or the role asks for a
menu there; the bar above the table and the keyboard do the same for selected columns.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from engine.spec.recipes import Column
from gui.describe import value_text
from gui.formats import count
from gui.importing.table_model import TableModel
from gui.theme import STEP, category_colour, colour, font, icon

HEIGHT = 78
LINE = 22
SIDE = 14  # of an icon, pixels
ROLE_ICONS = {
    "input": "mdi6.arrow-right-circle",
    "target": "mdi6.target",
    "group": "mdi6.account-group",
    "ignored": "mdi6.eye-off-outline",
}
TYPE_ICONS = {
    "number": "mdi6.numeric",
    "category": "mdi6.shape-outline",
    "date": "mdi6.calendar",
    "text": "mdi6.format-text",
}


def role_colour(role: str) -> QColor:
    """The colour of a role, always doubled by its icon."""
    match role:
        case "input":
            return category_colour("data")
        case "target":
            return category_colour("convolution")
        case "group":
            return category_colour("sequence")
    return colour("faint")


class ColumnHeader(QHeaderView):
    """Paints a `TableModel`'s columns; `asked` says which option of a column was clicked."""

    asked = Signal(int, str, QPoint)  # column, "role" or "type", where on the screen

    def __init__(self, view: QTableView, model: TableModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._model = model
        self._pressed: tuple[int, str] | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(96)
        self.setDefaultSectionSize(124)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    # painting

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        column = self._model.columns[section]
        tint = role_colour(column.role)
        chosen = self.selectionModel().isColumnSelected(section)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colour("hover" if chosen else "panel"))
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 3), tint)
        painter.setPen(QPen(colour("border")))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_name(painter, rect, column)
        self._paint_type(painter, self._zone(rect, "type"), section)
        self._paint_role(painter, self._zone(rect, "role"), column.role)
        painter.restore()

    def _zone(self, rect: QRect, what: str) -> QRect:
        line = 1 if what == "type" else 2
        top = rect.top() + 6 + line * LINE
        return QRect(rect.left() + 2 * STEP, top, rect.width() - 4 * STEP, LINE - 1)

    def _paint_name(self, painter: QPainter, rect: QRect, column: Column) -> None:
        painter.setFont(font(bold=True))
        painter.setPen(colour("faint" if column.role == "ignored" else "text"))
        room = QRect(rect.left() + 2 * STEP, rect.top() + 6, rect.width() - 4 * STEP, LINE)
        self._text(painter, room, column.name)

    def _type_text(self, section: int) -> str:
        column = self._model.columns[section]
        text = value_text("type", column.type)
        if column.type == "category":
            text = f"{text} · {count(self._model.categories(section))}"
        return text

    def natural_width(self, section: int) -> int:
        """Pixels for the name, and for type, number of categories and gaps."""
        name = QFontMetrics(font(bold=True)).horizontalAdvance(self._model.columns[section].name)
        small = QFontMetrics(font(9))
        kind = SIDE + STEP + small.horizontalAdvance(self._type_text(section))
        if gaps := self._model.gaps(section):
            kind += small.horizontalAdvance(count(gaps)) + SIDE + 2 * STEP
        return max(name, kind) + 5 * STEP

    def _paint_type(self, painter: QPainter, room: QRect, section: int) -> None:
        column = self._model.columns[section]
        painter.setFont(font(9))
        painter.setPen(colour("faint"))
        self._icon(painter, room, TYPE_ICONS[column.type], colour("faint"))
        text = self._type_text(section)
        rest = room.adjusted(SIDE + STEP, 0, 0, 0)
        if gaps := self._model.gaps(section):
            shown = count(gaps)
            width = painter.fontMetrics().horizontalAdvance(shown) + SIDE + STEP
            right = QRect(room.right() - width, room.top(), width + 1, room.height())
            self._icon(painter, right, "mdi6.dots-square", colour("warning"))
            painter.setPen(colour("warning"))
            self._text(painter, right.adjusted(SIDE + 2, 0, 0, 0), shown)
            painter.setPen(colour("faint"))
            rest.setRight(right.left() - STEP)
        self._text(painter, rest, text)

    def _paint_role(self, painter: QPainter, room: QRect, role: str) -> None:
        tint = role_colour(role)
        painter.setFont(font(9))
        text = value_text("role", role)
        width = SIDE + 3 * STEP + painter.fontMetrics().horizontalAdvance(text) + SIDE
        pill = QRect(room.left(), room.top(), min(width + STEP, room.width()), room.height() - 2)
        soft = QColor(tint)
        soft.setAlpha(36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawRoundedRect(pill, 9, 9)
        inside = pill.adjusted(STEP + 1, 0, -STEP, 0)
        self._icon(painter, inside, ROLE_ICONS[role], tint)
        painter.setPen(colour("text"))
        self._text(painter, inside.adjusted(SIDE + STEP, 0, -SIDE, 0), text)
        end = QRect(inside.right() - SIDE + 2, inside.top(), SIDE, inside.height())
        self._icon(painter, end, "mdi6.chevron-down", colour("faint"))

    def _icon(self, painter: QPainter, room: QRect, name: str, tint: QColor) -> None:
        top = room.top() + (room.height() - SIDE) // 2
        icon(name, tint).paint(painter, QRect(room.left(), top, SIDE, SIDE))

    def _text(self, painter: QPainter, room: QRect, text: str) -> None:
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    # the mouse

    def zone_of(self, section: int, what: str) -> QRect:
        """Where the type or the role of a column is painted, in the header."""
        left = self.sectionViewportPosition(section)
        return self._zone(QRect(left, 0, self.sectionSize(section), HEIGHT), what)

    def _zone_at(self, at: QPoint) -> tuple[int, str] | None:
        section = self.logicalIndexAt(at)
        if section >= 0:
            for what in ("type", "role"):
                if self.zone_of(section, what).contains(at):
                    return section, what
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        self._pressed = self._zone_at(event.position().toPoint()) if is_left and plain else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self._zone_at(event.position().toPoint()):
            zone = self.zone_of(*pressed)
            self.asked.emit(*pressed, self.viewport().mapToGlobal(zone.bottomLeft()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        resizes = self.viewport().cursor().shape() == Qt.CursorShape.SplitHCursor
        if not resizes and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            zone = self._zone_at(event.position().toPoint())
            shape = Qt.CursorShape.PointingHandCursor if zone else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
