"""A run without an engine, and panels that show it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec.files import Saved
from gui import theme
from gui.engine_client import EngineClient
from gui.plots.curves import CurvesPanel
from gui.plots.predictions import PredictionsPanel
from gui.run import Run
from gui.store import DocumentStore
from tests.gui.plots.feeding import SAID, TRUE, digits, document, prepare, settle, shown, train


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    theme.set_up(qapp, "light")
    yield
    theme.theme.use("light")


@pytest.fixture
def store() -> DocumentStore:
    return DocumentStore(document("digits_8"))


@pytest.fixture
def run(store: DocumentStore) -> Run:
    run = Run(store, EngineClient())
    run.open(Saved(store.document, b"weights"))  # as if it had been started; it is number 1
    return run


@pytest.fixture
def curves(run: Run, qtbot: QtBot) -> CurvesPanel:
    return shown(CurvesPanel(run), qtbot)


@pytest.fixture
def predictions(run: Run, qtbot: QtBot) -> PredictionsPanel:
    return shown(PredictionsPanel(run), qtbot)


@pytest.fixture
def trained(curves: CurvesPanel, run: Run, qtbot: QtBot) -> CurvesPanel:
    prepare(run)
    train(run, 3)
    settle(curves, qtbot)
    return curves


@pytest.fixture
def answered(predictions: PredictionsPanel, run: Run, qtbot: QtBot) -> PredictionsPanel:
    run.handle(digits(TRUE, SAID))
    settle(predictions, qtbot)
    return predictions
