"""Templates are put behind the selected box, from the menus, in one step of undo."""

from __future__ import annotations

from base64 import b64decode
from itertools import combinations
from typing import cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from engine.layers.analysis import analyse
from engine.layers.templates import TEMPLATES
from engine.scripting import chain as drawn
from engine.spec.shapes import image
from gui.box import look
from gui.canvas.menus import menu_for
from gui.canvas.small_picture import BLOCK, block_drawing
from gui.canvas.view import CanvasView
from gui.words import tr
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import LEFT, NONE, click, middle

SEQUENCE = drawn(
    ("data", {"dataset": "digit_rows"}),
    ("dense", {"units": 8, "activation": "relu"}),
    ("flatten", {}),
    ("dense", {"units": 10, "activation": "softmax"}),
    ("cross_entropy", {}),
)


PICTURE = drawn(
    ("data", {"dataset": "digits_8"}),
    ("conv2d", {"filters": 8, "padding": "same", "activation": "relu"}),
    ("flatten", {}),
    ("dense", {"units": 10, "activation": "softmax"}),
    ("cross_entropy", {}),
)


def blocks(view: CanvasView, id: str) -> QMenu | None:
    """The menu within the menu of a box, if it offers any block."""
    menu = menu_for(view, id)
    inner = [action.menu() for action in menu.actions() if action.text().startswith("Insert")]
    assert all(isinstance(each, QMenu) for each in inner)
    return cast("QMenu", inner[0]) if inner else None


def texts(view: CanvasView, id: str) -> list[str]:
    inner = blocks(view, id)
    return [action.text() for action in inner.actions()] if inner is not None else []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_block_is_inserted_by_mouse_without_an_error(show: Show, name: str) -> None:
    is_of_pictures = TEMPLATES[name].fits(image(8, 8, 8))
    document, before = (PICTURE, "conv2d_1") if is_of_pictures else (SEQUENCE, "dense_1")
    view = show(document)
    click(view, middle(view, before))
    inner = blocks(view, before)
    assert inner is not None
    (action,) = (a for a in inner.actions() if a.text() == tr(f"action.{name}"))
    assert action.toolTip() == tr(f"action.{name}.tip")
    inner.popup(view.mapToGlobal(QPoint(20, 20)))
    QTest.mouseClick(inner, LEFT, NONE, inner.actionGeometry(action).center())
    assert len(view.canvas.nodes) > len(document.network.nodes)
    assert not view.store.analysis.problems
    bodies = [item.body for item in view.canvas.nodes.values()]
    assert not any(one.intersects(other) for one, other in combinations(bodies, 2))
    view.store.undo_stack.undo()
    assert view.store.document == document


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_hover_text_of_a_block_shows_its_drawing(show: Show, name: str) -> None:
    drawing, ids = block_drawing(name)
    assert {problem.code for problem in analyse(drawing).errors} == {"no_loss"}
    assert len(ids) == len(drawing.network.nodes) - 1
    is_of_pictures = TEMPLATES[name].fits(image(8, 8, 8))
    view = show(PICTURE if is_of_pictures else SEQUENCE)
    before = "conv2d_1" if is_of_pictures else "dense_1"
    view.store.select((before,))
    inner = blocks(view, before)
    assert inner is not None
    (action,) = (a for a in inner.actions() if a.text() == tr(f"action.{name}"))
    for _ in range(2):  # once is enough
        action.hover()
    tip = action.toolTip()
    assert tip.count("<img") == 1
    assert look.shows_flow
    encoded = tip.partition("base64,")[2].partition('"')[0]
    picture = QImage.fromData(b64decode(encoded))
    assert 200 < picture.width() <= 2 * BLOCK.width()
    assert 30 < picture.height() <= 2 * BLOCK.height()


def test_the_menu_of_a_box_inserts_a_block_in_one_step(show: Show) -> None:
    view = show(SEQUENCE)
    view.store.select(("dense_1",))
    inner = blocks(view, "dense_1")
    assert inner is not None
    (action,) = (a for a in inner.actions() if "Transformer" in a.text())
    action.trigger()
    grown = view.store.document
    assert len(grown.network.nodes) == len(SEQUENCE.network.nodes) + 7
    assert not analyse(grown).problems
    assert set(view.store.selection) == {
        node.id for node in grown.network.nodes if not SEQUENCE.network.has(node.id)
    }
    assert view.store.undo_stack.count() == 1
    assert view.store.undo_stack.undoText() == "Insert Transformer block"
    view.store.undo_stack.undo()
    assert view.store.document == SEQUENCE


def test_only_what_fits_is_offered(show: Show) -> None:
    view = show(SEQUENCE)
    for ids, offered in (
        (("dense_1",), True), (("data_1",), True), (("dense_2",), False), (("flatten_1",), False),
        (("data_1", "dense_1"), False), ((), False),
    ):  # fmt: skip
        view.store.select(ids)
        assert view.can_insert("transformer_block") == offered
        assert not view.can_insert("residual_block")
        if ids:
            assert any("Transformer" in text for text in texts(view, ids[0])) == offered
    view.store.select(())
    view.insert("transformer_block")
    assert view.store.document == SEQUENCE
