"""Sorting out predictions: right, wrong, sure, and what classes are called."""

from __future__ import annotations

import numpy as np
import pytest

from engine import protocol
from engine.spec.document import Document
from gui import words
from gui.class_names import class_name, dataset_of, feature_name
from gui.plots.answers import answers_of, probabilities
from gui.plots.decision_map import coloured
from gui.theme import class_colour, colour
from gui.thumbnails import to_bytes, to_image
from tests.gui.plots.feeding import digits, document, sure


def test_right_and_wrong() -> None:
    answers = answers_of(digits([7, 1, 2], [7, 1, 4]), "digits_8")
    assert answers.predicted.tolist() == [7, 1, 4]
    assert answers.wrong.tolist() == [False, False, True]
    assert answers.confidence.tolist() == pytest.approx([0.9] * 3)


def test_filter_and_order() -> None:
    outputs = np.concatenate([sure([0], 10, s) for s in (0.5, 0.9, 0.3, 0.7)])
    made = digits([0, 0, 1, 1], [0, 0, 0, 0], outputs=outputs)
    answers = answers_of(made, "digits_8")
    assert answers.rows(False, "data") == [0, 1, 2, 3]
    assert answers.rows(False, "sure") == [1, 3, 0, 2]
    assert answers.rows(True, "unsure") == [2, 3]


def test_the_best_classes_come_first() -> None:
    answers = answers_of(digits([7], [7]), "digits_8")
    assert answers.best_text(0, 3).splitlines()[0] == "7: 90.0 %"
    assert len(answers.best_text(0, 3).splitlines()) == 3


def test_a_sample_is_found_again_by_what_it_is() -> None:
    answers = answers_of(digits([7, 1, 2], [7, 1, 4]), "digits_8")
    assert answers.find(answers.inputs[2]) == 2
    assert answers.find(answers.inputs[2] + 1) is None
    assert answers.find(np.zeros(3)) is None


def test_two_classes_from_one_probability() -> None:
    inputs, outputs = np.zeros((2, 3)), np.array([[0.8], [0.3]])
    made = protocol.Predictions(1, 1, "binary", inputs, outputs, np.array([[1.0], [1.0]]), 1, 2)
    answers = answers_of(made, "moons")
    np.testing.assert_allclose(answers.probabilities, [[0.2, 0.8], [0.7, 0.3]])
    assert answers.true.tolist() == [1, 1]
    assert answers.wrong.tolist() == [False, True]


def test_outputs_that_are_no_probabilities_can_still_be_shown() -> None:
    found = probabilities(np.array([[np.nan, -2.0, 3.0]]), "classes")
    assert found.tolist() == [[0.0, 0.0, 1.0]]


def test_classes_and_features_have_names() -> None:
    assert class_name("digits_28", 7) == "7"
    assert class_name("spirals", 1) == "1"
    assert class_name("painted", 1) == "2"  # its key where points are painted
    assert class_name("iris", 2) == "virginica"
    assert feature_name("iris", 3) == "Petal width"
    assert feature_name("moons", 1) == "x₂"
    words.set_language("zh_CN")
    assert class_name("iris", 0) == "山鸢尾"


def test_the_data_set_is_read_from_the_drawing() -> None:
    assert dataset_of(document("iris")) == "iris"
    assert dataset_of(Document()) == ""


def test_grey_and_coloured_pictures() -> None:
    grey = to_bytes(np.linspace(0, 1, 16).reshape(1, 4, 4, 1))
    assert grey.shape == (1, 4, 4) and (grey.min(), grey.max()) == (0, 255)
    spread = to_bytes(np.linspace(-2, 3, 48).reshape(1, 4, 4, 3))
    assert spread.shape == (1, 4, 4, 3) and (spread.min(), spread.max()) == (0, 255)
    image = to_image(spread[0])
    assert (image.width(), image.height()) == (4, 4)
    assert image.pixelColor(3, 3).blue() == 255


def test_a_map_is_coloured_by_class_and_certainty() -> None:
    pixels = coloured(np.array([[[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]]))[0].astype(int)
    paper = np.array([colour("panel").red(), colour("panel").green(), colour("panel").blue()])
    ink = class_colour(1)
    far = np.abs(pixels - paper).sum(axis=1)
    assert far[1] < far[0] and far[1] < far[2]
    aim = np.array([ink.red(), ink.green(), ink.blue()])
    assert np.abs(pixels[2] - aim).sum() < np.abs(paper - aim).sum() / 2
