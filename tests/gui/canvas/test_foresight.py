"""What is said while an edge is drawn or a box is dragged: refused, wrong, or in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec import edits
from engine.spec.document import Document
from gui import words
from gui.box import MIME, PortRef
from gui.canvas.view import CanvasView
from gui.words import LANGUAGES
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import LEFT, drop, middle, on_screen, port_position, press
from tests.gui.networks import chain

NONE = Qt.KeyboardModifier.NoModifier


def loose() -> Document:
    """The chain with nothing between pooling and Dense."""
    document = chain()
    gone = [e for e in document.network.edges if "flatten_1" in (e.source, e.target)]
    return edits.disconnect(document, gone)


def hold(view: CanvasView, start: tuple[str, str], end: tuple[str, str]) -> None:
    """Draw an edge from port to port, and keep the button pressed."""
    first, last = (on_screen(view, port_position(view, *each)) for each in (start, end))
    press(view, first)
    QTest.mouseMove(view.viewport(), (first + last) / 2)
    QTest.mouseMove(view.viewport(), last)


def said(view: CanvasView) -> str:
    return view._message.text() if view._message.isVisible() else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edge_that_will_not_fit_says_both_sizes_and_the_repair(
    show: Show, language: str
) -> None:
    words.set_language(language)
    view = show(loose())
    hold(view, ("max_pool2d_1", "y"), ("dense_1", "x"))
    assert "13×13×32" in said(view)
    assert ("Put Flatten before it" in said(view)) == (language == "en")
    assert view.canvas.nodes["dense_1"].unfit >= {PortRef("dense_1", "x", False)}
    assert not view.grab().isNull()
    QTest.mouseRelease(view.viewport(), LEFT, NONE, on_screen(view, middle(view, "dense_1")))
    assert [p.code for p in view.store.analysis.errors if p.nodes[0] == "dense_1"] == ["needs_row"]
    assert all(not item.unfit for item in view.canvas.nodes.values())


def test_an_edge_that_fits_is_joined_without_words(show: Show) -> None:
    view = show(loose())
    hold(view, ("max_pool2d_1", "y"), ("flatten_1", "x"))
    assert said(view) == ""
    assert PortRef("flatten_1", "x", False) not in view.canvas.nodes["flatten_1"].unfit
    view.cancel_gesture()


def test_the_edge_whose_place_would_be_taken_is_named(show: Show) -> None:
    view = show(chain())
    hold(view, ("conv2d_1", "y"), ("flatten_1", "x"))
    assert said(view) == "Takes the place of the connection from MaxPool2D."
    view.cancel_gesture()


def test_a_refused_port_says_why_and_is_marked(show: Show) -> None:
    view = show(chain())
    hold(view, ("dense_1", "y"), ("conv2d_1", "x"))
    assert "loop" in said(view)
    assert view.canvas.nodes["conv2d_1"].hot == PortRef("conv2d_1", "x", False)
    view.cancel_gesture()
    assert said(view) == "" and view.canvas.nodes["conv2d_1"].hot is None


def drag_layer(view: CanvasView, kind: str, at: QPointF, held: Qt.KeyboardModifier = NONE) -> str:
    """Carry a layer over a place of the canvas; what is said there."""
    data = QMimeData()
    data.setData(MIME, kind.encode())
    place = on_screen(view, at)
    event = QDragMoveEvent(place, Qt.DropAction.CopyAction, data, LEFT, held)
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, held)
    QApplication.sendEvent(view.viewport(), enter)
    QApplication.sendEvent(view.viewport(), event)
    assert event.isAccepted()
    return said(view)


def test_a_layer_over_an_edge_says_what_would_be_wrong(show: Show) -> None:
    view = show(chain())
    edge = next(e for e in view.canvas.edges if e.target == "dense_1")
    at = view.canvas.edges[edge].path.pointAtPercent(0.5)
    assert "needs a picture" in drag_layer(view, "conv2d", at)
    assert drag_layer(view, "dropout", at) == ""
    assert drop(view, "dropout", at) and said(view) == ""


def test_a_layer_in_the_place_of_another_says_what_would_be_wrong(show: Show) -> None:
    view = show(chain())
    held = Qt.KeyboardModifier.AltModifier
    assert "needs a row" in drag_layer(view, "dropout", middle(view, "flatten_1"), held)
    assert drag_layer(view, "average_pool2d", middle(view, "max_pool2d_1"), held) == ""
