"""The page of results with a run whose engine is a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import edits
from engine.spec.document import Document, Node, Options
from engine.spec.files import Saved
from gui import theme, words
from gui.engine_client import EngineClient
from gui.results.page import ResultsPage
from gui.run import Run
from gui.store import DocumentStore
from tests.gui.other_end import OtherEnd


@pytest.fixture(autouse=True)
def usual(qapp: QApplication) -> Iterator[None]:
    theme.set_up(qapp, "light")
    yield
    words.set_language("en")
    theme.theme.use("light")


@pytest.fixture
def run() -> Run:
    box = Node("data_1", "data", Options({"dataset": "digits_8"}))
    store = DocumentStore(edits.add_node(Document(), box))
    run = Run(store, EngineClient())
    run.open(Saved(store.document, b"weights"))  # as if it had been started; it is number 1
    return run


@pytest.fixture
def engine(run: Run) -> Iterator[OtherEnd]:
    made = OtherEnd(run.client)
    yield made
    made.pipe.close()
    run.client.drain()


@pytest.fixture
def page(run: Run, engine: OtherEnd, qtbot: QtBot) -> ResultsPage:
    made = ResultsPage(run)
    qtbot.addWidget(made)
    made.resize(1200, 320)
    made.show()
    qtbot.waitExposed(made)
    return made
