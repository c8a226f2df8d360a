"""Drawing with real strokes: what is asked, what is shown, and what costs nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.data.preparing import prepare
from engine.data_protocol import TryFirst
from engine.layers.data import Data
from engine.protocol import Reply
from engine.scripting import Model, chain
from engine.spec import edits
from engine.spec.document import Document
from gui.trying.ink_surface import InkSurface
from gui.trying.panel import TryPanel
from gui.words import LANGUAGES, set_language, tr
from tests.gui.other_end import start
from tests.gui.trying.conftest import Ends, Show

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SEVEN = [(0.3, 0.2), (0.7, 0.2), (0.5, 0.8)]


def digits(dataset: str = "digits_8") -> Document:
    return chain(
        ("data", {"dataset": dataset}),
        ("flatten", {}),
        ("dense", {"units": 10, "activation": "softmax"}),
        ("cross_entropy", {}),
    )


def stroke(surface: InkSurface, places: list[tuple[float, float]]) -> None:
    """Press, move and let go at places of the sheet, from 0 to 1."""
    square = surface.square
    first, *rest = [
        QPoint(int(square.left() + x * square.width()), int(square.top() + y * square.height()))
        for x, y in places
    ]
    QTest.mousePress(surface, LEFT, NONE, first)
    for place in rest:
        QTest.mouseMove(surface, place)
    QTest.mouseRelease(surface, LEFT, NONE, (rest or [first])[-1])


def drop(surface: InkSurface, data: QMimeData) -> None:
    """What Qt sends when something is let go over the sheet."""
    place, copy = surface.rect().center(), Qt.DropAction.CopyAction
    QApplication.sendEvent(surface, QDragEnterEvent(place, copy, data, LEFT, NONE))
    QApplication.sendEvent(surface, QDropEvent(QPointF(place), copy, data, LEFT, NONE))


def test_a_stroke_is_answered_by_the_first_weights(show: Show, ends: Ends) -> None:
    panel = show(digits())
    stroke(panel.picture.surface, SEVEN)
    asked = ends.owns()
    assert asked[0].is_drawn and asked[-1].values.shape == (224, 224, 1)
    reply = panel.asking.reply
    assert reply is not None and reply.received.max() > 0.5
    model = Model(panel.store.document, backend="plain", threads=1)
    expected = model.predict(reply.received[None])[0]
    np.testing.assert_allclose(reply.answers, expected, rtol=1e-5)
    model.close()
    best = panel.answer.rows()[0]
    assert (
        best[0] == str(int(np.argmax(expected))) and best[0] in panel.answer.accessibleDescription()
    )
    assert panel.answer_title.text() == tr("try.untrained")


def test_while_an_answer_is_on_its_way_only_the_latest_stroke_waits(show: Show, ends: Ends) -> None:
    panel = show(digits())
    for _ in range(4):
        stroke(panel.picture.surface, SEVEN)
    first = ends.data.heard()
    assert len(first) == 1
    (asked,) = first
    assert isinstance(asked, TryFirst) and panel.asking.own is not None
    assert not np.array_equal(asked.own.values, panel.asking.own.values)
    np.testing.assert_array_equal(panel.asking.own.values, panel.picture.surface.pixels)


def test_a_sample_arrives_exactly_and_can_be_drawn_on(show: Show, ends: Ends) -> None:
    panel = show(digits())
    QTest.mouseClick(panel.steps["later"], LEFT)
    ends.owns()
    box = Data(dataset="digits_8")
    place = panel.samples.number
    expected = prepare(box).inputs("validation", np.array([place]))[0]
    assert panel.asking.reply is not None
    np.testing.assert_array_equal(panel.asking.reply.received, expected)
    stroke(panel.picture.surface, [(0.05, 0.05)])
    ends.owns()
    found = panel.asking.reply.received
    assert found[0, 0, 0] > expected[0, 0, 0]  # drawn on,
    np.testing.assert_allclose(found[2:, 2:], expected[2:, 2:], atol=0.01)  # but not moved


def test_strokes_are_taken_back_one_by_one_and_a_new_sheet_asks_nothing(
    show: Show, ends: Ends
) -> None:
    panel = show(digits())
    surface = panel.picture.surface
    stroke(surface, SEVEN)
    once = surface.pixels
    stroke(surface, [(0.2, 0.8), (0.8, 0.8)])
    assert not np.array_equal(surface.pixels, once)
    surface.setFocus()
    QTest.keySequence(surface, QKeySequence(QKeySequence.StandardKey.Undo))
    np.testing.assert_array_equal(surface.pixels, once)
    QTest.mouseClick(panel.picture.buttons["clear"], LEFT)
    ends.owns()
    assert surface.is_blank and panel.asking.reply is None and panel.answer.rows() == []
    assert panel.note.text() == tr("try.begin")
    QTest.mouseClick(panel.picture.buttons["undo"], LEFT)
    np.testing.assert_array_equal(surface.pixels, once)


def test_the_rubber_rubs_out(show: Show) -> None:
    panel = show(digits())
    stroke(panel.picture.surface, SEVEN)
    before = int(panel.picture.surface.pixels.sum())
    QTest.mouseClick(panel.picture.buttons["rubber"], LEFT)
    stroke(panel.picture.surface, SEVEN)
    assert int(panel.picture.surface.pixels.sum()) < before / 50


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A black bar on white paper."""
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill("white")
    for y in range(5, 35):
        for x in range(27, 33):
            picture.setPixel(x, y, 0xFF000000)
    path = tmp_path / "bar.png"
    assert picture.save(str(path))
    return path


