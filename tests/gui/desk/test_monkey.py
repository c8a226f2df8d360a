"""A monkey opens, edits, drags, compares and closes tabs: no document ever touches another."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec.document import Document
from gui import words
from gui.desk.desk import Desk
from gui.window.main_window import MainWindow
from tests.gui.desk.hands import LEFT, NONE, click_tab, draw, middle, names, press

MOST = 5  # documents at a time


class Monkey:
    """Does one thing at random after the other, and knows what every document must be."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.random = desk, random.Random(seed)
        self.expected: dict[MainWindow, Document] = {}
        self.closed: list[Document] = []

    def act(self) -> None:
        """One thing, and a look at everything."""
        acts = [self.add, self.click, self.key, self.edit, self.edit, self.undo]
        acts += [self.drag, self.close, self.reopen, self.compare, self.speak]
        self.random.choice(acts)()
        QApplication.processEvents()
        for window in self.desk.windows:
            self.expected.setdefault(window, window.store.document)
        self.look()

    def look(self) -> None:
        desk, bar = self.desk, self.desk.strip.bar
        assert 1 <= len(desk.windows) <= MOST
        assert len(names(desk)) == desk.pages.count() == desk.menus.count() == len(desk.windows)
        assert desk.windows[bar.currentIndex()] is desk.current
        assert [window for window in desk.windows if window.isVisible()] == [desk.current]
        assert desk.windowTitle() == desk.current.windowTitle()
        assert desk.strip.isVisible() == (len(desk.windows) > 1)
        for window in desk.windows:
            assert window.store.document == self.expected[window]

    def add(self) -> None:
        if len(self.desk.windows) < MOST:
            press(self.desk, "new")

    def click(self) -> None:
        if len(self.desk.windows) > 1:
            click_tab(self.desk, self.random.randrange(len(self.desk.windows)))

    def key(self) -> None:
        press(self.desk, self.random.choice(("next_tab", "previous_tab")))

    def edit(self) -> None:
        window = self.desk.current
        draw(window, self.random.choice(("dense", "relu", "flatten")))
        self.expected[window] = window.store.document

    def undo(self) -> None:
        window = self.desk.current
        press(self.desk, self.random.choice(("undo", "redo")))
        self.expected[window] = window.store.document

    def drag(self) -> None:
        bar, several = self.desk.strip.bar, len(self.desk.windows)
        if several < 2:
            return
        start, end = (middle(self.desk, self.random.randrange(several)) for _ in range(2))
        QTest.mousePress(bar, LEFT, NONE, start)
        for step in range(1, 6):
            QTest.mouseMove(bar, start + QPoint((end.x() - start.x()) * step // 5, 0))
        QTest.mouseRelease(bar, LEFT, NONE, end)

    def close(self) -> None:
        window = self.random.choice(self.desk.windows)
        if not window.filing.is_untouched:
            self.closed.append(window.store.document)
        if window.filing.is_modified:
            self.desk.drop(window)  # as if the question was answered
        elif len(self.desk.windows) > 1:
            at = self.desk.windows.index(window)
            click_tab(self.desk, at, Qt.MouseButton.MiddleButton)
        else:
            press(self.desk, "close")

    def reopen(self) -> None:
        if self.closed and len(self.desk.windows) < MOST:
            before = set(self.desk.windows)
            shown = self.desk.current
            press(self.desk, "reopen_closed")
            (window,) = set(self.desk.windows) - before or {shown}
            assert window.store.document == self.closed.pop()
            self.expected[window] = window.store.document

    def compare(self) -> None:
        window, comparing = self.desk.current, self.desk.current.tabs.comparing
        if window.centre.currentWidget() is not window.room:
            QTest.keyClick(comparing.page.list, Qt.Key.Key_Escape)
        else:
            comparing.with_open(self.random.choice(self.desk.windows))

    def speak(self) -> None:
        words.set_language(self.random.choice(("en", "zh_CN")))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_documents_stay_apart_whatever_is_done_with_tabs(desk: Desk, seed: int) -> None:
    monkey = Monkey(desk, seed)
    monkey.expected[desk.current] = desk.current.store.document
    for _ in range(40):
        monkey.act()
