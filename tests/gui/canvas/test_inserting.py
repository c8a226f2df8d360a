"""Templates are put behind the selected box, from the menus, in one step of undo."""

from __future__ import annotations

from engine.layers.analysis import analyse
from engine.scripting import chain as drawn
from gui.canvas.menus import menu_for
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show

SEQUENCE = drawn(
    ("data", {"dataset": "digit_rows"}),
    ("dense", {"units": 8}),
    ("flatten", {}),
    ("dense", {"units": 10, "activation": "softmax"}),
    ("cross_entropy", {}),
)


def texts(view: CanvasView, id: str) -> list[str]:
    return [action.text() for action in menu_for(view, id).actions()]


def test_the_menu_of_a_box_inserts_a_block_in_one_step(show: Show) -> None:
    view = show(SEQUENCE)
    view.store.select(("dense_1",))
    (action,) = (a for a in menu_for(view, "dense_1").actions() if "Transformer" in a.text())
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
