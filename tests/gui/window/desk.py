"""A document with a file beneath it, for tests of what happens to files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.engine_client import EngineClient
from gui.run import Run
from gui.settings import Settings
from gui.store import DocumentStore
from gui.window.filing import Filing
from tests.gui.networks import chain
from tests.gui.other_end import OtherEnd


class Desk:
    """A document with a file beneath it, and an engine in the hands of the test."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.store = DocumentStore(chain())
        self.run = Run(self.store, EngineClient())
        self.engine = OtherEnd(self.run.client)
        self.settings = Settings(folder / "settings")
        self.filing = Filing(self.store, self.run, self.settings, self.window)
        self.failures: list[Callable[[], str]] = []
        self.filing.failed.connect(self.failures.append)

    def said(self) -> str:
        """The one sentence that was said, in the language of the moment."""
        (failure,) = self.failures
        return failure()
