"""The state machine of a run, driven by what an engine says at the other end of a real pipe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.protocol import BATCH, COMPLETED, DIVERGED, END, EPOCH, NOWHERE, STOPPED
from engine.spec import edits
from engine.spec.codec import from_json
from engine.spec.document import Document
from engine.spec.files import Saved
from gui.engine_client import EngineClient
from gui.past import past_of
from gui.run import EMPTY, FAILED, FINISHED, PREPARING, RUNNING, Run
from gui.store import DocumentStore
from tests.gui.networks import chain
from tests.gui.other_end import (
    BATCHES,
    OtherEnd,
    complete,
    set_training,
    start,
)


@pytest.fixture
def run(qtbot: QtBot) -> Run:
    return Run(DocumentStore(chain()), EngineClient())


@pytest.fixture
def engine(run: Run) -> OtherEnd:
    return OtherEnd(run.client)


# the buttons, state by state


def test_play_sends_the_document_and_runs_to_the_end(run: Run, engine: OtherEnd) -> None:
    command = start(run, engine)
    assert command == protocol.Start(run.number, command.document, None, END)
    assert from_json(command.document) == run.store.document
    assert run.status == RUNNING
    assert run.history.batches == BATCHES


@pytest.mark.parametrize(
    ("button", "until"),
    [(Run.play, END), (Run.one_epoch, EPOCH), (Run.one_batch, BATCH), (Run.reset, NOWHERE)],
)
def test_each_button_starts_a_run_that_goes_as_far_as_it_says(
    run: Run, engine: OtherEnd, button: Callable[[Run], None], until: str
) -> None:
    button(run)
    assert engine.only(protocol.Start).until == until
    assert run.status == PREPARING


@pytest.mark.parametrize(
    ("button", "until"), [(Run.play, END), (Run.one_epoch, EPOCH), (Run.one_batch, BATCH)]
)
def test_a_run_that_waits_goes_on(
    run: Run, engine: OtherEnd, button: Callable[[Run], None], until: str
) -> None:
    start(run, engine)
    engine.pause(run)
    button(run)
    assert engine.only(protocol.Resume) == protocol.Resume(run.number, until)
    assert run.status == RUNNING


@pytest.mark.parametrize("button", [Run.play, Run.one_epoch, Run.one_batch])
def test_what_goes_on_is_not_started_twice(
    run: Run, engine: OtherEnd, button: Callable[[Run], None]
) -> None:
    button(run)
    engine.heard()
    button(run)
    assert engine.heard() == []
    engine.prepare(run)
    button(run)
    assert engine.heard() == []


@pytest.mark.parametrize(
    ("button", "command"), [(Run.pause, protocol.Pause), (Run.stop, protocol.Stop)]
)
def test_pause_and_stop_reach_a_run_that_prepares_or_runs(
    run: Run, engine: OtherEnd, button: Callable[[Run], None], command: type
) -> None:
    run.play()
    engine.heard()
    button(run)
    assert engine.heard() == [command(run.number)]
    engine.prepare(run)
    button(run)
    assert engine.heard() == [command(run.number)]


@pytest.mark.parametrize("button", [Run.pause, Run.stop])
def test_pause_and_stop_say_nothing_where_there_is_no_run(
    run: Run, engine: OtherEnd, button: Callable[[Run], None]
) -> None:
    button(run)
    assert engine.heard() == []
    complete(run, engine)
    engine.heard()
    button(run)
    assert engine.heard() == []


def test_a_run_that_waits_can_be_stopped_and_gone_on_with(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.train(run, 0, 1)
    engine.pause(run)
    run.stop()
    assert engine.only(protocol.Stop).run == run.number
    engine.finish(run, STOPPED)
    assert (run.status, run.history.reason) == (FINISHED, STOPPED)
    run.play()
    assert engine.only(protocol.Resume).run == run.number
    assert (run.status, run.history.reason) == (RUNNING, "")


def test_a_run_stopped_while_it_prepares_begins_anew(run: Run, engine: OtherEnd) -> None:
    run.play()
    engine.say(protocol.Warming(run.number, 3, 17, "dense"))
    assert run.engine_state == "compiling"
    run.stop()
    engine.finish(run, STOPPED)
    assert run.status == EMPTY
    assert run.engine_state == "ready"
    engine.heard()
    run.play()
    assert engine.only(protocol.Start).state is None


def test_reset_ends_the_run_and_waits_at_the_initial_weights(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.send_state(run, b"trained", 1)
    old = run.number
    run.reset()
    stop, begin = engine.heard()
    assert stop == protocol.Stop(old)
    assert isinstance(begin, protocol.Start)
    assert begin.run > old
    assert (begin.state, begin.until) == (None, NOWHERE)
    assert (run.history.count, run.epoch, run.batch, run.epoch_held) == (0, 0, 0, 0)
    assert run.predictions is None


def test_a_drawing_with_errors_is_not_sent(run: Run, engine: OtherEnd) -> None:
    run.store.edit("", lambda d: edits.remove_nodes(d, ("flatten_1",)))
    assert run.store.analysis.errors
    assert not run.can_play
    for button in (Run.play, Run.one_epoch, Run.one_batch, Run.reset):
        button(run)
    assert engine.heard() == []
    assert run.status == EMPTY


def test_without_an_engine_nothing_can_be_played(run: Run) -> None:
    assert not run.can_play
    run.play()
    assert run.status == EMPTY


# what the engine says


def test_news_of_another_run_is_ignored(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    old = run.number
    run.reset()
    engine.prepare(run)
    engine.say(
        protocol.EpochEnded(old, 0, {"loss": 1.0}),
        protocol.Paused(old, 3, 3),
        protocol.State(old, b"old", 1, 1, False),
        protocol.Failed(old, "memory"),
        protocol.Finished(old, COMPLETED, 9, 9),
    )
    assert run.status == RUNNING
    assert run.history.epochs == []
    assert (run.epoch, run.batch, run.epoch_held) == (0, 0, 0)
    assert run.failure is None


def test_late_news_of_a_finished_run_is_ignored_after_opening_a_file(
    run: Run, engine: OtherEnd
) -> None:
    complete(run, engine)
    old = run.number
    run.store.open(Document())
    run.open(Saved(Document()))
    engine.say(protocol.State(old, b"old", 20, 2, True))
    assert not run.has_result
    assert run.saved() == Saved(Document(), past=past_of(run.store))


def test_a_failed_warm_up_is_no_failed_run(run: Run, engine: OtherEnd) -> None:
    engine.say(protocol.Warming(0, 1, 17, "dense"))
    engine.say(protocol.Failed(0, "memory"))
    assert (run.status, run.failure, run.engine_state) == (EMPTY, None, "ready")


def test_points_epochs_and_places_are_kept(run: Run, engine: OtherEnd, qtbot: QtBot) -> None:
    start(run, engine)
    with qtbot.waitSignals([run.points_added, run.trained, run.status_changed]):
        engine.train(run, 0, 4, count=4)
    assert (run.epoch, run.batch, run.history.count) == (0, 4, 4)
    assert run.samples_per_second == 1000.0
    engine.end_epoch(run, 0)
    assert (run.epoch, run.batch) == (1, 0)
    assert len(run.history.epochs) == 1


def test_a_failed_run_says_why_and_can_be_tried_again(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.say(protocol.Failed(run.number, "memory"))
    assert run.status == FAILED
    assert run.failure == protocol.Failed(run.number, "memory")
    run.play()
    assert engine.only(protocol.Start).state is None
    assert run.status == PREPARING
    assert run.failure is None


def test_a_diverged_run_is_not_gone_on_with(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.train(run, 0, 1)
    engine.send_state(run, b"nan", 0)
    engine.finish(run, DIVERGED)
    run.play()
    assert engine.only(protocol.Start).state is None
    assert run.history.count == 0


# a completed run


def test_a_completed_run_is_trained_as_long_again(run: Run, engine: OtherEnd) -> None:
    complete(run, engine)
    assert run.is_complete
    engine.heard()
    run.play()
    longer, resume = engine.heard()
    assert isinstance(longer, protocol.SetTraining)
    assert (longer.run, longer.training.epochs) == (run.number, 4)
    assert resume == protocol.Resume(run.number, END)
    assert run.store.document.training.epochs == 4
    assert run.history.count == 2 * BATCHES


@pytest.mark.parametrize(("button", "until"), [(Run.one_epoch, EPOCH), (Run.one_batch, BATCH)])
def test_one_step_more_of_a_completed_run_keeps_its_weights(
    run: Run, engine: OtherEnd, button: Callable[[Run], None], until: str
) -> None:
    complete(run, engine)
    engine.heard()
    button(run)
    longer, resume = engine.heard()
    assert isinstance(longer, protocol.SetTraining)
    assert longer.training.epochs == 3
    assert resume == protocol.Resume(run.number, until)
    assert run.history.count == 2 * BATCHES


def test_a_completed_run_at_the_limit_of_epochs_stays_as_it_is(run: Run, engine: OtherEnd) -> None:
    set_training(run, epochs=100_000)
    start(run, engine)
    engine.train(run, 99_999, BATCHES)
    engine.say(protocol.EpochEnded(run.number, 99_999, {"loss": 1.0}))
    engine.finish(run)
    run.play()
    assert engine.heard() == []
    assert run.status == FINISHED


def test_more_epochs_by_hand_let_a_completed_run_go_on(run: Run, engine: OtherEnd) -> None:
    complete(run, engine)
    engine.heard()
    set_training(run, epochs=7)
    assert engine.only(protocol.SetTraining).training.epochs == 7
    run.play()
    assert engine.only(protocol.Resume).until == END
    assert run.store.document.training.epochs == 7
