"""Weights that the window holds: saved with the right network, taken over from files, kept."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.protocol import COMPLETED, END, NOWHERE
from engine.spec.document import Document
from engine.spec.files import Saved
from engine.spec.history import History
from gui.engine_client import EngineClient
from gui.past import past_of
from gui.run import EMPTY, FAILED, FINISHED, PAUSED, PREPARING, Run
from gui.store import DocumentStore
from tests.gui.networks import chain
from tests.gui.other_end import (
    BATCHES,
    OtherEnd,
    change_network,
    complete,
    set_training,
    start,
)

LONG_MS = 60_000


@pytest.fixture
def run(qtbot: QtBot) -> Run:
    return Run(DocumentStore(chain()), EngineClient())


@pytest.fixture
def engine(run: Run) -> OtherEnd:
    return OtherEnd(run.client)


class Calls:
    """Counts how often it was called."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


def trained(document: Document, epochs: int = 2, reason: str = "") -> Saved:
    """A file with the weights of some epochs."""
    steps = {"loss": [1.0] * epochs * BATCHES}
    history = History(BATCHES, steps, [{"loss": 1.0}] * epochs, reason)
    return Saved(document, b"from the file", history.to_json())


# asking for the present weights


def test_without_a_run_there_is_nothing_to_wait_for(run: Run, engine: OtherEnd) -> None:
    called = Calls()
    run.with_state(LONG_MS, called)
    assert called.count == 1
    assert engine.heard() == []


def test_while_preparing_there_is_nothing_to_wait_for(run: Run, engine: OtherEnd) -> None:
    run.play()
    engine.heard()
    called = Calls()
    run.with_state(LONG_MS, called)
    assert called.count == 1
    assert engine.heard() == []
    assert run.saved().weights is None


