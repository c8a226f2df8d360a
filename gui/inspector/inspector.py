"""The panel about what is selected: options, sizes, arithmetic, problems and an explanation."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from engine.spec.document import Document
from gui.inspector.block_part import BlockPart
from gui.inspector.box_page import BoxPage
from gui.inspector.group_page import GroupPage
from gui.inspector.repair import discard
from gui.inspector.summary_page import SummaryPage
from gui.level import level
from gui.sizes import least
from gui.store import DocumentStore
from gui.theme import STEP, px, theme
from gui.words import on_language_change, tr

KEPT = 8  # pages of boxes
NARROWEST, NATURAL = 260, 300  # pixels


class Inspector(QScrollArea):
    """Shows one of three pages: the whole drawing, one box, or what several boxes share."""

    own_data_wanted = Signal(str, str)  # id of a data box, what is wanted: see OwnPart
    painting_wanted = Signal(str)  # id of a data box
    group_wanted = Signal(str)  # what to do with the selected group: the id of an action
    left = Signal()  # the keys shall go back to the drawing

    def __init__(self, store: DocumentStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        least(self, NARROWEST, limit=NARROWEST)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setObjectName("panel")
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        self.setWidget(self.content)
        self.block = BlockPart(store, self.content)
        self.block.wanted.connect(self.group_wanted)
        self.column.addWidget(self.block)
        self.page: SummaryPage | BoxPage | GroupPage | None = None
        self._kept: dict[str, BoxPage] = {}  # by layer type, those seen last at the end
        self._key: tuple[tuple[str, str], ...] | None = None  # ids and kinds on the page
        self.show_selection()
        store.selection_changed.connect(self.show_selection)
        store.changed.connect(self._document_changed)
        theme.changed.connect(self.rebuild)
        level.changed.connect(self.rebuild)
        self.destroyed.connect(on_language_change(self.rebuild))

    def sizeHint(self) -> QSize:
        return QSize(px(NATURAL), 600)

    def begin(self) -> bool:
        """Put the keys into the first option of what is selected; whether there is one."""
        form = getattr(self.page, "form", None)
        if form is None or not form.begin_first():
            return False
        focused = self.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape that no field had a use for leads back to the drawing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def rebuild(self) -> None:
        """Make the page anew: other words, or other colours."""
        self._key = None
        for page in self._kept.values():
            if page is not self.page:
                discard(page)
        self._kept.clear()
        policy = Qt.ScrollBarPolicy
        large = theme.factor > 1.0  # then a word may be wider than the panel
        self.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if large else policy.ScrollBarAlwaysOff
        )
        self.show_selection()

    def show_selection(self) -> None:
        """Show the page of what is selected; the same boxes keep their page and its focus."""
        self.block.refresh()
        ids, network = self.store.selection, self.store.document.network
        key = tuple((id, network.node(id).kind) for id in ids)
        if self.page is not None and key == self._key:
            self.page.refresh()
        else:
            self._leave_field()
            self._key = key
            self._put(self._page(ids))

    def _leave_field(self) -> None:
        """What is being typed counts for the box it was typed for."""
        field = self.page.focusWidget() if self.page is not None else None
        if field is not None and field.hasFocus():
            field.clearFocus()

    def _page(self, ids: tuple[str, ...]) -> SummaryPage | BoxPage | GroupPage:
        if not ids:
            return SummaryPage(self.store, self.content)
        if len(ids) == 1:
            return self._box_page(ids[0])
        return GroupPage(self.store, ids, self.content)

    def _box_page(self, id: str) -> BoxPage:
        """The page of a box: that of a box of the same layer type seen lately, or a new one.

        Dozens of fields take longer to make than to fill.
        """
        kind = self.store.document.network.node(id).kind
        page = self._kept.pop(kind, None)
        if page is None:
            page = BoxPage(self.store, id, self.content)
            page.own_data_wanted.connect(self.own_data_wanted)
            page.painting_wanted.connect(self.painting_wanted)
        else:
            page.turn_to(id)
        self._kept[kind] = page
        return page

    def _put(self, page: SummaryPage | BoxPage | GroupPage) -> None:
        page.refresh()
        old, self.page = self.page, page
        if old is not None and old is not page:
            self._put_away(old)
        if page.parentWidget() is not self.content or self.column.indexOf(page) < 0:
            self.column.addWidget(page)
        page.show()  # now, not at Qt's next leisure: nothing flickers
        self.setAccessibleName(tr("inspector.name"))
        self.verticalScrollBar().setValue(0)

    def _put_away(self, page: SummaryPage | BoxPage | GroupPage) -> None:
        """Keep the pages of a few layer types, hidden; all others go."""
        kept = list(self._kept.values())
        if page not in kept:
            discard(page)
            return
        page.hide()
        if len(kept) > KEPT:
            self._kept = {kind: p for kind, p in self._kept.items() if p is not kept[0]}
            discard(kept[0])

    def _document_changed(self, old: Document, new: Document) -> None:
        network = new.network
        if all(network.has(id) for id in self.store.selection):
            self.show_selection()  # otherwise the selection is about to change
