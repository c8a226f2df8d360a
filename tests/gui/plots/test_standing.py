"""What the answers are worth: of which drawing, in which units, and whether they are numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec.document import Document, Node, Options
from engine.spec.edits import add_node
from engine.spec.files import Saved
from engine.spec.texts import tokens_of
from gui.plots.predictions import PredictionsPanel
from gui.run import Run
from gui.store import DocumentStore
from tests.gui.plots.feeding import (
    SAID,
    TRUE,
    digits,
    document,
    flowers,
    plane,
    prepare,
    settle,
    train,
)


def test_broken_outputs_do_no_harm(predictions: PredictionsPanel, run: Run, qtbot: QtBot) -> None:
    run.handle(digits(TRUE, SAID, outputs=np.full((4, 10), np.nan)))
    settle(predictions, qtbot)
    predictions.grab()
    assert predictions.pages.currentWidget() is predictions.no_answers
    assert predictions.header.score.text() == "No answers: the values are no longer numbers"
    assert predictions.header.moment.text() == "after epoch 3"
    run.handle(digits(TRUE, SAID))
    settle(predictions, qtbot)
    assert predictions.pages.currentWidget() is predictions.pictures


def test_a_map_of_what_is_no_number_does_not_count_right_answers(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    run.handle(replace(plane(), outputs=np.full((4, 1), np.nan)))
    settle(predictions, qtbot)
    assert predictions.pages.currentWidget() is predictions.no_answers
    assert predictions.header.score.text() == "No answers: the values are no longer numbers"
    assert predictions.header.legend.isHidden()


def test_another_drawing_makes_the_answers_those_of_an_earlier_one(
    answered: PredictionsPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    prepare(run)
    train(run, 1)
    run.handle(protocol.Paused(run.number, 1, 0))
    assert answered.header.stale_line.isHidden()
    store.edit("", lambda d: document("iris"))
    assert answered.header.stale_line.isVisible()
    said = answered.header.stale.text()
    assert said == "These answers are from an earlier drawing; Play starts anew."
    store.undo_stack.undo()
    assert answered.header.stale_line.isHidden()


def test_a_run_that_goes_on_keeps_the_names_of_its_own_drawing(
    predictions: PredictionsPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    store.open(document("iris"))
    run.open(Saved(store.document, b"weights"))
    run.handle(replace(flowers([0, 1], [0, 1]), run=run.number))
    store.edit("", lambda d: document("digits_8"))
    run.handle(replace(flowers([1, 0], [1, 0]), run=run.number))
    settle(predictions, qtbot)
    model = predictions.table.samples
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Sepal length\n(standardised)"
    assert model.index(0, 5).data() == "versicolor"


def test_features_as_they_are_in_the_data_are_not_called_standardised(
    predictions: PredictionsPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    options = Options({"dataset": "iris", "scaling": "none"})
    store.open(add_node(Document(), Node("data_1", "data", options)))
    run.handle(flowers([0], [0]))
    settle(predictions, qtbot)
    head = predictions.table.samples.headerData(1, Qt.Orientation.Horizontal)
    assert head == "Sepal length"


def test_categories_are_not_called_standardised_and_many_headings_take_one_line(
    predictions: PredictionsPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    store.open(document("garden"))
    inputs = np.zeros((2, 11))
    inputs[:, 3] = 1.0
    inputs[:, 8] = 0.7, -0.7
    run.handle(replace(flowers([0, 1], [0, 1]), inputs=inputs))
    settle(predictions, qtbot)
    head = partial(predictions.table.samples.headerData, orientation=Qt.Orientation.Horizontal)
    assert [head(4), head(9)] == ["Tomato", "Hours of sun"]
    tip = Qt.ItemDataRole.ToolTipRole
    assert head(4, role=tip) == "Tomato"
    assert head(9, role=tip).startswith("Hours of sun\nAs the network receives it")


def test_sentences_of_characters_are_shown_as_they_are_read(
    predictions: PredictionsPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    store.open(document("moods_en"))
    letters = tokens_of("moods_en")
    rows = [[letters.index(letter) for letter in text] for text in ("What luck!··", "A bad day.··")]
    run.handle(replace(flowers([1, 0], [1, 1]), inputs=np.array(rows)))
    settle(predictions, qtbot)
    model = predictions.table.samples
    assert [model.index(row, 1).data() for row in (0, 1)] == ["What luck!", "A bad day."]
    assert [model.index(row, 2).data() for row in (0, 1)] == ["pleased", "displeased"]


def test_the_filter_counts_the_wrong_ones(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    run.handle(replace(digits(TRUE, SAID), total=269, wrong=9))
    settle(predictions, qtbot)
    assert predictions.header.moment.text() == "after epoch 3 · 4 of 269 shown"
    qtbot.mouseClick(predictions.header.wrong_only, Qt.MouseButton.LeftButton)
    settle(predictions, qtbot)
    assert predictions.header.moment.text() == "after epoch 3 · 2 of 9 wrong ones shown"
