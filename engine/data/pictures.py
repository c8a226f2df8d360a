"""Pictures, (N, height, width, channels), and some of them read as sequences.

Values lie between 0 and 1; those kept in bytes between 0 and 255, which means the same.
"""

from __future__ import annotations

import numpy as np

from engine.data import scikit_learn
from engine.data.points import Drawn
from engine.layers.data import Data
from engine.runtime.memory import Array
from engine.spec.texts import FOLDER


def digits_8(box: Data) -> Drawn:
    """Optical recognition of handwritten digits, UCI (Alpaydin & Kaynak 1998), values 0 to 1."""
    numbers = scikit_learn.numbers("digits.csv.gz", 65)
    return numbers[:, :64].reshape(-1, 8, 8, 1) / 16.0, numbers[:, 64].astype(np.int64)


def digits_28(box: Data) -> Drawn:
    """The same pictures, enlarged to 28×28 by linear interpolation."""
    images, labels = digits_8(box)
    return enlarged(images), labels


def enlarged(images: Array) -> Array:
    """Pictures of 8×8 as 28×28, (N, 28, 28, 1), by linear interpolation."""
    # each new line lies between two old ones; those at the edge lie on the last one
    place = np.clip((np.arange(28) + 0.5) / 3.5 - 0.5, 0, 7)
    share = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(8)))  # (28, 8)
    found: Array = (share @ images[..., 0] @ share.T)[..., None]
    return found


def digit_rows(box: Data) -> Drawn:
    """The same pictures read row by row from above: at each time step one row arrives."""
    images, labels = digits_28(box) if box.dataset == "digit_rows_28" else digits_8(box)
    return images[..., 0], labels


def digit_pixels(box: Data) -> Drawn:
    """The same pictures read pixel by pixel, row after row: 64 steps of one value."""
    images, labels = digits_8(box)
    return images.reshape(-1, 64, 1), labels


def characters(box: Data) -> Drawn:
    """Printed characters, (N, 28, 28, 1), drawn from free fonts; see resources/datasets."""
    with np.load(FOLDER / f"{box.dataset}.npz", allow_pickle=False) as file:
        pairs, labels = file["pictures"], file["labels"]
    levels = np.stack([pairs >> 4, pairs & 15], axis=-1)  # two pixels a byte, the left one first
    return levels.reshape(len(labels), 28, 28, 1) * np.uint8(17), labels.astype(np.int64)  # 15: 255


PATCH = 16  # pixels


def photo_patches(box: Data) -> Drawn:
    """Two photographs cut into squares, (N, 16, 16, 3): from which one is it? (scikit-learn)"""
    from PIL import Image  # no other set needs it

    parts = []
    for name in ("china.jpg", "flower.jpg"):
        with Image.open(scikit_learn.file(f"images/{name}")) as photo:
            pixels = np.asarray(photo.convert("RGB"))
        rows, columns = pixels.shape[0] // PATCH, pixels.shape[1] // PATCH
        whole = pixels[: rows * PATCH, : columns * PATCH]
        grid = whole.reshape(rows, PATCH, columns, PATCH, 3).swapaxes(1, 2)
        parts.append(grid.reshape(-1, PATCH, PATCH, 3))
    x = np.stack(parts, axis=1)  # taking turns
    return x.reshape(-1, PATCH, PATCH, 3), np.tile(np.arange(2), len(x))
