"""Recurrent layers and Embedding: gradients over their options, directions, masks, truncation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.layers.analysis import analyse
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.edits import set_options
from engine.spec.options import Value
from tests.engine.gradients import assert_gradients, samples
from tests.engine.kernels.test_twins import PLAIN
from tests.engine.networks import Box, network
from tests.engine.runtime.test_twins import assert_close, everything

KINDS = "simple_rnn", "gru", "lstm"
kinds = pytest.mark.parametrize("kind", KINDS)
END: tuple[Box, ...] = (("dense", {"units": 2}), ("cross_entropy", {}))


def reader(kind: str, is_given: bool = False, **options: Value) -> Document:
    """Tokens, an embedding with padding, and a layer of which all outputs are read.

    Its states may be given by another layer like it.
    """
    boxes: dict[str, Box] = {
        "data": ("data", {"dataset": "majority", "length": 6}),
        "tokens": ("embedding", {"units": 3, "mask_padding": True}),
        "layer": (kind, {"units": 4, **options}),
        "flat": ("flatten", {}),
        "join": ("concatenate", {}),
        "last": ("dense", {"units": 2}),
        "loss": ("cross_entropy", {}),
    }
    edges = ["data > tokens", "tokens > layer", "layer > flat", "flat > join", "layer.state > join"]
    edges += ["join > last", "last > loss", "data.target > loss.target"]
    states = ("state", "cell") if kind == "lstm" else ("state",)
    edges += ["layer.cell > join"] * (kind == "lstm")
    if is_given:
        same = {"units": 4, "direction": options.get("direction", "forward")}
        boxes["before"] = kind, same
        edges += ["tokens > before", *(f"before.{name} > layer.{name}" for name in states)]
    return network(boxes, *edges)


@settings(max_examples=24)
@given(
    kind=st.sampled_from(KINDS),
    direction=st.sampled_from(["forward", "backward", "bidirectional"]),
    returns=st.sampled_from(["last", "sequence"]),
    activation=st.sampled_from(["tanh", "sigmoid", "linear"]),
    flags=st.tuples(*[st.booleans()] * 3),
    dropout=st.sampled_from([0.0, 0.3]),
)
def test_gradients(
    kind: str,
    direction: str,
    returns: str,
    activation: str,
    flags: tuple[bool, bool, bool],
    dropout: float,
) -> None:
    bias, stateful, is_given = flags
    assert_gradients(
        reader(
            kind,
            is_given and not stateful,
            direction=direction,
            returns=returns,
            activation=activation,
            bias=bias,
            stateful=stateful,
            dropout=dropout,
        )
    )


@kinds
@pytest.mark.parametrize("direction", ["forward", "bidirectional"])
def test_a_state_that_alone_is_read_gets_its_gradient(kind: str, direction: str) -> None:
    boxes: dict[str, Box] = {
        "data": ("data", {"dataset": "digit_rows"}),
        "layer": (kind, {"units": 3, "direction": direction, "returns": "sequence"}),
        "last": ("dense", {"units": 10}),
        "loss": ("cross_entropy", {}),
    }
    end = "last > loss", "data.target > loss.target"
    state = "cell" if kind == "lstm" else "state"
    assert_gradients(network(boxes, "data > layer", f"layer.{state} > last", *end))


@kinds
def test_layers_can_be_stacked(kind: str) -> None:
    below: Box = (kind, {"units": 3, "returns": "sequence", "direction": "bidirectional"})
    document = chain(("data", {"dataset": "digit_rows"}), below, (kind, {"units": 4}), *TEN)
    assert_gradients(document)


TEN: tuple[Box, ...] = (("dense", {"units": 10}), ("cross_entropy", {}))


@kinds
def test_threads_agree(kind: str) -> None:
    document = reader(kind, is_given=True, direction="bidirectional", returns="sequence")
    one, two = (
        everything(document, (5, 4), dtype="float64", threads=threads) for threads in (1, 2)
    )
    assert_close(one, two, 1e-12)


# what a layer does, seen from outside


def run(document: Document, x: Array, weights: dict[str, Array], output: str = "layer.y") -> Array:
    """What a layer puts out for these samples, with these weights."""
    model = Model(document, dtype="float64", batch_size=len(x), threads=1)
    model.set_parameters(weights)
    model.predict(x)
    found = model.memory.samples(model.plan.outputs[output], len(x)).copy()
    model.close()
    return found


def whole(kind: str, **options: Value) -> Document:
    """A network whose layer called "layer" puts out its whole sequence."""
    boxes: dict[str, Box] = {
        "data": ("data", {"dataset": "majority", "length": 6}),
        "tokens": ("embedding", {"units": 3, "mask_padding": True}),
        "layer": (kind, {"units": 4, "returns": "sequence", **options}),
        "flat": ("flatten", {}),
        "last": ("dense", {"units": 2}),
        "loss": ("cross_entropy", {}),
    }
    edges = "data > tokens", "tokens > layer", "layer > flat", "flat > last", "last > loss"
    return network(boxes, *edges, "data.target > loss.target")


def weights_of(document: Document, rng: np.random.Generator) -> dict[str, Array]:
    model = Model(document, threads=1)
    model.close()
    return {name: rng.standard_normal(value.shape) for name, value in model.parameters.items()}


@kinds
def test_both_directions_are_the_two_side_by_side(kind: str) -> None:
    rng = np.random.default_rng(4)
    both, one, against = (
        whole(kind, direction=direction) for direction in ("bidirectional", "forward", "backward")
    )
    weights = weights_of(both, rng)
    x, _ = samples(both, 5, rng)

    def of(prefix: str, document: Document) -> dict[str, Array]:
        names = ("kernel", "recurrent_kernel", "bias", "recurrent_bias")
        found = {f"layer/{n}": weights.get(f"layer/{prefix}{n}") for n in names}
        found["tokens/embeddings"] = weights["tokens/embeddings"]
        return {name: value for name, value in found.items() if value is not None}

    y = run(both, x, weights)
    forward, backward = run(one, x, of("", one)), run(against, x, of("backward_", against))
    np.testing.assert_allclose(y, np.concatenate([forward, backward], axis=2), rtol=1e-12)
    turned = run(one, np.ascontiguousarray(x[:, ::-1]), of("backward_", one))
    np.testing.assert_allclose(backward, turned[:, ::-1], rtol=1e-12)
    ends = run(both, x, weights, "layer.state")
    np.testing.assert_array_equal(ends, np.concatenate([y[:, -1, :4], y[:, 0, 4:]], axis=1))


@kinds
def test_padding_is_skipped(kind: str) -> None:
    rng = np.random.default_rng(5)
    document = whole(kind)
    weights = weights_of(document, rng)
    short = rng.integers(1, 10, (4, 3))
    x = np.zeros((4, 6), np.int64)
    x[:, [1, 3, 4]] = short  # padding before, between and behind
    y = run(document, x, weights)
    packed = np.concatenate([short, np.zeros_like(short)], axis=1)
    expected = run(document, packed, weights)
    np.testing.assert_allclose(y[:, [1, 3, 4]], expected[:, :3], rtol=1e-12)
    np.testing.assert_array_equal(y[:, 0], 0)  # no state yet
    np.testing.assert_array_equal(y[:, 2], y[:, 1])
    np.testing.assert_array_equal(y[:, 5], y[:, 4])


def test_an_embedding_of_a_single_token_is_a_row() -> None:
    boxes: dict[str, Box] = {
        "data": ("data", {"dataset": "iris"}),
        "layer": ("embedding", {"units": 3}),
        "last": ("dense", {"units": 3}),
        "loss": ("cross_entropy", {}),
    }
    joins = "data.target > layer", "layer > last", "last > loss", "data.target > loss.target"
    document = network(boxes, *joins)
    assert analyse(document).facts["layer"].outputs["y"].sizes == (3,)
    assert_gradients(document)


@kinds
@pytest.mark.parametrize("truncate", [1, 3, 4])
def test_truncation_is_the_sequence_cut_into_pieces(kind: str, truncate: int) -> None:
    """Gradients are those of pieces that each begin from a state that is only given."""
    rng = np.random.default_rng(6)
    n, steps, units = 2, 7, 3
    parts = {"simple_rnn": 1, "gru": 3, "lstm": 4}[kind]
    z, dy = rng.standard_normal((n, steps, parts * units)), rng.standard_normal((n, steps, units))
    recurrent, none = rng.standard_normal((units, parts * units)), np.zeros((n, 0))
    whole_dz = gradient(kind, z, dy, recurrent, [none, none], truncate)[0]
    first = [none, none]
    for start in range(0, steps, truncate):
        piece = slice(start, start + truncate)
        dz, first = gradient(kind, z[:, piece], dy[:, piece], recurrent, first, 0)
        np.testing.assert_allclose(whole_dz[:, piece], dz, rtol=1e-12)


def gradient(
    kind: str, z: Array, dy: Array, recurrent: Array, first: list[Array], truncate: int
) -> tuple[Array, list[Array]]:
    """Gradients at all steps, and the states at the end."""
    (n, steps, _), units = z.shape, dy.shape[2]
    how = 3, 0, 0, truncate
    gates, states, turned = z.copy(), np.empty((n, steps, units)), recurrent.T.copy()
    mask, dz = np.zeros((n, 0)), np.empty_like(z)
    last, last_cell, dstate, dcell = (np.zeros((n, units)) for _ in range(4))
    forward: list[Any] = [gates, recurrent]
    if kind == "simple_rnn":
        PLAIN[kind](*forward, mask, first[0], states, last, how)
        PLAIN["simple_rnn_gradient"](turned, mask, states, dy, dstate, dz, how)
    elif kind == "gru":
        inner = np.empty((n, steps, units))
        PLAIN[kind](*forward, np.zeros(0), mask, first[0], states, inner, last, how)
        back = gates, turned, first[0], states, inner, dy, dstate, dz, np.empty_like(inner)
        PLAIN["gru_gradient"](*back, how)
    else:
        cells = np.empty((n, steps, 2 * units))
        PLAIN[kind](*forward, mask, *first, states, cells, last, last_cell, how)
        PLAIN["lstm_gradient"](gates, turned, mask, first[1], cells, dy, dstate, dcell, dz, how)
    return dz, [last, last_cell]


# what does not fit


def problem(document: Document) -> tuple[str, Document]:
    """The only error of a drawing, and the drawing after its first repair."""
    (error,) = analyse(document).errors
    return error.code, error.fixes[0].edit(document)


def test_tokens_are_embedded_first() -> None:
    tokens = "data", {"dataset": "majority"}
    code, mended = problem(chain(tokens, ("lstm", {}), *END))
    assert code == "needs_embedding"
    assert not analyse(mended).errors
    kinds = [node.kind for node in mended.network.nodes]
    assert "embedding" in kinds


def test_numbers_are_not_embedded() -> None:
    code, mended = problem(chain(("data", {"dataset": "iris"}), ("embedding", {}), *END))
    assert code == "needs_tokens"
    assert mended.network.node("embedding_1").kind == "dense"


@kinds
def test_states_of_another_size_are_taken_off(kind: str) -> None:
    document = reader(kind, is_given=True)
    wrong = set_options(document, "before", {"units": 5})
    code, mended = problem(wrong)
    assert code == "state_size"
    assert not analyse(mended).errors


def test_a_state_is_given_or_kept() -> None:
    code, mended = problem(reader("gru", is_given=True, stateful=True))
    assert code == "state_twice"
    assert not analyse(mended).errors
