"""What is asked about data boxes, when, and whose answers are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from engine.data_protocol import Refused, Show, Working
from engine.spec import edits
from engine.spec.document import Document, Node, Options
from gui.data.glimpses import Glimpses, Wish
from gui.data_client import DataClient
from gui.store import DocumentStore
from tests.gui.data.data_end import DataEnd
from tests.gui.networks import chain


@pytest.fixture
def store() -> DocumentStore:
    return DocumentStore(chain(options={"data": {"dataset": "digits_8"}}))


@pytest.fixture
def client() -> DataClient:
    return DataClient()


@pytest.fixture
def end(client: DataClient) -> Iterator[DataEnd]:
    end = DataEnd(client)
    yield end
    end.close()


@pytest.fixture
def glimpses(store: DocumentStore, client: DataClient, end: DataEnd, qtbot: QtBot) -> Glimpses:
    glimpses = Glimpses(store, client)
    glimpses._timer.setInterval(0)
    glimpses.begin()
    return glimpses


def choose(store: DocumentStore, dataset: str, id: str = "data_1") -> None:
    store.edit("", lambda d: edits.set_options(d, id, {"dataset": dataset}))


def settled(glimpses: Glimpses, qtbot: QtBot) -> None:
    """The moment is over that questions wait."""
    qtbot.waitUntil(lambda: not glimpses._timer.isActive())


def test_a_few_samples_of_every_data_box_are_asked_for(glimpses: Glimpses, end: DataEnd) -> None:
    (question,) = end.answer()
    assert isinstance(question, Show) and not question.whole
    sight = glimpses.of("data_1")
    assert sight is not None and sight.shown is not None
    assert sight.shown.shape.sizes == (8, 8, 1)
    assert glimpses.of("dense_1") is None


def test_nothing_is_asked_before_it_begins(store: DocumentStore, qtbot: QtBot) -> None:
    client = DataClient()
    end = DataEnd(client)
    Glimpses(store, client).ask()
    assert end.heard() == []
    end.close()


def test_the_panel_is_told_all_and_the_canvas_is_content_with_that(
    glimpses: Glimpses, end: DataEnd
) -> None:
    end.answer()
    glimpses.wish("data_1", Wish("test"))
    (question,) = end.answer()
    assert isinstance(question, Show)
    assert question.whole and question.part == "test"
    glimpses.wish("data_1", Wish())
    assert len(end.answer()) == 1
    glimpses.wish("", Wish())
    assert end.heard() == []
    glimpses.wish("data_1", Wish("test"))
    assert end.heard() == []  # it is kept
    sight = glimpses.of("data_1")
    assert sight is not None and sight.shown is not None and sight.shown.part == "test"


def test_changes_in_a_row_ask_once_and_the_latest_wins(
    glimpses: Glimpses, end: DataEnd, store: DocumentStore, qtbot: QtBot
) -> None:
    end.answer()
    for dataset in ("iris", "wine", "spirals"):
        choose(store, dataset)
    settled(glimpses, qtbot)
    (question,) = end.heard()
    assert isinstance(question, Show) and question.box["dataset"] == "spirals"


def test_an_answer_to_an_older_question_is_dropped(
    glimpses: Glimpses, end: DataEnd, store: DocumentStore, qtbot: QtBot
) -> None:
    (old,) = end.heard()
    choose(store, "iris")
    settled(glimpses, qtbot)
    end.say(Refused(old.task, "missing", {"path": "x"}))
    sight = glimpses.of("data_1")
    assert sight is not None and sight.refused is None
    (new,) = end.answer()
    assert isinstance(new, Show) and new.box["dataset"] == "iris"
    assert sight.shown is not None and sight.shown.shape.sizes == (4,)


def test_what_is_moved_asks_for_nothing(
    glimpses: Glimpses, end: DataEnd, store: DocumentStore, qtbot: QtBot
) -> None:
    end.answer()
    store.edit("", lambda d: edits.move_nodes(d, {"data_1": (50.0, 50.0)}))
    settled(glimpses, qtbot)
    assert end.heard() == []


def test_a_refusal_is_kept_until_one_tries_again(glimpses: Glimpses, end: DataEnd) -> None:
    (question,) = end.heard()
    end.say(Working(question.task, 3, 10))
    sight = glimpses.of("data_1")
    assert sight is not None and (sight.done, sight.total) == (3, 10)
    end.say(Refused(question.task, "missing", {"path": "x"}))
    assert sight.refused is not None and sight.task == 0
    glimpses.again("data_1")
    assert len(end.answer()) == 1
    sight = glimpses.of("data_1")
    assert sight is not None and sight.shown is not None


def test_boxes_that_go_or_do_not_work_are_forgotten(
    glimpses: Glimpses, end: DataEnd, store: DocumentStore, qtbot: QtBot
) -> None:
    end.answer()
    choose(store, "own")  # without files
    settled(glimpses, qtbot)
    assert glimpses.of("data_1") is None
    store.open(Document())
    assert end.heard() == []


def test_an_augmenting_box_behind_the_data_is_told_of(
    glimpses: Glimpses, end: DataEnd, store: DocumentStore, qtbot: QtBot
) -> None:
    end.answer()
    node = Node("augment_1", "augment", Options({"shift": 0.3}))
    edge = store.document.network.out_of("data_1", "x")[0]
    store.edit("", lambda d: edits.insert_on_edge(d, node, edge))
    settled(glimpses, qtbot)
    (question,) = end.heard()
    assert isinstance(question, Show) and question.augment == node.options
