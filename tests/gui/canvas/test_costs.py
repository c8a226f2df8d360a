"""What boxes and connections show of what they cost: numbers, bars, widths, hover texts."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage

from engine.layers.analysis import analyse
from engine.layers.costs import costs, total
from engine.spec import edits
from gui import formats, words
from gui.box import BAR
from gui.canvas.edge_item import THICKEST, USUAL, width_for
from gui.canvas.faces import faces
from gui.canvas.habits import Habits
from gui.canvas.view import CanvasView
from gui.cost_words import NONE, SHOWN
from gui.settings import Settings
from gui.theme import colour
from tests.gui.canvas.conftest import Show
from tests.gui.networks import chain

SHOWS = {
    "parameters": "320 parameters",
    "multiplications": "194.7k MACs",
    "memory": "2.6 MiB",
    NONE: "320 parameters",
}


def colour_at(view: CanvasView, id: str, place: QPointF) -> QColor:
    """What the screen shows at a place of a box."""
    image: QImage = view.viewport().grab().toImage()
    spot = view.mapFromScene(view.canvas.nodes[id].pos() + place)
    return image.pixelColor(spot * image.devicePixelRatio())


@pytest.mark.parametrize("quantity", SHOWN)
def test_a_box_shows_the_quantity_that_is_asked_for(show: Show, quantity: str) -> None:
    view = show(chain())
    view.show_quantity(quantity)
    face = view.canvas.nodes["conv2d_1"].face
    assert face.note == SHOWS[quantity]
    shares = [item.face.share for item in view.canvas.nodes.values()]
    assert sum(shares) == pytest.approx(0.0 if quantity == NONE else 1.0)
    assert max(shares) <= 1.0


def test_the_bar_is_as_long_as_the_share(show: Show) -> None:
    view = show(chain())
    share = view.canvas.nodes["dense_1"].face.share
    assert 0.95 < share < 1.0
    begin, behind = BAR.left() + 2.0, BAR.left() + BAR.width() * 0.9
    level = BAR.center().y()
    assert colour_at(view, "dense_1", QPointF(behind, level)) == colour("accent")
    assert colour_at(view, "conv2d_1", QPointF(behind, level)) == colour("border")
    view.show_quantity(NONE)
    assert colour_at(view, "dense_1", QPointF(begin, level)) == colour("card")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_hovering_tells_sizes_with_their_meaning_and_shares(show: Show, language: str) -> None:
    words.set_language(language)
    view = show(chain())
    tip = unescape(view.canvas.tip("conv2d_1"))
    assert "26×26×32" in tip and words.tr("axis.channels") in tip
    found = costs(view.store.document, view.store.analysis)
    part = found["conv2d_1"].parameters / total(found).parameters
    assert formats.share(part) in tip
    assert "194,688" in tip
    assert words.tr("cost.memory.optimizer") in tip
    (edge,) = view.store.document.network.out_of("conv2d_1")
    assert f"{26 * 26 * 32:,}" in view.canvas.tip(edge)


def test_memory_follows_the_batch_that_is_chosen_beside_the_drawing(view: CanvasView) -> None:
    view.store.open(chain())
    view.show_quantity("memory")
    before = view.canvas.nodes["conv2d_1"].face.note
    training = replace(view.store.document.training, batch_size=500)
    view.store.edit("", replace(view.store.document, training=training))
    assert view.canvas.nodes["conv2d_1"].face.note != before


def test_edges_are_the_thicker_the_more_flows_along_them(show: Show) -> None:
    view = show(chain())
    lines = {
        edge.source: item
        for edge, item in view.canvas.edges.items()
        if edge.source_port != "target"
    }
    assert lines["data_1"].width == width_for(784)
    assert lines["data_1"].width < lines["conv2d_1"].width == width_for(26 * 26 * 32)
    view.switch("widths")
    assert {item.width for item in view.canvas.edges.values()} == {USUAL}


def test_widths_grow_by_powers_of_ten_within_bounds() -> None:
    assert width_for(0) == USUAL
    assert width_for(1000) - width_for(100) == pytest.approx(width_for(100) - width_for(10))
    assert width_for(10**12) == THICKEST


def test_an_arrow_stays_wider_than_its_line(show: Show) -> None:
    view = show(chain())
    for item in view.canvas.edges.values():
        arrow = item._arrow.boundingRect()
        assert arrow.height() > item.width + 2.0
        assert item.boundingRect().contains(arrow)
        assert arrow.right() == pytest.approx(item.path.currentPosition().x() - 5.0)


def test_edges_into_what_is_not_known_have_the_usual_width(view: CanvasView) -> None:
    view.store.open(edits.remove_nodes(chain(), ("data_1",)))
    assert {item.width for item in view.canvas.edges.values()} == {USUAL}


def test_what_is_shown_is_remembered(tmp_path: Path) -> None:
    habits = Habits(Settings(tmp_path))
    habits.show_quantity("memory")
    habits.switch("widths")
    again = Habits(Settings(tmp_path))
    assert (again.quantity, again.widths) == ("memory", False)


def test_a_drawing_without_a_known_size_has_no_bars() -> None:
    document = edits.remove_nodes(chain(), ("data_1",))
    assert {face.share for face in faces(document, analyse(document)).values()} == {0.0}
