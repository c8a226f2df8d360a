"""Looking back at earlier moments of a run, returning, and going on from there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.protocol import END
from engine.spec.document import Document
from gui.engine_client import EngineClient
from gui.run import FAILED, FINISHED, PAUSED, PREPARING, RUNNING, Run
from gui.store import DocumentStore
from tests.gui.networks import chain
from tests.gui.other_end import BATCHES, OtherEnd, change_network, set_training, start


@pytest.fixture
def run(qtbot: QtBot) -> Run:
    return Run(DocumentStore(chain()), EngineClient())


@pytest.fixture
def engine(run: Run) -> OtherEnd:
    return OtherEnd(run.client)


def trained(run: Run, engine: OtherEnd, epochs: int = 4, finish: bool = True) -> None:
    """A run that kept its weights after each epoch."""
    set_training(run, epochs=epochs)
    start(run, engine)
    engine.send_state(run, b"0", 0)
    for epoch in range(epochs):
        engine.end_epoch(run, epoch)
        engine.send_state(run, str(epoch + 1).encode(), epoch + 1)
    if finish:
        engine.finish(run)
    engine.heard()


def test_weights_are_kept_epoch_by_epoch(run: Run, engine: OtherEnd) -> None:
    trained(run, engine)
    assert [m.state for m in run.moments.all] == [b"0", b"1", b"2", b"3", b"4"]
    run.reset()
    assert run.moments.all == []


def test_an_earlier_moment_is_shown_and_left_again(run: Run, engine: OtherEnd) -> None:
    trained(run, engine)
    run.past.show(run.moments.all[1])
    assert engine.only(protocol.Visit) == protocol.Visit(run.number, b"1")
    assert (run.status, run.epoch, run.batch) == (PAUSED, 1, 0)
    assert run.past.shown is run.moments.all[1] and run.history.count == 4 * BATCHES
    assert run.saved().weights == b"4" and not run.is_ahead  # what is saved is the end
    run.past.leave()
    assert engine.only(protocol.Visit).state == b"4"
    assert (run.status, run.epoch) == (FINISHED, 4) and run.past.shown is None
    assert run.is_complete
    run.past.leave()
    assert engine.heard() == []


def test_play_goes_on_from_the_moment_that_is_shown(run: Run, engine: OtherEnd) -> None:
    trained(run, engine)
    run.past.show(run.moments.all[2])
    engine.heard()
    run.play()
    assert engine.only(protocol.Resume) == protocol.Resume(run.number, END)
    assert (run.status, run.past.shown) == (RUNNING, None)
    assert run.history.count == 2 * BATCHES and len(run.history.epochs) == 2
    assert run.history.reason == "" and [m.epochs for m in run.moments.all] == [0, 1, 2]
    assert run.epoch_held == 2
    engine.end_epoch(run, 2)
    assert run.history.count == 3 * BATCHES


def test_other_settings_can_be_tried_from_there(run: Run, engine: OtherEnd) -> None:
    trained(run, engine)
    run.past.show(run.moments.all[2])
    engine.heard()
    set_training(run, learning_rate=0.5)
    assert engine.heard() == []  # it is not known yet from which moment on they hold
    filed: list[Document] = []
    run.parting.connect(lambda document, *_: filed.append(document))
    run.play()
    told, resumed = engine.heard()
    assert isinstance(told, protocol.SetTraining) and told.training.learning_rate == 0.5
    assert isinstance(resumed, protocol.Resume)
    (mark,) = run.history.marks  # where they hold from, and not at the end that was left
    assert mark.step == 2 * BATCHES and mark.changes["learning_rate"][1] == 0.5
    assert filed[0].training.learning_rate != 0.5  # what was given up was trained without them


def test_settings_changed_while_looking_back_hold_at_the_end_after_a_return(
    run: Run, engine: OtherEnd
) -> None:
    trained(run, engine)
    run.past.show(run.moments.all[2])
    set_training(run, learning_rate=0.5)
    engine.heard()
    run.past.leave()
    visit, told = engine.heard()
    assert isinstance(visit, protocol.Visit) and isinstance(told, protocol.SetTraining)
    assert [mark.step for mark in run.history.marks] == [4 * BATCHES]


def test_a_run_that_fails_forgets_what_was_to_be_shown(run: Run, engine: OtherEnd) -> None:
    trained(run, engine, finish=False)
    run.past.show(run.moments.all[1])
    engine.heard()
    run.handle(protocol.Failed(run.number, "memory", {}))
    run.play()
    engine.prepare(run)
    engine.heard()
    engine.pause(run)
    assert run.past.shown is None and engine.heard() == []


def test_a_run_that_goes_on_is_paused_first(run: Run, engine: OtherEnd) -> None:
    trained(run, engine, finish=False)
    run.past.show(run.moments.all[1])
    assert isinstance(engine.only(protocol.Pause), protocol.Pause)
    assert run.status == RUNNING and run.past.shown is None
    engine.send_state(run, b"4", 4)
    engine.pause(run)
    assert engine.only(protocol.Visit).state == b"1"
    assert run.status == PAUSED and run.past.shown is not None
    run.past.leave()
    assert run.status == PAUSED


def test_steps_go_back_and_forth(run: Run, engine: OtherEnd) -> None:
    trained(run, engine)
    seen = []
    for by in (-1, -1, -1, -1, -1, 1, 1, 9):
        run.past.step(by)
        seen.append(run.past.shown.epochs if run.past.shown else 4)
    assert seen == [3, 2, 1, 0, 0, 1, 2, 4]


def test_a_stop_is_of_the_present(run: Run, engine: OtherEnd) -> None:
    trained(run, engine, finish=False)
    engine.pause(run)
    run.past.show(run.moments.all[1])
    engine.heard()
    run.stop()
    visit, stop = engine.heard()
    assert isinstance(visit, protocol.Visit) and visit.state == b"4"
    assert isinstance(stop, protocol.Stop)


def test_another_network_or_a_dead_engine_end_it(run: Run, engine: OtherEnd) -> None:
    trained(run, engine)
    run.past.show(run.moments.all[1])
    change_network(run)
    engine.heard()
    run.past.show(run.moments.all[2])  # of a network that is not there any more
    assert engine.heard() == []
    run.play()
    assert run.status == PREPARING and run.past.shown is None and run.moments.all == []


def test_after_a_crash_the_end_is_gone_on_with(run: Run, engine: OtherEnd) -> None:
    trained(run, engine)
    run.past.show(run.moments.all[1])
    engine.die()
    assert run.status == FAILED and run.past.shown is None and run.epoch_held == 4


def test_a_run_that_was_never_trained_has_nothing_to_show(run: Run, engine: OtherEnd) -> None:
    run.past.step(-1)
    run.past.leave()
    assert engine.heard() == []
