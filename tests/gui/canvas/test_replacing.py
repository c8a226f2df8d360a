"""A layer dropped with Alt takes the place of a box; a box changes places with the next one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt

from engine.layers.analysis import analyse
from gui import words
from gui.canvas.menus import menu_for
from gui.canvas.paper import Message
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import drop, middle
from tests.gui.networks import chain, edges

ALT = Qt.KeyboardModifier.AltModifier


def message(view: CanvasView) -> str:
    found = view.findChild(Message)
    assert found is not None
    return found.text() if found.isVisible() else ""


def test_a_layer_dropped_with_alt_takes_the_place_of_a_box(show: Show) -> None:
    view = show(chain())
    assert drop(view, "average_pool2d", middle(view, "max_pool2d_1"), ALT)
    node = view.store.document.network.node("max_pool2d_1")
    assert node.kind == "average_pool2d"
    assert edges(view.store.document) == edges(chain())
    assert view.canvas.nodes["max_pool2d_1"].kind == "average_pool2d"
    assert not analyse(view.store.document).errors
    assert view.store.selection == ("max_pool2d_1",)
    assert view.store.undo_stack.count() == 1
    assert view.store.undo_stack.undoText().startswith("Replace MaxPool2D")
    view.store.undo_stack.undo()
    assert view.store.document == chain()


def test_without_alt_nothing_is_replaced_and_the_key_is_named(show: Show) -> None:
    view = show(chain())
    assert not drop(view, "average_pool2d", middle(view, "max_pool2d_1"))
    assert view.store.document == chain()
    assert "Alt" in words.tr("canvas.refused.on_box")


@pytest.mark.parametrize(
    ("kind", "id", "reason"),
    [("cross_entropy", "conv2d_1", "unlike"), ("conv2d", "conv2d_1", "same_kind")],
)
def test_what_cannot_take_its_place_is_refused_with_a_sentence(
    show: Show, monkeypatch: pytest.MonkeyPatch, kind: str, id: str, reason: str
) -> None:
    view = show(chain())
    said: list[str] = []
    monkeypatch.setattr(view, "say", lambda text, at, tone="": said.append(text))
    assert not drop(view, kind, middle(view, id), ALT)
    assert said == [words.tr(f"canvas.refused.{reason}")]
    assert view.store.document == chain() and view.store.undo_stack.count() == 0


def test_alt_beside_the_boxes_means_nothing(show: Show) -> None:
    view = show(chain())
    assert drop(view, "dense", QPointF(300, 220), ALT)
    assert len(view.store.document.network.nodes) == 7


def test_the_menu_of_a_box_swaps_it_with_the_next(show: Show) -> None:
    view = show(chain())
    view.store.select(("conv2d_1",))
    menu = menu_for(view, "conv2d_1")
    (action,) = (a for a in menu.actions() if a.text() == words.tr("canvas.menu.swap"))
    action.trigger()
    menu.close()
    swapped = view.store.document
    assert {"data_1.x > max_pool2d_1.x", "max_pool2d_1.y > conv2d_1.x"} <= edges(swapped)
    assert view.canvas.nodes["conv2d_1"].x() == 384 and view.store.selection == ("conv2d_1",)
    assert view.store.undo_stack.undoText() == "Swap two boxes"
    view.swap()  # on along the chain: conv2d and flatten
    assert "flatten_1.y > conv2d_1.x" in edges(view.store.document)
    view.store.undo_stack.undo()
    view.store.undo_stack.undo()
    assert view.store.document == chain()


@pytest.mark.parametrize("chosen", [(), ("dense_1",), ("conv2d_1", "flatten_1")])
def test_who_has_no_next_box_is_told_so(show: Show, chosen: tuple[str, ...]) -> None:
    view = show(chain())
    view.store.select(chosen)
    assert not view.can_swap()
    view.swap()
    assert message(view) == words.tr("canvas.refused.no_next")
    assert view.store.document == chain()
