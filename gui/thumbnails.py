"""Samples that are pictures, as pictures on the screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

Bytes = NDArray[np.uint8]


def to_bytes(inputs: NDArray[np.floating[Any]]) -> Bytes:
    """Pictures (N, H, W, C) as bytes (N, H, W) in grey or (N, H, W, 3) in colour.

    Values between 0 and 1 stay what they are (0 is black); others (standardised ones) are spread
    from the smallest to the largest of all pictures, so that pictures can be compared.
    """
    values = np.nan_to_num(np.asarray(inputs, dtype=np.float64))
    low, high = float(values.min(initial=0.0)), float(values.max(initial=1.0))
    values = (values - low) / (high - low)
    shown = values[..., :3] if values.shape[-1] >= 3 else values[..., 0]
    return np.ascontiguousarray(np.rint(255 * shown), dtype=np.uint8)


def to_image(picture: Bytes) -> QImage:
    """One picture (H, W) or (H, W, 3) as an image that owns its memory."""
    height, width = picture.shape[:2]
    picture = np.ascontiguousarray(picture)
    is_grey = picture.ndim == 2
    form = QImage.Format.Format_Grayscale8 if is_grey else QImage.Format.Format_RGB888
    return QImage(picture.data, width, height, picture.strides[0], form).copy()


def place(image: QImage, room: QRectF) -> QRectF:
    """Where an image goes in `room`: enlarged by a whole factor, or made smaller to fit."""
    factor = min(room.width() / image.width(), room.height() / image.height())
    factor = max(int(factor), 1) if factor >= 1 else factor
    width, height = image.width() * factor, image.height() * factor
    middle = room.center()
    return QRectF(int(middle.x() - width / 2), int(middle.y() - height / 2), width, height)


def draw(painter: QPainter, image: QImage, room: QRectF) -> QRectF:
    """Draw an image into `room` and return where it is.

    Enlarged pictures keep their squares, because those are what the network sees; pictures made
    smaller are smoothed.
    """
    target = place(image, room)
    smaller = target.width() < image.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smaller)
    painter.drawImage(target, image)
    return target
