"""The last line of the analysis: sums that stand under their columns and do not scroll away."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from gui.network_table import COLUMNS, NUMBERS
from gui.sizes import fixed
from gui.theme import FONT_POINTS, STEP, colour, font, px

TALL = 30  # pixels
SIDE = STEP + 2  # what a cell leaves beside its text


class Totals(QWidget):
    """Follows the widths and the place of the columns of `header`."""

    def __init__(self, header: QHeaderView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = header
        self.cells: list[str] = [""] * len(COLUMNS)
        fixed(self, height=TALL)
        header.sectionResized.connect(self.update)
        header.geometriesChanged.connect(self.update)

    def show_cells(self, cells: list[str], spoken: str) -> None:
        """Show other sums; `spoken` says them in a sentence."""
        self.cells = cells
        self.setToolTip(spoken)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colour("border"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(font(FONT_POINTS, bold=True))
        painter.setPen(colour("text"))
        for section, text in enumerate(self.cells):
            left = self.header.sectionViewportPosition(section)
            place = QRect(
                left + SIDE, 0, self.header.sectionSize(section) - 2 * SIDE, self.height()
            )
            is_right = COLUMNS[section] in NUMBERS
            side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)
