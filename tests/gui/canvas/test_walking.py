"""The canvas by keys alone: walking, the edges of a box, and joining two boxes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.layers.templates import insert_template
from gui import words
from gui.announcing import voice
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.networks import chain, edges

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(view: CanvasView, *keys: Qt.Key, held: Qt.KeyboardModifier = CONTROL) -> None:
    for key in keys:
        QTest.keyClick(view, key, held)


def plain(view: CanvasView, *keys: Qt.Key) -> None:
    press(view, *keys, held=Qt.KeyboardModifier.NoModifier)


def add(view: CanvasView, name: str) -> str:
    """A layer found by typing, behind the selected box."""
    QTest.keyClicks(view, name[0])
    field = view.choosing.list.search
    QTest.keyClicks(field, name[1:])
    QTest.keyClick(field, Key.Key_Return)
    assert view.hasFocus()
    (id,) = view.store.selection
    return id


def test_control_and_arrows_walk_along_the_edges(show: Show) -> None:
    view = show(chain())
    press(view, Key.Key_Right)
    assert view.store.selection == ("data_1",)
    press(view, Key.Key_Right, Key.Key_Right)
    assert view.store.selection == ("max_pool2d_1",)
    press(view, Key.Key_Left)
    assert view.store.selection == ("conv2d_1",)
    before = view.store.document
    press(view, Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert view.store.selection == ("data_1",) and view.store.document is before


def test_up_and_down_go_to_the_branch_beside(show: Show) -> None:
    document = insert_template(chain(), "projection_block", "conv2d_1")
    view = show(document)
    view.fit()
    main = document.network.node("conv2d_1").y
    (branch,) = [n.id for n in document.network.nodes if n.y != main and n.kind == "conv2d"]
    view.store.select((branch,))
    is_below = document.network.node(branch).y > main
    there, back = (Key.Key_Up, Key.Key_Down) if is_below else (Key.Key_Down, Key.Key_Up)
    press(view, there)
    (found,) = view.store.selection
    assert view.store.document.network.node(found).y == main
    press(view, back)
    assert view.store.selection == (branch,)


def test_brackets_choose_edges_and_delete_takes_one_away(show: Show) -> None:
    view = show(chain())
    view.store.select(("conv2d_1",))
    heard: list[str] = []
    voice.said.connect(heard.append)
    plain(view, Key.Key_BracketRight)
    voice.said.disconnect(heard.append)
    (edge,) = view.canvas.selected_edges
    assert (edge.source, edge.target) == ("data_1", "conv2d_1") and "Data" in heard[-1]
    plain(view, Key.Key_BracketRight)
    (edge,) = view.canvas.selected_edges
    assert (edge.source, edge.target) == ("conv2d_1", "max_pool2d_1")
    plain(view, Key.Key_Delete)
    assert "conv2d_1.y > max_pool2d_1.x" not in edges(view.store.document)
    assert view.store.selection == ("conv2d_1",)
    plain(view, Key.Key_BracketLeft)
    plain(view, Key.Key_BracketLeft)
    assert not view.canvas.selected_edges and view.store.selection == ("conv2d_1",)
    plain(view, Key.Key_BracketRight)
    press(view, Key.Key_Left)
    assert view.store.selection == ("data_1",)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_two_boxes_are_joined_by_keys(show: Show, language: str) -> None:
    words.set_language(language)
    view = show(chain(("data", "conv2d", "add", "flatten")))
    view.store.select(("data_1",))
    press(view, Key.Key_Return)
    joining = view._keys.joining
    assert joining.is_on and view._message.isVisible()
    first = joining._ends[joining._at]
    plain(view, Key.Key_Right)
    assert joining._ends[joining._at] != first
    plain(view, Key.Key_Left)
    place = [end.node for end in joining._ends].index("add_1")
    QTest.keyClicks(view, "abcdefgh"[place])
    assert joining._ends[joining._at].node == "add_1"
    picture = view.grab().toImage()
    plain(view, Key.Key_Return)
    QApplication.processEvents()
    assert "data_1.x > add_1.x" in edges(view.store.document)
    assert not joining.is_on and view.store.undo_stack.count() == 1
    assert view.grab().toImage() != picture


def test_tab_takes_another_port_and_escape_gives_up(show: Show) -> None:
    view = show(chain(("data", "dense")))
    view.store.select(("dense_1",))
    add(view, "Cross-entropy")
    view.store.undo_stack.undo()
    view.store.select(("data_1",))
    before = view.store.document
    press(view, Key.Key_Return)
    assert not view._keys.joining.is_on  # all that could be joined is joined
    assert view._message.isVisible()
    view.store.select(("dense_1",))
    add(view, "Dense")
    add(view, "Mean squared error")
    view.store.select(("data_1",))
    (edge,) = [e for e in view.store.document.network.edges if e.target_port == "target"]
    view.select_edge(edge)
    plain(view, Key.Key_Delete)
    view.store.select(("data_1",))
    press(view, Key.Key_Return)
    joining = view._keys.joining
    assert joining.is_on and joining._wiring is not None
    assert joining._wiring.start.port == "x"
    QTest.keyClick(view, Key.Key_Tab)
    assert joining._wiring.start.port == "target"
    plain(view, Key.Key_Escape)
    assert not joining.is_on and view.store.document != before
    press(view, Key.Key_Return)
    view.clearFocus()
    assert not joining.is_on


def test_nothing_selected_is_told_to_select_something(show: Show) -> None:
    view = show(chain())
    heard: list[str] = []
    voice.said.connect(heard.append)
    press(view, Key.Key_Return)
    voice.said.disconnect(heard.append)
    assert heard == ["Select one box first"]
