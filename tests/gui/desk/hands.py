"""Hands for tests of several documents: they draw, click tabs and press keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec import edits
from engine.spec.document import Document, Node
from engine.spec.files import SUFFIX, Saved, write
from gui.desk.desk import Desk
from gui.window.main_window import MainWindow

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def draw(window: MainWindow, kind: str = "dense") -> None:
    """Something unsaved."""
    node = Node(edits.new_id(window.store.document.network, kind), kind)
    window.store.edit("", lambda d: edits.add_node(d, node))


def saved(folder: Path, name: str, kind: str = "dense") -> Path:
    path = folder / (name + SUFFIX)
    write(path, Saved(edits.add_node(Document(), Node(f"{kind}_1", kind))))
    return path


def is_shown(desk: Desk, name: str) -> bool:
    return desk.current.filing.name == name


def names(desk: Desk) -> list[str]:
    bar = desk.strip.bar
    assert [bar.tabText(i).removeprefix("*") for i in range(bar.count())] == [
        window.filing.name for window in desk.windows
    ]
    return [bar.tabText(i) for i in range(bar.count())]


def middle(desk: Desk, at: int) -> QPoint:
    return desk.strip.bar.tabRect(at).center()


def click_tab(desk: Desk, at: int, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseClick(desk.strip.bar, button, NONE, middle(desk, at))


def press(desk: Desk, id: str) -> None:
    desk.activateWindow()  # a question may have been answered
    assert QTest.qWaitForWindowActive(desk)
    QApplication.processEvents()
    assert QApplication.activeWindow() is desk
    window = desk.current
    QTest.keySequence(window.canvas, QKeySequence(window.actions_table[id].shortcut()))
