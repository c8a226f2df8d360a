"""Saved states: they come back whole, and whatever does not fit is refused and changes nothing."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load, save

from engine.runtime.checkpoint import StateMismatch
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer
from tests.engine.networks import Boxes, network, small_cnn, spiral_mlp

Tensors = dict[str, Array]
Position = dict[str, Any]  # JSON values


def advanced(trainer: Trainer, batches: int = 4) -> Trainer:
    for _ in range(batches):
        trainer.advance()
    return trainer


@pytest.fixture(scope="module")
def state() -> bytes:
    return advanced(Trainer(Model(spiral_mlp(batch_size=16)))).state()


def everything(trainer: Trainer) -> list[bytes]:
    model = trainer.model
    vectors = model.memory.parameters, *model.update.slots.values()
    return [vector.tobytes() for vector in vectors] + [
        repr((model.step, trainer.position)).encode()
    ]


@pytest.fixture
def trainer() -> Trainer:
    """A trainer of the same network as the state's, at another place."""
    return advanced(Trainer(Model(spiral_mlp(batch_size=16), seed=7)), 2)


def taken_apart(state: bytes) -> tuple[Tensors, Position]:
    length = int.from_bytes(state[:8], "little")
    header = json.loads(state[8 : 8 + length])
    return load(state), json.loads(header["__metadata__"]["layerwise"])


def together(tensors: Tensors, position: object) -> bytes:
    return save(tensors, metadata={"layerwise": json.dumps(position)})


def refused(trainer: Trainer, state: bytes) -> str:
    """The reason why a state is refused; nothing may have changed."""
    before = everything(trainer)
    with pytest.raises(StateMismatch) as caught:
        trainer.restore(state)
    assert everything(trainer) == before
    assert caught.value.what == str(caught.value)
    return caught.value.what


def test_a_state_comes_back_whole(trainer: Trainer, state: bytes) -> None:
    assert trainer.state() != state
    trainer.restore(state)
    assert trainer.state() == state


def test_a_state_names_its_tensors_for_other_programs(state: bytes) -> None:
    tensors, position = taken_apart(state)
    assert tensors["dense_1/kernel"].shape == (2, 16)
    assert set(tensors) == {
        f"{slot}{node}/{weight}"
        for slot in ("", "m:", "v:")
        for node in ("dense_1", "dense_2")
        for weight in ("kernel", "bias")
    }
    assert position["step"] == 4


def test_a_state_of_a_network_without_weights(trainer: Trainer) -> None:
    boxes: Boxes = {"data": ("data", {"dataset": "spirals"}), "loss": ("cross_entropy", {})}
    document = network(boxes, "data > loss", "data.target > loss.target")
    one, other = Trainer(Model(document)), Trainer(Model(document))
    one.advance()
    other.restore(one.state())
    assert other.position == one.position


