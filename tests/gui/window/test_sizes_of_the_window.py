"""The whole window in other sizes: it fits on a small screen, and no word of it is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QScrollArea,
    QToolBar,
    QWidget,
)

from gui import theme
from gui.sizes import Enlarger
from gui.window.main_window import MainWindow

SCREEN = 1280, 800


@pytest.fixture
def sized(window: MainWindow, qapp: QApplication) -> Iterator[MainWindow]:
    """The window, which is at 100 % again afterwards."""
    enlarger = Enlarger(qapp, theme.theme)
    window.resize(*SCREEN)
    yield window
    theme.theme.resize(1.0)
    theme.theme.resized.disconnect(enlarger._follow)


def cut(window: QWidget) -> list[str]:
    """Words that are wider or higher than the widget that shows them."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            is_cut = widget.height() < needed and not is_squeezed(widget)
        else:
            words = widget.fontMetrics().size(0, widget.text())
            is_cut = words.width() > widget.width() or words.height() > widget.height()
        if widget.text() and is_cut:
            found.append(f"{type(widget).__name__} {widget.text()!r} {widget.size().toTuple()}")
    return found


def is_squeezed(widget: QWidget) -> bool:
    """Whether a widget is outside of the part of a page that is in sight."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above is None


@pytest.mark.parametrize("factor", [0.8, 1.25, 2.0, 3.0])
def test_the_window_fits_on_a_small_screen_in_every_size(sized: MainWindow, factor: float) -> None:
    theme.theme.resize(factor)
    QApplication.processEvents()
    least = sized.minimumSizeHint()
    assert (least.width(), least.height()) <= SCREEN and least.height() <= SCREEN[1]
    assert sized.size().toTuple() == SCREEN
    sized.store.select(("conv2d_1",))
    QApplication.processEvents()
    assert cut(sized.inspector) == []
    assert cut(sized.training_page) == []
    assert sized.canvas.width() >= 200


def test_keys_make_everything_larger_and_smaller_and_it_is_remembered(sized: MainWindow) -> None:
    toolbar = sized.findChild(QToolBar)
    assert toolbar is not None
    for action, size in (("larger", 1.1), ("larger", 1.25), ("smaller", 1.1)):
        keys = sized.actions_table[action].shortcut().toString()
        QTest.keySequence(sized.canvas, QKeySequence(keys))
        assert theme.theme.size == size
        assert toolbar.iconSize().width() == round(20 * size)
        assert sized.settings.number("size", 100, 80, 300) == round(100 * size)


def test_the_sides_grow_along_leave_room_for_the_canvas_and_come_back(sized: MainWindow) -> None:
    before = sized.room.across.sizes()
    for factor in (1.25, 3.0):
        theme.theme.resize(factor)
        QApplication.processEvents()
        left, middle, right = sized.room.across.sizes()
        assert left > before[0] and right > before[2]
        assert middle >= 0.4 * SCREEN[0]
    theme.theme.resize(1.0)
    QApplication.processEvents()
    assert sized.room.across.sizes() == before
