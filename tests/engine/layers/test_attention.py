"""MultiHeadAttention and PositionalEmbedding: what may be seen, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.analysis import analyse
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import Value
from tests.engine.gradients import assert_gradients, samples
from tests.engine.networks import Boxes, network
from tests.engine.runtime.test_twins import assert_close, assert_equal, everything

KIND = "multi_head_attention"


def looking(options: dict[str, Value]) -> Document:
    """A network that looks at the rows of a digit."""
    return chain(
        ("data", {"dataset": "digit_rows"}),
        ("dense", {"units": 6}),
        ("positional_embedding", {}),
        (KIND, {"heads": 2, "key_dim": 3, **options}),
        ("flatten", {}),
        ("dense", {"units": 10}),
        ("cross_entropy", {}),
    )


def looking_across(**options: Value) -> Document:
    """A network in which one sequence looks at another one, of other size."""
    boxes: Boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        "a": ("dense", {"units": 5}),
        "b": ("dense", {"units": 7}),
        "look": (KIND, {"heads": 2, "key_dim": 3, **options}),
        "flat": ("flatten", {}),
        "last": ("dense", {"units": 10}),
        "loss": ("cross_entropy", {}),
    }
    joins = "data > a", "data > b", "a > look", "b > look.context", "look > flat"
    return network(boxes, *joins, "flat > last", "last > loss", "data.target > loss.target")


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize(
    "options", [{}, {"causal": True}, {"bias": False}, {"dropout": 0.4}], ids=str
)
def test_gradients(options: dict[str, Value], threads: int) -> None:
    assert_gradients(looking(options), count=4, threads=threads)
    assert_gradients(looking_across(**options), count=4, threads=threads)


def test_backends_and_workers_agree() -> None:
    document = looking_across(dropout=0.3, causal=True)
    alone = everything(document, (5, 2), threads=1, dtype="float64")
    assert_close(alone, everything(document, (5, 2), threads=3, dtype="float64"), 1e-9)
    plain = everything(document, (5, 2), threads=2, dtype="float64", backend="plain")
    assert_close(alone, plain, 1e-9)
    assert_equal(everything(document, (5,), threads=2), everything(document, (5,), threads=2))


def answers(document: Document, x: Array) -> tuple[Array, Array]:
    """What the layer makes of samples, and the weights it leaves to be looked at."""
    model = Model(document, batch_size=len(x), threads=2, dtype="float64")
    _, y = samples(document, len(x), np.random.default_rng(0))
    model.attach(model._as_sources((x,), (y,)))
    (name,) = model.plan.shown
    id = name.partition(".")[0]
    y = model.read("inference", model.plan.outputs[f"{id}.y"], len(x))
    return y, model.read("inference", model.plan.shown[name], len(x))


def test_the_weights_can_be_looked_at() -> None:
    x, _ = samples(looking({}), 3, np.random.default_rng(0))
    _, weights = answers(looking({}), x)
    assert weights.shape == (3, 2, 8, 8)
    np.testing.assert_allclose(weights.sum(axis=3), 1)
    assert (weights > 0).all()


def test_a_causal_layer_does_not_see_what_comes_later() -> None:
    x, _ = samples(looking({}), 3, np.random.default_rng(0))
    changed = x.copy()
    changed[:, 5:] += 1
    for causal in (True, False):
        one, weights = answers(looking({"causal": causal}), x)
        other, _ = answers(looking({"causal": causal}), changed)
        assert np.array_equal(one[:, :5], other[:, :5]) == causal
        assert not np.allclose(one[:, 5:], other[:, 5:])
        assert (weights[..., np.triu(np.ones((8, 8), bool), 1)] == 0).all() == causal


@pytest.mark.parametrize("positions", ["learnt", "waves"])
def test_positions_are_added(positions: str) -> None:
    document = chain(
        ("data", {"dataset": "digit_rows"}),
        ("positional_embedding", {"positions": positions}),
        ("flatten", {}),
        ("dense", {"units": 10}),
        ("cross_entropy", {}),
    )
    model = Model(document, batch_size=4, threads=2, dtype="float64")
    assert ("positional_embedding_1/table" in model.parameters) == (positions == "learnt")
    x, _ = samples(document, 4, np.random.default_rng(0))
    model.predict(x)
    added = model.memory.samples(model.plan.outputs["positional_embedding_1.y"], 4) - x
    np.testing.assert_allclose(added, np.broadcast_to(added[:1], added.shape), atol=1e-12)
    if positions == "learnt":
        np.testing.assert_allclose(added[0], model.parameters["positional_embedding_1/table"])
    else:
        np.testing.assert_allclose(added[0, 3, :2], [np.sin(3), np.cos(3)])


def test_a_context_that_is_no_sequence_is_refused() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        "flat": ("flatten", {}),
        "look": (KIND, {}),
        "loss": ("cross_entropy", {}),
    }
    joins = "data > flat", "data > look", "flat > look.context", "look > loss"
    problems = analyse(network(boxes, *joins)).problems_of("look")
    assert [problem.code for problem in problems] == ["context_is_no_sequence"]
    problems = analyse(network(boxes, "data > flat", "flat > look")).problems_of("look")
    assert [problem.code for problem in problems] == ["needs_sequence"]
