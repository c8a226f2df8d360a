"""Pictures of options: every layer type has the right one, it follows the numbers, and it tells."""

from __future__ import annotations

from functools import cache

import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.layers import CATALOGUE
from engine.layers.analysis import NodeFacts, analyse
from engine.layers.window import Window
from engine.schedules import factor
from engine.spec.options import Value
from engine.spec.training import TrainingOptions
from gui import theme, words
from gui.inspector.pictures.averaging import CHANNELS, PLACES, SAMPLES, Averaging
from gui.inspector.pictures.choosing import pictures_of
from gui.inspector.pictures.curve import SAMPLES as POINTS
from gui.inspector.pictures.curve import Curve
from gui.inspector.pictures.dropping import COLUMNS, ROWS, Dropping
from gui.inspector.pictures.grids import GridPair, extent
from gui.inspector.pictures.loupe import loupe_place
from gui.inspector.pictures.order import Order
from gui.inspector.pictures.pairing import Pairing
from gui.inspector.pictures.pens import thinned
from gui.inspector.pictures.picture import Picture
from gui.inspector.pictures.rates import rate_curve
from gui.inspector.pictures.shares import softmax
from gui.inspector.pictures.sliding import Sliding
from gui.inspector.pictures.view import CaptionedPicture, Pictures, PictureView
from tests.engine.layers.surroundings import around

ROOM = QRectF(8, 8, 220, 128)
WITHOUT = {"augment"}  # what it does to pictures is shown in the data panel
ONLY_BENT = {"positional_embedding"}  # with a learnt table there is nothing to show yet


def facts(kind: str, **options: Value) -> NodeFacts:
    return _facts(kind, tuple(options.items()))


@cache
def _facts(kind: str, options: tuple[tuple[str, Value], ...]) -> NodeFacts:
    document = around(kind, dict(options))[0]
    found = analyse(document).facts
    alike = (fact for fact in found.values() if fact.layer.kind == kind)
    return found["layer"] if "layer" in found else next(alike)


def painted(picture: Picture, at: int, ratio: float = 1.0) -> QImage:
    image = QImage(round(236 * ratio), round(144 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.colour("canvas"))
    painter = QPainter(image)
    picture.paint(painter, ROOM, at)
    painter.end()
    return image


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_layer_type_has_a_picture_with_words(
    qapp: QApplication, kind: str, language: str
) -> None:
    words.set_language(language)
    for document in around(kind, {}):  # pictures, sequences, rows: as far as the layer takes them
        for fact in analyse(document).facts.values():
            if fact.layer.kind != kind:
                continue
            pictures = pictures_of(fact)
            assert bool(pictures) == (kind not in WITHOUT | ONLY_BENT)
            for picture in pictures:
                assert len(picture.words()) > 8 and "picture." not in picture.words()
                empty = painted(Nothing(), 0)
                assert painted(picture, picture.usual) != empty


class Nothing(Picture):
    """A picture of nothing at all."""

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        pass


def test_a_box_without_sizes_has_no_picture() -> None:
    assert pictures_of(None) == ()


PLACED = [
    ("conv2d", {"padding": "same"}),
    ("conv2d", {"dilation": 2}),
    ("conv2d_transpose", {"stride": 2}),
    ("up_sampling2d", {"interpolation": "bilinear"}),
    ("conv1d", {"padding": "causal"}),
    ("max_pool1d", {}),
    ("dense", {}),
    ("embedding", {}),
    ("huber", {}),
]


@pytest.mark.parametrize(("kind", "options"), PLACED)
def test_places_can_be_pointed_at_and_are_told(
    qapp: QApplication, kind: str, options: dict[str, Value]
) -> None:
    picture = pictures_of(facts(kind, **options))[0]
    found = set()
    for x in range(8, 229, 1):
        for y in range(8, 137, 3):
            found.add(picture.place_at(ROOM, QPointF(x + 0.5, y + 0.5)))
    assert set(range(picture.places)) <= found
    assert picture.place_at(ROOM, QPointF(-50, -50)) == -1
    first, last = 0, picture.places - 1
    assert picture.told(first) and picture.told(first) != picture.told(last)
    assert painted(picture, first) != painted(picture, last)


def test_the_window_is_where_the_layer_says(qapp: QApplication) -> None:
    words.set_language("en")
    (picture,) = pictures_of(facts("conv2d", padding="same"))
    assert isinstance(picture, Sliding)
    left, right = picture.grids()
    assert (left.rows, left.above, left.below, right.rows) == (8, 1, 1, 8)
    assert picture.told(0).endswith("sees rows 1–2 and columns 1–2 of the input.")
    assert picture.told(right.columns + 2).endswith("rows 1–3 and columns 2–4 of the input.")
    assert "padding" in picture.words()
    (tight,) = pictures_of(facts("conv2d", stride=2))
    assert isinstance(tight, Sliding) and tight.grids()[1].rows == 3
    assert "moves by 2" in tight.words() and "padding" not in tight.words()


@pytest.mark.parametrize("kind", ["conv2d", "max_pool2d", "conv2d_transpose", "up_sampling2d"])
def test_output_grids_have_the_size_of_the_shape_rule(kind: str) -> None:
    fact = facts(kind)
    picture = pictures_of(fact)[0]
    assert isinstance(picture, GridPair)
    left, right = picture.grids()
    assert (left.rows, left.columns) == fact.inputs["x"][0].sizes[:2]
    assert (right.rows, right.columns) == fact.outputs["y"].sizes[:2]


def test_pictures_are_equal_exactly_if_their_numbers_are() -> None:
    one, same = (pictures_of(facts("conv2d", filters=n)) for n in (6, 12))
    assert one == same  # how many filters there are is not in the picture
    assert one != pictures_of(facts("conv2d", size=5))
    assert pictures_of(facts("huber", delta=2.0)) != pictures_of(facts("huber"))


def test_a_built_in_activation_has_a_picture_of_its_own() -> None:
    assert len(pictures_of(facts("conv2d", activation="relu"))) == 2
    assert len(pictures_of(facts("conv2d"))) == 1
    (curve,) = pictures_of(facts("activation", function="leaky_relu", slope=0.5))
    assert isinstance(curve, Curve) and curve.at(-2.0) == (-1.0, 0.5)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 0.95])
