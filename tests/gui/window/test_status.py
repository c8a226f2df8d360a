"""The line at the bottom tells what engine and run are doing, in words."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.layers.costs import costs, total
from gui import formats, words
from gui.engine_client import EngineClient
from gui.run import Run
from gui.store import DocumentStore
from gui.window.status import StatusLine
from gui.words import LANGUAGES, tr
from tests.gui.networks import chain
from tests.gui.other_end import BATCHES, OtherEnd, change_network, complete, set_training, start


@pytest.fixture
def run(qtbot: QtBot) -> Run:
    return Run(DocumentStore(chain()), EngineClient())


@pytest.fixture
def line(run: Run, qtbot: QtBot) -> StatusLine:
    line = StatusLine(run.store, run)
    qtbot.addWidget(line)
    line.show()
    return line


@pytest.fixture
def engine(run: Run, line: StatusLine) -> OtherEnd:
    return OtherEnd(run.client)


def test_before_the_engine_is_there_it_is_starting(line: StatusLine) -> None:
    assert line.engine.text() == "engine starting"
    assert (line.place.text(), line.speed.text(), line.left.text()) == ("", "", "")
    assert not line.bar.isVisible()


def test_an_engine_that_waits_is_ready(engine: OtherEnd, line: StatusLine) -> None:
    assert line.engine.text() == "ready"


def test_compiling_shows_how_far_it_is(engine: OtherEnd, line: StatusLine) -> None:
    engine.say(protocol.Warming(0, 3, 17, "dense"))
    assert line.engine.text() == "preparing engine 3/17"
    assert line.bar.isVisible()
    assert (line.bar.value(), line.bar.maximum()) == (3, 17)
    engine.say(protocol.Warming(0, 17, 17, ""))
    assert line.engine.text() == "ready"
    assert not line.bar.isVisible()


def test_reading_data_shows_how_far_it_is(engine: OtherEnd, line: StatusLine, run: Run) -> None:
    run.play()
    engine.say(protocol.Loading(run.number, 3_000_000_000, 4_000_000_000))
    assert line.engine.text() == "reading data 75.0 %"
    assert line.bar.isVisible()
    assert (line.bar.value(), line.bar.maximum()) == (750, 1000)
    engine.say(protocol.Loading(run.number, 4, 4))
    assert "reading" not in line.engine.text()


def test_compiling_that_is_stopped_is_no_longer_shown(
    run: Run, engine: OtherEnd, line: StatusLine
) -> None:
    run.play()
    engine.say(protocol.Warming(run.number, 3, 17, "dense"))
    run.stop()
    engine.finish(run, protocol.STOPPED)
    assert line.engine.text() == "ready"
    assert not line.bar.isVisible()


def test_a_run_shows_device_speed_place_and_progress(
    run: Run, engine: OtherEnd, line: StatusLine
) -> None:
    set_training(run, epochs=4)
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.train(run, 1, BATCHES // 2, count=BATCHES // 2)
    assert line.engine.text() == "training · CPU, 2 threads"
    assert line.speed.text() == "1,000 samples/s"
    assert line.place.text() == f"epoch 2/4 · batch {BATCHES // 2}/{BATCHES}"
    assert line.bar.value() / line.bar.maximum() == pytest.approx(1.5 / 4, abs=0.001)


def test_a_run_that_waits_has_no_speed_and_no_time_left(
    run: Run, engine: OtherEnd, line: StatusLine
) -> None:
    start(run, engine)
    engine.train(run, 0, 1)
    engine.pause(run)
    assert line.engine.text().startswith("paused")
    assert (line.speed.text(), line.left.text()) == ("", "")
    assert "epoch 1/" in line.place.text()


def test_a_completed_run_is_full(run: Run, engine: OtherEnd, line: StatusLine) -> None:
    complete(run, engine)
    assert line.engine.text().startswith("finished")
    assert line.place.text().startswith("epoch 2/2")
    assert line.bar.value() == line.bar.maximum()


def test_a_run_stopped_in_an_epoch_says_in_which(
    run: Run, engine: OtherEnd, line: StatusLine
) -> None:
    start(run, engine)
    engine.end_epoch(run, 0)
    engine.train(run, 1, 3, count=3)
    engine.finish(run, protocol.STOPPED)
    assert line.place.text().startswith(f"epoch 2/15 · batch 3/{BATCHES}")


def test_fewer_epochs_than_are_done_are_shown_as_done(
    run: Run, engine: OtherEnd, line: StatusLine
) -> None:
    start(run, engine)
    for epoch in range(3):
        engine.end_epoch(run, epoch)
    set_training(run, epochs=1)
    assert "epoch 1/1" in line.place.text()
    assert line.bar.value() == line.bar.maximum()


def test_parameters_follow_the_drawing(run: Run, line: StatusLine) -> None:
    before = line.total.text()
    assert f"{run.store.analysis.parameters:,}" in before
    change_network(run)
    assert line.total.text() != before
    assert f"{run.store.analysis.parameters:,}" in line.total.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_totals_are_those_of_all_boxes(run: Run, line: StatusLine, language: str) -> None:
    words.set_language(language)
    all = total(costs(run.store.document, run.store.analysis))
    assert formats.short(all.multiplications) in line.total.text()
    assert formats.size(all.memory) in line.total.text()
    for part in (all.activations, all.gradients, all.optimizer):
        assert formats.size(part) in line.total.toolTip()
    set_training(run, batch_size=2 * run.store.document.training.batch_size)
    assert formats.size(2 * all.activations) in line.total.toolTip()


def test_an_engine_that_died_is_missed(run: Run, engine: OtherEnd, line: StatusLine) -> None:
    start(run, engine)
    engine.die()
    assert line.engine.text() == "no engine"
    assert not line.bar.isVisible()
    engine.begin()
    assert line.engine.text() == "not running"


def test_every_state_has_words_in_both_languages(
    run: Run, engine: OtherEnd, line: StatusLine
) -> None:
    start(run, engine)
    engine.train(run, 0, 1)
    for language in LANGUAGES:
        words.set_language(language)
        assert line.engine.text().startswith(tr("status.run.running"))
        for label in (line.engine, line.speed, line.place, line.total, line.left):
            assert label.toolTip()
            assert label.accessibleDescription() == label.toolTip()
        assert line.bar.accessibleName() == tr("status.progress.tip")
