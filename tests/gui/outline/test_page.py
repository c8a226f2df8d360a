"""The outline by keys alone: rows and canvas choose together, and every change is one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from engine.spec import edits
from engine.spec.document import Document, Edge, Note
from engine.spec.groups import group, ungroup
from engine.spec.notes import add_note
from gui import theme, words
from gui.announcing import voice
from gui.box import PortRef
from gui.outline.lines import NOTE
from gui.outline.page import BUTTONS, OutlinePage
from tests.gui.networks import edges, ids

Key, Held = Qt.Key, Qt.KeyboardModifier


def rows(page: OutlinePage) -> list[str]:
    return [page.shown.index(row, 0).data() for row in range(page.shown.rowCount())]


def choose(page: OutlinePage, id: str) -> None:
    page.store.select((id,))
    page.tree.setFocus()


def test_rows_and_boxes_are_chosen_together(page: OutlinePage) -> None:
    page.store.select(("dense_1", "flatten_1"))
    assert set(page.ids("box")) == {"dense_1", "flatten_1"}
    choose(page, "flatten_1")
    QTest.keyClick(page.tree, Key.Key_Down)
    assert list(page.store.selection) == ["dense_1"]
    QTest.keyClick(page.tree, Key.Key_Home)
    assert list(page.store.selection) == ["data_1"]
    QTest.keyClick(page.tree, Key.Key_Down, Held.ShiftModifier)
    assert list(page.store.selection) == ["data_1", "conv2d_1"]


def test_insert_adds_a_layer_found_by_typing(page: OutlinePage) -> None:
    choose(page, "dense_1")
    heard: list[str] = []
    voice.said.connect(heard.append)
    QTest.keyClick(page.tree, Key.Key_Insert)
    assert page.chooser.search.hasFocus()
    QTest.keyClicks(page.chooser.search, "dropout")
    QTest.keyClick(page.chooser.search, Key.Key_Return)
    voice.said.disconnect(heard.append)
    assert page.store.selection == ("dropout_1",)
    assert page.tree.hasFocus() and page.ids("box") == ("dropout_1",)
    assert {"dense_1.y > dropout_1.x", "dropout_1.y > cross_entropy_1.x"} <= edges(
        page.store.document
    )
    assert "Dropout" in heard
    page.store.undo_stack.undo()
    assert "Dropout" not in rows(page)


def test_escape_in_the_list_gives_the_keys_back(page: OutlinePage) -> None:
    QTest.keyClick(page.tree, Key.Key_Insert)
    QTest.keyClick(page.chooser.search, Key.Key_Escape)
    assert page.tree.hasFocus() and not page.chooser.isVisible()


def test_f2_changes_options_in_place(page: OutlinePage) -> None:
    choose(page, "dense_1")
    index = page.shown.mapFromSource(page.model.index_of("dense_1", 1))
    page.tree.setCurrentIndex(index)
    QTest.keyClick(page.tree, Key.Key_F2)
    (editor,) = page.tree.findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "20, tanh")
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()  # Qt takes the text when the key is done with
    options = page.store.document.network.node("dense_1").options
    assert (options["units"], options["activation"]) == (20, "tanh")
    assert page.store.undo_stack.count() == 1
    page.model.setData(page.model.index_of("dense_1", 1), "nonsense")
    assert page.message.isVisible() and "nonsense" in page.message.text()
    assert page.store.undo_stack.count() == 1


def test_delete_takes_rows_away_and_the_keys_stay(page: OutlinePage) -> None:
    choose(page, "flatten_1")
    QTest.keyClick(page.tree, Key.Key_Delete)
    assert "flatten_1" not in ids(page.store.document)
    assert page.store.selection == ("dense_1",)
    page.store.undo_stack.undo()
    assert "Flatten" in rows(page)


def test_alt_and_arrows_move_a_row_along_its_edge(page: OutlinePage) -> None:
    choose(page, "conv2d_1")
    QTest.keyClick(page.tree, Key.Key_Down, Held.AltModifier)
    assert rows(page)[1:3] == ["MaxPool2D", "Conv2D"]
    assert page.store.selection == ("conv2d_1",)
    QTest.keyClick(page.tree, Key.Key_Up, Held.AltModifier)
    assert rows(page)[1:3] == ["Conv2D", "MaxPool2D"]
    heard: list[str] = []
    voice.said.connect(heard.append)
    QTest.keyClick(page.tree, Key.Key_Up, Held.AltModifier)  # data cannot stand second
    voice.said.disconnect(heard.append)
    assert heard and "Move up" in heard[0]


def test_ticks_connect_and_disconnect(page: OutlinePage) -> None:
    choose(page, "dense_1")
    QTest.keyClick(page.tree, Key.Key_Return, Held.ControlModifier)
    reading = page.reading
    assert reading.isVisible()
    present = reading.ticks["x", PortRef("flatten_1", "y", True)]
    assert present.isChecked()
    present.setFocus()
    QTest.keyClick(present, Key.Key_Space)
    assert "flatten_1.y > dense_1.x" not in edges(page.store.document)
    other = reading.ticks["x", PortRef("conv2d_1", "y", True)]
    QTest.keyClick(other, Key.Key_Space)
    assert "conv2d_1.y > dense_1.x" in edges(page.store.document)
    assert reading.ticks["x", PortRef("conv2d_1", "y", True)].isChecked()
    assert ("x", PortRef("cross_entropy_1", "y", True)) not in reading.ticks
    assert ("x", PortRef("dense_1", "y", True)) not in reading.ticks  # it would be a circle
    QTest.keyClicks(reading.search, "pool")
    assert [ref.node for _, ref in reading.ticks] == ["max_pool2d_1"]
    QTest.keyClick(reading.search, Key.Key_Escape)
    assert not reading.isVisible()


def test_reading_closes_when_its_box_goes(page: OutlinePage) -> None:
    choose(page, "dense_1")
    page.do("reads")
    reading = page.reading
    page.store.edit("", lambda d: edits.remove_nodes(d, ("dense_1",)))
    assert not reading.isVisible()


def test_problems_are_repaired_by_their_buttons(page: OutlinePage) -> None:
    page.store.edit("", lambda d: edits.remove_nodes(d, ("flatten_1",)))
    choose(page, "dense_1")
    (card,) = page.problems.cards
    assert page.problems.isVisible() and "Dense" in card.sentence.text()
    QTest.keyClick(card.buttons[0], Key.Key_Space)
    assert not page.store.analysis.errors


def test_comments_are_rows_too(page: OutlinePage) -> None:
    page.store.edit("", lambda d: add_note(d, Note("note_1", "Why this one?")))
    assert rows(page)[-1] == "Why this one?"
    told: list[str] = []
    page.note_chosen.connect(told.append)
    page.note_wanted.connect(told.append)
    QTest.keyClick(page.tree, Key.Key_End)
    assert page.ids(NOTE) == ("note_1",) and page.store.selection == ()
    QTest.keyClick(page.tree, Key.Key_Return)
    assert told == ["note_1", "note_1"]
    QTest.keyClick(page.tree, Key.Key_Delete)
    assert page.store.document.notes == ()


def test_the_filter_shows_what_it_names_and_says_when_that_is_nothing(page: OutlinePage) -> None:
    page.search.setFocus()
    QTest.keyClicks(page.search, "pool")
    assert rows(page) == ["MaxPool2D"]
    page.search.clear()
    assert len(rows(page)) == 6
    QTest.keyClicks(page.search, "qwertz")
    assert page.nothing.isVisible() and "qwertz" in page.nothing.text()
    assert not page.tree.isVisible()


def test_an_empty_drawing_says_how_to_begin(page: OutlinePage) -> None:
    page.store.open(Document())
    assert page.empty.isVisible() and not page.tree.isVisible()
    page.take_keys()
    assert page.buttons["add"].hasFocus()
    QTest.keyClick(page.buttons["add"], Key.Key_Space)
    assert page.chooser.kinds[0] == "data"
    QTest.keyClick(page.chooser.search, Key.Key_Return)
    assert rows(page) == ["Data"]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_all_of_it_has_words_in_both_languages(page: OutlinePage, language: str) -> None:
    words.set_language(language)
    for name in BUTTONS:
        assert page.buttons[name].toolTip() and page.buttons[name].accessibleName()
    data = page.model.index_of("conv2d_1").data()
    assert data == words.tr("layer.conv2d.name")


def test_it_is_painted_in_both_themes(page: OutlinePage) -> None:
    light = page.grab().toImage()
    theme.theme.use("dark")
    QApplication.processEvents()
    dark = page.grab().toImage()
    theme.theme.use("light")
    assert light != dark


def test_hidden_it_costs_nothing_and_is_right_when_shown(page: OutlinePage) -> None:
    page.hide()
    page.store.edit("", lambda d: edits.disconnect(d, (Edge("flatten_1", "y", "dense_1", "x"),)))
    page.store.edit("", lambda d: edits.remove_nodes(d, ("conv2d_1",)))
    assert "Conv2D" in rows(page)
    page.show()
    assert "Conv2D" not in rows(page)


def test_scroll_and_place_are_kept_through_an_edit(page: OutlinePage) -> None:
    page.resize(400, 260)
    choose(page, "dense_1")
    page.store.select(())
    bar = page.tree.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.value()
    page.store.edit("", lambda d: edits.set_options(d, "conv2d_1", {"filters": 8}))
    assert bar.value() == before


def test_groups_hold_their_boxes_and_are_renamed_in_place(page: OutlinePage) -> None:
    page.store.edit("", lambda d: group(d, ("conv2d_1", "max_pool2d_1"), "group:1", "Features"))
    assert rows(page) == ["Data", "Features", "Flatten", "Dense", "Cross-entropy"]
    place = page.shown.mapFromSource(page.model.index_of("group:1"))
    inside = [page.shown.index(row, 0, place).data() for row in range(page.shown.rowCount(place))]
    assert inside == ["Conv2D", "MaxPool2D"] and page.tree.isExpanded(place)
    page.tree.setCurrentIndex(place)
    assert set(page.store.selection) == {"conv2d_1", "max_pool2d_1"}
    QTest.keyClick(page.tree, Key.Key_Left)
    assert not page.tree.isExpanded(place)
    page.store.edit("", lambda d: edits.set_options(d, "dense_1", {"units": 12}))
    assert not page.tree.isExpanded(place)  # it stays as it was left
    QTest.keyClick(page.tree, Key.Key_F2)
    (editor,) = page.tree.findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Eyes")
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()
    assert page.store.document.groups[0].name == "Eyes" and "Eyes" in rows(page)
    page.store.edit("", lambda d: ungroup(d, "group:1"))
    assert len(rows(page)) == 6
    page.store.undo_stack.undo()
    choose(page, "conv2d_1")
    assert page.ids("box") == ("conv2d_1",)


def test_a_filter_finds_boxes_inside_groups(page: OutlinePage) -> None:
    page.store.edit("", lambda d: group(d, ("conv2d_1", "max_pool2d_1"), "group:1", "Features"))
    page.search.setText("pool")
    assert rows(page) == ["Features"]
    place = page.shown.index(0, 0)
    assert page.shown.rowCount(place) == 1
