"""Each kind of mistake is made by hand, seen at its place, repaired by a click, and undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec.problems import Problem
from gui import theme, words
from gui.canvas.marks import concerned, sign_of_box
from gui.describe import title
from gui.inspector.repair import RepairButton
from tests.gui.canvas.validity import assert_in_step
from tests.gui.gestures import on_screen
from tests.gui.window.mistakes import MISTAKES, Desk, Mistake

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def desk(qapp: QApplication) -> Iterator[Desk]:
    """One window for all of them."""
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    words.set_language("en")
    made = Desk()
    made.show()
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def found(desk: Desk, mistake: Mistake) -> list[Problem]:
    """The problems of this kind at this box."""
    nodes = (mistake.box,) if mistake.box else ()
    problems = desk.store.analysis.problems
    return [p for p in problems if p.code == mistake.code and p.nodes[:1] == nodes]


def show_card(desk: Desk, mistake: Mistake, problem: Problem) -> list[RepairButton]:
    """Click the sign at the box, and look at what is drawn and said there; the buttons there."""
    view, scene = desk.canvas, desk.canvas.canvas
    assert scene.nodes[mistake.box].face.mark
    assert scene.nodes[mistake.box].isVisible()
    lines = concerned(desk.store.document.network, (problem,))
    assert all(scene.edges[edge].mark for edge in lines)
    view.camera.look_at(scene.bounds((mistake.box,)).center())
    QTest.mouseClick(
        view.viewport(), LEFT, pos=on_screen(view, sign_of_box(scene.nodes[mistake.box]).center())
    )
    assert desk.marking.popup.isVisible()
    card = next(c for c in desk.marking.popup.list.cards if c.problem == problem)
    text = card.sentence.text()
    assert "{" not in text and title(desk.store.document, mistake.box) in text
    return card.buttons


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.box or 'all'}")
def test_a_mistake_is_made_seen_repaired_and_undone(desk: Desk, mistake: Mistake) -> None:
    desk.marking.close()
    desk.store.open(mistake.document())
    desk.canvas.zoom_actual()
    desk.canvas.camera.look_at(desk.canvas.canvas.bounds().center())
    assert not desk.store.analysis.problems
    mistake.make(desk)
    assert found(desk, mistake), [(p.code, p.nodes) for p in desk.store.analysis.problems]
    (problem,) = found(desk, mistake)
    assert problem.severity == mistake.severity and problem.fixes
    if mistake.box:
        buttons = show_card(desk, mistake, problem)
    else:
        desk.strip.go([p.code for p in desk.strip.problems].index(mistake.code) - desk.strip.index)
        buttons = desk.strip.repairs
    wrong, steps = desk.store.document, desk.store.undo_stack.count()
    QTest.mouseMove(desk.canvas.viewport(), QPoint(5, 5))  # it may rest where the button came
    QTest.mouseMove(buttons[0], buttons[0].rect().center())
    assert desk.canvas.canvas.ghosts.is_shown and desk.store.document is wrong
    QTest.mouseClick(buttons[0], LEFT)
    assert not found(desk, mistake), "the button did not help"
    assert not desk.canvas.canvas.ghosts.is_shown
    assert desk.store.undo_stack.count() == steps + 1
    assert_in_step(desk.canvas)
    desk.store.undo_stack.undo()
    assert found(desk, mistake) and desk.store.document == wrong


def test_there_are_at_least_25_kinds_of_errors() -> None:
    assert len({mistake.code for mistake in MISTAKES if mistake.severity == "error"}) >= 25
    assert len({mistake.code for mistake in MISTAKES}) >= 40
