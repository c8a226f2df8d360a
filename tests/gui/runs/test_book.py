"""The book of runs: a run is filed when it is given up, however that happens."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from engine.spec import edits
from gui.engine_client import EngineClient
from gui.run import Run
from gui.runs.book import RunsBook
from gui.store import DocumentStore
from tests.gui.networks import chain
from tests.gui.other_end import BATCHES, OtherEnd, change_network, complete, set_training, start


@pytest.fixture
def run(qtbot: QtBot) -> Run:
    return Run(DocumentStore(chain()), EngineClient())


@pytest.fixture
def engine(run: Run) -> OtherEnd:
    return OtherEnd(run.client)


@pytest.fixture
def book(run: Run) -> RunsBook:
    return RunsBook(run, run)


def test_a_run_is_filed_with_all_that_it_was(run: Run, engine: OtherEnd, book: RunsBook) -> None:
    complete(run, engine)
    trained = run.store.document
    assert not book.records and book.present() is not None
    run.reset()
    (record,) = book.records
    assert (record.number, record.document, record.weights) == (1, trained, b"trained")
    assert len(record.history["epochs"]) == 2 and record.history["place"] == [2 * BATCHES, 2]
    assert record.began and record.history["reason"] == "completed"
    assert book.present() is None and book.next_number == 2


def test_another_network_begins_another_run(run: Run, engine: OtherEnd, book: RunsBook) -> None:
    complete(run, engine)
    first = run.store.document
    change_network(run)
    assert not book.records  # what is drawn may come back
    run.play()
    assert [r.document for r in book.records] == [first]
    engine.prepare(run)
    engine.train(run, 0, 3, 3)
    run.reset()
    assert [r.number for r in book.records] == [1, 2]
    assert book.records[1].document == run.store.document and book.records[1].weights is None


def test_what_came_after_a_moment_is_kept_when_a_run_goes_on_from_there(
    run: Run, engine: OtherEnd, book: RunsBook
) -> None:
    start(run, engine)
    engine.send_state(run, b"0", 0)
    for epoch in range(3):
        engine.end_epoch(run, epoch)
        engine.send_state(run, str(epoch + 1).encode(), epoch + 1)
    engine.pause(run)
    run.past.show(run.moments.all[1])
    run.play()
    (record,) = book.records
    assert len(record.history["epochs"]) == 3 and record.weights == b"3"
    assert len(run.history.epochs) == 1


def test_nothing_is_filed_where_nothing_was_trained(
    run: Run, engine: OtherEnd, book: RunsBook
) -> None:
    run.reset()
    start(run, engine)
    run.reset()
    assert book.records == ()


def test_runs_are_starred_noted_drawn_and_forgotten(
    run: Run, engine: OtherEnd, book: RunsBook, qtbot: QtBot
) -> None:
    for size in (8, 16, 64):
        set_training(run, batch_size=size)
        complete(run, engine)
    with qtbot.waitSignal(book.changed):
        book.star(1)
    book.write_note(2, "  better  ")
    assert [(r.is_starred, r.note) for r in book.records] == [(True, ""), (False, "better")]
    with qtbot.waitSignal(book.overlaid_changed):
        book.overlay(2, True)
    bring_back = book.remove(2)
    assert [r.number for r in book.records] == [1] and book.overlaid == frozenset()
    bring_back()
    bring_back()
    assert [r.number for r in book.records] == [1, 2] and book.overlaid == {2}
    with qtbot.assertNotEmitted(book.changed):
        book.write_note(2, "better")
        book.write_note(9, "nobody")
    book.open(())
    assert book.records == () and book.overlaid == frozenset()


def test_a_run_comes_back_beside_the_one_that_was_given_its_number(
    run: Run, engine: OtherEnd, book: RunsBook
) -> None:
    for size in (8, 16):
        set_training(run, batch_size=size)
        complete(run, engine)
    bring_back = book.remove(1)
    run.reset()
    assert [r.number for r in book.records] == [1]
    bring_back()
    assert [r.document.training.batch_size for r in book.records] == [16, 8]
    assert [r.number for r in book.records] == [1, 2]


def test_the_run_of_a_document_that_is_left_is_not_filed_in_the_next(
    run: Run, engine: OtherEnd, book: RunsBook
) -> None:
    complete(run, engine)
    run.store.open(edits.remove_nodes(chain(), ("dense_1",)))
    run.reset()
    book.open(())
    assert book.records == ()