CHANGES: dict[str, Callable[[Tensors, Position], object]] = {
    "a weight is missing": lambda t, p: t.pop("dense_1/kernel"),
    "a slot is missing": lambda t, p: t.pop("v:dense_2/bias"),
    "a weight too many": lambda t, p: t.update(extra=np.zeros(1, np.float32)),
    "another shape": lambda t, p: t.update({"dense_1/kernel": np.zeros((16, 2), np.float32)}),
    "one dimension less": lambda t, p: t.update({"dense_1/kernel": np.zeros(32, np.float32)}),
    "another type": lambda t, p: t.update({"dense_1/bias": np.zeros(16, np.float64)}),
    "whole numbers": lambda t, p: t.update({"m:dense_1/bias": np.zeros(16, np.int32)}),
    "another optimizer": lambda t, p: p.update(optimizer="sgd"),
    "no optimizer": lambda t, p: p.pop("optimizer"),
    "no epoch": lambda t, p: p.pop("epoch"),
    "an epoch before the first": lambda t, p: p.update(epoch=-1),
    "half an epoch": lambda t, p: p.update(epoch=0.5),
    "a batch that is a word": lambda t, p: p.update(batch="2"),
    "a batch behind the last": lambda t, p: p.update(batch=5000),
    "samples that the batches do not have": lambda t, p: p.update(samples=3),
    "a step that no clock can show": lambda t, p: p.update(step=2**70),
    "an epoch that no clock can show": lambda t, p: p.update(epoch=2**70),
    "sums that are a list": lambda t, p: p.update(sums=[]),
    "sums without numbers": lambda t, p: p.update(sums={"loss": None}),
    "sums of a number too large": lambda t, p: p.update(sums={"loss": 10**400}),
    "sums of a word": lambda t, p: p.update(sums={"loss": "nan"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_does_not_fit_is_refused(trainer: Trainer, state: bytes, change: str) -> None:
    tensors, position = taken_apart(state)
    CHANGES[change](tensors, position)
    assert refused(trainer, together(tensors, position))


@pytest.mark.parametrize("position", [None, [], 3, "x", {}, {"epoch": 1}], ids=str)
def test_a_position_that_is_none_is_refused(
    trainer: Trainer, state: bytes, position: object
) -> None:
    assert "no position" in refused(trainer, together(taken_apart(state)[0], position))


def test_the_reason_names_the_tensor(trainer: Trainer, state: bytes) -> None:
    tensors, position = taken_apart(state)
    del tensors["m:dense_2/kernel"]
    assert refused(trainer, together(tensors, position)) == "m:dense_2/kernel is missing"
    tensors["m:dense_2/kernel"] = np.zeros((16, 3), np.float32)
    assert refused(trainer, together(tensors, position)) == (
        "m:dense_2/kernel: (16, 3) instead of (16, 2)"
    )


def test_a_state_of_another_network_is_refused(trainer: Trainer) -> None:
    other = Trainer(Model(small_cnn()))
    assert "instead of (2, 16)" in refused(trainer, other.state())
    double = Trainer(Model(spiral_mlp(batch_size=16), dtype="float64"))
    assert "float64 instead of float32" in refused(trainer, double.state())


def test_a_file_of_another_program_is_refused(trainer: Trainer, state: bytes) -> None:
    tensors, _ = taken_apart(state)
    assert "no position" in refused(trainer, save(tensors))
    assert "no position" in refused(trainer, save(tensors, metadata={"format": "pt"}))


def raw(header: object, content: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + content


@pytest.mark.parametrize("dtype", ["BF16", "F8_E4M3", "F8_E5M2", "F4", "X", "", 3, None])
def test_number_formats_nobody_knows_are_refused(
    trainer: Trainer, state: bytes, dtype: object
) -> None:
    _, position = taken_apart(state)
    metadata = {"layerwise": json.dumps(position)}
    tensor = {"dtype": dtype, "shape": [2], "data_offsets": [0, 4]}
    refused(trainer, raw({"__metadata__": metadata, "dense_1/bias": tensor}, bytes(4)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 8,
        b"\xff" * 8,
        b"\xff" * 200,
        raw([]),
        raw({"__metadata__": []}),
        raw({"__metadata__": {"layerwise": "[" * 100_000}}),
        raw({"__metadata__": {"layerwise": "9" * 5000}}),
        raw({"__metadata__": {"layerwise": 3}}),
    ],
    ids=lambda content: repr(content[:30]),
)
def test_what_is_no_state_is_refused(trainer: Trainer, content: bytes) -> None:
    refused(trainer, content)


SHARED = settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@SHARED
@given(st.binary(max_size=300))
def test_random_bytes_are_refused(trainer: Trainer, content: bytes) -> None:
    refused(trainer, content)


@SHARED
@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_changed_header_is_taken_or_refused(
    trainer: Trainer, state: bytes, places: list[tuple[int, int]]
) -> None:
    changed = bytearray(state)
    for place, value in places:
        changed[place] = value
    before = everything(trainer)
    try:
        trainer.restore(bytes(changed))
    except StateMismatch:
        assert everything(trainer) == before


def test_a_state_cut_anywhere_is_refused(trainer: Trainer, state: bytes) -> None:
    for length in range(0, len(state), 97):
        refused(trainer, state[:length])
