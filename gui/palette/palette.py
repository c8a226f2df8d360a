"""The palette beside the canvas: a search field and all layer types, to be dragged or chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.spec.document import Document
from gui.box import BLOCK_MIME
from gui.level import EVERYTHING, level
from gui.my_blocks import SUFFIX, MyBlocks
from gui.palette.entries import Entries
from gui.sizes import least
from gui.theme import STEP, colour, icon, px, theme
from gui.words import on_language_change, tr

WIDE = 240


def kinds_of(document: Document) -> frozenset[str]:
    """The layer types that a document has."""
    return frozenset(node.kind for node in document.network.nodes)


class Palette(QWidget):
    """Lists a person's own blocks and the layer catalogue. A block's file may be dropped on it."""

    chosen = Signal(str)  # a kind: double click, or Enter
    block_dropped = Signal(str)  # the path of a file

    def __init__(self, blocks: MyBlocks | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks = blocks
        self.setAcceptDrops(blocks is not None)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self._sign = QAction(self)
        self.search.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.entries = Entries()
        self.nothing = QLabel()
        self.nothing.setObjectName("faint")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(3 * STEP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * STEP, 0, 0)
        layout.setSpacing(2 * STEP)
        row = QVBoxLayout()
        row.setContentsMargins(2 * STEP, 0, 2 * STEP, 0)
        row.addWidget(self.search)
        layout.addLayout(row)
        layout.addWidget(self.entries, 1)
        layout.addWidget(self.nothing, 1)
        self.more = QPushButton()
        self.more.setObjectName("more_options")
        self.more.setFlat(True)
        self.more.clicked.connect(lambda: level.use(EVERYTHING))
        layout.addWidget(self.more)
        least(self, 180, limit=240)
        self.search.textChanged.connect(self._search)
        level.changed.connect(self._search)
        self.search.installEventFilter(self)
        self.entries.chosen.connect(self.chosen)
        if blocks is not None:
            blocks.changed.connect(self.refill)
        theme.changed.connect(self._recolour)
        forget = on_language_change(self._retranslate)
        self.destroyed.connect(lambda: forget())
        self._retranslate()
        self._recolour()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDE), 480)

    def _search(self) -> None:
        text = self.search.text().strip()
        found = self.entries.search(text)
        self.entries.setVisible(found > 0)
        self.nothing.setVisible(found == 0)
        self.nothing.setText(tr("palette.nothing", text=text))
        hidden = self.entries.hidden()
        self.more.setText(tr("level.more_layers", count=hidden))
        self.more.setAccessibleName(self.more.text())
        self.more.setToolTip(tr("level.show_all.tip"))
        self.more.setVisible(hidden > 0)

    def show_used(self, kinds: frozenset[str]) -> None:
        """Show, to beginners too, the layer types that the drawing has."""
        if self.entries.show_used(kinds) and level.is_beginner:
            self._search()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field, Down goes into the list and Enter takes its first entry."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and (event.type() == QEvent.Type.KeyPress)
        ):
            first = self.entries.first()
            if event.key() == Qt.Key.Key_Down and first is not None:
                self.entries.setCurrentItem(first)
                self.entries.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and first is not None:
                self.entries.choose(first)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("palette.name"))
        self.search.setPlaceholderText(tr("palette.search"))
        self.search.setToolTip(tr("palette.search_tip"))
        self.search.setAccessibleName(tr("palette.search"))
        self.entries.setAccessibleName(tr("palette.list"))
        self.entries.setToolTip(tr("palette.list_tip"))
        self.refill()

    def refill(self) -> None:
        """List everything anew."""
        self.entries.blocks = self.blocks.all() if self.blocks is not None else []
        self.entries.fill()
        self._search()

    def showEvent(self, event: QShowEvent) -> None:  # Qt's name
        """Another document may have kept a block meanwhile, in the same folder."""
        super().showEvent(event)
        if self.blocks is not None and self.blocks.all() != self.entries.blocks:
            self.refill()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # Qt's name
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # Qt's name
        for path in _dropped(event.mimeData()):
            self.block_dropped.emit(path)
        event.acceptProposedAction()

    def _recolour(self) -> None:
        self._sign.setIcon(icon("mdi6.magnify", colour("faint")))
        self.entries.viewport().update()


def _dropped(data: QMimeData) -> list[str]:
    """The files that may be blocks; what comes from the palette itself is in it already."""
    if data.hasFormat(BLOCK_MIME):
        return []
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith(SUFFIX)]
