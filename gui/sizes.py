"""Sizes that follow the size of everything: said once in the pixels of 100 %, kept up to date.

Gaps and margins of layouts and the sizes of icons need not be said: all of them follow. What a
widget measures by its font is right by itself. What is painted asks `theme.px`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLayout,
    QLineEdit,
    QMainWindow,
    QStatusBar,
    QTabBar,
    QToolBar,
    QWidget,
)

from gui.theme import FONT_POINTS, Theme, font, px, theme

SETTERS = {
    "least_width": QWidget.setMinimumWidth,
    "least_height": QWidget.setMinimumHeight,
    "most_width": QWidget.setMaximumWidth,
    "most_height": QWidget.setMaximumHeight,
}
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
LEVELS = 3  # a request to lay out goes from a widget to the one around it
LETTERS, ICON, SEEN, LIMIT = "size_letters", "size_icon", "size_layout", "size_limit"


def least(widget: QWidget, width: int = 0, height: int = 0, limit: int = 0) -> None:
    """Let a widget be at least so large; 0 says nothing. No more than `limit` at any size."""
    if limit:
        widget.setProperty(LIMIT, limit)
    _say(widget, {"least_width": width, "least_height": height})


def most(widget: QWidget, width: int = 0, height: int = 0) -> None:
    """Let a widget be at most so large; 0 says nothing."""
    _say(widget, {"most_width": width, "most_height": height})


def fixed(widget: QWidget, width: int = 0, height: int = 0) -> None:
    """Let a widget be just so large; 0 says nothing."""
    least(widget, width, height)
    most(widget, width, height)


def letters(widget: QWidget, points: float = FONT_POINTS, bold: bool = False) -> None:
    """Give a widget letters of a size."""
    widget.setProperty(LETTERS, [points, bold])
    widget.setFont(font(points, bold))


def icons(widget: QAbstractButton | QAbstractItemView | QToolBar, width: int, height: int) -> None:
    """Give a widget icons of a size."""
    widget.setProperty(ICON, [width, height])
    widget.setIconSize(QSize(px(width), px(height)))


@contextmanager
def enlarged(painter: QPainter, area: QRect | QRectF) -> Iterator[QRect]:
    """Paint in the pixels of 100 %, letters too: yields what `area` is in them."""
    kept, factor = theme.lent_factor, theme.factor
    painter.save()
    painter.translate(QRectF(area).topLeft())
    painter.scale(factor, factor)
    theme.lent_factor = 1.0
    try:
        yield QRect(0, 0, round(area.width() / factor), round(area.height() / factor))
    finally:
        theme.lent_factor = kept
        painter.restore()


def _say(widget: QWidget, values: dict[str, int]) -> None:
    for name, value in values.items():
        if value:
            widget.setProperty(f"size_{name}", value)
    _keep(widget)


def _keep(widget: QWidget) -> None:
    """Give a widget again what was said of it, in the present size."""
    limit = widget.property(LIMIT)
    for name, setter in SETTERS.items():
        value = widget.property(f"size_{name}")
        if isinstance(value, int):
            setter(widget, min(px(value), limit) if limit else px(value))
    chosen = widget.property(LETTERS)
    if isinstance(chosen, list):
        widget.setFont(font(*chosen))


class Enlarger(QObject):
    """Keeps all widgets of an application in the present size. At 100 % it has nothing to do."""

    def __init__(self, application: QApplication, followed: Theme) -> None:
        super().__init__(application)
        self._application, self._theme = application, followed
        self._factor = 1.0
        followed.resized.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Take on another size."""
        factor = self._theme.factor
        if factor == self._factor:
            return
        self._factor = factor
        self._application.removeEventFilter(self)
        if factor != 1.0:
            self._application.installEventFilter(self)  # for widgets that come later
        for widget in QApplication.allWidgets():
            dress(widget)
        for _ in range(LEVELS):  # lay out before anything is painted: icons need their room
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish and isinstance(watched, QWidget):
            dress(watched)
        return False


def dress(widget: QWidget) -> None:
    """Give a widget, its layout and its icons the present size."""
    _keep(widget)
    if not isinstance(widget, QToolBar | QMainWindow | QStatusBar):  # which lay out by the style
        for layout in widget.findChildren(QLayout, options=DIRECT):
            _space(layout)
    if isinstance(widget.parentWidget(), QToolBar | QLineEdit | QTabBar):
        return  # which see to the icons of their buttons
    if isinstance(widget, QAbstractButton | QAbstractItemView | QToolBar):
        size = widget.property(ICON)
        if not isinstance(size, list):
            own = widget.iconSize()
            size = [own.width(), own.height()]
            widget.setProperty(ICON, size)
        if size[0] > 0:
            widget.setIconSize(QSize(px(size[0]), px(size[1])))


def _space(layout: QLayout) -> None:
    """Margins and gaps, which a layout was told in the pixels of 100 %."""
    told = layout.property(SEEN)
    if not isinstance(told, list):
        margins = layout.contentsMargins()
        sides = (margins.left(), margins.top(), margins.right(), margins.bottom())
        told = [*sides, layout.spacing()]
        layout.setProperty(SEEN, told)
    layout.setContentsMargins(*(px(side) for side in told[:4]))
    if told[4] >= 0:
        layout.setSpacing(px(told[4]))
    for inner in layout.findChildren(QLayout, options=DIRECT):
        _space(inner)
