"""A typed line is read as the data are, and a network that continues texts writes on."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.data.preparing import prepare
from engine.layers.data import Data
from engine.protocol import Reply
from engine.scripting import Model, chain
from engine.spec.document import Document
from gui.trying.token_input import Vocabulary, drawn_token, vocabulary_of
from tests.gui.other_end import start
from tests.gui.trying.conftest import Ends, Show

LEFT = Qt.MouseButton.LeftButton


def sorter(dataset: str = "names", length: int = 16) -> Document:
    return chain(
        ("data", {"dataset": dataset, "length": length}),
        ("embedding", {"units": 4}),
        ("flatten", {}),
        ("dense", {"units": 6, "activation": "softmax"}),
        ("cross_entropy", {}),
    )


def writer() -> Document:
    return chain(
        ("data", {"dataset": "alice", "length": 12}),
        ("embedding", {"units": 4}),
        ("simple_rnn", {"units": 5, "returns": "sequence"}),
        ("dense", {"units": 58, "activation": "softmax"}),
        ("cross_entropy", {}),
    )


def test_a_name_is_answered_after_each_key(show: Show, ends: Ends) -> None:
    panel = show(sorter())
    panel.tokens.line.setFocus()
    for key in "Rossi":
        QTest.keyClicks(panel.tokens.line, key)
        ends.owns()
    own, reply = panel.asking.own, panel.asking.reply
    assert own is not None and reply is not None
    letters = vocabulary_of("names", 30).tokens
    assert "".join(letters[i] for i in own.values) == "rossi"
    assert reply.received.tolist()[5:] == [0] * 11
    model = Model(panel.store.document, backend="plain", threads=1)
    np.testing.assert_allclose(reply.answers, model.predict(reply.received[None])[0], rtol=1e-5)
    model.close()


def test_what_is_not_known_is_struck_out_and_left_out(show: Show, ends: Ends) -> None:
    panel = show(sorter())
    QTest.keyClicks(panel.tokens.line, "a7b")
    ends.owns()
    assert panel.asking.own is not None and panel.asking.own.values.tolist() == [1, 2]
    assert panel.tokens.pieces.text().count("<s ") == 1
    assert "7" in panel.tokens.pieces.toolTip()
    QTest.keyClick(panel.tokens.line, Qt.Key.Key_Backspace)
    QTest.keyClick(panel.tokens.line, Qt.Key.Key_Backspace)
    QTest.keyClick(panel.tokens.line, Qt.Key.Key_Backspace)
    assert panel.asking.own is None and panel.answer.rows() == []


def test_a_sample_is_written_into_the_line_and_arrives_as_it_is(show: Show, ends: Ends) -> None:
    panel = show(sorter())
    QTest.mouseClick(panel.steps["later"], LEFT)
    ends.owns()
    box = Data(dataset="names", length=16)
    expected = prepare(box).inputs("validation", np.array([panel.samples.number]))[0]
    assert panel.asking.reply is not None
    np.testing.assert_array_equal(panel.asking.reply.received, expected)
    assert not panel.tokens.button.isVisible()


def test_words_are_read_one_by_one() -> None:
    words = Vocabulary(("", "\ufffd", "good", "day", "!"))
    assert words.read("Good  day!") == [("Good", 2), ("day", 3), ("!", 4)]
    assert words.read("bad day") == [("bad", -1), ("day", 3)]
    assert words.write([2, 3]) == "good day"


def test_the_answer_is_that_of_the_last_character(show: Show, ends: Ends) -> None:
    panel = show(writer())
    QTest.keyClicks(panel.tokens.line, "Alice was beginning")  # longer than a window
    ends.owns()
    reply, own = panel.asking.reply, panel.asking.own
    assert reply is not None and own is not None and len(own.values) == 12
    best = panel.answer.rows()[0]
    assert best[3] == int(np.argmax(reply.answers[11]))
    QTest.keyClick(panel.tokens.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(panel.tokens.line, "Al")
    ends.owns()
    assert panel.asking.reply is not None
    assert panel.answer.rows()[0][3] == int(np.argmax(panel.asking.reply.answers[1]))


def test_a_trained_network_writes_on_until_it_is_stopped(
    show: Show, ends: Ends, qtbot: QtBot
) -> None:
    panel = show(writer())
    start(panel.run, ends.engine)
    QTest.keyClicks(panel.tokens.line, "A")
    panel.tokens.warmth.setValue(0)
    QTest.mouseClick(panel.tokens.button, LEFT)
    letters = vocabulary_of("alice", 58).tokens
    wanted = "lice"
    for letter in wanted:
        qtbot.waitUntil(lambda: panel.asking._number > 0)
        question = ends.engine.heard()[-1]
        assert isinstance(question, protocol.Try)
        answers = np.zeros((12, 58), np.float32)
        answers[len(question.own.values) - 1, letters.index(letter)] = 1.0
        reply = Reply(np.zeros(12, np.int64), "classes", answers, {})
        if panel.tokens.line.text() == "A" and panel.asking._is_due:
            panel.tokens.button.setChecked(True)
        ends.engine.say(protocol.Tried(question.run, 1, question.number, reply, 0.001))
    assert panel.tokens.line.text() == "A" + wanted
    QTest.mouseClick(panel.tokens.button, LEFT)
    before = panel.tokens.line.text()
    panel.tokens.hear(reply)
    assert panel.tokens.line.text() == before


def test_the_temperature_decides_how_freely_is_chosen() -> None:
    shares, chance = np.array([0.5, 0.3, 0.2]), np.random.default_rng(3)
    assert {drawn_token(shares, 0.0, chance) for _ in range(20)} == {0}
    found = np.bincount([drawn_token(shares, 1.0, chance) for _ in range(4000)]) / 4000
    np.testing.assert_allclose(found, shares, atol=0.03)
    cold = np.bincount([drawn_token(shares, 0.5, chance) for _ in range(4000)]) / 4000
    np.testing.assert_allclose(cold, shares**2 / (shares**2).sum(), atol=0.03)
