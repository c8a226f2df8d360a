"""Pictures, (N, height, width, channels), values 0 to 1; and some of them read as sequences."""

from __future__ import annotations

import numpy as np

from engine.data import scikit_learn
from engine.data.points import Samples
from engine.layers.data import Data


def digits_8(box: Data) -> Samples:
    """Optical recognition of handwritten digits, UCI (Alpaydin & Kaynak 1998), values 0 to 1."""
    numbers = scikit_learn.numbers("digits.csv.gz", 65)
    return numbers[:, :64].reshape(-1, 8, 8, 1) / 16.0, numbers[:, 64].astype(np.int64)


def digits_28(box: Data) -> Samples:
    """The same pictures, enlarged to 28×28 by linear interpolation."""
    images, labels = digits_8(box)
    # each new line lies between two old ones; those at the edge lie on the last one
    place = np.clip((np.arange(28) + 0.5) / 3.5 - 0.5, 0, 7)
    share = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(8)))  # (28, 8)
    return (share @ images[..., 0] @ share.T)[..., None], labels


def digit_rows(box: Data) -> Samples:
    """The same pictures read row by row from above: at each time step one row arrives."""
    images, labels = digits_28(box) if box.dataset == "digit_rows_28" else digits_8(box)
    return images[..., 0], labels


def digit_pixels(box: Data) -> Samples:
    """The same pictures read pixel by pixel, row after row: 64 steps of one value."""
    images, labels = digits_8(box)
    return images.reshape(-1, 64, 1), labels
