"""What a screen reader is told: edits, problems, and a run at a rate that can be listened to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.layers import drawing
from engine.spec import edits
from engine.spec.document import Edge
from gui import words
from gui.announcing import voice
from gui.window.main_window import MainWindow
from tests.gui.other_end import OtherEnd, start


@pytest.fixture
def heard(window: MainWindow) -> Iterator[list[str]]:
    found: list[str] = []
    voice.said.connect(found.append)
    yield found
    voice.said.disconnect(found.append)


def test_an_edit_is_told_at_once(window: MainWindow, heard: list[str]) -> None:
    window.store.edit("", lambda d: drawing.append(d, "dropout", "dense_1")[0])
    window.store.edit("", lambda d: edits.disconnect(d, (Edge("dense_1", "y", "dropout_1", "x"),)))
    window.store.edit("", lambda d: edits.remove_nodes(d, ("dropout_1",)))
    assert heard == [
        "Dropout added behind Dense.",
        "Dropout no longer reads Dense.",
        "Dropout removed.",
    ]
    window.store.edit("", lambda d: edits.move_nodes(d, {"dense_1": (0.0, 0.0)}))
    assert "" not in heard and len(heard) == 3


def test_a_problem_is_told_when_the_hands_rest(window: MainWindow, heard: list[str]) -> None:
    window.announcer.rest.setInterval(0)
    window.store.edit("", lambda d: edits.remove_nodes(d, ("flatten_1",)))
    assert len(heard) == 1 and window.announcer.rest.isActive()
    window.announcer._tell_problems()
    assert "Dense" in heard[1]
    window.store.undo_stack.undo()
    window.announcer._tell_problems()
    assert heard[-1] == "No problems any more."


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_run_is_told_from_its_beginning_to_its_end(
    window: MainWindow, engine: OtherEnd, heard: list[str], language: str
) -> None:
    words.set_language(language)
    run = window.run
    start(run, engine)
    assert heard == [words.tr("spoken.running")]
    for epoch in range(4):
        engine.end_epoch(run, epoch)
    assert len(heard) == 2  # the others came too soon after the first
    assert "1.0000" in heard[1] or "1.000" in heard[1]
    window.announcer.pause.stop()
    window.announcer._tell_epoch()
    assert words.tr("spoken.falling") in heard[2] and "0.25" in heard[2]
    engine.finish(run)
    assert heard[-1].startswith(words.tr("spoken.finished"))


def test_a_notice_is_told(window: MainWindow, heard: list[str]) -> None:
    window.notice.say(lambda: "Look out")
    assert heard == ["Look out"]
