"""The list of layer types by category, which can be searched and dragged from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from engine.layers import CATALOGUE, CATEGORIES
from gui.describe import kind_name
from gui.dragging import block_drag, layer_drag, run_drag
from gui.level import level
from gui.my_blocks import Block
from gui.palette.block_rows import add_head, add_row, menu_for
from gui.palette.rows import BLOCK, CATEGORY, KIND, LINE, RowPainter
from gui.words import table, tr

OWN = "own"  # the heading of one's own blocks


class Entries(QTreeWidget):
    """The tree of categories and layer types."""

    chosen = Signal(str)  # a kind: double click or Enter
    block_chosen = Signal(str)  # the path of one's own block
    block_renamed = Signal(str, str)  # path and new name
    block_removed = Signal(str)
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run_drag: Callable[[QDrag], None] = run_drag
        self._kinds: dict[str, QTreeWidgetItem] = {}
        self._heads: dict[str, QTreeWidgetItem] = {}
        self._used: frozenset[str] = frozenset()  # kinds that the drawing has
        self._words: list[str] = []
        self._blocks: dict[str, QTreeWidgetItem] = {}  # by path
        self.blocks: list[Block] = []
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self._painter = RowPainter(self)
        self.setItemDelegate(self._painter)
        self.itemClicked.connect(self._clicked)
        self.itemDoubleClicked.connect(self.choose)
        self.itemChanged.connect(self._renamed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.fill()

    def fill(self) -> None:
        """List one's own blocks and the catalogue, in the present language."""
        self._kinds.clear()
        self._heads.clear()
        self._blocks.clear()
        self.blockSignals(True)
        self.clear()
        if self.blocks:
            self._heads[OWN] = head = add_head(self)
            self._blocks = {str(block.path): add_row(head, block) for block in self.blocks}
            head.setExpanded(True)
        for category in CATEGORIES:
            kinds = _kinds(category)
            if not kinds:
                continue
            head = QTreeWidgetItem(self, [tr(f"category.{category}")])
            self._heads[category] = head
            head.setData(0, CATEGORY, category)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            head.setToolTip(0, tr("palette.fold"))
            for kind in kinds:
                self._add(head, kind, category)
            head.setExpanded(True)
        self.blockSignals(False)

    def _add(self, head: QTreeWidgetItem, kind: str, category: str) -> None:
        name, line = kind_name(kind), tr(f"layer.{kind}.line")
        item = QTreeWidgetItem(head, [name])
        self._kinds[kind] = item
        item.setData(0, KIND, kind)
        item.setData(0, CATEGORY, category)
        item.setData(0, LINE, line)
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, line)
        item.setToolTip(0, tr("palette.tip", name=name, line=line))

    def search(self, text: str) -> int:
        """Show only what has all words of `text` in it; returns how many entries these are."""
        words = self._words = text.casefold().split()
        fits = {kind: self._fits(kind, item) for kind, item in self._kinds.items()}
        own = {path: all(w in _about(item) for w in words) for path, item in self._blocks.items()}
        for path, item in self._blocks.items():
            item.setHidden(not own[path])
        for kind, item in self._kinds.items():
            item.setHidden(not fits[kind])
        shown = {CATALOGUE[kind].category for kind, fit in fits.items() if fit}
        shown |= {OWN} if any(own.values()) else set()
        for category, head in self._heads.items():
            head.setHidden(category not in shown)
            if words:
                head.setExpanded(True)
        return sum(fits.values()) + sum(own.values())

    def _fits(self, kind: str, item: QTreeWidgetItem) -> bool:
        """Whether a layer type has all words searched for; without words, whether it is shown."""
        if not self._words and level.is_beginner:
            return CATALOGUE[kind].first or kind in self._used
        return all(word in _about(item) for word in self._words)

    def show_used(self, kinds: frozenset[str]) -> bool:
        """Show, to beginners too, what the drawing has; whether that is news."""
        is_news, self._used = kinds != self._used, kinds
        return is_news

    def hidden(self) -> int:
        """How many layer types are kept from a beginner."""
        if self._words:
            return 0
        return sum(not self._fits(kind, item) for kind, item in self._kinds.items())

    def first(self) -> QTreeWidgetItem | None:
        """The first entry that is shown."""
        shown = (kind for category in CATEGORIES for kind in _kinds(category))
        items = (*self._blocks.values(), *(self._kinds[kind] for kind in shown))
        return next((item for item in items if not item.isHidden()), None)

    def item_of(self, kind: str) -> QTreeWidgetItem:
        """The entry of a layer type; KeyError if there is none."""
        return self._kinds[kind]

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if not item.data(0, KIND) and not item.data(0, BLOCK):
            item.setExpanded(not item.isExpanded())

    def choose(self, item: QTreeWidgetItem) -> None:
        """Hand on the layer type or the block of an entry; a category has none."""
        if item.data(0, KIND):
            self.chosen.emit(item.data(0, KIND))
        elif item.data(0, BLOCK):
            self.block_chosen.emit(item.data(0, BLOCK))

    def _renamed(self, item: QTreeWidgetItem) -> None:
        if item.data(0, BLOCK):
            self.block_renamed.emit(item.data(0, BLOCK), item.text(0))

    def event(self, event: QEvent) -> bool:
        """F2 and Delete on a block are its own, and no shortcut of the window's."""
        item = self.currentItem()
        is_block = item is not None and bool(item.data(0, BLOCK))
        if is_block and event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_key else self.itemAt(event.pos())
        if item is not None and item.data(0, BLOCK):
            rect = self.visualItemRect(item)
            at = rect.center() if by_key else event.pos()
            menu_for(self, item, self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        block = item.data(0, BLOCK) if item is not None else None
        if block and item is not None and event.key() == Qt.Key.Key_F2:
            self.editItem(item)
        elif block and event.key() == Qt.Key.Key_Delete:
            self.block_removed.emit(block)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or item is None:
            super().keyPressEvent(event)
        elif item.data(0, KIND) or block:
            self.choose(item)
        else:
            self._clicked(item)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803  # Qt's name
        """Drag the layer type under the pointer, shown as the box that it will be."""
        item = self.currentItem()
        kind = item.data(0, KIND) if item is not None else None
        path = item.data(0, BLOCK) if item is not None else None
        if kind:
            self.run_drag(layer_drag(self, kind))
        for block in self.blocks:
            if str(block.path) == path:
                self.run_drag(block_drag(self, block.name, block.text, path))


def _about(item: QTreeWidgetItem) -> str:
    """All that a search looks at: both names, the kind, and the sentence."""
    kind = str(item.data(0, KIND) or "")
    english = table("en").get(f"layer.{kind}.name", "")
    return " ".join((item.text(0), english, kind, str(item.data(0, LINE)))).casefold()


def _kinds(category: str) -> list[str]:
    return [kind for kind, layer in CATALOGUE.items() if layer.category == category]
