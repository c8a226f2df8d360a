"""Several boxes are lined up and given equal gaps, from the menus."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from engine.spec import edits
from engine.spec.document import Document, Node
from gui.canvas.alignment import LEAST, lined_up
from gui.canvas.menus import menu_for
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.test_moving import boxes

THREE = ("dense_1", "dense_2", "dense_3")
SPREAD = boxes((0, 10), (300, 200), (170, 90))


def places(document: Document) -> list[tuple[float, float]]:
    return [(node.x, node.y) for node in document.network.nodes]


@pytest.mark.parametrize(
    ("way", "wanted"),
    [
        ("align_left", [(0, 10), (0, 200), (0, 90)]),
        ("align_centre", [(150, 10), (150, 200), (150, 90)]),
        ("align_right", [(300, 10), (300, 200), (300, 90)]),
        ("align_top", [(0, 10), (300, 10), (170, 10)]),
        ("align_middle", [(0, 105), (300, 105), (170, 105)]),
        ("align_bottom", [(0, 200), (300, 200), (170, 200)]),
        ("distribute_across", [(0, 10), (300, 200), (150, 90)]),
        ("distribute_down", [(0, 10), (300, 200), (170, 105)]),
    ],
)
def test_boxes_go_onto_a_line_or_have_equal_gaps(
    way: str, wanted: list[tuple[float, float]]
) -> None:
    assert places(lined_up(SPREAD, THREE, way)) == wanted
    others = edits.add_node(SPREAD, Node("data_1", "data", x=7, y=7))
    assert places(lined_up(others, THREE, way)) == [*wanted, (7, 7)]
    assert lined_up(lined_up(SPREAD, THREE, way), THREE, way) == lined_up(SPREAD, THREE, way)


@pytest.mark.usefixtures("low_boxes")
def test_a_taller_box_lies_with_its_lower_edge_on_the_line() -> None:
    document = edits.add_node(boxes((0, 0)), Node("data_1", "data", x=300, y=50))
    after = lined_up(document, ("dense_1", "data_1"), "align_bottom")
    assert places(after) == [(0, 50 + 100 - 64), (300, 50)]


def test_too_few_boxes_stay_where_they_are() -> None:
    for way in LEAST:
        assert lined_up(SPREAD, (), way) == SPREAD
        assert lined_up(SPREAD, ("dense_2",), way) == SPREAD
    assert lined_up(SPREAD, THREE[:2], "distribute_across") == SPREAD


def inner_menu(menu: QMenu) -> QMenu:
    return next(found for a in menu.actions() if isinstance(found := a.menu(), QMenu))


def test_the_menu_of_a_box_lines_boxes_up_in_one_step(show: Show) -> None:
    view = show(SPREAD)
    view.store.select(THREE[:2])
    menu = menu_for(view, "dense_1")
    usable = [a for a in inner_menu(menu).actions() if a.isEnabled() and not a.isSeparator()]
    assert len(usable) == 6 and all(a.toolTip() != a.text() for a in usable)
    menu.close()
    view.store.select(THREE)
    menu = menu_for(view, "dense_1")
    inner_menu(menu).actions()[-1].trigger()
    assert places(view.store.document)[2] == (170, 105)
    assert view.store.undo_stack.undoText() == "Distribute"
    menu.close()
    view.line_up("align_top")
    assert view.store.undo_stack.undoText() == "Align"
    assert view.store.undo_stack.count() == 2
    view.line_up("align_top")  # they are already: nothing to undo
    assert view.store.undo_stack.count() == 2
    view.store.undo_stack.undo()
    view.store.undo_stack.undo()
    assert view.store.document == SPREAD