def test_while_running_the_present_weights_are_waited_for(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.send_state(run, b"after epoch 1", 1)
    engine.end_epoch(run, 1)
    called = Calls()
    run.with_state(LONG_MS, called)
    assert called.count == 0
    assert engine.only(protocol.AskState).run == run.number
    engine.send_state(run, b"by itself", 1)
    assert called.count == 0
    engine.send_state(run, b"asked", 2, asked=True)
    assert called.count == 1
    saved = run.saved()
    assert saved.weights == b"asked"
    assert saved.history is not None
    assert saved.history["place"] == [2 * BATCHES, 2]
    run.with_state(LONG_MS, called)
    assert called.count == 2
    assert engine.heard() == []


def test_each_who_waits_is_called_once(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    called = Calls()
    run.with_state(LONG_MS, called)
    run.with_state(LONG_MS, called)
    engine.send_state(run, b"asked", 0, asked=True)
    engine.send_state(run, b"asked", 0, asked=True)
    assert called.count == 2


def test_an_engine_that_does_not_answer_is_not_waited_for_for_ever(
    run: Run, engine: OtherEnd, qtbot: QtBot
) -> None:
    start(run, engine)
    called = Calls()
    run.with_state(10, called)
    qtbot.waitUntil(lambda: called.count == 1)
    engine.send_state(run, b"late", 0, asked=True)
    assert called.count == 1


def test_the_patience_of_one_does_not_end_that_of_another(
    run: Run, engine: OtherEnd, qtbot: QtBot
) -> None:
    start(run, engine)
    hasty, patient = Calls(), Calls()
    run.with_state(LONG_MS, patient)
    run.with_state(10, hasty)
    qtbot.waitUntil(lambda: hasty.count == 1)
    assert patient.count == 0
    engine.send_state(run, b"asked", 0, asked=True)
    assert (hasty.count, patient.count) == (1, 1)


def test_the_death_of_the_engine_ends_waiting(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.send_state(run, b"after epoch 1", 1)
    engine.end_epoch(run, 1)
    called = Calls()
    run.with_state(LONG_MS, called)
    engine.die()
    assert called.count == 1
    assert run.saved().weights == b"after epoch 1"
    run.with_state(LONG_MS, called)
    assert called.count == 2


def test_a_failure_ends_waiting(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    called = Calls()
    run.with_state(LONG_MS, called)
    engine.say(protocol.Failed(run.number, "memory"))
    assert called.count == 1


def test_who_waits_is_called_before_the_weights_are_cleared(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.send_state(run, b"after epoch 1", 1)
    seen: list[Saved] = []
    run.with_state(LONG_MS, lambda: seen.append(run.saved()))
    run.reset()
    assert [saved.weights for saved in seen] == [b"after epoch 1"]
    assert run.saved().weights is None


# what is saved


def test_what_is_saved_ends_where_its_weights_were_taken(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.send_state(run, b"after epoch 1", 1)
    engine.end_epoch(run, 1)
    engine.train(run, 2, 3, count=3)
    saved = run.saved()
    assert saved.weights == b"after epoch 1"
    history = History.from_json(saved.history or {})
    assert (history.count, len(history.epochs)) == (BATCHES, 1)
    assert (run.history.count, len(run.history.epochs)) == (2 * BATCHES + 3, 2)


def test_weights_of_another_network_are_not_saved(run: Run, engine: OtherEnd) -> None:
    complete(run, engine)
    assert run.saved().weights == b"trained"
    change_network(run)
    assert run.saved() == Saved(run.store.document, past=past_of(run.store))
    run.store.undo_stack.undo()
    assert run.saved().weights == b"trained"


def test_going_on_after_death_does_not_give_weights_to_another_network(
    run: Run, engine: OtherEnd
) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.send_state(run, b"after epoch 1", 1)
    engine.die()
    change_network(run)
    engine.begin()
    run.play()
    assert engine.only(protocol.Start).state is None
    assert run.saved().weights is None


def test_a_finished_run_is_saved_with_its_end(run: Run, engine: OtherEnd) -> None:
    complete(run, engine)
    saved = run.saved()
    assert saved.weights == b"trained"
    assert saved.history is not None
    assert saved.history["reason"] == COMPLETED


# the death of the engine


def test_death_keeps_what_the_window_holds(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.send_state(run, b"after epoch 1", 1)
    engine.end_epoch(run, 1)
    engine.die()
    assert run.status == FAILED
    assert run.failure is not None
    assert run.failure.code == "engine_died"
    assert (run.engine_state, run.epoch_held) == ("gone", 1)
    assert len(run.history.epochs) == 2


def test_going_on_after_death_cuts_the_curves_back_to_the_weights(
    run: Run, engine: OtherEnd, qtbot: QtBot
) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.send_state(run, b"after epoch 1", 1)
    engine.end_epoch(run, 1)
    engine.die()
    engine.begin()
    with qtbot.waitSignal(run.history_replaced):
        run.play()
    command = engine.only(protocol.Start)
    assert (command.state, command.until) == (b"after epoch 1", END)
    assert (run.history.count, len(run.history.epochs)) == (BATCHES, 1)
    assert (run.epoch, run.batch) == (1, 0)
    engine.prepare(run, epoch=1)
    engine.end_epoch(run, 1)
    assert (run.history.count, len(run.history.epochs)) == (2 * BATCHES, 2)


def test_death_before_the_first_weights_means_beginning_anew(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.train(run, 0, 3, count=3)
    engine.die()
    engine.begin()
    run.play()
    assert engine.only(protocol.Start).state is None
    assert run.history.count == 0


def test_death_without_a_run_is_no_failed_run(run: Run, engine: OtherEnd) -> None:
    engine.die()
    assert (run.status, run.failure, run.engine_state) == (EMPTY, None, "gone")
    engine.begin()
    assert run.engine_state == "ready"


def test_a_completed_run_whose_engine_died_can_be_gone_on_with(run: Run, engine: OtherEnd) -> None:
    complete(run, engine)
    engine.die()
    engine.begin()
    run.play()
    assert engine.only(protocol.Start).state == b"trained"
    assert run.history.count == 2 * BATCHES


# files


def test_the_run_of_a_file_is_shown_and_gone_on_with(run: Run, engine: OtherEnd) -> None:
    run.open(trained(run.store.document))
    command = engine.only(protocol.Start)
    assert (command.state, command.until) == (b"from the file", NOWHERE)
    assert (run.history.count, run.epoch, run.epoch_held) == (2 * BATCHES, 2, 2)
    engine.prepare(run, epoch=2)
    engine.pause(run)
    assert run.status == PAUSED
    run.play()
    assert engine.only(protocol.Resume).until == END
    assert run.saved().weights == b"from the file"


def test_a_file_opened_before_the_engine_is_there_is_shown_later(run: Run) -> None:
    run.open(trained(run.store.document))
    assert run.status == EMPTY
    assert run.saved().weights == b"from the file"
    engine = OtherEnd(run.client)
    assert engine.only(protocol.Start).state == b"from the file"
    assert run.status == PREPARING


def test_weights_without_curves_are_taken_over_too(run: Run, engine: OtherEnd) -> None:
    run.open(Saved(run.store.document, b"only weights", None))
    assert engine.only(protocol.Start).state == b"only weights"
    assert run.saved().weights == b"only weights"


def test_a_file_without_weights_ends_the_run_before(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.send_state(run, b"old", 0)
    old = run.number
    run.open(Saved(run.store.document))
    assert engine.only(protocol.Stop).run == old
    assert (run.status, run.has_result) == (EMPTY, False)


def test_weights_that_do_not_fit_are_refused_until_reset(run: Run, engine: OtherEnd) -> None:
    run.open(trained(run.store.document))
    engine.heard()
    engine.say(protocol.Failed(run.number, "state_mismatch", {"what": "?"}))
    assert run.status == FAILED
    run.reset()
    assert engine.only(protocol.Start).state is None


def test_the_opened_completed_run_is_trained_as_long_again(run: Run, engine: OtherEnd) -> None:
    set_training(run, epochs=2)
    run.open(trained(run.store.document, reason=COMPLETED))
    engine.prepare(run, epoch=2)
    engine.finish(run)
    assert run.status == FINISHED
    engine.heard()
    run.play()
    assert [type(c) for c in engine.heard()] == [protocol.SetTraining, protocol.Resume]
    assert run.store.document.training.epochs == 4


def test_a_file_opened_while_it_prepares_can_be_stopped_and_played(
    run: Run, engine: OtherEnd
) -> None:
    run.open(trained(run.store.document))
    run.stop()
    engine.finish(run, protocol.STOPPED)
    engine.heard()
    run.play()
    assert engine.only(protocol.Start).state == b"from the file"
