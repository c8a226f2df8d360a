"""How colours look: their contrast, and what people with other kinds of sight see of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

# Machado, Oliveira & Fernandes (2009), severity 1.0, for linear RGB
SIGHTS: dict[str, list[list[float]]] = {
    "usual": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
XYZ = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]
WHITE = (0.95047, 1.0, 1.08883)
Triple = NDArray[np.float64]


def linear(name: str) -> Triple:
    """Light of a colour #rrggbb: red, green and blue from 0 to 1 (IEC 61966-2-1)."""
    colour = QColor(name)
    parts = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(light, dtype=np.float64)


def luminance(name: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    return float(linear(name) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def lab(light: Triple) -> Triple:
    """CIE L*a*b* of light, under D65."""
    parts = np.asarray(XYZ) @ light / WHITE
    bent = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def difference(one: str, other: str, sight: str) -> float:
    """How far two colours are apart (ΔE of 1976) for a kind of sight; 2.3 is just seen."""
    seen = [np.clip(np.asarray(SIGHTS[sight]) @ linear(name), 0.0, 1.0) for name in (one, other)]
    return float(np.linalg.norm(lab(seen[0]) - lab(seen[1])))


def alike(colours: Sequence[str], least: float) -> list[tuple[int, int, str, float]]:
    """The pairs that some kind of sight sees as less than `least` apart, by their places."""
    return [
        (i, j, sight, round(far, 1))
        for i, j in combinations(range(len(colours)), 2)
        for sight in SIGHTS
        if (far := difference(colours[i], colours[j], sight)) < least
    ]
