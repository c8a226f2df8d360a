"""Small pictures of what flows: their colours, and the words and numbers beside them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from engine.protocol import Flow
from gui.box import GLIMPSE, STEP_ON
from gui.flow.picture import ANSWER, LOSS, SAMPLE, Seen, target_words
from gui.flow.sample import Sample
from gui.inks import ink, signed_image, tone_image
from gui.theme import colour, theme
from gui.words import LANGUAGES, set_language, tr

ROOM = QRectF(0.0, 0.0, GLIMPSE.width(), GLIMPSE.height())
pytestmark = pytest.mark.usefixtures("qapp")


def flow(values: object) -> Flow:
    array = np.asarray(values)
    array = array.astype(np.int64 if array.dtype.kind == "i" else np.float32)
    finite = array[np.isfinite(array)] if array.dtype.kind == "f" else array
    ends = (finite.min(), finite.max(), finite.mean()) if finite.size else (np.nan,) * 3
    return Flow(array, *(float(end) for end in ends))


def painted(seen: Seen | Sample) -> QImage:
    image = QImage(ROOM.size().toSize() * 2, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(colour("card"))
    painter = QPainter(image)
    painter.scale(2.0, 2.0)
    seen.paint(painter, ROOM)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


EVERY_KIND = {
    "maps": Seen(flow(np.random.default_rng(0).normal(size=(8, 5, 7)))),
    "sequence": Seen(flow(np.random.default_rng(1).normal(size=(9, 4)))),
    "line": Seen(flow(np.random.default_rng(2).normal(size=(9, 1)))),
    "bars": Seen(flow([1.0, -2.0, 0.5])),
    "strip": Seen(flow(np.linspace(-1.0, 1.0, 128))),
    "answer": Seen(flow([0.2, 0.7, 0.1]), ANSWER, "iris"),
    "tokens": Seen(flow([3, 1, 2, 2]), SAMPLE, "names"),
    "loss": Seen(flow(0.25), LOSS),
    "picture": Seen(flow(np.random.default_rng(3).random((1, 8, 8))), SAMPLE, "digits_8", True),
    "coloured": Seen(flow(np.random.default_rng(4).random((3, 8, 8))), SAMPLE, "shapes", True),
    "broken": Seen(flow(np.full(5, np.nan))),
    "broken maps": Seen(flow(np.full((4, 3, 3), np.nan))),
    "broken answer": Seen(flow(np.full(3, np.nan)), ANSWER, "iris"),
    "zeros": Seen(flow(np.zeros((2, 3, 3)))),
}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_is_painted_and_told_of(kind: str, mode: str, qapp: QApplication) -> None:
    with theme.lent(mode):
        image = painted(EVERY_KIND[kind])
        if not kind.startswith("broken"):
            assert len(colours(image)) > 1
        assert all(isinstance(row, str) for row in EVERY_KIND[kind].tip())


def test_more_than_nothing_is_orange_and_less_is_blue() -> None:
    image = signed_image(np.array([[-2.0, 0.0, 2.0, np.nan]]), 2.0)
    found = [image.pixelColor(x, 0) for x in range(4)]
    assert found[:3] == [ink(-1.0), colour("card"), ink(1.0)]
    assert found[3] not in found[:3]
    assert ink(1.0).red() > ink(1.0).blue() and ink(-1.0).blue() > ink(-1.0).red()


def test_samples_keep_their_tones() -> None:
    grey = tone_image(np.array([[[0.0, 0.5, 1.0]]]))
    assert [grey.pixelColor(x, 0).red() for x in range(3)] == [0, 128, 255]
    red = tone_image(np.array([[[1.0]], [[0.0]], [[0.0]]]))
    assert red.pixelColor(0, 0) == QColor(255, 0, 0)


def test_bars_are_as_long_as_their_values() -> None:
    image = painted(Seen(flow([4.0, 2.0])))
    orange = ink(1.0)
    lengths = [
        sum(image.pixelColor(x, y) == orange for y in range(image.height())) for x in (10, 38)
    ]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_told_in_words(language: str) -> None:
    set_language(language)
    answer = "".join(EVERY_KIND["answer"].tip())
    assert "70.0 %" in answer and tr("plots.class.iris.1") in answer
    assert tr("flow.loss.value", value="0.2500") in EVERY_KIND["loss"].tip()
    (row,) = (row for row in EVERY_KIND["maps"].tip() if "<img" not in row and row)
    low, high = EVERY_KIND["maps"].flow.low, EVERY_KIND["maps"].flow.high
    assert f"{abs(low):.3f}" in row and f"{high:.3f}" in row


def test_the_sample_names_what_is_to_be_predicted() -> None:
    assert target_words("iris", np.array([2]), 3) == ("virginica", 2)
    assert target_words("iris", np.array([0.0, 1.0, 0.0], np.float32), 3) == ("versicolor", 1)
    assert target_words("sunspots", np.array([0.5], np.float32), 0) == ("0.5000", -1)
    assert target_words("sunspots", np.zeros(4, np.float32), 0) == ("", -1)
    sample = Sample(EVERY_KIND["picture"], 3, "5", 5)
    assert tr("flow.target", name="5") in sample.tip()
    arrow = STEP_ON.translated(-GLIMPSE.topLeft())
    image = QImage(200, 120, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(colour("card"))
    painter = QPainter(image)
    sample.paint(painter, GLIMPSE)
    painter.end()
    assert arrow.width() > 10
    inside = STEP_ON.toRect()
    assert any(
        image.pixelColor(x, y) != colour("card")
        for x in range(inside.left(), inside.right())
        for y in range(inside.top(), inside.bottom())
    )
