"""The table of runs says what is so now, whichever record is a new object at an old address."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.engine_client import EngineClient
from gui.run import Run
from gui.runs.book import RunsBook
from gui.runs.model import RunsModel
from gui.store import DocumentStore
from tests.gui.networks import chain
from tests.gui.other_end import OtherEnd, complete


@pytest.fixture
def book(qtbot: QtBot) -> RunsBook:
    run = Run(DocumentStore(chain()), EngineClient())
    book = RunsBook(run, run)
    complete(run, OtherEnd(run.client))
    run.reset()
    return book


def test_a_note_is_shown_however_often_it_is_written_anew(book: RunsBook) -> None:
    model = RunsModel(book)
    for i in range(50):
        book.write_note(1, f"note {i}")
        model.refresh()
        assert model.rows[0].note == f"note {i}"
    assert len(model._known) == 1


def test_what_is_known_is_not_told_again(book: RunsBook) -> None:
    model = RunsModel(book)
    model.refresh()
    before = model.rows[0]
    model.refresh()
    assert model.rows[0] is before
