"""The data sets that come with the app: real ones from scikit-learn's files, drawn ones by formula.

Every function returns (x, target): x float64 with the card's shape after the sample axis, target
class numbers (N,) int64 (N, T at each time step), or values (N, K) float64 for a regression.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.layers.data import Data
from engine.runtime.initializers import generator
from engine.runtime.memory import Array

Samples = tuple[Array, Array]


def load(choice: Data) -> Samples:
    """The samples that a data box describes, before splitting."""
    if choice.dataset in REAL:
        return REAL[choice.dataset]()
    rng = generator(choice.seed, f"data/{choice.dataset}")
    return DRAWN[choice.dataset](choice.samples, choice.noise, rng)


def _digits_8() -> Samples:
    """Optical recognition of handwritten digits, UCI (Alpaydin & Kaynak 1998), values 0 to 1."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    return images.reshape(-1, 8, 8, 1) / 16.0, labels.astype(np.int64)


def _digits_28() -> Samples:
    """The same pictures, enlarged to 28×28 by linear interpolation."""
    from scipy.ndimage import zoom

    images, labels = _digits_8()
    large = zoom(images[..., 0], (1, 3.5, 3.5), order=1, grid_mode=True, mode="nearest")
    return large[..., None], labels


def _iris() -> Samples:
    """Measurements of three species of iris (Anderson 1936, Fisher 1936), centimetres."""
    from sklearn.datasets import load_iris

    x, labels = load_iris(return_X_y=True)
    return x, labels.astype(np.int64)


def _digit_rows() -> Samples:
    """The same pictures read row by row from above: a sequence of 8 steps of 8 values."""
    images, labels = _digits_8()
    return images[..., 0], labels


def _reversal(count: int, noise: float, rng: np.random.Generator) -> Samples:
    """Ten numbers to be said backwards; noise replaces some of them in the sample."""
    target = rng.integers(0, 10, (count, 10))
    x = np.where(rng.random(target.shape) < noise, rng.integers(0, 10, target.shape), target)
    return x[:, ::-1].copy(), target


def _halves(count: int) -> Array:
    return (np.arange(count) % 2).astype(np.int64)


def _spirals(count: int, noise: float, rng: np.random.Generator) -> Samples:
    """Two arms that wind round each other one and a half times."""
    label = _halves(count)
    way = np.sqrt(rng.uniform(0.02, 1.0, count))
    angle = 3.0 * np.pi * way + np.pi * label
    x = np.stack([way * np.cos(angle), way * np.sin(angle)], axis=1)
    return x + rng.normal(0.0, 0.2 * noise, x.shape), label


def _circles(count: int, noise: float, rng: np.random.Generator) -> Samples:
    """One class inside, the other in a ring around it."""
    label = _halves(count)
    radius = np.where(label == 0, 0.4, 0.9)
    angle = rng.uniform(0.0, 2.0 * np.pi, count)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return x + rng.normal(0.0, noise, x.shape), label


def _xor(count: int, noise: float, rng: np.random.Generator) -> Samples:
    """Opposite quarters of a square share a class."""
    x = rng.uniform(-1.0, 1.0, (count, 2))
    label = (x[:, 0] * x[:, 1] < 0).astype(np.int64)
    return x + rng.normal(0.0, noise, x.shape), label


def _moons(count: int, noise: float, rng: np.random.Generator) -> Samples:
    """Two half circles that reach into each other."""
    label = _halves(count)
    angle = rng.uniform(0.0, np.pi, count)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    x = np.where(label[:, None] == 0, upper, -upper) * 0.7
    return x + rng.normal(0.0, noise, x.shape), label


def _blobs(count: int, noise: float, rng: np.random.Generator) -> Samples:
    """Three round clouds."""
    label = (np.arange(count) % 3).astype(np.int64)
    angle = 2.0 * np.pi * label / 3.0 + 0.5
    centre = 0.7 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return centre + rng.normal(0.0, 0.1 + noise, centre.shape), label


def _wave(count: int, noise: float, rng: np.random.Generator) -> Samples:
    """A regression: a sine that grows towards the right."""
    x = rng.uniform(-1.0, 1.0, (count, 1))
    y = np.sin(2.0 * np.pi * x) * (0.6 + 0.4 * x)
    return x, y + rng.normal(0.0, noise, y.shape)


REAL: dict[str, Callable[[], Samples]] = {
    "digits_28": _digits_28,
    "digits_8": _digits_8,
    "digit_rows": _digit_rows,
    "iris": _iris,
}
DRAWN: dict[str, Callable[[int, float, np.random.Generator], Samples]] = {
    "spirals": _spirals,
    "circles": _circles,
    "xor": _xor,
    "moons": _moons,
    "blobs": _blobs,
    "wave": _wave,
    "reversal": _reversal,
}
