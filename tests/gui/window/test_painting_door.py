"""Painting is reached from the shelf and from the page of a data box, and feeds the network."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.spec import edits
from engine.spec.painting import PAINTED, START
from gui.inspector.box_page import BoxPage
from gui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def test_the_shelf_puts_the_set_into_the_box_and_opens_the_square(window: MainWindow) -> None:
    window.left.setCurrentWidget(window.shelf)
    tile = window.shelf.gallery.tiles[PAINTED]
    window.shelf.area.ensureWidgetVisible(tile)
    QTest.mouseClick(tile, LEFT)
    assert window.shelf.card.use.text() == "Paint points…"
    QTest.mouseClick(window.shelf.card.use, LEFT)
    assert window.store.document.network.node("data_1").options["dataset"] == PAINTED
    assert window.painting.shown is not None and window.painting.shown.isVisible()


def test_the_page_of_the_box_opens_it_and_a_stroke_changes_the_document(
    window: MainWindow,
) -> None:
    window.store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": PAINTED}))
    window.store.select(("data_1",))
    page = window.inspector.page
    assert isinstance(page, BoxPage) and page.paint.isVisible()
    QTest.mouseClick(page.paint, LEFT)
    painting = window.painting.shown
    assert painting is not None and painting.isVisible()
    middle = painting.surface.rect().center()
    QTest.mouseClick(painting.surface, LEFT, pos=middle)
    facts = window.store.analysis.facts["data_1"]
    assert facts.layer.total > len(START)  # type: ignore[attr-defined]  # a data box
    assert window.store.undo_name == "Paint points"


def test_other_boxes_have_no_such_button(window: MainWindow) -> None:
    window.store.select(("data_1",))
    page = window.inspector.page
    assert isinstance(page, BoxPage) and not page.paint.isVisible()
