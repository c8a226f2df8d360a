"""Layers and kernels mean the same function by the same code."""

from __future__ import annotations

from engine.kernels import ACTIVATIONS
from engine.layers.activation import ACTIVATION, FUSED, SIGMOID


def test_codes_are_those_of_the_kernels() -> None:
    assert {**FUSED, "sigmoid": SIGMOID} == ACTIVATIONS
    assert set(ACTIVATION) == {*ACTIVATIONS, "softmax"}
