"""All keys and ways of the mouse on one page that can be searched, from their tables."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from gui.actions import TABLE, Actions
from gui.canvas import keys
from gui.commands.finding import Entry, listed
from gui.commands.rows import LinePainter, Lines
from gui.theme import STEP, colour, icon, theme
from gui.window.command_entries import english
from gui.words import on_language_change, tr

# what the mouse does on the canvas, with its icon
MOUSE = {
    "connect": "mdi6.vector-line",
    "move": "mdi6.cursor-move",
    "band": "mdi6.selection-drag",
    "add": "mdi6.select-multiple",
    "pan": "mdi6.hand-back-right-outline",
    "zoom": "mdi6.magnify",
    "menu": "mdi6.dots-horizontal-circle-outline",
    "drop": "mdi6.tray-arrow-down",
    "replace": "mdi6.swap-horizontal-bold",
    "loose_end": "mdi6.playlist-plus",
    "free": "mdi6.arrow-all",
    "fingers": "mdi6.gesture-pinch",
    "double_tap": "mdi6.gesture-double-tap",
    "hold": "mdi6.gesture-tap-hold",
}
MORE: dict[str, str | QKeySequence.StandardKey] = {  # in other windows
    "help": "?",
    "close": "Esc",
    "find": QKeySequence.StandardKey.Find,
}
OUTLINE = {  # in the rows of the outline
    "outline.add": "Ins",
    "outline.reads": "Ctrl+Return",
    "outline.up": "Alt+Up",
    "outline.down": "Alt+Down",
    "outline.delete": "Del",
    "key.outline.edit": "F2",
    "key.outline.details": "Return",
}


def entries(actions: Actions) -> Iterator[Entry]:
    """All that has keys: the menus in their order, the canvas, the mouse, and other windows."""
    native = QKeySequence.SequenceFormat.NativeText
    for spec in TABLE:
        pressed = actions[spec.id].shortcut().toString(native)
        if pressed:
            words = f"action.{spec.id}"
            yield Entry(
                words,
                f"menu.{spec.menu}",
                tr(words),
                lambda: None,
                spec.icon,
                detail=tr(f"{words}.tip"),
                keys=pressed,
                also=(pressed, *english(words)),
            )
    for row in keys.TABLE:
        shown = row.shown()
        yield _entry("canvas", f"key.{row.id}", "mdi6.keyboard-outline", shown)
    for words, key in OUTLINE.items():
        pressed = QKeySequence(key).toString(native)
        yield _entry("outline", words, "mdi6.file-tree-outline", (pressed,))
    for way, sign in MOUSE.items():
        yield _entry("mouse", f"mouse.{way}", sign, ())
    for use, known in MORE.items():
        name = QKeySequence(known).toString(native)
        yield _entry("more", f"key.more.{use}", "mdi6.keyboard-outline", (name,))


def _entry(group: str, words: str, sign: str, pressed: tuple[str, ...]) -> Entry:
    return Entry(
        words,
        group,
        tr(words),
        lambda: None,
        sign,
        keys=", ".join(pressed),
        also=(*pressed, *english(words)),
    )


class ShortcutsPage(QDialog):
    """A window of its own, so that it can stay beside the drawing."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.actions_table = actions
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search, self.list, self.lines = QLineEdit(), QListView(), Lines(self)
        self.nothing = QLabel()
        self._sign = QAction(self)
        self._lay_out()
        self.search.textChanged.connect(self._refresh)
        theme.changed.connect(self._recolour)
        forget = on_language_change(self._retranslate)
        self.destroyed.connect(lambda: forget())
        self.resize(720, 640)
        self._retranslate()
        self._recolour()

    def _lay_out(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.list.setObjectName("keys")
        self.list.setModel(self.lines)
        self.list.setItemDelegate(LinePainter(self.list))
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing.setObjectName("faint")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)

    def open_page(self) -> None:
        """Show everything from the beginning."""
        self.search.clear()
        self._refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _refresh(self) -> None:
        text = self.search.text().strip()
        self.lines.show(listed(tuple(entries(self.actions_table)), text, ()))
        found = bool(self.lines.lines)
        self.list.setVisible(found)
        self.list.scrollToTop()
        self.nothing.setVisible(not found)
        self.nothing.setText(tr("shortcuts.nothing", text=text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("shortcuts.title"))
        self.search.setPlaceholderText(tr("shortcuts.search"))
        self.search.setAccessibleName(tr("shortcuts.search"))
        self.search.setToolTip(tr("shortcuts.search_tip"))
        self.list.setAccessibleName(tr("shortcuts.title"))
        self._refresh()

    def _recolour(self) -> None:
        self._sign.setIcon(icon("mdi6.magnify", colour("faint")))
        self.list.viewport().update()
