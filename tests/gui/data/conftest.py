"""The shelf alone, large enough to show a few tiles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.data.shelf import Shelf
from gui.settings import Settings


@pytest.fixture
def shelf(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shelf]:
    shown = Shelf(Settings(tmp_path / "settings"))
    shown.resize(260, 900)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    yield shown
    if theme.theme.is_dark:
        theme.theme.use("light")
