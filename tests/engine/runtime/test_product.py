"""A product with rows of a table: multiplying the table gives what multiplying the rows gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.plan import make_plan
from engine.spec.document import Document
from engine.spec.options import Value
from engine.spec.training import TrainingOptions
from tests.engine.gradients import assert_gradients, samples
from tests.engine.networks import Box, network

BATCH = 5
END = "last > loss", "data.target > loss.target"


def reading(*readers: Box, **options: Value) -> Document:
    """An embedding of ten tokens, and layers that all read it."""
    boxes: dict[str, Box] = {
        "data": ("data", {"dataset": "reversal", "length": 9}),
        "rows": ("embedding", {"units": 4, **options}),
        "join": ("concatenate", {}),
        "last": ("dense", {"units": 10}),
        "loss": ("cross_entropy", {}),
    }
    boxes |= {f"reader_{i}": reader for i, reader in enumerate(readers)}
    joins = [f"rows > reader_{i}" for i in range(len(readers))]
    joins += [f"reader_{i} > join" for i in range(len(readers))]
    return network(boxes, "data > rows", *joins, "join > last", *END)


def with_batch(document: Document, size: int) -> Document:
    """The size of the batch decides whether the table is smaller than the rows."""
    return replace(document, training=TrainingOptions(batch_size=size))


def looked_up(document: Document, dtype: str, size: int) -> tuple[float, dict[str, Array]]:
    """Loss and gradients of a batch."""
    model = Model(with_batch(document, size), dtype=dtype, batch_size=BATCH, threads=2, seed=1)
    x, y = samples(document, BATCH, np.random.default_rng(2))
    loss, gradients = model.loss_and_gradients(x, y)
    rows = model.read("inference", model.plan.outputs["rows.y"], BATCH)
    np.testing.assert_array_equal(rows, model.parameters["rows/embeddings"][x])  # for who looks
    found = {name: gradient.copy() for name, gradient in gradients.items()}
    model.close()
    return loss, found


LSTM: Box = "lstm", {"units": 3, "returns": "sequence"}
BOTH_WAYS: Box = "gru", {"units": 3, "returns": "sequence", "direction": "bidirectional"}
RNN: Box = "simple_rnn", {"units": 5, "returns": "sequence"}
DROPPING: Box = "simple_rnn", {"units": 5, "returns": "sequence", "dropout": 0.3}
DENSE: Box = "dense", {"units": 6, "activation": "tanh"}
NORM: Box = "layer_norm", {}

readers = pytest.mark.parametrize(
    "document",
    [
        pytest.param(reading(LSTM, DENSE), id="two readers"),
        pytest.param(reading(BOTH_WAYS, RNN), id="both directions"),
        pytest.param(reading(LSTM, NORM), id="one that reads the rows"),
        pytest.param(reading(DROPPING, DENSE), id="dropout"),
        pytest.param(reading(BOTH_WAYS, NORM, mask_padding=True), id="padding"),
        pytest.param(reading(LSTM, DENSE, frozen=True), id="frozen"),
    ],
)


@readers
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 2e-6), ("float64", 1e-13)])
def test_the_table_or_its_rows(document: Document, dtype: str, tolerance: float) -> None:
    expected, by_rows = looked_up(document, dtype, 1)
    loss, by_table = looked_up(document, dtype, 32)
    assert loss == pytest.approx(expected, rel=tolerance)
    for name, gradient in by_rows.items():
        scale = np.abs(gradient).max()
        np.testing.assert_allclose(by_table[name], gradient, rtol=0, atol=tolerance * scale)


@readers
def test_gradients(document: Document) -> None:
    assert_gradients(document)


def kernels(document: Document, node: str) -> list[str]:
    return [step.kernel for step in make_plan(document).steps("training") if step.node == node]


def test_rows_that_nobody_reads_are_not_looked_up() -> None:
    both = reading(LSTM, DENSE)
    assert kernels(with_batch(both, 32), "rows") == ["add", "copy"]
    assert kernels(with_batch(both, 1), "rows") == [
        "embedding",
        "add",
        "embedding_gradient",
        "copy",
    ]
    one_reads_rows = with_batch(reading(LSTM, NORM), 32)
    wanted = ["embedding", "embedding_gradient", "add", "copy"]
    assert kernels(one_reads_rows, "rows") == wanted
    assert "dense_input_gradient" in kernels(one_reads_rows, "reader_0")
