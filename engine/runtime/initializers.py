"""How weights begin, by name. Each weight has its own stream, keyed by seed and by its name, so
that adding a box does not change how the others begin.

All as in Keras 3: normal distributions of Glorot, He and LeCun are cut off at two deviations, and
then widened so that the deviation is the wanted one again.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import partial
from math import prod, sqrt

import numpy as np

from engine.layers.base import Weight
from engine.runtime.memory import Array

Initializer = Callable[[np.random.Generator, Weight], Array]

SPREAD = 0.05  # of the initializers that do not look at the size of the layer
CUT = 2.0  # deviations
CUT_DEVIATION = 0.87962566103423978  # of a standard normal distribution cut off there


def _constant(rng: np.random.Generator, weight: Weight, value: float | None = None) -> Array:
    return np.full(weight.shape, weight.constant if value is None else value)


def _uniform(rng: np.random.Generator, weight: Weight) -> Array:
    return rng.uniform(-SPREAD, SPREAD, weight.shape)


def _normal(rng: np.random.Generator, weight: Weight) -> Array:
    return SPREAD * rng.standard_normal(weight.shape)


def _cut_normal(rng: np.random.Generator, weight: Weight) -> Array:
    """N(0, 1), drawn again where it lies beyond two deviations."""
    values = rng.standard_normal(weight.shape)
    while (far := np.abs(values) > CUT).any():
        values[far] = rng.standard_normal(int(far.sum()))
    return values


def _truncated_normal(rng: np.random.Generator, weight: Weight) -> Array:
    return SPREAD * _cut_normal(rng, weight)


def _scaled(
    rng: np.random.Generator, weight: Weight, variance: Callable[[Weight], float], normal: bool
) -> Array:
    """Values with a variance that follows from the size of the layer."""
    deviation = sqrt(variance(weight))
    if normal:
        values: Array = deviation / CUT_DEVIATION * _cut_normal(rng, weight)
        return values
    limit = sqrt(3.0) * deviation
    return rng.uniform(-limit, limit, weight.shape)


def _glorot(weight: Weight) -> float:
    """2 / (fan_in + fan_out) (Glorot & Bengio 2010, eq. 12)."""
    return 2.0 / max(1, weight.fan_in + weight.fan_out)


def _he(weight: Weight) -> float:
    """2 / fan_in, because ReLU silences half of the inputs (He et al. 2015, eq. 10)."""
    return 2.0 / max(1, weight.fan_in)


def _lecun(weight: Weight) -> float:
    """1 / fan_in (LeCun et al. 1998, Efficient BackProp, eq. 16)."""
    return 1.0 / max(1, weight.fan_in)


def _orthogonal(rng: np.random.Generator, weight: Weight) -> Array:
    """Rows or columns, whichever are fewer, at right angles and of length 1 (Saxe et al. 2014).

    Q of a random matrix's QR decomposition, with the signs of R's diagonal, which makes the
    decomposition unique and every such matrix equally likely. All axes but the last count as one.
    """
    rows, columns = prod(weight.shape[:-1]), weight.shape[-1]
    q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
    q *= np.sign(np.diag(r))
    return np.ascontiguousarray(q if rows >= columns else q.T).reshape(weight.shape)


def _identity(rng: np.random.Generator, weight: Weight) -> Array:
    """Each output begins as the input of the same number; of a filter, as its middle cell."""
    values = np.zeros(weight.shape)
    *window, inputs, outputs = weight.shape
    values[tuple(size // 2 for size in window)] = np.eye(inputs, outputs)
    return values


def _forget_gate(rng: np.random.Generator, weight: Weight) -> Array:
    """Zeros, and ones for the second of four gates."""
    values = np.zeros(weight.shape)
    quarter = weight.shape[-1] // 4
    values[..., quarter : 2 * quarter] = 1
    return values


INITIALIZERS: Mapping[str, Initializer] = {
    "zeros": partial(_constant, value=0.0),
    "ones": partial(_constant, value=1.0),
    "constant": _constant,
    "uniform": _uniform,
    "normal": _normal,
    "truncated_normal": _truncated_normal,
    "glorot_uniform": partial(_scaled, variance=_glorot, normal=False),
    "glorot_normal": partial(_scaled, variance=_glorot, normal=True),
    "he_uniform": partial(_scaled, variance=_he, normal=False),
    "he_normal": partial(_scaled, variance=_he, normal=True),
    "lecun_uniform": partial(_scaled, variance=_lecun, normal=False),
    "lecun_normal": partial(_scaled, variance=_lecun, normal=True),
    "orthogonal": _orthogonal,
    "identity": _identity,
    "forget_gate": _forget_gate,
}


def initial(weight: Weight, seed: int, name: str) -> Array:
    """The first values of a weight, float64."""
    rng = generator(seed, f"weights/{name}")
    return INITIALIZERS[weight.initializer](rng, weight)


def generator(seed: int, purpose: str, number: int = 0) -> np.random.Generator:
    """A stream of random numbers of its own for (seed, purpose, number): Philox (Salmon 2011)."""
    key = np.array([seed & 0xFFFFFFFF, zlib.crc32(purpose.encode())], np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=[0, 0, 0, number]))
