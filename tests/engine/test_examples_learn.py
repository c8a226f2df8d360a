"""Each bundled example reaches its mark, trained headless with its own settings.

The marks are what the product promises of its lessons. They keep a margin: other seeds reach them
too.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from engine.data.preparing import prepare
from engine.layers.analysis import analyse
from engine.layers.data import Data
from engine.scripting import Model, fit
from engine.spec import edits
from engine.spec.files import read
from engine.spec.history import Record
from engine.spec.options import checked
from tests.engine.networks import ARTICLE

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"
ACCURACY, LOSS = "validation_accuracy", "validation_loss"
PERPLEXITY = "perplexity"  # how many characters the network hesitates between

# example: what is promised of it after the last epoch; an accuracy must reach it, a loss and a
# perplexity must not exceed it
MEASURED = tomllib.loads((EXAMPLES / "measured.toml").read_text("utf-8"))
MARKS = {
    name: (quantity, mark)
    for name, row in MEASURED.items()
    for quantity, mark in row.items()
    if quantity != "seconds"
}
# example: one whose last validation loss is to be at most this share of that of "over_fitting"
AGAINST_OVER_FITTING = {
    "against_more_data": 0.5,
    "against_augmentation": 0.5,
    "against_fewer_units": 0.5,
    "against_dropout": 0.6,
    "against_l1": 0.5,
    "against_l2": 0.5,
    "against_early_stopping": 0.5,
}
RECURRENT = ("rnn", "lstm", "gru")
COMPARED = {"over_fitting", "loss_squared_error", "adding_rnn", "few_digits"}


@cache
def trained(name: str) -> tuple[Record, ...]:
    """The records of all epochs of an example."""
    model = Model(read(EXAMPLES / f"{name}.json").document)
    history = fit(model)
    model.close()
    return tuple(history.epochs)


def test_every_example_has_a_mark() -> None:
    examples = {path.stem for path in EXAMPLES.glob("*.json")}
    assert set(MARKS) | set(AGAINST_OVER_FITTING) | COMPARED == examples
    assert set(MEASURED) == examples
    assert {quantity for quantity, _ in MARKS.values()} == {ACCURACY, LOSS, PERPLEXITY}


def test_lenet_has_as_many_parameters_as_in_books() -> None:
    """61,706, where every filter of the second convolution reads all six channels."""
    assert analyse(read(EXAMPLES / "lenet.json").document).parameters == 61_706


def test_the_welcome_example_is_the_network_of_the_article() -> None:
    document = read(EXAMPLES / "welcome.json").document
    assert [(n.kind, dict(n.options)) for n in document.network.nodes] == [
        (kind, dict(options)) for kind, options in ARTICLE
    ]
    assert (document.training.epochs, document.training.batch_size) == (15, 32)


@pytest.mark.slow
@pytest.mark.parametrize("name", MARKS)
def test_an_example_reaches_its_mark(name: str) -> None:
    (quantity, mark), record = MARKS[name], trained(name)[-1]
    reached = math.exp(record[LOSS]) if quantity == PERPLEXITY else record[quantity]
    assert reached >= mark if quantity == ACCURACY else reached <= mark


@pytest.mark.slow
def test_the_garden_needs_a_hidden_layer() -> None:
    document = read(EXAMPLES / "garden.json").document
    between = [node.id for node in document.network.nodes if node.id in ("dense_1", "dropout_1")]
    model = Model(edits.remove_nodes(document, between, heal=True))
    without = fit(model).epochs
    model.close()
    assert without[-1][ACCURACY] < 0.62 < trained("garden")[-1][ACCURACY]


@pytest.mark.slow
def test_a_plain_recurrent_layer_forgets_over_a_hundred_steps() -> None:
    """It does not do better than who always answers 1; LSTM and GRU of its size do, see MARKS."""
    networks = {name: read(EXAMPLES / f"adding_{name}.json").document for name in RECURRENT}
    for document in networks.values():
        data, layer = document.network.nodes[:2]
        assert data.options["length"] == 100
        assert layer.options["units"] == 16
    assert min(record[LOSS] for record in trained("adding_rnn")) > 0.9 / 6


@pytest.mark.slow
def test_the_over_fitting_network_over_fits() -> None:
    records = trained("over_fitting")
    least = min(record[LOSS] for record in records)
    assert records[-1]["loss"] < 0.1
    assert records[-1][LOSS] > 2 * least


@pytest.mark.slow
@pytest.mark.parametrize("name", AGAINST_OVER_FITTING)
def test_a_measure_against_over_fitting_helps(name: str) -> None:
    share = trained(name)[-1][LOSS] / trained("over_fitting")[-1][LOSS]
    assert share <= AGAINST_OVER_FITTING[name]


@pytest.mark.slow
def test_augmentation_makes_more_of_few_pictures() -> None:
    """The same network and pictures: without, all are learnt by heart; with, new ones are known."""
    with_it, without = read(EXAMPLES / "few_digits_augmented.json").document, "few_digits"
    boxes = [node.id for node in with_it.network.nodes if node.kind == "augment"]
    bare = edits.remove_nodes(with_it, boxes, heal=True)
    other = read(EXAMPLES / f"{without}.json").document
    assert [(n.kind, n.options) for n in bare.network.nodes] == [
        (n.kind, n.options) for n in other.network.nodes
    ]
    assert with_it.training == other.training
    learnt, augmented = trained(without)[-1], trained("few_digits_augmented")[-1]
    assert learnt["accuracy"] == 1
    assert augmented[LOSS] < 0.6 * learnt[LOSS]
    assert 1 - augmented[ACCURACY] < 0.7 * (1 - learnt[ACCURACY])


@pytest.mark.slow
def test_batch_normalisation_saves_epochs() -> None:
    document = read(EXAMPLES / "batch_norm.json").document
    boxes = [node.id for node in document.network.nodes if node.kind == "batch_norm"]
    model = Model(edits.remove_nodes(document, boxes, heal=True))
    without = fit(model, epochs=4).epochs
    model.close()
    assert trained("batch_norm")[3]["loss"] < 0.5 * without[3]["loss"]


@pytest.mark.slow
def test_the_wrong_loss_learns_slowly() -> None:
    right, wrong = trained("loss_cross_entropy")[-1], trained("loss_squared_error")[-1]
    assert wrong[ACCURACY] < right[ACCURACY] - 0.3


@pytest.mark.slow
def test_gradient_descent_arrives_at_the_solution_of_least_squares() -> None:
    document = read(EXAMPLES / "least_squares.json").document
    model = Model(document)
    fit(model)
    found = [model.parameters["dense_1/bias"][0], model.parameters["dense_1/kernel"][0, 0]]
    part = prepare(checked(Data, document.network.node("data_1").options)).parts["training"]
    design = np.column_stack([np.ones(part.count), part.x])
    exact = np.linalg.lstsq(design, part.target[:, 0], rcond=None)[0]
    np.testing.assert_allclose(found, exact, atol=1e-3)
    model.close()
