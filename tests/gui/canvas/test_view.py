"""The canvas is zoomed, panned, hovered over; it follows language and theme."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from engine.layers import CATALOGUE
from engine.spec import edits
from engine.spec.document import Document, Edge, Node
from engine.spec.options import Value
from gui import words
from gui.box import NARROWEST, ROOM, PortRef, scaled_font, title_rows
from gui.canvas.camera import READABLE
from gui.canvas.menus import menu_for
from gui.canvas.paper import Hint
from gui.canvas.view import CanvasView
from gui.describe import problem_text
from gui.engine_client import EngineClient
from gui.run import Run
from gui.store import DocumentStore
from gui.theme import theme
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import click, drag, drop, middle, on_screen, port_position
from tests.gui.networks import chain, edges

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier

# Popups on a screen that is not there:
POPUPS = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def light_again() -> Iterator[None]:
    mode = theme.mode
    yield
    theme.use(mode)


def wheel(
    view: CanvasView,
    at: QPoint,
    notches: float = 0.0,
    pixels: QPoint | None = None,
    modifiers: Qt.KeyboardModifier = NONE,
) -> None:
    """Turn the wheel, or with `pixels` move two fingers on a touch pad."""
    phase = Qt.ScrollPhase.ScrollUpdate if pixels else Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        pixels or QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        modifiers,
        phase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_the_wheel_zooms_around_the_pointer(show: Show) -> None:
    view = show(chain())
    at = QPoint(300, 250)
    before, scale = view.mapToScene(at), view.camera.scale
    wheel(view, at, 3)
    assert view.camera.scale == pytest.approx(scale * 1.2**3)
    after = view.mapToScene(at)
    assert abs(after.x() - before.x()) < 2 and abs(after.y() - before.y()) < 2
    for _ in range(40):
        wheel(view, at, -3)
    assert view.camera.scale == pytest.approx(0.1)
    for _ in range(40):
        wheel(view, at, 3, modifiers=CONTROL)
    assert view.camera.scale == pytest.approx(4.0)


def test_two_fingers_pan(show: Show) -> None:
    view = show(chain())
    scale, before = view.camera.scale, view.mapFromScene(QPointF(0, 0))
    wheel(view, QPoint(300, 250), 0.5, QPoint(-30, 12))
    assert view.mapFromScene(QPointF(0, 0)) - before == QPoint(-30, 12)
    assert view.camera.scale == scale


@pytest.mark.parametrize("by_space", [True, False])
def test_the_paper_is_dragged(show: Show, by_space: bool) -> None:
    view = show(chain())
    before = view.mapFromScene(QPointF(0, 0))
    start = view.mapToScene(QPoint(200, 200))
    end = view.mapToScene(QPoint(260, 290))
    if by_space:
        QTest.keyPress(view, Qt.Key.Key_Space)
        drag(view, start, end)
        QTest.keyRelease(view, Qt.Key.Key_Space)
        assert not view.space_is_held
    else:
        drag(view, start, end, Qt.MouseButton.MiddleButton)
    assert view.mapFromScene(QPointF(0, 0)) - before == QPoint(60, 90)
    assert view.store.document == chain()


def test_keys_zoom_and_fit(show: Show) -> None:
    view = show(chain())
    fitted = view.camera.scale
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.camera.scale == pytest.approx(fitted * 1.2)
    click(view, middle(view, "dense_1"))
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert view.camera.scale == 1.25
    assert (view.camera.centre - middle(view, "dense_1")).manhattanLength() < 4
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.camera.scale == pytest.approx(fitted)
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(view.canvas.bounds())


def test_another_document_is_shown_whole(show: Show) -> None:
    view = show(Document())
    view.store.open(edits.move_nodes(chain(), {"data_1": (-4000.0, 900.0)}))
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(view.canvas.bounds())


def sees_all(view: CanvasView) -> bool:
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    return seen.contains(view.canvas.bounds())


def test_a_chain_that_grows_by_choosing_layers_stays_in_view_and_readable(view: CanvasView) -> None:
    for kind in ("data", *("conv2d",) * 8, "flatten", "dense", "cross_entropy"):
        view.append(kind)
        assert view.camera.scale >= READABLE
        assert view.camera.shows(view.canvas.bounds(view.store.selection))
        assert sees_all(view) or view.camera.scale == READABLE
    assert not sees_all(view)
    view.fit()
    assert sees_all(view)


def test_a_repair_that_pushes_boxes_aside_keeps_them_in_view(show: Show) -> None:
    kinds = ("data", *("conv2d",) * 3, "dense", "cross_entropy")
    view = show(chain(kinds))
    assert sees_all(view)
    (fix,) = next(p for p in view.store.analysis.problems if p.code == "needs_row").fixes
    view.store.edit("", fix.edit)
    assert sees_all(view)


def test_who_zoomed_is_not_moved_about(show: Show) -> None:
    view = show(chain())
    view.zoom_in()
    scale = view.camera.scale
    view.append("dense")
    assert view.camera.scale == scale


def test_what_is_dropped_near_the_rim_stays_where_it_was_put(view: CanvasView) -> None:
    drop(view, "data", QPointF(0, 0))
    before = view.viewportTransform()
    rim = view.mapToScene(QPoint(view.viewport().width() - 10, 300))
    assert drop(view, "dense", rim)
    assert view.viewportTransform() == before


def test_boxes_show_their_activation(show: Show) -> None:
    bends: dict[str, dict[str, Value]] = {"conv2d": {"activation": "relu"}}
    view = show(chain(("data", "conv2d", "activation"), bends))
    lines = {id: item.face.line for id, item in view.canvas.nodes.items()}
    assert lines["conv2d_1"] == "26×26×32 · ReLU"
    assert lines["activation_1"] == "26×26×32 · ReLU"
    view.store.edit("", lambda d: edits.set_options(d, "conv2d_1", {"activation": "linear"}))
    assert view.canvas.nodes["conv2d_1"].face.line == "26×26×32"


def test_long_titles_are_shown_whole() -> None:
    for name in ("Mean squared error", "Binary cross-entropy 12", "二元交叉熵 2"):
        rows = title_rows(name, 1)
        assert " ".join(text for text, _ in rows) == name
        for text, size in rows:
            width = QFontMetricsF(scaled_font(size, bold=True)).horizontalAdvance(text)
            assert width * NARROWEST <= ROOM
    assert title_rows("Dense", 2) == [("Dense", 13)]
    assert len(title_rows("A name that does not fit into a box", 2)) == 1


def test_the_square_port_says_what_it_is_for(show: Show) -> None:
    view = show(chain())
    tip = view.canvas.tip(PortRef("cross_entropy_1", "target", False))
    assert "target: the right answers" in tip


def test_an_empty_canvas_says_what_to_do(view: CanvasView) -> None:
    hint = view.findChild(Hint)
    assert hint is not None and hint.isVisible()
    assert "Drag layers" in hint.accessibleDescription()
    assert "double-click" in hint.accessibleDescription()
    drop(view, "data", QPointF(0, 0))  # the hint does not stand in the way
    assert not hint.isVisible()
    view.store.undo_stack.undo()
    assert hint.isVisible()


def test_boxes_edges_and_ports_explain_themselves(show: Show) -> None:
    conv = Edge("conv2d_1", "y", "max_pool2d_1", "x")
    wrong: dict[str, dict[str, Value]] = {"dense": {"units": 7}}
    view = show(chain(options=wrong))
    assert "26×26×32" in view.canvas.tip(conv) and "channels" in view.canvas.tip(conv)
    assert "one of 10" in view.canvas.tip(PortRef("data_1", "target", True))
    assert "28×28×1" in view.canvas.tip(PortRef("conv2d_1", "x", False))
    tip = view.canvas.tip("cross_entropy_1")
    assert view.canvas.nodes["cross_entropy_1"].face.mark == "error"
    assert "7" in tip and "10" in tip
    assert view.canvas.tip(None) == ""


@POPUPS
def test_hovering_shows_the_tip(show: Show, qtbot: QtBot) -> None:
    view = show(chain())
    at = on_screen(view, middle(view, "conv2d_1"))
    event = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    assert "Conv2D" in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_what_the_pointer_is_over_is_shown(show: Show) -> None:
    view = show(chain())
    QTest.mouseMove(view.viewport(), on_screen(view, middle(view, "conv2d_1")))
    assert [i.id for i in view.canvas.nodes.values() if i.is_hovered] == ["conv2d_1"]
    QTest.mouseMove(view.viewport(), on_screen(view, port_position(view, "dense_1", "y")))
    assert view.canvas.nodes["dense_1"].hot == PortRef("dense_1", "y", True)
    edge = Edge("conv2d_1", "y", "max_pool2d_1", "x")
    place = view.canvas.edges[edge].path.pointAtPercent(0.5) + QPointF(0, 6)
    QTest.mouseMove(view.viewport(), on_screen(view, place))
    assert [e for e, i in view.canvas.edges.items() if i.is_hovered] == [edge]


@pytest.mark.usefixtures("light_again")
def test_language_and_theme_change_while_shown(show: Show) -> None:
    view = show(chain())
    pictures = [view.grab().toImage()]
    words.set_language("zh_CN")
    assert view.canvas.nodes["dense_1"].face.title == "全连接层"
    pictures.append(view.grab().toImage())
    theme.use("dark")
    pictures.append(view.grab().toImage())
    view.zoom_out()
    for _ in range(6):
        view.zoom_out()
    assert view.camera.scale < 0.35
    pictures.append(view.grab().toImage())
    assert all(a != b for a, b in pairwise(pictures))


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_layer_type_can_be_painted(show: Show, kind: str) -> None:
    view = show(edits.add_node(Document(), Node(f"{kind}_1", kind)))
    assert not view.grab().isNull()


def test_a_canvas_that_is_gone_listens_no_more(qapp: QApplication) -> None:
    listening = len(words._listeners)
    store = DocumentStore(chain())
    view = CanvasView(store, Run(store, EngineClient(store), store))
    assert len(words._listeners) == listening + 1
    view.deleteLater()
    QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    assert len(words._listeners) == listening
    theme.changed.emit()
    store.open(Document())


def test_keys_that_mean_nothing_are_left_to_the_window(view: CanvasView) -> None:
    for key in (Qt.Key.Key_F5, Qt.Key.Key_Q, 0x1234567):
        event = QKeyEvent(QEvent.Type.KeyPress, key, NONE)
        QApplication.sendEvent(view, event)
        assert not event.isAccepted()


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def trigger(menu: QMenu, text: str) -> None:
    (action,) = (action for action in menu.actions() if action.text() == text)
    action.trigger()
    menu.close()


def test_menus_offer_the_repairs_of_a_box(show: Show) -> None:
    wrong: dict[str, dict[str, Value]] = {"dense": {"units": 7, "activation": "softmax"}}
    view = show(chain(options=wrong))
    menu = menu_for(view, "cross_entropy_1")
    (fix,) = view.store.analysis.problems[0].fixes
    shown = [action for action in menu.actions() if action.isEnabled() and action.text()]
    shown[0].trigger()
    assert view.store.document == fix.edit(chain(options=wrong))
    assert view.store.undo_stack.undoText() == shown[0].text()
    assert view.store.analysis.problems == ()


def test_a_long_problem_is_not_cut_in_the_menu(show: Show) -> None:
    view = show(chain(("data", "flatten", "conv2d")))
    menu = menu_for(view, "conv2d_1")
    (sentence,) = (label for label in menu.findChildren(QLabel) if label.text())
    (problem,) = view.store.analysis.problems_of("conv2d_1")
    assert sentence.text() == problem_text(view.store.document, problem)
    assert sentence.wordWrap() and sentence.isEnabled()
    assert sentence.heightForWidth(sentence.width()) > 2 * sentence.fontMetrics().height()
    menu.close()


def test_menus_of_boxes_edges_and_paper_do_what_they_say(show: Show) -> None:
    view = show(chain())
    edge = Edge("conv2d_1", "y", "max_pool2d_1", "x")
    view.select_edge(edge)
    trigger(menu_for(view, edge), "Delete this connection")
    assert edge not in view.store.document.network.edges
    view.store.select(("flatten_1",))
    trigger(menu_for(view, "flatten_1"), "Delete and join the neighbours")
    assert "max_pool2d_1.y > dense_1.x" in edges(view.store.document)
    trigger(menu_for(view, None), "Select all")
    assert len(view.store.selection) == 5


def test_an_empty_paper_offers_what_is_missing(view: CanvasView) -> None:
    menu = menu_for(view, None)
    offered = [action.text() for action in menu.actions() if action.isEnabled()]
    assert any("Data" in text for text in offered), texts(menu)
    menu.close()


@POPUPS
def test_the_right_button_selects_and_opens_the_menu(show: Show, qtbot: QtBot) -> None:
    view = show(chain())
    at = on_screen(view, middle(view, "dense_1"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and "Duplicate" in texts(menu)
    assert view.store.selection == ("dense_1",)
    with qtbot.waitSignal(menu.destroyed):
        menu.close()
