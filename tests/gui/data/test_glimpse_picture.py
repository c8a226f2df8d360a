"""The pictures of samples in the data boxes of the canvas."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engine.data.views import show
from engine.data_protocol import Show, Shown
from engine.spec.datasets import CARDS
from engine.spec.options import Options
from gui import theme
from gui.box import GLIMPSE
from gui.data.glimpse_picture import SHARPNESS, different, glimpse_picture


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    theme.set_up(qapp, "light")


def shown(dataset: str) -> Shown:
    return show(Show(0, Options({"dataset": dataset}), most=60, whole=False))


def opaque(image: QImage) -> float:
    """The share of pixels on which something was painted."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(-1, 4)
    return float((pixels[:, 3] > 0).mean())


@pytest.mark.parametrize("dataset", CARDS)
def test_every_set_has_a_picture(dataset: str) -> None:
    found = glimpse_picture(shown(dataset), dataset)
    assert found.width() == round(GLIMPSE.width() * SHARPNESS)
    assert 0.003 < opaque(found.toImage()) < 1.0


def test_samples_of_different_classes_are_chosen() -> None:
    found = shown("digits_8")
    labels = found.samples.target.reshape(-1)[different(found, 4)]
    assert len(set(labels.tolist())) == 4


def test_samples_without_classes_are_taken_as_they_come() -> None:
    assert different(shown("wave"), 3) == [0, 1, 2]


def test_a_picture_shows_the_samples_themselves() -> None:
    found = shown("digits_8")
    first = different(found, 4)[0]
    image = glimpse_picture(found, "digits_8").toImage()
    side = image.height() / 8
    left = (image.width() - 3 * 3 * SHARPNESS) / 4 / 2 - image.height() / 2
    sample = found.samples.prepared[first, :, :, 0]
    for row, column in ((2, 3), (4, 4), (0, 0), (6, 2)):
        tint = image.pixelColor(int(left + (column + 0.5) * side), int((row + 0.5) * side))
        assert tint.red() == pytest.approx(255 * sample[row, column], abs=2)
