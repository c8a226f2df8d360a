"""What a run makes of changes: of the network, which end it, and of options, which it follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.protocol import STOPPED
from engine.spec import edits
from engine.spec.codec import from_json
from gui.engine_client import EngineClient
from gui.run import FAILED, FINISHED, PAUSED, RUNNING, Run
from gui.store import DocumentStore
from tests.gui.networks import chain
from tests.gui.other_end import (
    OtherEnd,
    change_network,
    set_training,
    start,
)


@pytest.fixture
def run(qtbot: QtBot) -> Run:
    return Run(DocumentStore(chain()), EngineClient())


@pytest.fixture
def engine(run: Run) -> OtherEnd:
    return OtherEnd(run.client)


# another drawing meanwhile


def test_a_run_goes_on_with_its_own_network_while_another_is_drawn(
    run: Run, engine: OtherEnd
) -> None:
    start(run, engine)
    change_network(run)
    assert not run.fits
    assert engine.heard() == []
    engine.end_epoch(run, 0)
    assert run.status == RUNNING
    assert len(run.history.epochs) == 1


@pytest.mark.parametrize("state", [PAUSED, FINISHED, FAILED])
def test_play_begins_anew_when_another_network_was_drawn(
    run: Run, engine: OtherEnd, state: str
) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.send_state(run, b"trained", 1)
    if state == PAUSED:
        engine.pause(run)
    elif state == FINISHED:
        engine.finish(run, STOPPED)
    else:
        engine.say(protocol.Failed(run.number, "internal", {"error": "?"}))
    assert run.status == state
    change_network(run)
    run.play()
    begin = engine.heard()[-1]
    assert isinstance(begin, protocol.Start)
    assert begin.state is None
    assert from_json(begin.document) == run.store.document
    assert run.history.count == 0


def test_taking_the_change_back_lets_the_run_go_on(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.pause(run)
    change_network(run)
    run.store.undo_stack.undo()
    run.play()
    assert engine.only(protocol.Resume).run == run.number


def test_moving_boxes_does_not_end_a_run(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.pause(run)
    run.store.edit("", lambda d: edits.move_nodes(d, {"dense_1": (5.0, 5.0)}))
    assert run.fits
    run.play()
    assert engine.only(protocol.Resume).run == run.number


def test_another_seed_or_batch_size_needs_a_new_run(run: Run, engine: OtherEnd) -> None:
    start(run, engine)
    engine.pause(run)
    set_training(run, batch_size=7)
    assert not run.fits
    assert engine.heard() == []


# what may change while a run goes on


@pytest.mark.parametrize("state", [RUNNING, PAUSED, FINISHED])
def test_the_learning_rate_is_sent_once(run: Run, engine: OtherEnd, state: str) -> None:
    start(run, engine)
    if state == PAUSED:
        engine.pause(run)
    if state == FINISHED:
        engine.finish(run, STOPPED)
    set_training(run, learning_rate=0.5)
    wanted = run.store.document.training
    assert engine.only(protocol.SetTraining) == protocol.SetTraining(run.number, wanted)
    assert wanted.learning_rate == 0.5
    run.store.edit("", lambda d: edits.move_nodes(d, {"dense_1": (5.0, 5.0)}))
    assert engine.heard() == []
    run.store.undo_stack.undo()
    run.store.undo_stack.undo()
    assert engine.only(protocol.SetTraining).training.learning_rate == 0.001


def test_a_learning_rate_changed_while_preparing_is_sent_when_that_is_done(
    run: Run, engine: OtherEnd
) -> None:
    run.play()
    engine.heard()
    set_training(run, learning_rate=0.5)
    assert engine.heard() == []
    engine.prepare(run)
    assert engine.only(protocol.SetTraining).training.learning_rate == 0.5


def test_a_learning_rate_changed_beside_another_network_is_sent_when_it_fits_again(
    run: Run, engine: OtherEnd
) -> None:
    start(run, engine)
    network = run.store.document.network
    change_network(run)
    set_training(run, learning_rate=0.5)
    assert engine.heard() == []
    run.store.edit("", lambda document: replace(document, network=network))
    assert engine.only(protocol.SetTraining).training.learning_rate == 0.5


def test_without_a_run_nothing_is_sent(run: Run, engine: OtherEnd) -> None:
    set_training(run, learning_rate=0.5)
    assert engine.heard() == []
