"""The data process seen from the window: asked in turn, cancelled, mourned, never left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.data_protocol import Look, Refused, Seen, Take, Taken, Working
from engine.spec.options import NO_OPTIONS
from gui.data_client import DataClient
from tests.engine import stand_ins
from tests.engine.stand_ins import COMPLAINT, FORM, GLIMPSE, file
from tests.gui.test_engine_client import is_running

PATIENCE_MS = 60_000


@pytest.fixture
def client(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[DataClient]:
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("gui.data_client.serve", stand_ins.serve)
    client = DataClient()
    yield client
    client.stop()


class Ears:
    """What was said, in order."""

    def __init__(self, client: DataClient, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.answers: list[Seen | Taken | Refused] = []
        self.steps: list[Working] = []
        client.answered.connect(self.answers.append)
        client.refused.connect(self.answers.append)
        client.working.connect(self.steps.append)

    def wait_for(self, count: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.answers) >= count, timeout=PATIENCE_MS)

    @property
    def tasks(self) -> list[int]:
        return [answer.task for answer in self.answers]


def take(folder: Path, name: str) -> Take:
    return Take(0, file(folder, name), FORM, NO_OPTIONS)


def test_questions_are_answered_by_one_process_that_ends_with_the_window(
    client: DataClient, qtbot: QtBot, tmp_path: Path
) -> None:
    ears = Ears(client, qtbot)
    assert not client.is_alive
    tasks = [
        client.ask(Look(0, file(tmp_path, "usual"))),
        client.ask(take(tmp_path, "usual")),
        client.ask(Look(0, file(tmp_path, "refused"))),
    ]
    process = client.process_id
    assert process is not None
    ears.wait_for(3)
    assert ears.tasks == tasks == [1, 2, 3]
    assert ears.answers[0] == Seen(1, FORM, GLIMPSE, None, (COMPLAINT,))
    assert isinstance(ears.answers[1], Taken)
    assert ears.answers[2] == Refused(3, "no_rows", {"path": "refused"}, form=FORM)
    assert {step.task for step in ears.steps} == {2}
    assert client.process_id == process
    client.cancel(3)  # too late: nothing happens
    assert client.process_id == process
    client.stop()
    assert not client.is_alive
    assert not is_running(process)
    client.stop()


def test_cancelling_ends_what_is_worked_on_and_keeps_what_waits(
    client: DataClient, qtbot: QtBot, tmp_path: Path
) -> None:
    ears = Ears(client, qtbot)
    endless = client.ask(take(tmp_path, "endless"))
    dropped = client.ask(take(tmp_path, "usual"))
    kept = client.ask(Look(0, file(tmp_path, "usual")))
    process = client.process_id
    assert process is not None
    qtbot.waitUntil(lambda: len(ears.steps) > 0, timeout=PATIENCE_MS)
    client.cancel(dropped)
    assert client.process_id == process
    client.cancel(endless)
    assert not is_running(process)
    ears.wait_for(1)
    assert ears.tasks == [kept]
    assert {step.task for step in ears.steps} == {endless}


def test_a_process_that_dies_takes_one_question_with_it(
    client: DataClient, qtbot: QtBot, tmp_path: Path
) -> None:
    ears = Ears(client, qtbot)
    lost = client.ask(Look(0, file(tmp_path, "crash")))
    kept = client.ask(Look(0, file(tmp_path, "usual")))
    ears.wait_for(2)
    assert ears.answers[0] == Refused(lost, "data_process_died", {"code": 3})
    assert ears.answers[1].task == kept
    after = client.ask(Look(0, file(tmp_path, "usual")))
    ears.wait_for(3)
    assert ears.tasks[2] == after


def test_what_a_person_waits_for_comes_first(
    client: DataClient, qtbot: QtBot, tmp_path: Path
) -> None:
    ears = Ears(client, qtbot)
    for urgent in (False, False, True):
        client.ask(Look(0, file(tmp_path, "usual")), urgent=urgent)
    ears.wait_for(3)
    assert ears.tasks == [1, 3, 2]


def test_an_answer_that_nobody_wants_is_not_heard(
    client: DataClient, qtbot: QtBot, tmp_path: Path
) -> None:
    ears = Ears(client, qtbot)
    first = client.ask(Look(0, file(tmp_path, "usual")))
    second = client.ask(Look(0, file(tmp_path, "usual")))
    third = client.ask(Look(0, file(tmp_path, "usual")))
    process = client.process_id
    client.forget(first)
    client.forget(second)
    ears.wait_for(1)
    assert ears.tasks == [third]
    assert client.process_id == process


def test_what_nobody_wants_does_not_go_on_for_ever(
    client: DataClient, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.data_client.PATIENCE_MS", 1)
    ears = Ears(client, qtbot)
    endless = client.ask(take(tmp_path, "endless"))
    process = client.process_id
    assert process is not None
    client.forget(endless)
    kept = client.ask(Look(0, file(tmp_path, "usual")))
    ears.wait_for(1)
    assert ears.tasks == [kept]
    assert not is_running(process)
    assert process != os.getpid()


def test_the_window_leaves_no_process_behind_that_is_at_work(
    client: DataClient, qtbot: QtBot, tmp_path: Path
) -> None:
    ears = Ears(client, qtbot)
    client.ask(take(tmp_path, "endless"))
    process = client.process_id
    assert process is not None
    qtbot.waitUntil(lambda: len(ears.steps) > 0, timeout=PATIENCE_MS)
    client.ask(take(tmp_path, "usual"))
    client.stop()
    assert not is_running(process)
    assert not client.is_alive
