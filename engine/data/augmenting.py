"""What an Augment box would make of some pictures, shown without a network."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.kernels import load
from engine.layers.augment import Augment
from engine.runtime.build import SAMPLE, Buffer, Build, Ref, Step
from engine.runtime.memory import Array
from engine.spec.options import Value, checked
from engine.spec.shapes import image


def preview(options: Mapping[str, Value], pictures: Array, seed: int, copies: int) -> Array:
    """The pictures as `copies` training steps would show them, by the kernels that training runs.

    options : of the box; what is left out has its default. BadOption if one is not allowed
    pictures : (N, H, W, C)
    seed : the first of the numbers that chance is counted from; another one shows other changes

    Returns (N, copies, H, W, C) float32, or float64 if the pictures are.
    """
    layer = checked(Augment, options)
    number = np.float64 if pictures.dtype == np.float64 else np.float32
    shape = image(*pictures.shape[1:])
    found = np.empty((len(pictures), copies, *shape.sizes), number)
    build = Build()
    build.begin("augment", {})
    x = build.tensor(shape)
    y = layer.steps(build, x)
    steps = [step for step in build.forwards if "training" in step.modes]
    arrays: dict[Buffer, Array] = {
        x.buffer: np.ascontiguousarray(pictures, number),
        build.rows.buffer: np.arange(len(pictures)),
        build.clock.buffer: np.array([seed, 0], np.uint64),
    }
    for copy in range(copies if len(pictures) else 0):
        arrays[build.clock.buffer][1] = copy
        _run(steps, arrays, arrays[x.buffer])
        found[:, copy] = arrays[y.buffer]
    return found


def _run(steps: list[Step], arrays: dict[Buffer, Array], x: Array) -> None:
    """Make the kernel calls on `x`; arrays that they need and that are not there yet are made."""
    kernels = load("cpu")
    for step in steps:
        bound: list[object] = []
        for argument in step.arguments:
            if isinstance(argument, Ref):
                lead = x.shape[:1] if argument.buffer.space == SAMPLE else ()
                if argument.buffer not in arrays:
                    arrays[argument.buffer] = np.zeros((*lead, *argument.buffer.shape), x.dtype)
                bound.append(arrays[argument.buffer].reshape((*lead, *argument.shape)))
            else:
                bound.append(argument)
        kernels[step.kernel](*bound)
