"""What a box reads, as ticks beside names: connections without a line to be drawn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.spec.document import Document
from gui.box import PortRef
from gui.describe import title
from gui.inspector.repair import discard
from gui.option_words import port_text
from gui.outline import changes
from gui.store import DocumentStore
from gui.theme import STEP
from gui.upkeep import keep_up
from gui.words import tr

MOST = 30  # ticks of one input; the search finds the others


class Reading(QDialog):
    """Every input of one box, and what it could read. A tick counts at once."""

    def __init__(self, store: DocumentStore, id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store, self.id = store, id
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.about, self.search, self.nothing = QLabel(), QLineEdit(), QLabel()
        self.about.setWordWrap(True)
        self.nothing.setWordWrap(True)
        self.nothing.setObjectName("faint")
        self.search.setClearButtonEnabled(True)
        self.inside: QWidget | None = None
        self.ticks: dict[tuple[str, PortRef], QCheckBox] = {}
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        column.setSpacing(2 * STEP)
        for widget in (self.about, self.search):
            column.addWidget(widget)
        column.addWidget(self.area, 1)
        column.addWidget(self.buttons)
        self.search.textChanged.connect(self.fill)
        store.changed.connect(self._document_changed)
        self.resize(360, 420)
        keep_up(self, self.retranslate, self.fill)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        name = title(self.store.document, self.id)
        self.setWindowTitle(tr("outline.reading.title", name=name))
        self.about.setText(tr("outline.reading.about", name=name))
        self.search.setPlaceholderText(tr("outline.reading.search"))
        self.search.setAccessibleName(tr("outline.reading.search"))
        self.search.setToolTip(tr("outline.reading.search.tip"))
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("outline.reading.close"))
        close.setToolTip(tr("outline.reading.close.tip"))
        self.fill()

    def fill(self) -> None:
        """Show the ticks anew; the one with the keys keeps them."""
        kept = next((key for key, tick in self.ticks.items() if tick.hasFocus()), None)
        old, self.inside = self.inside, QWidget()
        self.ticks = {}
        column = QVBoxLayout(self.inside)
        column.setSpacing(STEP)
        text = self.search.text().strip().casefold()
        for port, refs in changes.sources(self.store, self.id).items():
            self._add_port(column, port, refs, text)
        if not self.ticks:
            self.nothing = QLabel(tr("outline.reading.nothing"))
            self.nothing.setObjectName("faint")
            self.nothing.setWordWrap(True)
            column.addWidget(self.nothing)
        column.addStretch(1)
        self.inside.setObjectName("panel")
        if old is not None:
            discard(self.area.takeWidget())
        self.area.setWidget(self.inside)
        if kept in self.ticks:
            self.ticks[kept].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_port(self, column: QVBoxLayout, port: str, refs: list[PortRef], text: str) -> None:
        document = self.store.document
        named = [(ref, changes.source_name(document, ref)) for ref in refs]
        shown = [(ref, name) for ref, name in named if text in name.casefold()][:MOST]
        if not shown:
            return
        name = port_text(document.network.node(self.id).kind, port)
        heading = QLabel(name)
        heading.setObjectName("heading")
        column.addWidget(heading)
        for ref, source in shown:
            tick = QCheckBox(source)
            tick.setChecked(changes.reads(document, self.id, port, ref))
            tick.setAccessibleName(tr("outline.reading.tick", input=name, name=source))
            tick.setToolTip(tr("outline.reading.tick.tip", input=name, name=source))
            tick.toggled.connect(  # not clicked: screen readers toggle without a click
                lambda on, port=port, ref=ref: changes.set_reading(
                    self.store, self.id, port, ref, on
                )
            )
            self.ticks[port, ref] = tick
            column.addWidget(tick)

    def _document_changed(self, old: Document, new: Document) -> None:
        if not new.network.has(self.id):
            self.reject()
        elif old.network != new.network:
            self.retranslate()
