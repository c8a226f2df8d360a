"""Keys and clicks shown to a room, so that everybody sees what the teacher does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from gui.theme import RADIUS, STEP, colour, font, px

SHOWN_MS, RING_MS = 1600, 450
POINTS = 18.0
ALONE = {  # keys that are shown without Ctrl or Alt; letters that are written are not
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    *range(Qt.Key.Key_F1, Qt.Key.Key_F12 + 1),
}
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
BARE = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}


def keys_of(event: QKeyEvent) -> str:
    """The keys of a press as people read them; empty if they are not worth showing."""
    if event.isAutoRepeat() or event.key() in BARE:
        return ""
    if not event.modifiers() & HELD and event.key() not in ALONE:
        return ""
    combination = QKeySequence(event.keyCombination())
    return combination.toString(QKeySequence.SequenceFormat.NativeText)


class Overlay(QWidget):
    """Lies over the window, takes no clicks, and fades by itself."""

    def __init__(self, milliseconds: int) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self.hide)
        self.text = ""  # empty: a ring

    def appear(self, over: QWidget, middle: QPoint, text: str = "") -> None:
        """Show around a place of the window `over`, for a moment."""
        self.text = text
        width = self.fontMetrics().horizontalAdvance(text) + px(10 * STEP) if text else px(48)
        self.setParent(over)
        self.resize(width, px(48))
        self.move(middle - self.rect().center())
        self.show()
        self.raise_()
        self.update()
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(3.0, 3.0, -3.0, -3.0)
        if self.text:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("text"))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
            painter.setFont(self.font())
            painter.setPen(colour("panel"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text)
        else:
            painter.setPen(QPen(colour("accent"), px(4)))
            painter.drawEllipse(area)
        painter.end()


class Pressed(QObject):
    """While it listens, hears all presses in the application and shows them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self.keys, self.ring = Overlay(SHOWN_MS), Overlay(RING_MS)

    def listen(self, wanted: bool) -> None:
        """Show presses, or no longer."""
        application = QApplication.instance()
        assert application is not None
        if wanted:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() != QEvent.Type.KeyRelease:
            self._show_keys(keys_of(event))
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            top = watched.window() if isinstance(watched, QWidget) else self.window.window()
            self.ring.appear(top, top.mapFromGlobal(event.globalPosition().toPoint()))
        return False

    def _show_keys(self, text: str) -> None:
        if not text:
            return
        top = QApplication.activeWindow() or self.window.window()
        self.keys.setFont(font(POINTS, bold=True))
        self.keys.appear(top, QPoint(top.width() // 2, top.height() - px(80)), text)