def test_as_many_values_are_silenced_as_the_rate_says(rate: float) -> None:
    assert len(Dropping(rate).silenced()) == round(rate * COLUMNS * ROWS)
    whole = Dropping(rate, channels=True).silenced()
    columns = {cell % COLUMNS for cell in whole}
    assert len(columns) == round(rate * COLUMNS) and len(whole) == ROWS * len(columns)


@pytest.mark.parametrize(
    ("kind", "groups", "count"),
    [
        ("batch_norm", 1, SAMPLES * PLACES),
        ("layer_norm", 1, CHANNELS),
        ("group_norm", 1, CHANNELS * PLACES),
        ("group_norm", 3, CHANNELS * PLACES // 3),
    ],
)
def test_the_block_marks_what_shares_a_mean(kind: str, groups: int, count: int) -> None:
    block = Averaging(kind, 12, True, groups)
    cells = [(s, p, c) for s in range(SAMPLES) for p in range(PLACES) for c in range(CHANNELS)]
    assert sum(block.shares(*cell) for cell in cells) == count


def test_a_permutation_moves_numbers_and_a_reshape_does_not() -> None:
    flat, turned = Order((8, 8, 6), (384,)), Order((8, 8, 6), (8, 8, 6), (1, 0, 2))
    assert flat.moved() == list(range(18))
    before, after = turned.shown()
    assert (before, after) == ((2, 3, 2), (3, 2, 2))
    assert turned.moved() == [0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("add", [3, 3, 1, 5, 6]),
        ("subtract", [1, -5, 5, -5, 2]),
        ("multiply", [2, -4, -6, 0, 8]),
        ("average", [1.5, 1.5, 0.5, 2.5, 3]),
        ("maximum", [2, 4, 3, 5, 4]),
    ],
)
def test_numbers_at_one_place_meet(kind: str, wanted: list[float]) -> None:
    assert Pairing(kind, 2, "5").results() == wanted


def test_things_that_have_no_room_are_left_out() -> None:
    assert thinned(3, 5) == [0, 1, 2]
    assert thinned(100, 5) == [0, 1, 2, -1, 99]


def test_shares_add_up_to_one() -> None:
    found = softmax((2.0, 1.0, 0.0))
    assert sum(found) == pytest.approx(1.0) and found == sorted(found, reverse=True)


