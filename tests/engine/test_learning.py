"""Small networks learn what they should; for the bundled examples see test_examples_learn."""

from __future__ import annotations

from engine.scripting import Model, chain, fit
from engine.spec.document import Document
from engine.spec.history import best
from tests.engine.networks import SOFTMAX


def best_accuracy(document: Document) -> float:
    model = Model(document, seed=0)
    history = fit(model)
    model.close()
    found = best(history.epochs, "validation_accuracy", largest=True)
    assert found is not None
    return found[1]


def test_few_samples_are_learnt_by_heart() -> None:
    document = chain(
        ("data", {"dataset": "xor", "samples": 30, "noise": 0.0}),
        ("dense", {"units": 16, "activation": "tanh"}),
        ("dense", {"units": 1, "activation": "sigmoid"}),
        ("binary_cross_entropy", {}),
        training={"epochs": 150, "learning_rate": 0.03, "batch_size": 10},
    )
    assert fit(Model(document, seed=0)).epochs[-1]["accuracy"] == 1.0


def test_a_wave_is_followed() -> None:
    document = chain(
        ("data", {"dataset": "wave", "noise": 0.05}),
        ("dense", {"units": 32, "activation": "tanh"}),
        ("dense", {"units": 32, "activation": "tanh"}),
        ("dense", {"units": 1}),
        ("mean_squared_error", {}),
        training={"epochs": 150, "learning_rate": 0.01},
    )
    history = fit(Model(document, seed=0))
    assert history.epochs[-1]["validation_mean_squared_error"] < 0.02


def test_spirals() -> None:
    """Weights that begin small and without bias take their time with tanh; ReLU is quicker."""
    document = chain(
        ("data", {"dataset": "spirals"}),
        ("dense", {"units": 64, "activation": "tanh"}),
        ("dense", {"units": 64, "activation": "tanh"}),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 300, "learning_rate": 0.01},
    )
    assert best_accuracy(document) >= 0.97


def test_small_digits() -> None:
    document = chain(
        ("data", {"dataset": "digits_8"}),
        ("flatten", {}),
        ("dense", {"units": 64, "activation": "relu"}),
        ("dense", SOFTMAX),
        ("cross_entropy", {}),
        training={"epochs": 30},
    )
    assert best_accuracy(document) >= 0.95
