"""Predictions at each time step, and samples that are sequences."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine import protocol
from gui import words
from gui.plots.predictions import PredictionsPanel
from gui.plots.sequence_answers import sequence_answers_of
from gui.run import Run
from gui.store import DocumentStore
from tests.gui.plots.feeding import document, settle, sure

TRUE = [[1, 2, 3, 0], [4, 0, 2, 2], [1, 1, 1, 1]]
SAID = [[1, 2, 3, 0], [4, 1, 2, 3], [1, 1, 1, 2]]
COUNTED = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0]])


@pytest.fixture
def store() -> DocumentStore:
    return DocumentStore(document("reversal"))


def said_backwards(masked: bool = False) -> protocol.Predictions:
    true, said = np.array(TRUE), np.array(SAID)
    outputs = np.stack([sure(row, 5, 0.6 + 0.1 * i) for i, row in enumerate(SAID)])
    counted = COUNTED.astype(np.float32) if masked else None
    wrong = (true != said) & (COUNTED > 0 if masked else True)
    total = int(COUNTED.sum()) if masked else true.size
    return protocol.Predictions(
        1,
        3,
        "classes",
        true[:, ::-1].copy(),
        outputs,
        true,
        int(wrong.sum()),
        total,
        counted=counted,
        samples=3,
    )


def given(panel: PredictionsPanel, run: Run, qtbot: QtBot, made: protocol.Predictions) -> None:
    run.handle(made)
    settle(panel, qtbot)


def table(panel: PredictionsPanel) -> list[list[str]]:
    model = panel.steps.samples
    places = range(model.columnCount())
    return [
        [model.index(row, column).data(Qt.ItemDataRole.DisplayRole) for column in places]
        for row in range(model.rowCount())
    ]


@pytest.fixture
def answered(predictions: PredictionsPanel, run: Run, qtbot: QtBot) -> PredictionsPanel:
    given(predictions, run, qtbot, said_backwards())
    return predictions


def test_each_sample_is_a_row_with_its_sequences(answered: PredictionsPanel) -> None:
    assert answered.pages.currentWidget() is answered.steps
    assert answered.header.score.text() == "9 of 12 steps right (75.0 %)"
    assert table(answered) == [
        ["", "0 3 2 1", "1 2 3 0", "1 2 3 0", "4 of 4", "60.0 %"],
        ["", "2 2 0 4", "4 0 2 2", "4 1 2 3", "2 of 4", "70.0 %"],
        ["", "1 1 1 1", "1 1 1 1", "1 1 1 2", "3 of 4", "80.0 %"],
    ]


def test_wrong_steps_are_marked() -> None:
    answers = sequence_answers_of(said_backwards(), "reversal")
    assert [step.is_wrong for step in answers.said(1)] == [False, True, False, True]
    assert not any(step.is_wrong for step in answers.truth(1))


def test_steps_that_do_not_count_are_neither_right_nor_wrong(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    given(predictions, run, qtbot, said_backwards(masked=True))
    assert predictions.header.score.text() == "8 of 9 steps right (88.9 %)"
    assert [row[2:5] for row in table(predictions)] == [
        ["1 2 3 0", "1 2 3 0", "4 of 4"],
        ["4 0 2 ·", "4 1 2 ·", "2 of 3"],
        ["1 1 · ·", "1 1 · ·", "2 of 2"],
    ]


def test_filter_and_order_work_on_whole_samples(answered: PredictionsPanel, qtbot: QtBot) -> None:
    answered.header.wrong_only.setChecked(True)
    answered.header.order.setCurrentIndex(2)
    settle(answered, qtbot)
    assert answered.steps.samples.rows == [2, 1]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_can_be_drawn(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot, language: str
) -> None:
    words.set_language(language)
    for made in (said_backwards(), said_backwards(masked=True)):
        given(predictions, run, qtbot, made)
        predictions.resize(400, 300)
        assert not predictions.grab().isNull()
    words.set_language("en")


def test_yes_or_no_at_each_step(predictions: PredictionsPanel, run: Run, qtbot: QtBot) -> None:
    outputs = np.array([[[0.1], [0.9]], [[0.8], [0.3]]])
    targets = np.array([[0, 1], [0, 0]])
    inputs = np.zeros((2, 2, 3))
    made = protocol.Predictions(1, 1, "binary", inputs, outputs, targets, 1, 4, samples=2)
    given(predictions, run, qtbot, made)
    assert [row[1:4] for row in table(predictions)] == [
        ["0 1", "0 1", "2 of 2"],
        ["0 0", "1 0", "1 of 2"],
    ]


def test_values_at_each_step_are_a_plot(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    x = np.random.default_rng(0).random((4, 5, 2))
    given(predictions, run, qtbot, protocol.Predictions(1, 1, "values", x, x, x + 0.5, 0, 20))
    assert predictions.pages.currentWidget() is predictions.values
    assert predictions.header.score.text() == "Off by 0.5000 on average"


def test_a_sequence_with_one_class_is_a_picture_of_its_steps(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    x = np.random.default_rng(0).random((3, 8, 6))
    made = protocol.Predictions(1, 1, "classes", x, sure([1, 2, 0], 3), np.array([1, 2, 1]), 1, 3)
    given(predictions, run, qtbot, made)
    assert predictions.pages.currentWidget() is predictions.pictures
    image = predictions.pictures.samples.image(0)
    assert (image.height(), image.width()) == (8, 6)


def test_tokens_with_one_class_are_a_row_of_words(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    x = np.array([[1, 5, 0], [2, 2, 9]])
    made = protocol.Predictions(1, 1, "classes", x, sure([1, 0], 2), np.array([1, 1]), 1, 2)
    given(predictions, run, qtbot, made)
    assert predictions.pages.currentWidget() is predictions.table
    model = predictions.table.samples
    assert [model.index(row, 1).data() for row in range(2)] == ["1 5 0", "2 2 9"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Sample"
