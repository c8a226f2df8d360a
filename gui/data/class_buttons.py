"""The classes that can be painted: a button each, with colour, shape, number and count."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QWidget

from engine.spec.painting import MOST_CLASSES
from gui.data.class_marks import paint_mark
from gui.formats import count
from gui.sizes import fixed
from gui.theme import RADIUS, STEP, colour, font
from gui.words import tr

COLUMNS, SIDE = 5, QSize(46, 52)


class ClassButton(QAbstractButton):
    """One class."""

    def __init__(self, label: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.count = label, 0
        self.setCheckable(True)
        fixed(self, SIDE.width(), SIDE.height())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_count(self, points: int) -> None:
        """Say how many points of the class there are."""
        self.count = points
        key = str((self.label + 1) % 10)
        words = tr("paint.class", number=self.label + 1, count=count(points), key=key)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)
        lit = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(colour("accent" if lit else "border"), 2.0 if self.isChecked() else 1))
        painter.setBrush(colour("hover" if self.isChecked() or self.underMouse() else "card"))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        paint_mark(painter, QPointF(15.0, 18.0), self.label, 6.5)
        painter.setPen(colour("text"))
        painter.setFont(font(10.0, bold=True))
        number = QRectF(22.0, 8.0, 22.0, 20.0)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(self.label + 1))
        painter.setPen(colour("faint"))
        painter.setFont(font(8.0))
        below = QRectF(2.0, 30.0, SIDE.width() - 4.0, 18.0)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, count(self.count))


class ClassButtons(QWidget):
    """All of them; one is chosen."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [ClassButton(label, self) for label in range(MOST_CLASSES)]
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(STEP)
        for button in self.buttons:
            self._group.addButton(button, button.label)
            grid.addWidget(button, button.label // COLUMNS, button.label % COLUMNS)
        self._group.idClicked.connect(self.chosen)
        self.buttons[0].setChecked(True)

    def choose(self, label: int) -> None:
        """Choose a class, as a click would."""
        self.buttons[label].setChecked(True)
        self.chosen.emit(label)

    def show_counts(self, counts: list[int]) -> None:
        """Say how many points each class has."""
        for button, points in zip(self.buttons, counts, strict=True):
            button.show_count(points)
