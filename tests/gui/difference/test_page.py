"""Two networks side by side: marks, words, clicks, taking over, by real mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.layers import CATALOGUE
from engine.spec import edits
from engine.spec.difference import difference
from engine.spec.document import Document, Group, Node, Options
from gui import theme, words
from gui.difference.marks import tone
from gui.difference.page import DifferencePage
from gui.difference.pane import PALE, Pane
from gui.difference.side import Side
from gui.difference_words import ADDED, CHANGED, REMOVED
from gui.store import DocumentStore
from gui.words import LANGUAGES
from tests.gui.networks import chain

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def changed() -> Document:
    document = edits.set_options(chain(), "conv2d_1", {"filters": 64})
    edge = document.network.into("dense_1")[0]
    dropout = Node("dropout_1", "dropout", Options({"rate": 0.25}), 900.0, 0.0)
    document = edits.insert_on_edge(document, dropout, edge)
    document = edits.remove_nodes(document, ("max_pool2d_1",))
    return edits.set_training(document, replace(document.training, batch_size=64))


class Both:
    """The page with two open documents."""

    def __init__(self, qtbot: QtBot) -> None:
        self.page = DifferencePage()
        qtbot.addWidget(self.page)
        self.page.resize(1280, 700)
        self.first, self.second = DocumentStore(chain()), DocumentStore(changed())
        self.page.show()
        self.page.compare(Side(lambda: "a", self.first, True), Side(lambda: "b", self.second, True))
        QApplication.processEvents()
        self.left, self.right = self.page.panes

    def words(self) -> list[str]:
        return [self.page.list.item(row).text() for row in range(self.page.list.count())]

    def click_row(self, row: int) -> None:
        place = self.page.list.visualItemRect(self.page.list.item(row)).center()
        QTest.mouseClick(self.page.list.viewport(), LEFT, NONE, place)

    def remaining(self) -> int:
        found = difference(self.first.document, self.second.document, CATALOGUE.get)
        return len(found.changes)


@pytest.fixture
def both(qtbot: QtBot, qapp: QApplication) -> Iterator[Both]:
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    yield Both(qtbot)


def signs(pane: Pane) -> dict[str, str]:
    return {id: mark.sign for id, mark in pane.box_marks.items()}


def click_box(pane: Pane, id: str) -> None:
    place = pane.mapFromScene(pane.canvas.nodes[id].body.center())
    QTest.mouseClick(pane.viewport(), LEFT, NONE, place)


def test_what_differs_is_marked_and_the_rest_is_pale(both: Both) -> None:
    assert signs(both.left) == {"conv2d_1": CHANGED, "max_pool2d_1": REMOVED}
    assert signs(both.right) == {"conv2d_1": CHANGED, "dropout_1": ADDED}
    assert {mark.sign for mark in both.left.edge_marks.values()} == {REMOVED}
    assert {mark.sign for mark in both.right.edge_marks.values()} == {ADDED}
    assert both.left.canvas.nodes["dense_1"].opacity() == pytest.approx(PALE)
    assert both.left.canvas.nodes["conv2d_1"].opacity() == 1.0
    assert len({tone(sign).name() for sign in (ADDED, REMOVED, CHANGED)}) == 3


def test_the_list_tells_it_in_the_present_language(both: Both) -> None:
    assert both.words() == [
        "Conv2D: Filters 32 → 64",
        "MaxPool2D is gone: Window size 2, after Conv2D",
        "Dropout is new: Rate 0.25, after Flatten",
        "Training: Batch size 32 → 64",
    ]
    assert "Parameters" in both.page.sums.text()
    words.set_language("zh_CN")
    assert "卷积核数 32 → 64" in both.words()[0]


def test_a_click_in_the_list_goes_to_the_box_in_both(both: Both) -> None:
    both.click_row(0)
    for pane in both.page.panes:
        assert pane.mirror.selection == ("conv2d_1",)
    assert both.left.box_marks["conv2d_1"].is_strong
    both.click_row(2)
    assert both.right.mirror.selection == ("dropout_1",)
    assert len(both.left.mirror.selection) == 0


def test_a_click_on_a_box_finds_it_in_the_list(both: Both) -> None:
    click_box(both.right, "dropout_1")
    assert [line.second for line in both.page.list.chosen_lines()] == ["dropout_1"]
    click_box(both.left, "dense_1")
    assert both.page.list.chosen_lines() == []


def test_both_are_panned_and_zoomed_together(both: Both) -> None:
    middle = both.left.viewport().rect().center()
    QTest.mousePress(both.left.viewport(), LEFT, NONE, middle)
    QTest.mouseMove(both.left.viewport(), middle + QPoint(60, 25))
    QTest.mouseRelease(both.left.viewport(), LEFT, NONE, middle + QPoint(60, 25))
    both.right.camera.zoom(1.5)
    assert both.left.camera.scale == pytest.approx(both.right.camera.scale)
    apart = both.left.camera.centre - both.right.camera.centre
    assert abs(apart.x()) < 3.0
    assert abs(apart.y()) < 3.0
    assert both.first.document == chain(), "nothing can be changed there"


@pytest.mark.parametrize("to_first", [True, False])
def test_one_change_is_taken_over_and_undone(both: Both, to_first: bool) -> None:
    both.click_row(2)
    store = both.first if to_first else both.second
    before = store.document
    button = both.page.to_first if to_first else both.page.to_second
    QTest.mouseClick(button, LEFT)
    assert both.remaining() == 3
    assert store.document.network.has("dropout_1") == to_first
    assert len(both.words()) == 3
    store.undo_stack.undo()
    assert store.document == before
    QApplication.processEvents()
    assert len(both.words()) == 4, "the page follows"


def test_without_a_choice_all_are_taken(both: Both) -> None:
    both.page.list.clearSelection()
    QTest.mouseClick(both.page.to_first, LEFT)
    assert both.remaining() == 0
    assert both.first.undo_stack.count() == 1
    assert both.words() == []
    assert both.page.about.text() == "The two networks are the same."
    assert not both.page.to_first.isEnabled()
    places = [(node.x, node.y) for node in both.first.document.network.nodes]
    assert len(set(places)) == len(places), "no box lies on another"


def test_what_is_not_open_cannot_be_changed(both: Both) -> None:
    both.page.compare(
        Side(lambda: "file", DocumentStore(changed()), False), Side(lambda: "b", both.first, True)
    )
    assert not both.page.to_first.isEnabled()
    assert "“file” is not open" in both.page.to_first.toolTip()
    assert both.page.to_second.isEnabled()


def test_swapping_sides_turns_every_sign_round(both: Both) -> None:
    QTest.mouseClick(both.page.swapping, LEFT)
    assert signs(both.left) == {"conv2d_1": CHANGED, "dropout_1": REMOVED}
    assert both.words()[0] == "Conv2D: Filters 64 → 32"
    assert both.page.title.text() == "b → a"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_taken_away(both: Both, language: str) -> None:
    words.set_language(language)
    QTest.mouseClick(both.page.text, LEFT)
    plain = QGuiApplication.clipboard().text()
    assert plain.splitlines()[:4] == [
        f"{sign} {text}"
        for sign, text in zip((CHANGED, REMOVED, ADDED, CHANGED), both.words(), strict=True)
    ]
    QTest.mouseClick(both.page.markdown, LEFT)
    assert QGuiApplication.clipboard().text().startswith("## a → b\n\n- ≠ ")


def test_a_folded_group_does_not_hide_what_differs(both: Both) -> None:
    group = Group("group:1", "g", ("conv2d_1", "max_pool2d_1"), True)
    both.first.edit("", replace(both.first.document, groups=(group,)))
    QApplication.processEvents()
    assert both.left.canvas.nodes["conv2d_1"].isVisible()
    assert both.remaining() == 4


def test_escape_goes_back(both: Both, qtbot: QtBot) -> None:
    with qtbot.waitSignal(both.page.closed):
        QTest.keyClick(both.page.list, Qt.Key.Key_Escape)


def test_a_document_that_is_closed_ends_the_comparison(both: Both, qtbot: QtBot) -> None:
    with qtbot.waitSignal(both.page.closed):
        both.second.deleteLater()
    both.page.refresh()
    assert both.words() == []
