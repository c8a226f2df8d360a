"""What spoils training, in sentences, with buttons for what would help."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import Finding, Shown
from gui.class_names import DataName
from gui.empty import EmptyState
from gui.exporting import Cell
from gui.file_words import complaint_text, remedy_text
from gui.theme import STEP, colour, icon
from gui.words import tr

SIDE = 18  # of the icon


class FindingCard(QFrame):
    """One fault: its sentence, and a button for each remedy."""

    remedy_wanted = Signal(object)  # Remedy

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        text = complaint_text(finding.complaint.code, finding.complaint.numbers)
        self.mark, self.sentence = QLabel(self), QLabel(text, self)
        self.mark.setPixmap(icon("mdi6.alert", colour("warning")).pixmap(SIDE, SIDE))
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)  # names of columns may be anything
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout()
        column.setSpacing(STEP)
        column.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        for remedy in finding.remedies:
            button = QPushButton(remedy_text(remedy), self)
            button.setToolTip(tr("shown.remedy.tip"))
            button.clicked.connect(lambda _=False, remedy=remedy: self.remedy_wanted.emit(remedy))
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        if finding.remedies:
            column.addLayout(row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        whole.setSpacing(2 * STEP)
        whole.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(column, 1)


class FindingsView(QStackedWidget):
    """All faults one below the other, or that there are none."""

    remedy_wanted = Signal(object)  # Remedy

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.none = EmptyState(
            "mdi6.check-decagram-outline", "shown.problems.none", "shown.problems.none.line"
        )
        self.cards: list[FindingCard] = []
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(2 * STEP, STEP, 2 * STEP, 2 * STEP)
        self._column.setSpacing(2 * STEP)
        self._column.addStretch()
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self._inner)
        self.area.viewport().setAutoFillBackground(False)  # the panel's colour, not the window's
        self._inner.setAutoFillBackground(False)
        self.addWidget(self.none)
        self.addWidget(self.area)

    def show_data(self, shown: Shown, dataset: DataName, stage: str) -> None:
        """Show the faults that were found, in the language and colours of the moment."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for finding in shown.findings:
            card = FindingCard(finding)
            card.remedy_wanted.connect(self.remedy_wanted)
            self._column.insertWidget(len(self.cards), card)
            card.show()
            self.cards.append(card)
        self.setCurrentWidget(self.area if self.cards else self.none)

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        """The sentences, and what would help."""
        yield ["problem", "remedies"]
        for finding in shown.findings:
            text = complaint_text(finding.complaint.code, finding.complaint.numbers)
            yield [text, "; ".join(remedy_text(remedy) for remedy in finding.remedies)]