def test_a_picture_file_that_is_dropped_is_placed_like_a_digit(
    show: Show, ends: Ends, photo: Path
) -> None:
    panel = show(digits())
    surface, data = panel.picture.surface, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    drop(surface, data)
    ends.owns()
    assert panel.asking.reply is not None
    received = panel.asking.reply.received[..., 0]
    assert received.max(axis=1).min() > 0.5  # as tall as digits are, light on dark
    assert received[:, 0].max() < 0.05


def test_a_picture_is_pasted_with_the_keys(show: Show, ends: Ends, photo: Path) -> None:
    panel = show(digits())
    QGuiApplication.clipboard().setImage(QImage(str(photo)))
    panel.picture.surface.setFocus()
    QTest.keySequence(panel.picture.surface, QKeySequence(QKeySequence.StandardKey.Paste))
    (own,) = ends.owns()
    assert own.is_drawn and own.values.min() == 0 and own.values.max() == 255


def test_what_is_no_picture_is_told_and_changes_nothing(
    show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = show(digits())
    data = QMimeData()
    (tmp_path / "a.png").write_text("no picture")
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    surface = panel.picture.surface
    with qtbot.waitSignal(panel.failed):
        drop(surface, data)
    assert surface.is_blank


def train_and_answer(panel: TryPanel, ends: Ends, qtbot: QtBot) -> protocol.Try:
    """One question to a network in training, and its answer."""
    qtbot.waitUntil(lambda: panel.asking._number > 0)
    question = ends.engine.only(protocol.Try)
    reply = Reply(np.zeros((8, 8, 1)), "classes", np.eye(10, dtype=np.float32)[4], {})
    ends.engine.say(protocol.Tried(question.run, 3, question.number, reply, 0.001))
    return question


def test_the_answer_follows_the_training(show: Show, ends: Ends, qtbot: QtBot) -> None:
    panel = show(digits())
    stroke(panel.picture.surface, SEVEN)
    ends.owns()
    start(panel.run, ends.engine)
    train_and_answer(panel, ends, qtbot)
    assert panel.answer.rows()[0][:2] == ("4", "100 %")
    assert panel.answer_title.text() == tr("try.trained", epochs="3")
    ends.engine.train(panel.run, 0, 3)
    train_and_answer(panel, ends, qtbot)
    assert ends.data.heard() == []


def test_nothing_is_asked_while_the_panel_is_hidden(show: Show, ends: Ends, qtbot: QtBot) -> None:
    panel = show(digits())
    stroke(panel.picture.surface, SEVEN)
    ends.owns()
    panel.hide()
    start(panel.run, ends.engine)
    ends.engine.train(panel.run, 0, 3)
    qtbot.waitUntil(lambda: not panel.asking._timer.isActive())
    assert ends.engine.heard() == [] and ends.data.heard() == []
    panel.show()
    asked = ends.engine.only(protocol.Try).own
    np.testing.assert_array_equal(asked.values, panel.picture.surface.pixels)


def test_another_data_set_begins_a_sheet_of_its_kind(show: Show, ends: Ends) -> None:
    panel = show(digits())
    stroke(panel.picture.surface, SEVEN)
    panel.store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": "photo_patches"}))
    assert panel.picture.surface.is_blank and panel.picture.surface.is_coloured
    assert panel.picture.buttons["colour"].isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_that_takes_nothing_says_so_in_words(show: Show, language: str) -> None:
    panel = show(Document())
    set_language(language)
    assert panel.pages.currentWidget() is panel.empty
    assert panel.empty.heading.text() == tr("try.empty")
    set_language("en")
