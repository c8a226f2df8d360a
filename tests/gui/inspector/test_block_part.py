"""The inspector about a group: its name, its size, and buttons for what can be done with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import edits, groups
from gui.inspector.block_part import BlockPart
from gui.inspector.inspector import Inspector
from gui.store import DocumentStore
from tests.gui.canvas.grouped import GROUP, INSIDE, grouped

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def store() -> DocumentStore:
    return DocumentStore(grouped())


@pytest.fixture
def inspector(qtbot: QtBot, store: DocumentStore) -> Inspector:
    shown = Inspector(store)
    qtbot.addWidget(shown)
    shown.resize(300, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    store.select(INSIDE)
    return shown


def part(inspector: Inspector) -> BlockPart:
    assert inspector.block.isVisible()
    return inspector.block


def test_it_is_there_while_just_a_group_is_selected(
    inspector: Inspector, store: DocumentStore
) -> None:
    assert part(inspector).name.text() == "Stem"
    assert part(inspector).about.text() == "2 layers · 320 parameters"
    for ids in ((), INSIDE[:1], (*INSIDE, "flatten_1")):
        store.select(ids)
        assert not inspector.block.isVisible()


def test_one_box_alone_is_meant_unless_its_group_is_folded(
    inspector: Inspector, store: DocumentStore
) -> None:
    store.open(groups.group(store.document, ("dense_1",), "group:2", "Head"))
    store.select(("dense_1",))
    assert not inspector.block.isVisible()
    store.edit("fold", groups.fold(store.document, "group:2"))
    assert part(inspector).buttons["fold"].text() == "Unfold"


def test_the_name_is_written_and_escape_gives_it_back(
    inspector: Inspector, store: DocumentStore
) -> None:
    field = part(inspector).name
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Encoder")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert groups.group_of(store.document, GROUP).name == "Encoder"
    QTest.keyClicks(field, "xyz")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Encoder"
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "Encoder" and store.undo_stack.count() == 1


def test_the_buttons_ask_for_actions(inspector: Inspector) -> None:
    asked: list[str] = []
    inspector.group_wanted.connect(asked.append)
    for button in part(inspector).buttons.values():
        assert button.toolTip()
        QTest.mouseClick(button, LEFT)
    assert asked == ["fold", "repeat", "save_block", "ungroup"]


def test_what_cannot_be_repeated_says_why(inspector: Inspector, store: DocumentStore) -> None:
    loose = edits.disconnect(store.document, store.document.network.out_of("conv2d_1"))
    store.edit("cut", loose)
    button = part(inspector).buttons["repeat"]
    assert not button.isEnabled() and "one input" in button.toolTip()
