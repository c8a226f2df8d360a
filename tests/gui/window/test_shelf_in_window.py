"""A set from the shelf on the canvas: into the data box that is meant, or into a new one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from engine.spec import edits
from engine.spec.datasets import CARDS
from engine.spec.document import Document
from gui.box import DATA_MIME
from gui.settings import Settings
from gui.specimens import specimens
from gui.window.main_window import MainWindow
from tests.gui.gestures import middle, on_screen
from tests.gui.other_end import OtherEnd

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def chosen(window: MainWindow, id: str = "data_1") -> object:
    return window.store.document.network.node(id).options.get("dataset", "digits_28")


def open_shelf(window: MainWindow) -> None:
    window.left.setCurrentWidget(window.shelf)


def use(window: MainWindow, name: str) -> None:
    tile = window.shelf.gallery.tiles[name]
    window.shelf.area.ensureWidgetVisible(tile)
    QTest.mouseClick(tile, LEFT)
    QTest.mouseDClick(tile, LEFT)


def drop(window: MainWindow, name: str, at: QPointF) -> bool:
    data = QMimeData()
    data.setData(DATA_MIME, name.encode())
    place = on_screen(window.canvas, at)
    action, view = Qt.DropAction.CopyAction, window.canvas.viewport()
    QApplication.sendEvent(view, QDragEnterEvent(place, action, data, LEFT, NONE))
    moved = QDragMoveEvent(place, action, data, LEFT, NONE)
    QApplication.sendEvent(view, moved)
    dropped = QDropEvent(QPointF(place), action, data, LEFT, NONE)
    QApplication.sendEvent(view, dropped)
    assert moved.isAccepted() is dropped.isAccepted()
    return dropped.isAccepted()


def test_the_only_data_box_gets_the_set_and_one_step_back_undoes_it(window: MainWindow) -> None:
    open_shelf(window)
    use(window, "digits_8")
    assert chosen(window) == "digits_8"
    assert window.store.selection == ("data_1",)
    assert window.store.undo_name == "Use Digits 8×8"
    window.store.undo_stack.undo()
    assert chosen(window) == "digits_28"


def test_an_empty_drawing_gets_a_data_box(window: MainWindow) -> None:
    window.store.open(Document())
    open_shelf(window)
    use(window, "sines")
    (box,) = window.store.document.network.nodes
    assert (box.kind, box.options["dataset"]) == ("data", "sines")
    assert box.options["length"] == CARDS["sines"].usual_length


def test_a_network_that_fits_is_offered_until_there_is_one(window: MainWindow) -> None:
    window.store.open(Document())
    open_shelf(window)
    use(window, "diabetes")
    (button,) = [b for b in window.notice.findChildren(QPushButton) if b.isVisible()]
    assert "Diabetes" in window.notice.label.text()
    QTest.mouseClick(button, LEFT)
    kinds = [node.kind for node in window.store.document.network.nodes]
    assert kinds == ["data", "dense", "dense", "dense", "mean_squared_error"]
    assert not window.store.analysis.problems and not window.notice.isVisible()
    window.store.undo_stack.undo()
    use(window, "wine")
    assert window.notice.isVisible() and "Wines" in window.notice.label.text()
    window.store.undo_stack.setIndex(0)
    assert not window.store.document.network.nodes and not window.notice.isVisible()


def test_a_set_that_does_not_fit_offers_another_network(window: MainWindow) -> None:
    open_shelf(window)
    use(window, "digits_28")
    assert not window.notice.isVisible()
    use(window, "wine")
    assert window.store.analysis.errors and window.notice.isVisible()
    window.store.undo_stack.undo()
    assert not window.notice.isVisible()


def test_what_was_chosen_for_splitting_stays(window: MainWindow) -> None:
    window.store.edit("", lambda d: edits.set_options(d, "data_1", {"seed": 7, "length": 99}))
    open_shelf(window)
    use(window, "iris")
    options = window.store.document.network.node("data_1").options
    assert dict(options) == {"seed": 7, "dataset": "iris"}


def test_a_set_dropped_on_a_data_box_exchanges_its_set(window: MainWindow) -> None:
    assert drop(window, "wine", middle(window.canvas, "data_1"))
    assert chosen(window) == "wine"
    window.store.undo_stack.undo()
    assert chosen(window) == "digits_28"


def test_a_set_dropped_beside_the_boxes_brings_its_box(window: MainWindow) -> None:
    before = len(window.store.document.network.nodes)
    assert drop(window, "moons", middle(window.canvas, "conv2d_1") + QPointF(0.0, 150.0))
    assert len(window.store.document.network.nodes) == before + 1
    assert chosen(window, "data_2") == "moons"
    assert window.store.selection == ("data_2",)
    window.store.undo_stack.undo()
    assert len(window.store.document.network.nodes) == before


def test_a_tile_dragged_onto_the_canvas_brings_its_set(window: MainWindow) -> None:
    open_shelf(window)
    tile = window.shelf.gallery.tiles["circles"]
    dropped: list[bool] = []

    def let_go(drag: QDrag) -> None:
        assert bytes(drag.mimeData().data(DATA_MIME).data()) == b"circles"
        dropped.append(drop(window, "circles", middle(window.canvas, "data_1")))
        drag.deleteLater()

    tile.run_drag = let_go
    start = tile.rect().center()
    QTest.mousePress(tile, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(tile, start + QPoint(10 * step, 0))
    QTest.mouseRelease(tile, LEFT, pos=start)
    assert dropped == [True] and chosen(window) == "circles"
    assert not window.shelf.card.isVisible()


def test_a_set_is_refused_by_other_boxes(window: MainWindow) -> None:
    before = window.store.document
    assert not drop(window, "moons", middle(window.canvas, "conv2d_1"))
    assert window.store.document == before
    assert len(window.canvas.canvas.nodes) == len(before.network.nodes)


def test_of_several_data_boxes_the_selected_one_is_meant(window: MainWindow) -> None:
    drop(window, "moons", middle(window.canvas, "conv2d_1") + QPointF(0.0, 150.0))
    window.store.select(("data_1",))
    open_shelf(window)
    use(window, "xor")
    assert (chosen(window, "data_1"), chosen(window, "data_2")) == ("xor", "moons")


def test_no_specimen_is_read_before_the_shelf_is_looked_at(
    qtbot: QtBot, tmp_path: Path, engine: OtherEnd
) -> None:
    specimens.cache_clear()
    shown = MainWindow(Settings(tmp_path), engine.client)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    QApplication.processEvents()
    assert specimens.cache_info().currsize == 0
    open_shelf(shown)
    QApplication.processEvents()
    assert specimens.cache_info().currsize == 1
    shown.close_without_asking()


def test_the_card_lies_within_the_window_and_goes_with_the_tab(window: MainWindow) -> None:
    open_shelf(window)
    for name in ("spirals", "lunyu"):
        tile = window.shelf.gallery.tiles[name]
        window.shelf.area.ensureWidgetVisible(tile)
        QTest.mouseClick(tile, LEFT)
        card = window.shelf.card
        assert card.isVisible() and window.rect().contains(card.geometry())
        assert card.geometry().left() >= window.shelf.width()
    window.left.setCurrentWidget(window.palette_panel)
    assert not window.shelf.card.isVisible()
