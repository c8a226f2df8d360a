"""Points drawn by formula or by hand: classes in the plane, and numbers that follow from others."""

from __future__ import annotations

import numpy as np

from engine.layers.data import Data
from engine.runtime.memory import Array

Drawn = tuple[Array, Array]


def _halves(count: int) -> Array:
    return (np.arange(count) % 2).astype(np.int64)


def spirals(box: Data, rng: np.random.Generator) -> Drawn:
    """Two arms that wind round each other one and a half times."""
    label = _halves(box.samples)
    way = np.sqrt(rng.uniform(0.02, 1.0, box.samples))
    angle = 3.0 * np.pi * way + np.pi * label
    x = np.stack([way * np.cos(angle), way * np.sin(angle)], axis=1)
    return x + rng.normal(0.0, 0.2 * box.noise, x.shape), label


def circles(box: Data, rng: np.random.Generator) -> Drawn:
    """One class inside, the other in a ring around it."""
    label = _halves(box.samples)
    radius = np.where(label == 0, 0.4, 0.9)
    angle = rng.uniform(0.0, 2.0 * np.pi, box.samples)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return x + rng.normal(0.0, box.noise, x.shape), label


def xor(box: Data, rng: np.random.Generator) -> Drawn:
    """Opposite quarters of a square share a class."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 2))
    label = (x[:, 0] * x[:, 1] < 0).astype(np.int64)
    return x + rng.normal(0.0, box.noise, x.shape), label


def moons(box: Data, rng: np.random.Generator) -> Drawn:
    """Two half circles that reach into each other."""
    label = _halves(box.samples)
    angle = rng.uniform(0.0, np.pi, box.samples)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    x = np.where(label[:, None] == 0, upper, -upper) * 0.7
    return x + rng.normal(0.0, box.noise, x.shape), label


def blobs(box: Data, rng: np.random.Generator) -> Drawn:
    """Round clouds, one a class, evenly along a circle."""
    label = (np.arange(box.samples) % box.classes).astype(np.int64)
    angle = 2.0 * np.pi * label / box.classes + 0.5
    centre = 0.7 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return centre + rng.normal(0.0, 0.1 + box.noise, centre.shape), label


SQUARES = 4  # along each side of the board


def checkerboard(box: Data, rng: np.random.Generator) -> Drawn:
    """The black and the white squares of a board of four by four."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 2))
    square = np.floor((x + 1.0) * (SQUARES / 2)).astype(np.int64)
    return x + rng.normal(0.0, box.noise, x.shape), square.sum(axis=1) % 2


def rings(box: Data, rng: np.random.Generator) -> Drawn:
    """Three classes: a core (0), and two rings around it."""
    label = (np.arange(box.samples) % 3).astype(np.int64)
    # the root spreads the points of the core, and of each ring, evenly over its surface
    inner, outer = np.array([0.0, 0.45, 0.8])[label], np.array([0.3, 0.6, 0.95])[label]
    radius = np.sqrt(rng.uniform(inner**2, outer**2))
    angle = rng.uniform(0.0, 2.0 * np.pi, box.samples)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return x + rng.normal(0.0, box.noise, x.shape), label


def painted(box: Data) -> Drawn:
    """Points that a person has painted."""
    x = np.array([(x, y) for x, y, _ in box.points], np.float64).reshape(-1, 2)
    return x, np.array([label for _, _, label in box.points], np.int64)


def wave(box: Data, rng: np.random.Generator) -> Drawn:
    """A regression: a sine that grows towards the right."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 1))
    y = np.sin(2.0 * np.pi * x) * (0.6 + 0.4 * x)
    return x, y + rng.normal(0.0, box.noise, y.shape)


SLOPE, INTERCEPT = 1.5, 0.5


def line(box: Data, rng: np.random.Generator) -> Drawn:
    """Least squares: a straight line, y = 0.5 + 1.5·x."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 1))
    y = INTERCEPT + SLOPE * x
    return x, y + rng.normal(0.0, box.noise, y.shape)


SLOPES, HEIGHT = (0.8, -0.5), 0.3


def plane(box: Data, rng: np.random.Generator) -> Drawn:
    """Least squares with two features: y = 0.3 + 0.8·x₁ - 0.5·x₂."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 2))
    y = HEIGHT + x @ np.array(SLOPES)[:, None]
    return x, y + rng.normal(0.0, box.noise, y.shape)


def waves(box: Data, rng: np.random.Generator) -> Drawn:
    """A regression over the plane: hills and hollows, y = sin(π·x₁)·cos(π·x₂)."""
    x = rng.uniform(-1.0, 1.0, (box.samples, 2))
    y = np.sin(np.pi * x[:, :1]) * np.cos(np.pi * x[:, 1:])
    return x, y + rng.normal(0.0, box.noise, y.shape)
