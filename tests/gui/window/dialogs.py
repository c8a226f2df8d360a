"""Answers questions as a person does: waits for the dialog, then clicks and types."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

TICK_MS = 10
Act = Callable[[QWidget], None]


class Answers(QObject):
    """Gives one answer to each dialog that comes up, in order; an unexpected one is closed."""

    def __init__(self, *acts: Act) -> None:
        super().__init__()
        self.acts = list(acts)
        self.seen: list[str] = []
        self.unexpected: list[str] = []
        self._answered: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(TICK_MS)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or dialog is self._answered or not dialog.isVisible():
            return
        self._answered = dialog
        words = dialog.text() if isinstance(dialog, QMessageBox) else dialog.windowTitle()
        if self.acts:
            self.seen.append(words)
            self.acts.pop(0)(dialog)
        else:
            self.unexpected.append(words)
            assert isinstance(dialog, QDialog)
            dialog.reject()

    def wait(self, qtbot: QtBot) -> None:
        """Until all expected questions are answered, and what follows from that is done."""
        qtbot.waitUntil(lambda: self.acts == [] and QApplication.activeModalWidget() is None)
        QApplication.processEvents()
        self.end()

    def end(self) -> None:
        """All expected questions came, and no other."""
        self._timer.stop()
        assert self.unexpected == []
        assert self.acts == []


def click(text: str) -> Act:
    """Click the button with this text."""

    def act(dialog: QWidget) -> None:
        buttons = [b for b in dialog.findChildren(QAbstractButton) if b.isVisible()]
        (button,) = [b for b in buttons if b.text().replace("&", "") == text]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    return act


def press_escape(dialog: QWidget) -> None:
    """Leave a dialog by the keyboard."""
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def name_file(path: Path) -> Act:
    """Put a path into a file dialog, and accept it."""

    def act(dialog: QWidget) -> None:
        (line,) = [e for e in dialog.findChildren(QLineEdit) if e.objectName() == "fileNameEdit"]
        line.setText(str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)

    return act
