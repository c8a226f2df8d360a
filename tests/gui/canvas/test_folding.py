"""Folded groups on the canvas, by mouse and keys: one card that stands for all its boxes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.spec import edits, groups
from gui.box import WIDTH, PortRef
from gui.canvas.menus import menu_for
from gui.canvas.picture import Picture
from gui.canvas.picture_files import as_svg
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.grouped import (
    CONTROL,
    GROUP,
    INSIDE,
    OUTER,
    double_click,
    frame,
    grouped,
    handle,
    place,
)
from tests.gui.canvas.validity import assert_in_step
from tests.gui.gestures import (
    click,
    connect,
    drag,
    drop,
    port_position,
)
from tests.gui.networks import chain, edges


def test_a_double_click_beside_the_name_folds_and_on_the_card_unfolds(show: Show) -> None:
    view = show(grouped())
    double_click(view, handle(view))
    assert view.store.document.groups[0].is_folded
    fold = view.canvas.grouped.folds[GROUP]
    assert not view.canvas.grouped.frames
    assert not any(view.canvas.nodes[id].isVisible() for id in INSIDE)
    assert fold.body.topLeft() == QPointF(*place(view, "conv2d_1"))
    assert view.store.selection == INSIDE
    double_click(view, fold.body.center())
    assert not view.store.document.groups[0].is_folded
    assert all(view.canvas.nodes[id].isVisible() for id in INSIDE)
    assert_in_step(view)


def test_the_small_buttons_fold_and_unfold(show: Show) -> None:
    view = show(grouped())
    at = frame(view).button.center()
    drag(view, at, at + QPointF(0.0, 60.0))
    assert not view.store.document.groups[0].is_folded  # released elsewhere
    click(view, at)
    fold = view.canvas.grouped.folds[GROUP]
    click(view, fold.button.translated(fold.pos()).center())
    assert not view.store.document.groups[0].is_folded


def test_a_folded_group_tells_its_layers_sizes_and_cost(show: Show) -> None:
    view = show(grouped(is_folded=True))
    face = view.canvas.grouped.folds[GROUP].face
    assert (face.name, face.layers, face.sizes) == ("Stem", "2 layers", "28×28×1 → 13×13×32")
    assert face.cost == "320 parameters"
    assert face.categories == ("convolution", "pooling")
    tip = view.canvas.tip("conv2d_1")
    assert "Stem" in tip and "2 layers" in tip and "Double-click" in tip


def test_ports_of_the_border_are_drawn_from_and_to_as_ever(show: Show) -> None:
    document = edits.disconnect(grouped(is_folded=True), chain().network.into("conv2d_1"))
    view = show(document)
    fold = view.canvas.grouped.folds[GROUP]
    assert list(fold.ports) == [
        PortRef("conv2d_1", "x", False),
        PortRef("max_pool2d_1", "y", True),
    ]
    assert port_position(view, "max_pool2d_1", "y") == fold.pos() + QPointF(WIDTH, 32.0)
    connect(view, "data_1", "x", "conv2d_1", "x")
    assert "data_1.x > conv2d_1.x" in edges(view.store.document)
    view.store.undo_stack.undo()
    drag(view, port_position(view, "data_1", "x"), fold.body.center() + QPointF(10.0, 5.0))
    assert "data_1.x > conv2d_1.x" in edges(view.store.document)  # dropped on the card
    assert_in_step(view)


def test_an_edge_inside_is_not_seen_and_cannot_be_clicked(show: Show) -> None:
    view = show(grouped(is_folded=True))
    (inner,) = [e for e in view.store.document.network.edges if e.source == "conv2d_1"]
    assert not view.canvas.edges[inner].isVisible()
    assert len([line for line in view.canvas.edges.values() if line.isVisible()]) == 5
    view.select_edge(next(e for e in view.canvas.edges if e.source == "data_1"))
    assert view.canvas.selected_edges


def test_a_folded_group_is_moved_copied_and_deleted_as_one_box(show: Show) -> None:
    view = show(grouped(is_folded=True))
    fold = view.canvas.grouped.folds[GROUP]
    drag(view, fold.body.center(), fold.body.center() + QPointF(0.0, 96.0))
    assert [place(view, id)[1] for id in INSIDE] == [96.0, 96.0]
    assert fold.pos() == QPointF(*place(view, "conv2d_1"))
    QTest.keyClick(view, Qt.Key.Key_D, CONTROL)
    assert [g.name for g in view.store.document.groups] == ["Stem", "Stem"]
    assert view.store.selection == ("conv2d_2", "max_pool2d_2")
    assert len(view.canvas.grouped.folds) == 2
    QTest.keyClick(view, Qt.Key.Key_Delete)
    click(view, fold.body.center())
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert view.store.document.groups == ()
    assert "data_1.x > flatten_1.x" in edges(view.store.document)
    assert_in_step(view)


def test_an_error_inside_shows_on_the_card_and_in_its_menu(show: Show) -> None:
    broken = edits.set_options(grouped(is_folded=True), "conv2d_1", {"size": 40})
    view = show(broken)
    assert view.canvas.grouped.folds[GROUP].face.mark == "error"
    assert "▲" in view.canvas.tip("conv2d_1")
    view.store.select(INSIDE)
    names = [action.text() for action in menu_for(view, "conv2d_1").actions()]
    assert any("Unfold" in name for name in names)
    assert sum("size" in name or "larger" in name for name in names) >= 1
    assert view.grab().isNull() is False


def test_tab_goes_over_a_folded_group_in_one_step(show: Show) -> None:
    view = show(grouped(is_folded=True))
    seen = []
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        seen.append(view.store.selection)
    assert seen == [("data_1",), INSIDE, ("flatten_1",), ("dense_1",), ("cross_entropy_1",)]
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert view.store.selection == ("dense_1",)


def test_a_rubber_band_over_the_card_selects_all_in_it(show: Show) -> None:
    view = show(grouped(is_folded=True))
    body = view.canvas.grouped.folds[GROUP].body
    drag(view, body.topLeft() - QPointF(12.0, 30.0), body.topLeft() + QPointF(40.0, 10.0))
    assert view.store.selection == INSIDE


def test_lining_up_takes_a_folded_group_as_one_box(show: Show) -> None:
    document = edits.move_nodes(grouped(is_folded=True), {"max_pool2d_1": (500.0, 40.0)})
    view = show(edits.move_nodes(document, {"flatten_1": (600.0, 200.0)}))
    view.store.select((*INSIDE, "flatten_1"))
    view.line_up("align_top")
    assert [place(view, id)[1] for id in (*INSIDE, "flatten_1")] == [0.0, 40.0, 0.0]


def test_a_letter_puts_a_layer_behind_the_group(show: Show) -> None:
    view = show(grouped(is_folded=True))
    view.store.select(INSIDE)
    QTest.keyClick(view, Qt.Key.Key_R)
    assert view.choosing.list.isVisible()
    QTest.keyClick(view.choosing.list.search, Qt.Key.Key_Escape)
    view.append("activation")
    assert "max_pool2d_1.y > activation_1.x" in edges(view.store.document)
    assert view.store.document.groups[0].members == INSIDE


def test_unfolding_makes_room(show: Show) -> None:
    document = edits.move_nodes(
        grouped(is_folded=True), {"flatten_1": (384.0, 0.0), "dense_1": (576.0, 0.0)}
    )
    view = show(document)
    view.grouping.fold(GROUP)
    area = frame(view).area
    assert not any(area.intersects(view.canvas.nodes[id].body) for id in ("flatten_1", "dense_1"))
    assert place(view, "dense_1")[0] - place(view, "flatten_1")[0] == 192.0
    assert place(view, "data_1") == (0.0, 0.0)
    view.store.undo_stack.undo()
    assert view.store.document == document


def test_a_picture_shows_cards_and_frames_as_the_canvas_does(show: Show) -> None:
    document = groups.group(grouped(is_folded=True), ("flatten_1", "dense_1"), OUTER, "Head")
    view = show(edits.set_options(document, "conv2d_1", {"size": 40}))
    picture = Picture(view.canvas)
    assert [(fold.face.name, fold.face.mark) for fold in picture.folds] == [("Stem", "")]
    assert [frame.face.name for frame in picture.frames] == ["Head"]
    assert len(picture.edges) == 5  # not the one inside
    assert picture.names == ["Data", "Stem", "Flatten", "Dense", "Cross-entropy"]
    svg = as_svg(picture, "white", "title").decode()
    assert ">Stem<" in svg and ">Head<" in svg and ">MaxPool2D<" not in svg
    part = Picture(view.canvas, INSIDE)
    assert len(part.folds) == 1 and not part.frames
    assert part.area.contains(view.canvas.grouped.folds[GROUP].body)


def test_nothing_takes_the_place_of_a_folded_group(show: Show) -> None:
    view = show(grouped(is_folded=True))
    at = view.canvas.grouped.folds[GROUP].body.center()
    assert not drop(view, "dense", at, Qt.KeyboardModifier.AltModifier)
    assert view.store.document == grouped(is_folded=True)
