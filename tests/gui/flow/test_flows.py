"""What is asked about the network on the canvas, of whom, and when nothing is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.data_protocol import Refused, Trace, Traced
from engine.protocol import Flow, Passage
from engine.spec import edits
from gui.data_client import DataClient
from gui.engine_client import EngineClient
from gui.flow.flows import Flows
from gui.moments import Moment
from gui.run import PAUSED, Run
from gui.store import DocumentStore
from tests.gui.data.data_end import DataEnd
from tests.gui.networks import chain
from tests.gui.other_end import BATCHES, OtherEnd, change_network, complete, start

ONE = Flow(np.ones(3, np.float32), 1.0, 1.0, 1.0)


def passage(sample: int = 0) -> Passage:
    return Passage(sample, 40, {"dense_1": ONE}, {})


@pytest.fixture
def run(qtbot: QtBot) -> Run:
    return Run(DocumentStore(chain()), EngineClient())


@pytest.fixture
def engine(run: Run) -> OtherEnd:
    return OtherEnd(run.client)


@pytest.fixture
def end() -> Iterator[DataEnd]:
    end = DataEnd(DataClient())
    yield end
    end.close()


class Eyes:
    """Whether a person looks."""

    are_open = True

    def __call__(self) -> bool:
        return self.are_open


@pytest.fixture
def eyes() -> Eyes:
    return Eyes()


@pytest.fixture
def flows(run: Run, engine: OtherEnd, end: DataEnd, eyes: Eyes) -> Flows:
    flows = Flows(run.store, run, end.client, eyes)
    flows.begin()
    return flows


def settle(flows: Flows, qtbot: QtBot) -> None:
    """Until nothing waits to be asked."""
    qtbot.waitUntil(lambda: not flows._timer.isActive())


def tell(end: DataEnd, sample: int = 0) -> Trace:
    """Answer the one question of the data process."""
    (question,) = end.heard()
    assert isinstance(question, Trace)
    end.say(Traced(question.task, passage(sample)))
    return question


def glances(engine: OtherEnd) -> list[protocol.Glance]:
    engine.heard()
    found, engine.glances = engine.glances, []
    return found


def test_the_first_weights_are_shown_before_there_is_a_run(flows: Flows, end: DataEnd) -> None:
    assert tell(end).sample == 0
    assert flows.passage is not None and not flows.is_trained


def test_edits_ask_once_more_and_moving_boxes_does_not(
    flows: Flows, run: Run, end: DataEnd, qtbot: QtBot
) -> None:
    tell(end)
    settle(flows, qtbot)
    run.store.edit("", lambda d: edits.move_nodes(d, {"dense_1": (900.0, 900.0)}))
    assert not flows._timer.isActive()
    change_network(run)
    change_network(run)
    settle(flows, qtbot)
    tell(end)
    assert end.heard() == []


def test_an_answer_about_an_older_drawing_is_dropped(
    flows: Flows, run: Run, end: DataEnd, qtbot: QtBot
) -> None:
    (old,) = end.heard()
    change_network(run)
    settle(flows, qtbot)
    end.say(Traced(old.task, passage()))
    assert flows.passage is None
    tell(end)
    assert flows.passage is not None


def test_nothing_is_asked_while_nobody_can_see_it(
    flows: Flows, run: Run, engine: OtherEnd, end: DataEnd, eyes: Eyes, qtbot: QtBot
) -> None:
    tell(end)
    eyes.are_open = False
    change_network(run)
    settle(flows, qtbot)
    start(run, engine)
    engine.train(run, 0, 3)
    settle(flows, qtbot)
    assert end.heard() == [] and glances(engine) == []
    eyes.are_open = True
    flows.wake()
    settle(flows, qtbot)
    assert len(glances(engine)) == 1


def test_a_network_in_training_is_asked_one_question_at_a_time(
    flows: Flows, run: Run, engine: OtherEnd, end: DataEnd, qtbot: QtBot
) -> None:
    tell(end)
    start(run, engine)
    settle(flows, qtbot)
    for batch in range(1, 6):
        engine.train(run, 0, batch)
    settle(flows, qtbot)
    (question,) = glances(engine)
    assert question == protocol.Glance(run.number, 0)
    engine.say(protocol.Glanced(run.number, 0, passage(), 0.001))
    assert flows.is_trained
    engine.train(run, 0, 7)
    assert flows._timer.remainingTime() > 100  # not at once
    flows._timer.start(0)
    settle(flows, qtbot)
    assert len(glances(engine)) == 1


def test_looking_takes_the_longer_breaks_the_longer_it_takes(flows: Flows, end: DataEnd) -> None:
    tell(end)
    usual = flows._pause()
    flows._seconds = 0.05
    assert flows._pause() == 100 * 50 > usual


def test_a_run_that_ends_shows_its_last_weights(
    flows: Flows, run: Run, engine: OtherEnd, end: DataEnd, qtbot: QtBot
) -> None:
    complete(run, engine)
    settle(flows, qtbot)
    (question,) = glances(engine)
    engine.say(protocol.Glanced(question.run, 2, passage(), 0.001))
    assert (flows.is_trained, flows.epoch) == (True, 2)
    settle(flows, qtbot)
    assert glances(engine) == []


def test_an_earlier_moment_of_a_run_is_shown_too(
    flows: Flows, run: Run, engine: OtherEnd, end: DataEnd, qtbot: QtBot
) -> None:
    complete(run, engine)
    settle(flows, qtbot)
    (question,) = glances(engine)
    engine.say(protocol.Glanced(question.run, 2, passage(), 0.001))
    settle(flows, qtbot)
    run.stand(PAUSED, Moment(BATCHES, 1, b"earlier"))
    run.predicted.emit(None)
    settle(flows, qtbot)
    assert len(glances(engine)) == 1


def test_an_answer_about_the_moment_before_is_not_taken_for_the_one_that_is_shown(
    flows: Flows, run: Run, engine: OtherEnd, end: DataEnd, qtbot: QtBot
) -> None:
    complete(run, engine)
    settle(flows, qtbot)
    (question,) = glances(engine)
    run.stand(PAUSED, Moment(BATCHES, 1, b"earlier"))  # while the answer is on its way
    run.predicted.emit(None)
    engine.say(protocol.Glanced(question.run, 2, passage(), 0.001))
    flows._timer.start(0)
    settle(flows, qtbot)
    assert len(glances(engine)) == 1


def test_another_drawing_than_the_run_is_shown_untrained(
    flows: Flows, run: Run, engine: OtherEnd, end: DataEnd, qtbot: QtBot
) -> None:
    tell(end)
    start(run, engine)
    change_network(run)
    settle(flows, qtbot)
    tell(end)
    assert not flows.is_trained
    engine.say(protocol.Glanced(run.number, 0, passage(), 0.001))  # of the old drawing
    assert not flows.is_trained


def test_another_sample_is_chosen_in_a_circle(flows: Flows, end: DataEnd) -> None:
    tell(end)
    flows.step(-1)
    assert flows.sample == 39
    assert tell(end, 39).sample == 39
    flows.step(1)
    assert tell(end, 0).sample == 0


def test_data_that_cannot_be_read_show_nothing(flows: Flows, end: DataEnd) -> None:
    (question,) = end.heard()
    end.say(Refused(question.task, "missing"))
    assert flows.passage is None
    flows.ask()
    assert end.heard() == []  # once is enough


def test_a_drawing_without_data_asks_nothing(
    flows: Flows, run: Run, end: DataEnd, qtbot: QtBot
) -> None:
    tell(end)
    run.store.edit("", lambda d: edits.remove_nodes(d, ("data_1",)))
    settle(flows, qtbot)
    assert flows.passage is None and end.heard() == []
