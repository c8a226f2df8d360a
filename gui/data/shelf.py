"""The shelf: one's own data first, below them all bundled sets, each with picture and card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.data.gallery import Gallery
from gui.data.lately import Lately
from gui.data.own_files import OwnFiles, dropped_path
from gui.data.set_card import SetCard
from gui.settings import Settings
from gui.sizes import least
from gui.theme import STEP, colour, icon, px, theme
from gui.words import on_language_change, tr

REST_MS, GRACE_MS = 350, 250  # the pointer rests before a card comes, and may leave it so long


class Shelf(QWidget):
    """Says what a person wants; the window knows what to do."""

    used = Signal(str)  # a bundled set: double click, Enter, or the card's button
    import_asked = Signal(object)  # a Path, or None
    help_asked = Signal(str)  # a page

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shelf")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.search, self.own, self.gallery = QLineEdit(), OwnFiles(), Gallery()
        self.lately = Lately(settings)
        self.search.setClearButtonEnabled(True)
        self._sign = QAction(self)
        self.search.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.nothing = QLabel()
        self.nothing.setObjectName("faint")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(3 * STEP)
        self.card = SetCard()
        self._hovered = ""
        self._rest, self._grace = QTimer(self), QTimer(self)
        self._rest.setInterval(REST_MS)
        self._grace.setInterval(GRACE_MS)
        self._lay_out()
        self._connect()
        self._retranslate()
        self._recolour()

    def _lay_out(self) -> None:
        least(self, 180, limit=240)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        content = QWidget()
        content.setObjectName("panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.lately)
        column.addWidget(self.gallery, 1)
        self.area.setWidget(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QVBoxLayout()
        head.setContentsMargins(2 * STEP, 0, 2 * STEP, 0)
        head.setSpacing(2 * STEP)
        head.addWidget(self.own)
        head.addWidget(self.search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * STEP, 0, 0)
        layout.setSpacing(STEP)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.nothing, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.own.asked.connect(self.import_asked)
        self.lately.asked.connect(self.import_asked)
        self.gallery.used.connect(self.use)
        self.gallery.chosen.connect(self._chosen)
        self.gallery.hovered.connect(self._hover)
        self.card.used.connect(self.use)
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.card.help_asked.connect(lambda name: self.help_asked.emit(f"dataset/{name}"))
        self.card.entered.connect(self._grace.stop)
        self.card.left.connect(self._grace.start)
        for timer, call in ((self._rest, self._rested), (self._grace, self._left)):
            timer.setSingleShot(True)
            timer.timeout.connect(call)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        theme.changed.connect(self._recolour)
        forget = on_language_change(self._retranslate)
        self.destroyed.connect(lambda: forget())

    def sizeHint(self) -> QSize:
        return QSize(px(256), 480)

    # the card

    def use(self, dataset: str) -> None:
        """Hand on that a set is wanted."""
        self.put_away()
        self.used.emit(dataset)

    def _chosen(self, dataset: str) -> None:
        self.area.ensureWidgetVisible(self.gallery.tiles[dataset], 0, 2 * STEP)
        self._show(dataset)

    def _hover(self, dataset: str) -> None:
        self._hovered = dataset
        if not dataset:
            self._rest.stop()
            self._grace.start()
        elif self.card.isVisible():
            self._grace.stop()
            self._rest.start()
        else:
            self._rest.start()

    def _rested(self) -> None:
        if self._hovered:
            self._show(self._hovered)

    def _left(self) -> None:
        """The pointer is neither on a tile nor on the card: back to the chosen set, if any."""
        chosen = self._chosen_now()
        if not chosen:
            self.card.hide()
        elif self.card.isVisible():
            self._show(chosen)

    def _chosen_now(self) -> str:
        on = (name for name, tile in self.gallery.tiles.items() if tile.isChecked())
        return next(on, "")

    def _show(self, dataset: str) -> None:
        window = self.window()
        if self.card.parentWidget() is not window:
            self.card.setParent(window)
        self.card.show_set(dataset)
        self.card.appear(self.gallery.tiles[dataset])

    def _scrolled(self) -> None:
        """The card goes with its tile, as far as that is in sight."""
        if self.card.isVisible():
            tile = self.gallery.tiles[self.card.dataset]
            if tile.visibleRegion().isEmpty():
                self.card.hide()
            else:
                self.card.appear(tile)

    def put_away(self) -> None:
        """Show no card, and have nothing chosen."""
        self._rest.stop()
        self._grace.stop()
        self.gallery.clear()
        self.card.hide()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        here = new is not None and (self.isAncestorOf(new) or self.card.isAncestorOf(new))
        if new is not None and not here and self.card.isVisible():
            self.put_away()

    def hideEvent(self, event: QHideEvent) -> None:
        self.put_away()
        super().hideEvent(event)

    # search and keys

    def _search(self) -> None:
        text = self.search.text().strip()
        found = self.gallery.search(text)
        self.area.verticalScrollBar().setValue(0)  # what fits best stands first
        self.lately.setVisible(not text and bool(self.lately.buttons))
        self.area.setVisible(found > 0)
        self.nothing.setVisible(found == 0)
        self.nothing.setText(tr("shelf.nothing", text=text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field, Down goes to the first set and Enter uses it."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.search and is_key:
            assert isinstance(event, QKeyEvent)
            first = self.gallery.first()
            if event.key() == Qt.Key.Key_Down and first is not None:
                self.gallery.choose(first)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and first is not None:
                self.use(first)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.card.isVisible():
            self.put_away()
        else:
            super().keyPressEvent(event)

    # files from outside

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.own.dragEnterEvent(event)

    def dragLeaveEvent(self, event: QEvent) -> None:
        self.own.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        if dropped_path(event) is not None:
            self.own.dropEvent(event)
        else:
            event.ignore()

    # language and theme

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("shelf.name"))
        self.search.setPlaceholderText(tr("shelf.search"))
        self.search.setToolTip(tr("shelf.search_tip"))
        self.search.setAccessibleName(tr("shelf.search"))
        self.gallery.setAccessibleName(tr("shelf.list"))
        self.gallery.say()
        self.card.refresh()
        if self.card.isVisible():
            self.card.appear(self.gallery.tiles[self.card.dataset])  # sentences change in length
        self._search()

    def _recolour(self) -> None:
        self._sign.setIcon(icon("mdi6.magnify", colour("faint")))
        self.gallery.update()
