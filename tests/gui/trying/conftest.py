"""The panel alone, with the ends of both processes in the hands of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.data_protocol import TryFirst
from engine.protocol import Own
from engine.spec.document import Document
from gui import theme
from gui.data_client import DataClient
from gui.engine_client import EngineClient
from gui.run import Run
from gui.store import DocumentStore
from gui.trying.panel import TryPanel
from tests.gui.data.data_end import DataEnd
from tests.gui.other_end import OtherEnd

Show = Callable[[Document], TryPanel]


class Ends:
    """The engine and the data process; `data` gives real answers."""

    def __init__(self) -> None:
        self.client = EngineClient()
        self.engine, self.data = OtherEnd(self.client), DataEnd(DataClient())

    def owns(self) -> list[Own]:
        """Answer all questions; returns what was asked about."""
        answered = self.data.answer()
        return [each.own for each in answered if isinstance(each, TryFirst)]


@pytest.fixture
def ends() -> Iterator[Ends]:
    ends = Ends()
    yield ends
    ends.data.close()


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, ends: Ends) -> Show:
    """Shows the panel of a document."""
    theme.set_up(qapp, "light")

    def one(document: Document) -> TryPanel:
        run = Run(DocumentStore(document), ends.client)
        panel = TryPanel(run.store, run, ends.data.client)
        qtbot.addWidget(panel)
        panel.resize(1100, 260)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    return one
