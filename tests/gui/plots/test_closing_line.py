"""The line under the curves: why the run ended, its best, and whose curves these are."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec.files import Saved
from gui.plots.curves import CurvesPanel
from gui.run import Run
from gui.store import DocumentStore
from tests.gui.plots.feeding import (
    document,
    finish,
    prepare,
    settle,
    train,
)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (protocol.COMPLETED, "All epochs are done (3)."),
        (protocol.STOPPED, "Stopped by you after 3 complete epochs."),
        (protocol.DIVERGED, "Training went wrong"),
    ],
)
def test_the_last_line_says_why_the_run_ended_and_what_was_best(
    trained: CurvesPanel, run: Run, qtbot: QtBot, reason: str, sentence: str
) -> None:
    before = trained.closing.text.text()
    assert before == "Best validation accuracy so far: 60.0 %, after epoch 3."
    assert trained.closing.picture.isHidden()
    finish(run, reason)
    settle(trained, qtbot)
    after = trained.closing.text.text()
    assert after.startswith(sentence)
    assert after.endswith("Best validation accuracy: 60.0 %, after epoch 3.")
    assert not trained.closing.picture.isHidden()


def test_a_run_that_diverged_says_what_broke(trained: CurvesPanel, run: Run, qtbot: QtBot) -> None:
    cause = protocol.Cause("result", "dense_2", "dense", 4, True)
    run.handle(protocol.Finished(run.number, protocol.DIVERGED, 3, 0, cause))
    settle(trained, qtbot)
    text = trained.closing.text.text()
    assert text.startswith("Training went wrong: “") and "NaN" in text
    assert "training sample 5" in text and "last good weights" in text
    assert run.cause == cause
    run.reset()
    assert run.cause is None


def test_a_run_that_stopped_early_says_where_its_best_loss_was(
    trained: CurvesPanel, run: Run, qtbot: QtBot
) -> None:
    for record, loss in zip(run.history.epochs, (0.5, 0.3, 0.4), strict=True):
        record["validation_loss"] = loss
    finish(run, protocol.EARLY)
    settle(trained, qtbot)
    sentence = "Stopped early after 3 epochs: the smallest validation loss was that of epoch 2."
    assert trained.closing.text.text().startswith(sentence)


def test_the_best_is_that_of_the_run_shown(trained: CurvesPanel, run: Run, qtbot: QtBot) -> None:
    """Two runs of the same length that end the same way, between two drawings."""
    finish(run, protocol.COMPLETED)
    settle(trained, qtbot)
    trained.hide()
    run.open(Saved(run.store.document, b"weights"))
    prepare(run)
    for epoch in range(3):
        record = {"validation_loss": 1.0, "validation_accuracy": 0.1 * epoch}
        run.handle(protocol.EpochEnded(run.number, epoch, record))
    finish(run, protocol.COMPLETED)
    trained.show()
    settle(trained, qtbot)
    assert trained.closing.text.text().endswith("Best validation accuracy: 20.0 %, after epoch 3.")


@pytest.mark.parametrize(
    ("epochs", "sentence"),
    [
        (0, "Stopped by you during the first epoch."),
        (1, "Stopped by you after one complete epoch."),
    ],
)
def test_a_run_stopped_early_is_said_to_be(
    curves: CurvesPanel, run: Run, qtbot: QtBot, epochs: int, sentence: str
) -> None:
    prepare(run)
    run.handle(protocol.Progress(run.number, 0, 1, {"loss": np.array([1.0])}, 1.0))
    train(run, epochs)
    finish(run, protocol.STOPPED)
    settle(curves, qtbot)
    assert curves.closing.text.text().startswith(sentence)


def test_another_drawing_makes_the_curves_those_of_an_earlier_one(
    trained: CurvesPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    run.handle(protocol.Paused(run.number, 3, 0))
    store.edit("", lambda d: document("iris"))
    settle(trained, qtbot)
    text = trained.closing.text.text()
    assert text.startswith("These curves are from an earlier drawing; Play starts anew.")
    assert text.endswith("60.0 %, after epoch 3.")
    store.undo_stack.undo()
    settle(trained, qtbot)
    assert trained.closing.text.text().startswith("Best validation accuracy so far")


def test_while_a_run_goes_on_another_drawing_has_to_wait(
    trained: CurvesPanel, store: DocumentStore, qtbot: QtBot
) -> None:
    store.edit("", lambda d: document("iris"))
    settle(trained, qtbot)
    assert trained.closing.text.text().startswith("The run goes on with an earlier drawing")


def test_a_run_that_broke_off_is_said_to_have(trained: CurvesPanel, run: Run, qtbot: QtBot) -> None:
    run.handle(protocol.Failed(1, "engine_died"))
    settle(trained, qtbot)
    assert trained.closing.text.text().startswith("The run broke off")
