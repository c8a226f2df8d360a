"""A sample of one's own is answered as the scripting interface would, trained or not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.data.bundled import load
from engine.data_protocol import FirstReply, TryFirst
from engine.data_worker import answer_to
from engine.layers.data import Data
from engine.protocol import Own, Reply, Try
from engine.runtime.trainer import Trainer
from engine.runtime.trying import first_reply, tried
from engine.scripting import Model, chain
from engine.spec.codec import to_json
from engine.spec.document import Document
from tests.engine.networks import spiral_mlp

LOSSES = {"softmax": "cross_entropy", "linear": "mean_squared_error"}


def dense(dataset: str, units: int, activation: str = "softmax") -> Document:
    return chain(
        ("data", {"dataset": dataset}),
        ("flatten", {}),
        ("dense", {"units": units, "activation": activation}),
        (LOSSES[activation], {}),
    )


@pytest.fixture
def trainer() -> Iterator[Trainer]:
    trainer = Trainer(Model(dense("digits_8", 10), backend="plain", threads=1))
    for _ in range(3):
        trainer.advance()
    yield trainer
    trainer.model.close()


def reply_of(trainer: Trainer, command: Try) -> Reply:
    """The reply to a sample that fits."""
    reply = tried(trainer, command).reply
    assert reply is not None
    return reply


def test_the_answers_are_those_of_predict(trainer: Trainer) -> None:
    digit = load(Data(dataset="digits_8")).x[5]
    answer = tried(trainer, Try(4, 7, Own(digit)))
    assert answer.reply is not None
    assert (answer.run, answer.number, answer.epoch, answer.reply.task) == (4, 7, 0, "classes")
    np.testing.assert_allclose(answer.reply.received, digit, atol=1e-7)
    expected = trainer.model.predict(answer.reply.received[None])[0]
    np.testing.assert_allclose(answer.reply.answers, expected, rtol=1e-6)
    assert answer.reply.flows == {} and answer.seconds > 0


def test_what_does_not_fit_is_not_answered_and_harms_nothing(trainer: Trainer) -> None:
    answer = tried(trainer, Try(1, 1, Own(np.zeros(5))))
    assert answer.reply is None and answer.number == 1
    assert np.isfinite(trainer.advance()["loss"])


def test_nothing_in_the_run_changes(trainer: Trainer) -> None:
    other = Trainer(Model(dense("digits_8", 10), backend="plain", threads=1))
    for _ in range(3):
        other.advance()
    tried(trainer, Try(1, 1, Own(np.ones((8, 8, 1))), wants_flows=True))
    assert trainer.advance() == other.advance()
    for name, value in trainer.model.parameters.items():
        np.testing.assert_array_equal(value, other.model.parameters[name])
    other.model.close()


def test_what_flows_through_the_boxes_comes_along_if_it_is_wanted(trainer: Trainer) -> None:
    digit = load(Data(dataset="digits_8")).x[5]
    reply = reply_of(trainer, Try(1, 1, Own(digit), wants_flows=True))
    assert {"data_1", "flatten_1", "dense_1"} <= set(reply.flows)
    np.testing.assert_allclose(reply.flows["dense_1"].values, reply.answers, rtol=1e-6)
    np.testing.assert_allclose(reply.flows["data_1"].values[0], digit[..., 0], atol=1e-7)


def test_a_network_that_was_not_trained_answers_with_its_first_weights() -> None:
    document = dense("digits_8", 10)
    digit = load(Data(dataset="digits_8")).x[5]
    reply = first_reply(document, Own(digit), wants_flows=True)
    assert reply is not None
    model = Model(document, backend="plain", threads=1)
    expected = model.predict(digit[None])[0]
    np.testing.assert_allclose(reply.answers, expected, rtol=1e-5)
    assert "dense_1" in reply.flows
    model.close()


def test_the_data_process_answers_the_same() -> None:
    document, digit = spiral_mlp(), Own(np.array([0.3, -0.2]))
    answer = answer_to(TryFirst(3, to_json(document), digit), lambda done, total: None)
    assert isinstance(answer, FirstReply) and answer.task == 3 and answer.reply is not None
    reply = first_reply(document, digit, wants_flows=False)
    assert reply is not None
    np.testing.assert_array_equal(answer.reply.answers, reply.answers)


def test_cells_of_a_table_are_scaled_and_values_come_in_their_own_unit() -> None:
    document = dense("diabetes", 1, "linear")
    trainer = Trainer(Model(document, backend="plain", threads=1))
    samples = load(Data(dataset="diabetes"))
    row = int(trainer.data["data_1"].rows["validation"][2])
    reply = reply_of(trainer, Try(1, 1, Own(samples.x[row])))
    expected = trainer.data["data_1"].inputs("validation", np.array([2]))
    np.testing.assert_allclose(reply.received, expected[0], rtol=1e-5, atol=1e-6)
    scaling = trainer.data["data_1"].target_scaling
    assert scaling is not None and reply.task == "values"
    np.testing.assert_allclose(
        reply.answers, scaling.undo(trainer.model.predict(expected))[0], rtol=1e-5
    )
    trainer.model.close()


def test_gaps_and_categories_become_what_they_are_in_the_data() -> None:
    document = dense("garden", 2)
    samples = load(Data(dataset="garden"))
    trainer = Trainer(Model(document, backend="plain", threads=1))
    prepared = trainer.data["data_1"]
    rows = prepared.rows["validation"]
    place = int(np.flatnonzero(np.isnan(samples.x[rows]).any(axis=1))[0])
    reply = reply_of(trainer, Try(1, 1, Own(samples.x[rows[place]])))
    np.testing.assert_allclose(reply.received, prepared.parts["validation"].x[place], rtol=1e-6)
    trainer.model.close()


def test_a_network_without_an_output_that_works_says_nothing() -> None:
    document = chain(("data", {"dataset": "digits_8"}), ("dense", {"units": 3}))
    assert first_reply(document, Own(np.ones((8, 8, 1))), wants_flows=False) is None
