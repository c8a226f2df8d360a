"""A small list over the canvas: a layer or a block is found by typing, the usual ones first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.layers import CATALOGUE
from engine.layers.following import Suggestion
from engine.layers.templates import TEMPLATES
from gui.announcing import announce
from gui.describe import kind_name
from gui.sizes import icons
from gui.theme import STEP, category_colour, colour, icon
from gui.words import table, tr

SIZE = QSize(260, 300)
KIND = Qt.ItemDataRole.UserRole
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Chooser(QFrame):
    """Lies over the canvas until something is chosen or it loses the keys."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._offered: tuple[Suggestion, ...] = ()
        self._take: Callable[[str], object] = lambda kind: None
        self.setObjectName("chooser")
        self.search, self.list, self.nothing = QLineEdit(), QListWidget(), QLabel()
        self.put = QToolButton()  # for those who reach the list without keys
        self.put.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing.setWordWrap(True)
        self.nothing.setObjectName("faint")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        icons(self.list, 18, 18)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        row = QHBoxLayout()
        row.addWidget(self.search)
        row.addWidget(self.put)
        column.addLayout(row)
        for widget in (self.list, self.nothing):
            column.addWidget(widget)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._chosen)
        self.list.currentItemChanged.connect(self._tell)
        self.put.clicked.connect(self._take_current)
        self.hide()

    def offer(
        self,
        offered: Sequence[Suggestion],
        take: Callable[[str], object],
        at: QPoint,
        text: str = "",
    ) -> None:
        """Open near a place of the window; `take` is called with the layer type that is chosen."""
        self._offered, self._take = tuple(offered), take
        self._dress()
        room = self._window.rect()
        self.resize(SIZE.boundedTo(room.size()))
        x = min(max(at.x(), 0), room.width() - self.width())
        y = min(max(at.y(), 0), room.height() - self.height())
        self.move(x, y)
        self.search.setText(text)
        self._fill()
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)
        self.search.end(False)

    def close_list(self) -> None:
        """Go away, and give the keys back to the canvas."""
        if self.search.hasFocus():  # first, or else the canvas would take it for Tab
            self._window.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    @property
    def kinds(self) -> list[str]:
        """The layer types, and blocks, that are listed now."""
        return [str(self.list.item(row).data(KIND)) for row in range(self.list.count())]

    def _dress(self) -> None:
        self.setAccessibleName(tr("chooser.name"))
        self.search.setPlaceholderText(tr("chooser.search"))
        self.search.setToolTip(tr("chooser.search.tip"))
        self.search.setAccessibleName(tr("chooser.search"))
        self.list.setAccessibleName(tr("chooser.list"))
        self.list.setToolTip(tr("chooser.list"))
        self.put.setIcon(icon("mdi6.plus"))
        self.put.setToolTip(tr("chooser.put.tip"))
        self.put.setAccessibleName(tr("chooser.put"))
        self.setStyleSheet(
            f"QFrame#chooser {{ background: {colour('card').name()};"
            f" border: 1px solid {colour('border').name()}; border-radius: 8px; }}"
            f"QFrame#chooser QListWidget {{ background: {colour('card').name()}; }}"
            f"QFrame#chooser QListWidget::item {{ padding: 2px; }}"
            f"QFrame#chooser QListWidget::item:selected {{ background: {colour('hover').name()};"
            f" color: {colour('text').name()}; border: 1px solid {colour('accent').name()};"
            f" border-radius: 5px; }}"
        )

    def _fill(self) -> None:
        text = self.search.text().strip().casefold()
        found = [s for s in self._offered if text in " ".join(_names(s.kind))]
        # layers before blocks; equals stay in order
        found.sort(key=lambda s: (s.kind in TEMPLATES, not s.fits, _distance(s.kind, text)))
        self.list.clear()
        for suggestion in found:
            self.list.addItem(_line(suggestion))
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.nothing.setText(tr("palette.nothing", text=self.search.text()))

    def _tell(self, item: QListWidgetItem | None) -> None:
        """The keys stay in the search field, so what is marked in the list is said there."""
        name = item.text() if item is not None else ""
        self.search.setAccessibleDescription(name)
        if self.isVisible():
            announce(self.search, name)

    def _take_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._chosen(item)

    def _chosen(self, item: QListWidgetItem) -> None:
        take = self._take
        self.close_list()
        take(str(item.data(KIND)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The search field keeps the keys; some of them are for the list."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (UP, DOWN):
                row = self.list.currentRow() + (1 if event.key() == DOWN else -1)
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
            if event.key() in ENTER:
                self._take_current()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_list()
                return True
        return super().eventFilter(watched, event)


def _names(kind: str) -> tuple[str, ...]:
    """What a layer type or a block is called: shown, in English, in files."""
    if kind in TEMPLATES:
        shown, english = tr(f"action.{kind}"), table("en")[f"action.{kind}"]
        return shown.casefold(), english.casefold(), kind
    english = table("en").get(f"layer.{kind}.name", kind)
    return kind_name(kind).casefold(), english.casefold(), kind


def _distance(kind: str, text: str) -> int:
    """0 for names that begin with what was typed, 1 for those with it inside."""
    return 0 if any(name.startswith(text) for name in _names(kind)) else 1


def _line(suggestion: Suggestion) -> QListWidgetItem:
    kind = suggestion.kind
    if kind in TEMPLATES:
        item = QListWidgetItem(icon(TEMPLATES[kind].icon, colour("text")), tr(f"action.{kind}"))
        item.setData(KIND, kind)
        item.setToolTip(tr(f"action.{kind}.tip"))
        return item
    layer = CATALOGUE[kind]
    tint = category_colour(layer.category) if suggestion.fits else colour("faint")
    item = QListWidgetItem(icon(layer.icon, tint), kind_name(kind))
    item.setData(KIND, kind)
    line = tr(f"layer.{kind}.line")
    if not suggestion.fits:
        item.setForeground(colour("faint"))
        line = f"{line} {tr('chooser.unfit')}"
    item.setToolTip(tr("palette.tip", name=kind_name(kind), line=line))
    return item
