"""A desk on the screen, whose engines are never started unless a test takes their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.desk.desk import Desk
from gui.engine_client import EngineClient
from gui.settings import Settings
from tests.gui.window.conftest import delete_now

PATIENCE_MS = 60_000


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """One empty document, shown."""
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    desk = Desk(Settings(tmp_path / "settings"), EngineClient(waits=True))
    desk.resize(1280, 800)
    desk.show()
    desk.activateWindow()
    qtbot.waitUntil(lambda: hasattr(desk.current, "predictions"), timeout=PATIENCE_MS)
    yield desk
    desk.close_without_asking()
    delete_now(desk)
