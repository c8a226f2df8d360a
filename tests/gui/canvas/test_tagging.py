"""Boxes get coloured flags from the menus and by keys, and keep them when copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from engine.spec.tags import TAGS
from gui.canvas.menus import menu_for
from gui.canvas.view import CanvasView
from gui.theme import TAG_COLOURS, tag_colour
from tests.gui.canvas.conftest import Show
from tests.gui.networks import chain


def tags(view: CanvasView) -> dict[str, str]:
    return {node.id: node.tag for node in view.store.document.network.nodes if node.tag}


def test_every_tag_has_a_colour_of_its_own() -> None:
    assert set(TAG_COLOURS) == set(TAGS)
    assert len({tag_colour(tag).rgb() for tag in TAGS}) == len(TAGS)


def test_the_menu_of_a_box_colours_all_selected_ones_in_one_step(show: Show) -> None:
    view = show(chain())
    before = view.grab().toImage()
    view.store.select(("conv2d_1", "dense_1"))
    menu = menu_for(view, "dense_1")
    inner = [found for a in menu.actions() if isinstance(found := a.menu(), QMenu)][-1]
    assert len(inner.actions()) == 1 + len(TAGS)
    inner.actions()[2].trigger()
    menu.close()
    assert tags(view) == {"conv2d_1": TAGS[1], "dense_1": TAGS[1]}
    assert view.store.undo_stack.undoText() == "Colour"
    assert view.canvas.nodes["conv2d_1"].face.tag == TAGS[1]
    view.store.select(())
    assert view.grab().toImage() != before
    view.store.undo_stack.undo()
    assert view.store.document == chain()
    assert view.grab().toImage() == before


def test_no_colour_takes_it_away(show: Show) -> None:
    view = show(chain())
    view.store.select(("conv2d_1",))
    view.tag("red")
    view.tag("")
    assert tags(view) == {} and view.store.undo_stack.count() == 2
    view.tag("")
    assert view.store.undo_stack.count() == 2


@pytest.mark.usefixtures("clean_clipboard")
def test_copies_keep_their_colour(show: Show) -> None:
    view = show(chain())
    view.store.select(("conv2d_1",))
    view.tag("green")
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    view.duplicate()
    assert tags(view) == {f"conv2d_{number}": "green" for number in (1, 2, 3)}


def test_flags_are_seen_from_far_away(show: Show) -> None:
    view = show(chain())
    for _ in range(8):
        view.zoom_out()
    before = view.grab().toImage()
    view.store.select(("conv2d_1",))
    view.tag("yellow")
    view.store.select(())
    assert view.grab().toImage() != before
