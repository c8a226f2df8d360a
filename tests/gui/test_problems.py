"""The strip over the canvas: which problem it shows, and what its buttons do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.layers.analysis import analyse
from engine.layers.drawing import append, place
from engine.spec.document import Document
from engine.spec.edits import remove_nodes, set_options
from gui import theme, words
from gui.describe import fix_text, problem_text
from gui.problems import ProblemStrip
from gui.store import DocumentStore
from gui.words import LANGUAGES
from tests.engine.layers.test_invalid_graphs import broken

LEFT = Qt.MouseButton.LeftButton


def network() -> Document:
    """data → flatten → dense (10, softmax) → cross_entropy."""
    document, id = place(Document(), "data", 0.0, 0.0)
    for kind in ("flatten", "dense", "cross_entropy"):
        document, id = append(document, kind, id)
    return set_options(document, "dense_1", {"units": 10, "activation": "softmax"})


@pytest.fixture
def store() -> DocumentStore:
    return DocumentStore(network())


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication, store: DocumentStore) -> ProblemStrip:
    theme.set_up(qapp, "light")
    made = ProblemStrip(store)
    qtbot.addWidget(made)
    made.resize(700, 40)
    return made


def test_a_sound_drawing_and_an_empty_canvas_have_no_strip(
    strip: ProblemStrip, store: DocumentStore
) -> None:
    assert strip.isHidden()
    store.open(Document())
    assert strip.isHidden()


def test_a_problem_is_shown_with_its_repair(
    strip: ProblemStrip, store: DocumentStore, qtbot: QtBot
) -> None:
    store.edit("", lambda document: set_options(document, "dense_1", {"units": 7}))
    assert strip.isVisible()
    assert "one output for each of the 10 classes, but Dense gives 7" in strip.sentence.text()
    (button,) = strip.repairs
    qtbot.mouseClick(button, LEFT)
    assert store.document.network.node("dense_1").options["units"] == 10
    assert strip.isHidden()
    assert store.undo_stack.undoText() == "Set Units of Dense to 10"


def test_a_click_selects_the_box(strip: ProblemStrip, store: DocumentStore, qtbot: QtBot) -> None:
    store.edit("", lambda document: remove_nodes(document, ("flatten_1",)))
    qtbot.mouseClick(strip.sentence, LEFT)
    assert store.selection == ("dense_1",)


def test_a_click_on_a_problem_of_the_training_asks_for_its_form(
    strip: ProblemStrip, store: DocumentStore, qtbot: QtBot
) -> None:
    store.edit("", lambda d: replace(d, training=replace(d.training, learning_rate=50.0)))
    with qtbot.waitSignal(strip.training_wanted):
        qtbot.mouseClick(strip.sentence, LEFT)
    assert store.selection == ()


def test_arrows_go_through_all_problems(
    strip: ProblemStrip, store: DocumentStore, qtbot: QtBot
) -> None:
    store.edit("", lambda document: place(document, "conv2d", 0.0, 200.0)[0])
    store.edit("", lambda document: set_options(document, "dense_1", {"units": 7}))
    assert strip.counter.text() == "1 of 2"
    first = strip.problem
    qtbot.mouseClick(strip.following, LEFT)
    assert strip.counter.text() == "2 of 2" and strip.problem != first
    assert strip.problem is not None and store.selection == strip.problem.nodes[:1]
    qtbot.mouseClick(strip.following, LEFT)
    assert strip.counter.text() == "1 of 2"
    qtbot.mouseClick(strip.previous, LEFT)
    assert strip.counter.text() == "2 of 2"


def test_errors_come_before_warnings(strip: ProblemStrip, store: DocumentStore) -> None:
    store.edit("", lambda document: set_options(document, "dense_1", {"activation": "linear"}))
    assert strip.problem is not None and strip.problem.code == "scores"
    warning = strip.styleSheet()
    store.edit("", lambda document: place(document, "conv2d", 0.0, 200.0)[0])
    assert strip.problem is not None and strip.problem.code == "no_input"
    assert strip.styleSheet() != warning
    assert strip.counter.text() == "1 of 2"


def test_the_problem_that_is_shown_stays_while_others_come_and_go(
    strip: ProblemStrip, store: DocumentStore
) -> None:
    store.edit("", lambda document: place(document, "conv2d", 0.0, 200.0)[0])
    store.edit("", lambda document: set_options(document, "dense_1", {"units": 7}))
    strip.go(1)
    shown = strip.problem
    assert shown is not None
    store.edit("", lambda document: place(document, "max_pool2d", 0.0, 400.0)[0])
    assert strip.problem is not None
    assert (strip.problem.code, strip.problem.nodes) == (shown.code, shown.nodes)
    assert strip.counter.text().endswith("of 3")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_everything_has_a_hover_text_and_a_name(
    strip: ProblemStrip, store: DocumentStore, language: str
) -> None:
    store.edit("", lambda document: set_options(document, "dense_1", {"units": 7}))
    words.set_language(language)
    for control in (strip.previous, strip.following, strip.mark, *strip.repairs):
        assert control.toolTip() and control.accessibleName()
    assert ("全连接层" in strip.sentence.text()) == (language == "zh_CN")


def test_two_buttons_stand_below_a_sentence_that_would_not_fit_beside_them(
    strip: ProblemStrip, store: DocumentStore, qtbot: QtBot
) -> None:
    strip.resize(740, 40)
    store.edit("", lambda document: append(document, "conv2d", "flatten_1")[0])
    with qtbot.waitExposed(strip):
        strip.show()
    strip.resize(740, strip.heightForWidth(740))
    assert strip.problem is not None and strip.problem.code == "needs_image"
    assert len(strip.repairs) == 2
    lines = strip.sentence.height() / strip.sentence.fontMetrics().lineSpacing()
    assert strip.sentence.width() > 550 and lines < 3
    assert all(button.y() + strip.offers.y() > 30 for button in strip.repairs)
    strip.resize(1800, 40)
    qtbot.waitUntil(lambda: strip.offers.x() > strip.sentence.x() + 500)


def test_nothing_shows_through_the_strip(strip: ProblemStrip, store: DocumentStore) -> None:
    store.edit("", lambda document: set_options(document, "dense_1", {"units": 7}))
    assert "rgba" not in strip.styleSheet()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_and_repair_of_spoilt_drawings_has_words(language: str) -> None:
    words.set_language(language)
    for seed in range(150):
        document = broken(seed)
        for problem in analyse(document).problems:
            sentences = [problem_text(document, problem)]
            sentences += [fix_text(document, fix) for fix in problem.fixes]
            assert all(sentence and "{" not in sentence for sentence in sentences)
