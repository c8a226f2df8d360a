"""Blocks of one's own go into the drawing by drag, into an edge, or behind a box."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.layers.analysis import analyse
from engine.layers.doors import passage
from engine.spec import edits, groups
from engine.spec.codec import to_json
from engine.spec.document import Document, Edge
from gui.box import BLOCK_MIME
from gui.canvas import blocks
from gui.canvas.clipboard import part
from gui.canvas.view import CanvasView
from gui.my_blocks import Block
from tests.engine.layers.test_repeating import residual
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.grouped import GROUP, INSIDE, OUTER, grouped
from tests.gui.canvas.validity import assert_in_step
from tests.gui.gestures import LEFT, NONE, on_screen
from tests.gui.networks import chain, edges

COPY = Qt.DropAction.CopyAction


def stem() -> Block:
    """A convolution and a pooling layer, at the origin."""
    places = {INSIDE[0]: (0.0, 0.0), INSIDE[1]: (192.0, 0.0)}
    return Block(Path(), edits.move_nodes(part(grouped(), INSIDE), places))


def skipping() -> Block:
    """A residual block: one signal enters at two ports."""
    document = groups.group(residual(), ("dense_2", "add_1"), GROUP, "Skip")
    ends = passage(document, ("dense_2", "add_1")).entrances
    return Block(Path(), part(document, ("dense_2", "add_1")), ends)


def drop_block(view: CanvasView, block: Block, at: QPointF, leaves: bool = False) -> bool:
    data, place = QMimeData(), on_screen(view, at)
    data.setData(BLOCK_MIME, block.text.encode())
    window = view.viewport()
    QApplication.sendEvent(window, QDragEnterEvent(place, COPY, data, LEFT, NONE))
    QApplication.sendEvent(window, QDragMoveEvent(place, COPY, data, LEFT, NONE))
    if leaves:
        QApplication.sendEvent(window, QDragLeaveEvent())
        return False
    dropped = QDropEvent(QPointF(place), COPY, data, LEFT, NONE)
    QApplication.sendEvent(window, dropped)
    return dropped.isAccepted()


def on_edge(view: CanvasView, source: str, target: str) -> QPointF:
    (line,) = [
        item for e, item in view.canvas.edges.items() if (e.source, e.target) == (source, target)
    ]
    return line.path.pointAtPercent(0.5)


def test_a_block_dropped_on_the_paper_is_a_group_of_its_own(show: Show) -> None:
    view = show(chain())
    assert drop_block(view, stem(), QPointF(300.0, 220.0))
    (group,) = view.store.document.groups
    assert (group.name, group.members) == ("Stem", ("conv2d_2", "max_pool2d_2"))
    assert view.store.selection == group.members and view.store.undo_stack.count() == 1
    assert_in_step(view)


def test_dropped_on_an_edge_it_goes_into_it(show: Show) -> None:
    view = show(chain())
    assert drop_block(view, stem(), on_edge(view, "data_1", "conv2d_1"))
    found = edges(view.store.document)
    assert {"data_1.x > conv2d_2.x", "max_pool2d_2.y > conv2d_1.x"} <= found
    assert "data_1.x > conv2d_1.x" not in found
    area = view.canvas.grouped.frames[GROUP].area
    assert not area.intersects(view.canvas.nodes["conv2d_1"].body)
    assert not area.intersects(view.canvas.nodes["data_1"].body)
    view.store.undo_stack.undo()
    assert view.store.document == chain()


def test_a_block_that_left_the_canvas_left_nothing_there(show: Show) -> None:
    view = show(chain())
    drop_block(view, stem(), on_edge(view, "data_1", "conv2d_1"), leaves=True)
    assert view.store.document == chain()
    assert_in_step(view)


def test_a_residual_block_is_fed_at_both_ports() -> None:
    document = residual()
    edge = Edge("dense_1", "y", "dense_2", "x")
    after, ids = blocks.inserted(document, skipping(), edge)
    fed = {(e.target, e.target_port) for e in after.network.edges if e.source == "dense_1"}
    assert {("dense_4", "x"), ("add_2", "x")} <= fed
    assert ids == ("dense_4", "add_2") and not analyse(after).errors


def test_with_several_inputs_it_goes_into_no_edge(show: Show) -> None:
    document = groups.group(chain(), ("dense_1", "cross_entropy_1"), GROUP, "Head")
    head = Block(Path(), part(document, ("dense_1", "cross_entropy_1")))
    assert not blocks.may_enter(head, Edge("data_1", "x", "conv2d_1", "x"))
    view = show(chain())
    assert drop_block(view, head, on_edge(view, "data_1", "conv2d_1"))
    assert "data_1.x > conv2d_1.x" in edges(view.store.document)


def test_in_an_edge_within_a_group_it_belongs_to_the_group() -> None:
    document = grouped()
    after, ids = blocks.inserted(document, stem(), Edge("conv2d_1", "y", "max_pool2d_1", "x"))
    assert groups.boxes_in(after, GROUP) == (*INSIDE, *ids)
    assert groups.group_of(after, OUTER).members == ids


def test_chosen_it_goes_behind_the_selected_box(show: Show) -> None:
    view = show(chain())
    view.store.select(("max_pool2d_1",))
    view.append_block(stem())
    found = edges(view.store.document)
    assert {"max_pool2d_1.y > conv2d_2.x", "max_pool2d_2.y > flatten_1.x"} <= found
    view.append_block(stem())  # the new group is selected: on it goes
    assert "max_pool2d_2.y > conv2d_3.x" in edges(view.store.document)
    view.store.select(())
    view.append_block(stem())
    assert len(view.store.document.groups) == 3
    assert_in_step(view)


def test_behind_the_last_box_it_is_joined(show: Show) -> None:
    open_end = edits.remove_nodes(chain(), ("flatten_1", "dense_1", "cross_entropy_1"))
    view = show(open_end)
    view.store.select(("max_pool2d_1",))
    view.append_block(stem())
    assert "max_pool2d_1.y > conv2d_2.x" in edges(view.store.document)


@pytest.mark.parametrize("text", ["", "{}", "[]", to_json(Document())])
def test_what_is_no_block_is_not_taken(show: Show, text: str) -> None:
    view = show(chain())
    data, place = QMimeData(), on_screen(view, QPointF(300.0, 220.0))
    data.setData(BLOCK_MIME, text.encode())
    enter = QDragEnterEvent(place, COPY, data, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), enter)
    assert not enter.isAccepted()
