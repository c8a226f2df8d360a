"""Points drawn by formula: classes in the plane, and numbers that follow from another number."""

from __future__ import annotations

import numpy as np

from engine.layers.data import Data
from engine.runtime.memory import Array

Samples = tuple[Array, Array]


def _halves(count: int) -> Array:
    return (np.arange(count) % 2).astype(np.int64)


def spirals(box: Data, rng: np.random.Generator) -> Samples:
    """Two arms that wind round each other one and a half times."""
    label = _halves(box.samples)
    way = np.sqrt(rng.uniform(0.02, 1.0, box.samples))
    angle = 3.0 * np.pi * way + np.pi * label
    x = np.stack([way * np.cos(angle), way * np.sin(angle)], axis=1)
    return x + rng.normal(0.0, 0.2 * box.noise, x.shape), label


def circles(box: Data, rng: np.random.Generator) -> Samples:
    """One class inside, the other in a ring around it."""
    label = _halves(box.samples)
    radius = np.where(label == 0, 0.4, 0.9)
    angle = rng.uniform(0.0, 2.0 * np.pi, box.samples)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return x + rng.normal(0.0, box.noise, x.shape), label


def xor(box: Data, rng: np.random.Generator) -> Samples:
    """Opposite quarters of a square share a class."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 2))
    label = (x[:, 0] * x[:, 1] < 0).astype(np.int64)
    return x + rng.normal(0.0, box.noise, x.shape), label


def moons(box: Data, rng: np.random.Generator) -> Samples:
    """Two half circles that reach into each other."""
    label = _halves(box.samples)
    angle = rng.uniform(0.0, np.pi, box.samples)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    x = np.where(label[:, None] == 0, upper, -upper) * 0.7
    return x + rng.normal(0.0, box.noise, x.shape), label


def blobs(box: Data, rng: np.random.Generator) -> Samples:
    """Three round clouds."""
    label = (np.arange(box.samples) % 3).astype(np.int64)
    angle = 2.0 * np.pi * label / 3.0 + 0.5
    centre = 0.7 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return centre + rng.normal(0.0, 0.1 + box.noise, centre.shape), label


def wave(box: Data, rng: np.random.Generator) -> Samples:
    """A regression: a sine that grows towards the right."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 1))
    y = np.sin(2.0 * np.pi * x) * (0.6 + 0.4 * x)
    return x, y + rng.normal(0.0, box.noise, y.shape)


SLOPE, INTERCEPT = 1.5, 0.5


def line(box: Data, rng: np.random.Generator) -> Samples:
    """Least squares: a straight line, y = 0.5 + 1.5·x."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 1))
    y = INTERCEPT + SLOPE * x
    return x, y + rng.normal(0.0, box.noise, y.shape)
