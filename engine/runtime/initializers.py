"""How weights begin, by name. Each weight has its own stream, keyed by seed and by its name, so
that adding a box does not change how the others begin.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

import numpy as np

from engine.layers.base import Weight
from engine.runtime.memory import Array


def _zeros(rng: np.random.Generator, weight: Weight) -> Array:
    return np.zeros(weight.shape)


def _glorot_uniform(rng: np.random.Generator, weight: Weight) -> Array:
    """U(−a, a) with a = √(6 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 16)."""
    limit = np.sqrt(6.0 / (weight.fan_in + weight.fan_out))
    return rng.uniform(-limit, limit, weight.shape)


INITIALIZERS: Mapping[str, Callable[[np.random.Generator, Weight], Array]] = {
    "zeros": _zeros,
    "glorot_uniform": _glorot_uniform,
}


def initial(weight: Weight, seed: int, name: str) -> Array:
    """The first values of a weight, float64."""
    rng = generator(seed, f"weights/{name}")
    return INITIALIZERS[weight.initializer](rng, weight)


def generator(seed: int, purpose: str, number: int = 0) -> np.random.Generator:
    """A stream of random numbers of its own for (seed, purpose, number): Philox (Salmon 2011)."""
    key = np.array([seed & 0xFFFFFFFF, zlib.crc32(purpose.encode())], np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=[0, 0, 0, number]))
