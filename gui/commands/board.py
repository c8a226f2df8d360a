"""The field over the window and the list below it: arrow keys, Enter, Escape and the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from gui.commands.finding import Entry, listed
from gui.commands.rows import HEAD, ROW, LinePainter, Lines, spoken
from gui.settings import Settings
from gui.sizes import least
from gui.theme import STEP, colour, icon, px, theme
from gui.words import on_language_change, tr

WIDE, TALL, TOP = 680, 430, 64  # of the board, pixels; its distance from the window's edge
PAGE = 8  # lines that Page Down goes on
MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: PAGE,
    Qt.Key.Key_PageUp: -PAGE,
}


class CommandBoard(QWidget):
    """A veil over the window with the board on it. `gather` says what there is to find."""

    def __init__(
        self, window: QWidget, settings: Settings, gather: Callable[[], Sequence[Entry]]
    ) -> None:
        super().__init__(window)
        self.settings, self.gather = settings, gather
        self.entries: Sequence[Entry] = ()
        self._before: QWidget | None = None  # what had the keys
        self.board, self.field = QFrame(self), QLineEdit()
        self.lines, self.list = Lines(self), QListView()
        self.nothing, self.hint = QLabel(), QLabel()
        self._sign = QAction(self)
        self._lay_out()
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._take)
        self.list.selectionModel().currentChanged.connect(self._tell)
        window.installEventFilter(self)
        theme.changed.connect(self._recolour)
        forget = on_language_change(self._retranslate)
        self.destroyed.connect(lambda: forget())
        self._retranslate()
        self._recolour()
        self.hide()

    def _lay_out(self) -> None:
        self.board.setObjectName("card")
        self.field.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.field.setClearButtonEnabled(True)
        least(self.field, height=9 * STEP)
        self.list.setObjectName("found")
        self.list.setModel(self.lines)
        self.list.setItemDelegate(LinePainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        for label in (self.nothing, self.hint):
            label.setObjectName("faint")
            label.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMargin(4 * STEP)
        column = QVBoxLayout(self.board)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.hint)

    # opening and closing

    def open(self) -> None:
        """Show everything, with the keys in the empty field; close if it was open."""
        if self.isVisible():
            self.put_away()
            return
        self._before = QApplication.focusWidget()
        self.entries = self.gather()
        self.field.clear()
        self._search()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Hide, and give the keys back to whoever had them."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None  # the list stays until the next time: the mouse may still be on it

    def _place(self) -> None:
        room = self.parentWidget()
        assert room is not None
        self.setGeometry(room.rect())
        rows = sum(px(HEAD if line.entry is None else ROW) for line in self.lines.lines)
        frame = self.board.sizeHint().height() - self.list.sizeHint().height()
        tall = min(frame + max(rows, px(4 * ROW)) + 2, px(TALL), room.height() - 2 * TOP)
        size = QSize(min(px(WIDE), room.width() - 2 * TOP), tall)
        self.board.setGeometry((room.width() - size.width()) // 2, TOP, size.width(), size.height())

    # what is found

    def _search(self) -> None:
        recent = self.settings.words("recent_commands")
        self.lines.show(listed(self.entries, self.field.text(), recent))
        found = bool(self.lines.lines)
        self.list.setVisible(found)
        self.nothing.setVisible(not found)
        self.nothing.setText(tr("commands.nothing", text=self.field.text().strip()))
        self.list.scrollToTop()
        self._choose(0, 1)
        self._place()

    @property
    def chosen(self) -> Entry | None:
        """The entry that Enter takes."""
        index = self.list.currentIndex()
        return self.lines.lines[index.row()].entry if index.isValid() else None

    def _choose(self, row: int, way: int) -> None:
        """Choose the first entry from a row on, upwards or downwards."""
        lines = self.lines.lines
        while 0 <= row < len(lines) and lines[row].entry is None:
            row += way
        if 0 <= row < len(lines):
            index = self.lines.index(row)
            self.list.setCurrentIndex(index)
            if row <= 1:
                self.list.scrollToTop()  # with the heading
            else:
                self.list.scrollTo(index)

    def _move(self, steps: int) -> None:
        """Go on by lines; a single step over the end begins at the other end."""
        count, row = len(self.lines.lines), self.list.currentIndex().row() + steps
        way = 1 if steps > 0 else -1
        if abs(steps) > 1:
            row = min(max(row, 1), count - 1)
        elif row < 1:
            row = count - 1
        elif row >= count:
            row = 0
        self._choose(row, way)

    def _tell(self, index: QModelIndex) -> None:
        """The field has the keys, so it tells screen readers what is chosen."""
        if index.isValid():
            line = self.lines.lines[index.row()]
            name = line.entry.name if line.entry else ""
            self.field.setAccessibleDescription(f"{name} {spoken(line)}".strip())

    def _take(self, index: QModelIndex) -> None:
        entry = self.lines.lines[index.row()].entry
        if entry is None or entry.obstacle:
            return
        self.settings.add_word("recent_commands", entry.key)
        self.put_away()
        # when this event is done: what is called may open a dialog and wait for it
        QTimer.singleShot(0, self, entry.run)

    # keys, mouse, size

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that the field does not need; the window's size."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._press(event)
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.put_away()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentIndex().isValid():
                self._take(self.list.currentIndex())
        elif key in MOVES and self.lines.lines:
            self._move(MOVES[Qt.Key(key)])
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if not self.board.geometry().contains(event.position().toPoint()):
            self.put_away()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 110 if theme.is_dark else 60))

    # language and theme

    def _retranslate(self) -> None:
        self.board.setAccessibleName(tr("commands.name"))
        self.field.setPlaceholderText(tr("commands.search"))
        self.field.setAccessibleName(tr("commands.search"))
        self.field.setToolTip(tr("commands.search_tip"))
        self.list.setAccessibleName(tr("commands.list"))
        self.hint.setText(tr("commands.hint"))
        if self.isVisible():
            self.entries = self.gather()
            self._search()

    def _recolour(self) -> None:
        self._sign.setIcon(icon("mdi6.magnify", colour("faint")))
        self.update()
