"""Sequences as pictures: spectrograms as heat, waveforms as lines."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from gui.theme import colour
from gui.thumbnails import to_image

WIDTH, HEIGHT = 168, 84  # of a waveform, pixels
POINTS = 400
# the ends and the middle of a scale from dark to bright, which also reads in grey
SCALE = np.array([[24, 18, 48], [120, 40, 110], [222, 96, 80], [250, 190, 110], [252, 250, 220]])


def heat(values: NDArray[Any]) -> QImage:
    """A spectrogram (T, F): time to the right, low bands at the bottom."""
    shown = np.asarray(values, dtype=np.float64).T[::-1]
    low, high = float(np.nanmin(shown)), float(np.nanmax(shown))
    shares = np.nan_to_num((shown - low) / ((high - low) or 1.0))
    steps = np.linspace(0.0, 1.0, len(SCALE))
    rgb = np.stack([np.interp(shares, steps, SCALE[:, c]) for c in range(3)], axis=-1)
    return to_image(np.ascontiguousarray(np.rint(rgb), dtype=np.uint8))


def wave(values: NDArray[Any]) -> QImage:
    """A waveform (T,), as a line around its middle."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour("border")), 1.0))
    painter.drawLine(0, HEIGHT // 2, WIDTH, HEIGHT // 2)
    kept = np.nan_to_num(np.asarray(values, dtype=np.float64))
    kept = kept[:: max(len(kept) // POINTS, 1)]
    most = float(np.abs(kept).max(initial=0.0)) or 1.0
    xs = np.linspace(0.0, WIDTH - 1.0, len(kept))
    ys = HEIGHT / 2 - kept / most * (HEIGHT / 2 - 2)
    painter.setPen(QPen(colour("accent"), 1.2))
    points = [QPointF(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
    painter.drawPolyline(QPolygonF(points))
    painter.end()
    return image
