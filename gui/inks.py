"""Numbers as colours: orange for more than nothing, blue for less, the card for nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from gui.theme import class_colour, colour
from gui.thumbnails import to_image

Array = NDArray[Any]
LEVELS = 127  # on each side of nothing
MORE, LESS = 4, 0  # classes whose colours they are, as in the correlations


def ink(value: float) -> QColor:
    """The colour of more, or of less, than nothing."""
    return class_colour(MORE if value >= 0 else LESS)


def signed_image(values: Array, peak: float) -> QImage:
    """Numbers (h, w) as pixels; those of size `peak` have the full colour, NaN is grey."""
    shares = np.clip(np.nan_to_num(values / peak, nan=np.nan), -1.0, 1.0)
    steps = np.where(np.isnan(shares), LEVELS + 1, np.rint(np.nan_to_num(shares) * LEVELS))
    levels = np.ascontiguousarray(steps + LEVELS, np.uint8)
    height, width = levels.shape
    image = QImage(levels.data, width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable(_table(*(tint.rgb() for tint in (ink(-1.0), ink(1.0), colour("card")))))
    return image


def tone_image(values: Array) -> QImage:
    """A sample (1 or 3, h, w) in its own tones, grey or coloured, from smallest to largest."""
    finite = np.nan_to_num(values)
    low, high = min(float(finite.min()), 0.0), max(float(finite.max()), 1.0)
    tones = np.rint(255 * (finite - low) / (high - low)).astype(np.uint8)
    return to_image(tones[0] if len(tones) == 1 else np.moveaxis(tones, 0, -1).copy("C"))


@lru_cache(maxsize=4)
def _table(less: int, more: int, paper: int) -> list[int]:
    """A colour for each level; the last one is for what is no number."""
    found = []
    for level in range(-LEVELS, LEVELS + 1):
        share, tint = abs(level) / LEVELS, _parts(more if level > 0 else less)
        mixed = (
            round(share * a + (1 - share) * b) for a, b in zip(tint, _parts(paper), strict=True)
        )
        found.append(QColor(*mixed).rgb())
    return [*found, QColor("grey").rgb()]


def _parts(tint: int) -> tuple[int, int, int]:
    found = QColor.fromRgb(tint)
    return found.red(), found.green(), found.blue()
