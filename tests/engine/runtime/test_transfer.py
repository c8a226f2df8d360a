"""Weights from one network into another: by name and shape, and frozen ones stay as they came."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.runtime.checkpoint import StateMismatch
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer
from engine.runtime.transfer import ONLY_HERE, ONLY_THERE, transfer
from engine.scripting import chain
from engine.spec.document import Document


def network(classes: int, frozen: bool = False, extra: bool = False) -> Document:
    more = [("dense", {"units": 2})] if extra else []
    return chain(
        ("data", {"dataset": "spirals" if classes == 2 else "iris"}),
        ("dense", {"units": 5 if classes == 2 else 6, "frozen": frozen}),
        ("batch_norm", {"frozen": frozen}),
        ("dense", {"units": classes}),
        *more,
        ("cross_entropy", {}),
        training={"batch_size": 16, "optimizer": "sgd"},
    )


@pytest.mark.parametrize("saved", [False, True])
def test_what_fits_is_taken(saved: bool) -> None:
    source, target = Trainer(Model(network(2))), Model(network(2), seed=9)
    for _ in range(3):
        source.advance()
    found = transfer(source.state() if saved else source.model, target)
    assert set(found.taken) == set(target.parameters) and not found.left
    for name, value in source.model.parameters.items():
        np.testing.assert_array_equal(target.parameters[name], value)
    assert target.step == 0


def test_what_does_not_fit_is_left_and_named() -> None:
    source, target = Model(network(2, extra=True)), Model(network(3), seed=9)
    before = {name: value.copy() for name, value in target.parameters.items()}
    found = transfer(source, target)
    assert found.taken == ()
    assert found.left["dense_1/kernel"] == "(2, 5) in the source, (4, 6) in the target"
    assert found.left["dense_3/kernel"] == ONLY_THERE
    for name, value in target.parameters.items():
        np.testing.assert_array_equal(value, before[name])
    assert transfer(target, Model(network(2, extra=True))).left["dense_3/bias"] == ONLY_HERE


def test_what_is_no_state_is_refused() -> None:
    with pytest.raises(StateMismatch):
        transfer(b"nothing", Model(network(2)))


@pytest.mark.parametrize("optimizer", ["sgd", "adamw", "lion"])
def test_frozen_layers_stay_as_they_came(optimizer: str) -> None:
    """The whole way: transferred, frozen, trained, saved and gone on with."""
    document = network(2, frozen=True)
    document = replace(document, training=replace(document.training, optimizer=optimizer))
    model = Model(document, threads=2, seed=3)
    transfer(Model(network(2), seed=1), model)
    trainer, before = Trainer(model), {n: v.copy() for n, v in model.parameters.items()}
    for _ in range(trainer.batches):
        trainer.advance()
    trainer.end_epoch()
    again = Trainer(Model(document, threads=2))
    again.restore(trainer.state())
    again.advance()
    for each in (trainer, again):
        for name, value in each.model.parameters.items():
            same = bool((value == before[name]).all())
            if name != "dense_2/bias":  # equal steps to and fro may meet
                assert same == (name != "dense_2/kernel"), name
