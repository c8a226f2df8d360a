"""Results as an engine tells them, of a few answers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from pytestqt.qtbot import QtBot

from engine.protocol import Cell, ClassResults, Results
from engine.runtime.answers import Answered
from engine.runtime.results import class_results, value_results
from gui.results.page import ResultsPage
from tests.gui.other_end import OtherEnd

TRUE, NAMED, SURE = (
    [0, 0, 1, 1, 2, 2, 2],
    [0, 1, 1, 1, 2, 0, 0],
    [0.9, 0.8, 0.7, 0.9, 0.6, 0.5, 0.95],
)


def classes(cell: Cell | None = None, steps: int = 0) -> ClassResults:
    """Seven pictures of 8×8 pixels (or answers at so many steps) of three classes."""
    outputs = np.empty((7, 3))
    for row, named, sure in zip(outputs, NAMED, SURE, strict=True):
        row[:] = (1 - sure) / 2
        row[named] = sure
    targets = np.array(TRUE)
    pictures = np.linspace(0, 1, 7 * 64).reshape(7, 8, 8, 1)
    if steps:
        outputs, targets = (
            np.tile(outputs[:, None], (1, steps, 1)),
            np.tile(targets[:, None], steps),
        )
    data = SimpleNamespace(inputs=lambda _, rows: pictures[rows])
    trainer: Any = SimpleNamespace(data={"data_1": data})
    return class_results(Answered("classes", outputs, targets, None), trainer, cell)


def told(found: ClassResults | None, epoch: int = 3) -> Results:
    return Results(1, epoch, "classes", found, None)


def numbers(count: int = 50) -> Results:
    """Two predicted numbers of each sample."""
    random = np.random.default_rng(0)
    true = random.normal(size=(count, 2))
    found = Answered("values", true + random.normal(size=true.shape) / 5, true, None)
    return Results(1, 3, "values", None, value_results(found))


def feed(page: ResultsPage, engine: OtherEnd, results: Results, qtbot: QtBot) -> None:
    """Say results, and wait until they are drawn."""
    engine.say(results)
    qtbot.waitUntil(lambda: not page.redraw.is_due)
