"""Events like those of the engine, and small sets of predictions of every kind."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec import edits
from engine.spec.document import Document, Node, Options
from gui.plots.curves import CurvesPanel
from gui.plots.predictions import PredictionsPanel
from gui.run import Run

BATCHES = 10
EPOCHS = 5
TRUE, SAID = [7, 1, 2, 9], [7, 1, 4, 8]  # of four pictures

Panel = TypeVar("Panel", CurvesPanel, PredictionsPanel)


def shown(panel: Panel, qtbot: QtBot) -> Panel:
    """Put a panel on the screen."""
    qtbot.addWidget(panel)
    panel.resize(1200, 340)
    panel.show()
    qtbot.waitExposed(panel)
    settle(panel, qtbot)
    return panel


def settle(panel: CurvesPanel | PredictionsPanel, qtbot: QtBot) -> None:
    """Wait until everything new is drawn."""
    qtbot.waitUntil(lambda: not panel.redraw.is_due)


def document(dataset: str) -> Document:
    options = Options({"dataset": dataset})
    return edits.add_node(Document(), Node("data_1", "data", options))


def prepare(run: Run, batches: int = BATCHES, epochs: int = EPOCHS) -> None:
    run.handle(protocol.Prepared(run.number, "cpu", 2, batches, epochs, 0, 0, {}, {}, {}))


def train(run: Run, epochs: int) -> None:
    """Let some more epochs arrive, each as one Progress and one EpochEnded."""
    for epoch in range(len(run.history.epochs), len(run.history.epochs) + epochs):
        at = np.arange(epoch * BATCHES, (epoch + 1) * BATCHES)
        points = {"loss": 2 * np.exp(-at / 40), "accuracy": 1 - 0.9 * np.exp(-at / 40)}
        run.handle(protocol.Progress(run.number, epoch, BATCHES, points, 1000.0))
        run.handle(protocol.EpochEnded(run.number, epoch, record(epoch)))


def record(epoch: int) -> dict[str, float]:
    return {
        "loss": 2 / (epoch + 1),
        "accuracy": 0.5 + 0.05 * epoch,
        "validation_loss": 2.2 / (epoch + 1),
        "validation_accuracy": 0.4 + 0.1 * min(epoch, 3),
    }


def finish(run: Run, reason: str) -> None:
    run.handle(protocol.Finished(run.number, reason, len(run.history.epochs), 0))


def sure(classes: list[int], count: int, share: float = 0.9) -> protocol.FloatArray:
    """Probabilities (N, count) that name `classes`, with `share` for each."""
    found = np.full((len(classes), count), (1 - share) / (count - 1))
    found[np.arange(len(classes)), classes] = share
    return found


def digits(true: list[int], said: list[int], epoch: int = 3, **more: Any) -> protocol.Predictions:
    """Pictures of 8×8 pixels; each is another one."""
    rng = np.random.default_rng(7)
    inputs = rng.uniform(size=(len(true), 8, 8, 1))
    wrong = sum(t != s for t, s in zip(true, said, strict=True))
    given = {"outputs": sure(said, 10), "targets": np.array(true)} | more
    total = len(true)
    return protocol.Predictions(1, epoch, "classes", inputs, wrong=wrong, total=total, **given)


def flowers(true: list[int], said: list[int]) -> protocol.Predictions:
    inputs = np.arange(4.0 * len(true)).reshape(-1, 4)
    wrong = sum(t != s for t, s in zip(true, said, strict=True))
    outputs, targets = sure(said, 3), np.array(true)
    return protocol.Predictions(1, 2, "classes", inputs, outputs, targets, wrong, len(true))


def plane() -> protocol.Predictions:
    """Class 1 is on the right, says the network; one of four points says otherwise."""
    inputs = np.array([[-1.0, -1.0], [-0.5, 1.0], [0.5, -1.0], [1.0, 1.0]])
    side = np.linspace(-1, 1, 21)
    surface = np.repeat((side > 0)[np.newaxis, :, np.newaxis] * 0.8 + 0.1, 21, axis=0)
    outputs = np.array([[0.1], [0.1], [0.9], [0.9]])
    extent = (-1.0, 1.0, -1.0, 1.0)
    targets = np.array([0, 1, 1, 1])
    return protocol.Predictions(1, 1, "binary", inputs, outputs, targets, 1, 4, surface, extent)


def wave() -> protocol.Predictions:
    x = np.linspace(-1, 1, 30)[:, np.newaxis]
    surface, extent = np.linspace(-2, 2, 60)[:, np.newaxis], (-1.2, 1.2, -1.2, 1.2)
    return protocol.Predictions(1, 4, "values", x, 2 * x, 2 * x + 0.5, 0, 30, surface, extent)


def click_picture(panel: PredictionsPanel, place: int) -> None:
    view = panel.pictures
    at = view.visualRect(view.samples.index(place)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
