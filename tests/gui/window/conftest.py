"""The real window with the real engine process, for tests that use all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec.document import Document
from gui import theme
from gui.engine_client import EngineClient
from gui.settings import Settings
from gui.window.main_window import MainWindow
from tests.gui.data.data_end import DataEnd
from tests.gui.networks import chain
from tests.gui.other_end import OtherEnd

PATIENCE_MS = 120_000  # the very first run on a machine compiles the kernels

Open = Callable[[Document | None], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Opens windows whose engine is ready, and closes them at the end without a question."""
    theme.set_up(qapp, "light")
    windows: list[MainWindow] = []

    def open_one(document: Document | None = None) -> MainWindow:
        window = MainWindow(Settings(tmp_path / "settings"))
        windows.append(window)
        if document is not None:
            window.store.open(document)
        window.resize(1900, 1300)
        window.show()
        qtbot.waitUntil(lambda: hasattr(window, "predictions"), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: window.run.engine_state == "ready", timeout=PATIENCE_MS)
        return window

    yield open_one
    for window in windows:
        window.close_without_asking()
        delete_now(window)


def delete_now(window: QWidget) -> None:
    """Take a closed window away, so that the next test is not slowed down by styling it too."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_for(qtbot: QtBot, window: MainWindow, *statuses: str) -> None:
    """Wait until the run is in one of these states."""
    qtbot.waitUntil(lambda: window.run.status in statuses, timeout=PATIENCE_MS)


@pytest.fixture
def engine(qtbot: QtBot) -> OtherEnd:
    """The engine's end of the pipe of `window`."""
    return OtherEnd(EngineClient())


@pytest.fixture
def data_ends() -> list[DataEnd]:
    """The data process's end of the pipe of `window`, once there is a window."""
    return []


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, engine: OtherEnd, data_ends: list[DataEnd]
) -> Iterator[MainWindow]:
    """The window with a small network, and the test in the place of the engine process."""
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    window = MainWindow(Settings(tmp_path / "settings"), engine.client)
    data_ends.append(DataEnd(window.data_client))  # says nothing by itself
    window.store.open(chain())
    window.resize(1600, 1200)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: hasattr(window, "predictions"), timeout=PATIENCE_MS)
    assert isinstance(engine.only(protocol.Warm), protocol.Warm)
    yield window
    window.close_without_asking()
    delete_now(window)
    data_ends[0].pipe.close()
    if theme.theme.is_dark:
        theme.theme.use("light")
