"""One place for panels: pages with tabs, which are pulled off to carry a panel elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from gui.words import tr

PULL = 14  # pixels above or below the tabs before one comes off


class Tabs(QTabBar):
    """Tabs that change places when dragged along, and come off when dragged away."""

    pulled = Signal(int, QPoint)  # a tab, and the place on the screen
    carried = Signal(QPoint)
    put_down = Signal(QPoint)
    given_up = Signal()
    enlarged = Signal(int)  # by a double click
    menu_asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMovable(True)
        self.setDrawBase(False)
        self._pressed = -1
        self._is_carrying = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.tabAt(event.position().toPoint()) if is_left else -1
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place, here = event.globalPosition().toPoint(), event.position().toPoint()
        if self._is_carrying:
            self.carried.emit(place)
        elif self._pressed >= 0 and not self.rect().adjusted(0, -PULL, 0, PULL).contains(here):
            self._let_go(event)
            self._is_carrying = True
            self.grabKeyboard()
            self.pulled.emit(self.currentIndex(), place)  # the pressed tab is the current one
        else:
            super().mouseMoveEvent(event)

    def _let_go(self, event: QMouseEvent) -> None:
        """End the tabs' own dragging: Qt believes that the button was released on the tab."""
        released = QMouseEvent(
            QEvent.Type.MouseButtonRelease,
            event.position(),
            event.globalPosition(),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.NoButton,
            event.modifiers(),
        )
        super().mouseReleaseEvent(released)
        self._pressed = -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = -1
        if self._is_carrying:
            self._stop()
            self.put_down.emit(event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_carrying:
            if event.key() == Qt.Key.Key_Escape:
                self._stop()
                self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _stop(self) -> None:
        self._is_carrying = False
        self.releaseKeyboard()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        tab = self.tabAt(event.position().toPoint())
        if tab >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = -1
            self.enlarged.emit(tab)
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        tab = self.currentIndex() if at_keys else self.tabAt(event.pos())
        if tab >= 0:
            place = self.tabRect(tab).bottomLeft() if at_keys else event.pos()
            self.menu_asked.emit(tab, self.mapToGlobal(place))


class Side(QTabWidget):
    """The panels at one side of the canvas, or in a window of their own."""

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.tabs = Tabs(self)
        self.setTabBar(self.tabs)
        self.setUsesScrollButtons(True)
        self.retranslate()

    def retranslate(self) -> None:
        """Say which side this is."""
        kind = self.place.split()[0]  # windows of their own are numbered
        self.setAccessibleName(tr(f"panel.side.{kind}"))
        self.tabs.setAccessibleName(tr(f"panel.side.{kind}"))

    def pages(self) -> list[QWidget]:
        """The pages, in the order of their tabs."""
        pages = (self.widget(i) for i in range(self.count()))
        return [page for page in pages if page is not None]