@pytest.mark.parametrize("schedule", ["constant", "cosine", "step", "one_cycle", "plateau"])
def test_the_rate_is_that_of_the_schedule(qapp: QApplication, schedule: str) -> None:
    options = TrainingOptions(epochs=8, schedule=schedule, learning_rate=0.01, warm_up=1.0)
    curve = rate_curve(options)
    assert (curve.low, curve.high) == (0.0, 8.0)
    for epoch in (0.25, 1.0, 3.5, 8.0):
        step = min(int(epoch * 100), 799)
        assert curve.at(epoch)[0] == pytest.approx(0.01 * factor(options, step, 100))
    assert painted(curve, POINTS // 2) != painted(curve, -1)


def test_a_picture_is_sharp_on_a_fine_screen(qapp: QApplication) -> None:
    picture = pictures_of(facts("conv2d"))[0]
    fine = painted(picture, 0, ratio=2.0)
    enlarged = painted(picture, 0).scaled(fine.size())
    assert fine != enlarged  # painted anew for the screen, not enlarged


def test_arrow_keys_go_from_place_to_place_and_are_told(qtbot: QtBot) -> None:
    words.set_language("en")
    shown = CaptionedPicture()
    qtbot.addWidget(shown)
    shown.resize(240, 240)
    picture = pictures_of(facts("conv2d"))[0]
    shown.show_picture(picture)
    shown.show()
    view = shown.view
    assert view.accessibleDescription() == shown.caption.text() == picture.words()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.at == picture.across + 1
    assert shown.caption.text() == picture.told(view.at) == view.accessibleDescription()
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.at == 0
    shown.show_picture(pictures_of(facts("dropout"))[0])  # nothing can be pointed at
    assert view.at == -1 and view.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_mouse_points_and_lets_go(qtbot: QtBot) -> None:
    shown = CaptionedPicture()
    qtbot.addWidget(shown)
    shown.resize(240, 240)
    picture = pictures_of(facts("mean_squared_error"))[0]
    shown.show_picture(picture)
    shown.show()
    qtbot.waitExposed(shown)
    QTest.mouseMove(shown.view, shown.view.rect().center())
    qtbot.waitUntil(lambda: shown.view.at >= 0)
    assert shown.caption.text() == picture.told(shown.view.at)
    QApplication.sendEvent(shown.view, QEvent(QEvent.Type.Leave))
    assert shown.view.at == -1 and shown.caption.text() == picture.words()


def test_pictures_come_and_go(qtbot: QtBot) -> None:
    shown = Pictures()
    qtbot.addWidget(shown)
    shown.show_pictures(pictures_of(facts("conv2d", activation="relu")))
    assert [each.isHidden() for each in shown.shown] == [False, False]
    shown.show_pictures(pictures_of(facts("conv2d")))
    assert [each.isHidden() for each in shown.shown] == [False, True]
    shown.show_pictures(())
    assert shown.isHidden()


def test_a_picture_grows_with_everything_else(qtbot: QtBot) -> None:
    picture, taken = pictures_of(facts("conv2d"))[0], []
    for size in (1.0, 2.0):
        theme.theme.resize(size)
        try:
            shown = PictureView()
            qtbot.addWidget(shown)
            shown.show_picture(picture)
            shown.resize(round(240 * size), shown.height())
            taken.append(shown.grab().toImage())
            place = QPointF(160, 70) * size
            wanted = picture.place_at(QRectF(8, 8, 224, 128), QPointF(160, 70))
            QApplication.sendEvent(shown, moved_to(place))
            assert shown.at == wanted >= 0
        finally:
            theme.theme.resize(1.0)
    small, large = taken
    assert large.width() == 2 * small.width() and large.height() == 2 * small.height()
    smaller = large.scaled(small.size(), mode=Qt.TransformationMode.SmoothTransformation)
    pixels = [(x, y) for x in range(small.width()) for y in range(small.height())]
    differ = (
        abs(small.pixelColor(x, y).lightness() - smaller.pixelColor(x, y).lightness()) > 60
        for x, y in pixels
    )
    assert sum(differ) < len(pixels) / 20


def moved_to(place: QPointF) -> QMouseEvent:
    none = Qt.MouseButton.NoButton
    return QMouseEvent(
        QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
    )


@pytest.mark.parametrize("at", [0, 5, 30 * 96 + 90, 96 * 96 - 1])
def test_large_pictures_have_a_loupe_that_hides_nothing_marked(qapp: QApplication, at: int) -> None:
    picture = Sliding(Window(3, 1, "same"), (96, 96), (96, 96))
    left, _ = picture._sheets(ROOM)
    (rows, columns), _ = picture.link(at)
    marked = extent(left, rows, columns)
    place = loupe_place(left.own, marked)
    assert left.own.contains(place) and not place.intersects(marked)
    inside = place.center().toPoint()
    assert painted(picture, at).pixelColor(inside).blue() > 200  # the middle of the window
    small = Sliding(Window(3, 1, "same"), (8, 8), (8, 8))
    assert painted(small, 0) != painted(small, 9)
