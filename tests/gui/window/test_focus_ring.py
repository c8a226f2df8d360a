"""Whoever goes through the window with the keys sees where they are; with the mouse, nothing is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from gui.focus_ring import MARKED
from gui.window.main_window import MainWindow
from tests.gui.other_end import OtherEnd, start

TAB = Qt.FocusReason.TabFocusReason


def stops(page: QWidget) -> list[QWidget]:
    """What Tab reaches in a panel."""
    return [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
    ]


def reach(window: MainWindow, stop: QWidget) -> None:
    """Put the keys there as Tab does."""
    window.ring.by_keys = True  # as if Tab had been pressed in what had them
    stop.setFocus(TAB)


def test_every_stop_of_the_keys_is_seen(window: MainWindow, engine: OtherEnd) -> None:
    window.store.select(("dense_1",))
    start(window.run, engine)
    engine.end_epoch(window.run, 0)
    ring, met = window.ring, 0
    for id, page in window.panels.pages.items():
        window.panels.bring(id)
        QApplication.processEvents()
        for stop in (*stops(page), window.canvas):
            if stop.hasFocus():
                stop.clearFocus()
            reach(window, stop)
            assert stop.hasFocus()
            if isinstance(stop, MARKED):
                assert not ring.isVisible()
                continue
            assert ring.isVisible() and ring.target is stop, (id, stop)
            assert ring.pos() == stop.mapTo(window, QPoint(0, 0)) and ring.size() == stop.size()
            met += 1
    assert met > 20


def test_the_mouse_brings_no_ring_and_takes_it_away(window: MainWindow) -> None:
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton)
    window.palette_panel.entries.setFocus()
    window.canvas.setFocus()
    assert not window.ring.isVisible()
    window.palette_panel.search.setFocus()
    QTest.keyClick(window.palette_panel.search, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.palette_panel.entries
    assert window.ring.isVisible() and window.ring.target is window.palette_panel.entries
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not window.ring.isVisible()


def test_fields_show_it_by_their_own_edge(window: MainWindow) -> None:
    field = window.palette_panel.search
    reach(window, window.canvas)
    before = field.grab().toImage()
    reach(window, field)
    assert isinstance(field, QLineEdit) and QComboBox in MARKED
    assert field.grab().toImage() != before


def test_it_follows_what_it_lies_around(window: MainWindow) -> None:
    reach(window, window.canvas)
    window.panels.hide_side("left")
    QApplication.processEvents()
    assert window.ring.pos() == window.canvas.mapTo(window, QPoint(0, 0))
    assert window.ring.size() == window.canvas.size()
