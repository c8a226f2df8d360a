"""Painting with real mouse, pen, finger and keys: each stroke is one step of undo."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import edits
from engine.spec.document import Document, Node, Options
from engine.spec.painting import MOST_CLASSES, PAINTED, START, Points
from gui import theme, words
from gui.data.brush import ERASER, SINGLE, SPRAY
from gui.data.class_marks import paint_mark
from gui.data.paint_window import PaintWindow
from gui.store import DocumentStore

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PEN, TURNED = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser


@pytest.fixture
def store() -> DocumentStore:
    box = Node("data_1", "data", Options({"dataset": PAINTED}), 0.0, 0.0)
    return DocumentStore(edits.add_node(Document(), box))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, store: DocumentStore) -> Iterator[PaintWindow]:
    theme.set_up(qapp, "light")
    shown = PaintWindow(store, "data_1")
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    yield shown
    if theme.theme.is_dark:
        theme.theme.use("light")


def points(store: DocumentStore) -> Points:
    kept = store.document.network.node("data_1").options.get("points", START)
    return kept  # type: ignore[return-value]  # what the option accepts


def place(window: PaintWindow, x: float, y: float) -> QPoint:
    return window.surface.on_screen(x, y).toPoint()


def draw(window: PaintWindow, *way: tuple[float, float]) -> None:
    first, *others = (place(window, *each) for each in way)
    QTest.mousePress(window.surface, LEFT, pos=first)
    for each in others:
        QTest.mouseMove(window.surface, each)
    QTest.mouseRelease(window.surface, LEFT, pos=others[-1] if others else first)


def test_it_begins_with_what_the_box_has(window: PaintWindow) -> None:
    assert window.surface.points == START
    assert window.total.text() == f"{len(START)} of at most 5,000 points"
    assert window.classes.buttons[0].count == len(START) // 2


def test_a_stroke_is_one_step_of_undo(window: PaintWindow, store: DocumentStore) -> None:
    draw(window, (-0.8, -0.8), (0.0, -0.8), (0.8, -0.8))
    assert len(points(store)) > len(START) + 20
    assert store.undo_stack.count() == 1 and store.undo_name == "Paint points"
    after = points(store)
    store.undo_stack.undo()
    assert points(store) == window.surface.points == START
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert points(store) == window.surface.points == after
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert points(store) == START


def test_a_point_lies_where_it_was_clicked(window: PaintWindow, store: DocumentStore) -> None:
    QTest.mouseClick(window.tools[SINGLE], LEFT)
    draw(window, (0.5, -0.25))
    x, y, label = points(store)[-1]
    pixel = 2.0 / window.surface.square.width()
    assert x == pytest.approx(0.5, abs=pixel) and y == pytest.approx(-0.25, abs=pixel)
    assert label == 0 and len(points(store)) == len(START) + 1


@pytest.mark.parametrize(("key", "label"), [("1", 0), ("4", 3), ("0", 9)])
def test_number_keys_choose_the_class(
    window: PaintWindow, store: DocumentStore, key: str, label: int
) -> None:
    QTest.keyClicks(window.surface, key)
    assert window.classes.buttons[label].isChecked()
    draw(window, (0.0, 0.8))
    assert points(store)[-1][2] == label
    assert window.classes.buttons[label].count > 0


def test_letters_take_the_tools(window: PaintWindow, store: DocumentStore) -> None:
    for key, tool in (("e", ERASER), ("p", SINGLE), ("s", SPRAY)):
        QTest.keyClicks(window.surface, key)
        assert window.brush.tool == tool and window.tools[tool].isChecked()


def test_the_seed_can_be_typed_without_choosing_classes(window: PaintWindow) -> None:
    window.seed.selectAll()
    QTest.keyClicks(window.seed, "42")
    assert window.brush.seed == 42 and window.brush.label == 0
    window.seed.clear()
    assert window.brush.seed == 0


def test_the_eraser_takes_points_away_while_it_goes(
    window: PaintWindow, store: DocumentStore
) -> None:
    QTest.keyClicks(window.surface, "e")
    window.size_slider.setValue(40)
    draw(window, (-0.45, 0.2))
    assert {label for _, _, label in points(store)} == {1}
    assert store.undo_name == "Erase points"
    QTest.keyClicks(window.surface, "2")  # who chooses a class wants to paint again
    assert window.brush.tool == SPRAY


def test_a_stroke_into_the_void_is_no_edit(window: PaintWindow, store: DocumentStore) -> None:
    QTest.keyClicks(window.surface, "e")
    draw(window, (0.9, 0.9))
    assert store.undo_stack.count() == 0


def test_everything_can_be_cleared_and_points_copied_in(
    window: PaintWindow, store: DocumentStore
) -> None:
    QTest.mouseClick(window.clear, LEFT)
    assert points(store) == () and not window.clear.isEnabled()
    spirals = next(a for a in window.menu.actions() if a.text() == "Spirals")
    spirals.trigger()
    assert len(points(store)) > 100
    assert store.undo_name == "Copy points of Spirals"
    assert store.undo_stack.count() == 2


def pen(
    window: PaintWindow, kind: QEvent.Type, at: QPoint, end: QPointingDevice.PointerType
) -> None:
    device = QPointingDevice(
        "pen",
        7,
        QPointingDevice.DeviceType.Stylus,
        end,
        QPointingDevice.Capability.Position,
        1,
        1,
    )
    local = QPointF(at)
    glob = QPointF(window.surface.mapToGlobal(at))
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
    event = QTabletEvent(kind, device, local, glob, 0.5, 0, 0, 0.0, 0.0, 0.0, NONE, LEFT, held)
    QApplication.sendEvent(window.surface, event)
    assert event.isAccepted()


def test_a_pen_paints_and_its_other_end_erases(window: PaintWindow, store: DocumentStore) -> None:
    way = (QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease)
    window.size_slider.setValue(40)
    for kind in way:
        pen(window, kind, place(window, 0.0, -0.9), PEN)
    assert len(points(store)) > len(START) and store.undo_stack.count() == 1
    for kind in way:
        pen(window, kind, place(window, 0.45, -0.2), TURNED)
    assert not any((x, y) == START[-1][:2] for x, y, _ in points(store))
    assert window.brush.tool == SPRAY


def test_a_finger_paints(window: PaintWindow, store: DocumentStore) -> None:
    finger = QTest.createTouchDevice()
    start, end = place(window, -0.5, -0.7), place(window, 0.5, -0.7)
    QTest.touchEvent(window.surface, finger).press(0, start, window.surface).commit()
    QTest.touchEvent(window.surface, finger).move(0, end, window.surface).commit()
    QTest.touchEvent(window.surface, finger).release(0, end, window.surface).commit()
    assert len(points(store)) > len(START)
    assert store.undo_stack.count() == 1


def test_the_window_goes_with_its_box(window: PaintWindow, store: DocumentStore) -> None:
    store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": "moons"}))
    assert not window.isVisible()


def test_marks_of_all_classes_differ_in_shape_and_not_only_in_colour(qapp: QApplication) -> None:
    def shadow(label: int) -> frozenset[tuple[int, int]]:
        image = QImage(40, 40, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_mark(painter, QPointF(20.0, 20.0), label, 12.0)
        painter.end()
        spots = ((x, y) for x in range(40) for y in range(40))
        return frozenset(s for s in spots if image.pixelColor(*s).alpha() > 128)

    shadows = [shadow(label) for label in range(MOST_CLASSES)]
    for a, b in combinations(shadows, 2):
        assert len(a ^ b) > 40


def test_language_and_theme_change_while_shown(window: PaintWindow) -> None:
    pictures = [window.grab().toImage()]
    words.set_language("zh_CN")
    assert window.clear.text() == "清除" and window.windowTitle() == "画点：数据"
    pictures.append(window.grab().toImage())
    theme.theme.use("dark")
    pictures.append(window.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
