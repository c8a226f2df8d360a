"""Hands that know nothing play with the canvas: whatever they do, the document stays a document.

Mouse, wheel, keys and drags from the palette, at random and in the middle of one another. Qt's
warnings fail every test.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QEnterEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.layers import CATALOGUE
from engine.spec.codec import to_json
from engine.spec.groups import boxes_in
from gui.box import BLOCK_MIME, DATA_MIME, MIME
from gui.canvas.clipboard import part
from gui.canvas.marks import sign_of_box, sign_of_edge
from gui.canvas.repeat_dialog import RepeatDialog
from gui.canvas.view import CanvasView
from gui.window.marking import Marking
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.validity import assert_in_step
from tests.gui.gestures import hover, move_mouse
from tests.gui.networks import chain

CROWDED = 30  # boxes
BUTTONS = (Qt.MouseButton.LeftButton,) * 6 + (Qt.MouseButton.MiddleButton,)
NONE = Qt.KeyboardModifier.NoModifier
HELD = (
    *(NONE,) * 5,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEYS = (
    *"abcdefxyzv01+-",
    Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space,
    Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Backspace,
)  # fmt: skip


class Monkey:
    """One pair of hands; `step` does the next thing."""

    def __init__(self, view: CanvasView, seed: int) -> None:
        self.view, self.random = view, Random(seed)
        self.window = view.viewport()
        self.button = Qt.MouseButton.NoButton  # held
        self.place = QPoint(100, 100)
        self.marking = Marking(view)
        self.ways: tuple[Callable[[], object], ...] = (
            self.press, self.press, self.move, self.move, self.move, self.release, self.release,
            self.whole_drag, self.whole_drag, self.key, self.key, self.wheel, self.drop,
            self.shortcut, self.undo, self.menu, self.type_name, self.comment, self.double_click,
            self.groups, self.groups, self.sign, self.sign, self.repair, self.repair,
        )  # fmt: skip

    def step(self) -> None:
        self.random.choice(self.ways)()
        if len(self.view.canvas.nodes) > CROWDED:
            self.view.store.select(tuple(self.view.canvas.nodes)[5:])
            self.view.delete_selected()
            self.view.fit()

    def spot(self) -> QPoint:
        """Anywhere, but rather where there is something."""
        chance, size = self.random.random(), self.window.size()
        items = list(self.view.canvas.nodes.values())
        lines = list(self.view.canvas.edges.values())
        if chance < 0.3 and items:
            return self.view.mapFromScene(self.random.choice(items).body.center())
        if chance < 0.6 and items:
            item = self.random.choice(items)
            if item.ports:
                port = self.random.choice(item.ports)
                at = item.port_scene_position(port.port, port.is_output)
                return self.view.mapFromScene(at)
        if chance < 0.65 and self.view.canvas.notes:
            note = self.random.choice(list(self.view.canvas.notes.values()))
            return self.view.mapFromScene(self.random.choice((note.body.center(), note.handle)))
        frames = list(self.view.canvas.grouped.frames.values())
        if chance < 0.68 and frames:
            frame = self.random.choice(frames)
            part = self.random.choice((frame.title, frame.name, frame.button))
            return self.view.mapFromScene(part.center())
        if chance < 0.74 and lines:
            return self.view.mapFromScene(self.random.choice(lines).path.pointAtPercent(0.5))
        across = self.random.randrange(-5, size.width() + 5)
        return QPoint(across, self.random.randrange(-5, size.height() + 5))

    def held(self) -> Qt.KeyboardModifier:
        return self.random.choice(HELD)

    def press(self) -> None:
        self.button, self.place = self.random.choice(BUTTONS), self.spot()
        QTest.mousePress(self.window, self.button, self.held(), self.place)

    def move(self) -> None:
        self.place = self.spot()
        move_mouse(self.view, self.place, self.held())

    def release(self) -> None:
        button = self.button if self.button != Qt.MouseButton.NoButton else BUTTONS[0]
        QTest.mouseRelease(self.window, button, self.held(), self.place)
        self.button = Qt.MouseButton.NoButton

    def whole_drag(self) -> None:
        self.press()
        for _ in range(self.random.randint(0, 3)):
            self.move()
        self.release()

    def key(self) -> None:
        target = QApplication.focusWidget() or self.view
        QTest.keyClick(target, self.random.choice(KEYS), self.held())
        if self.random.random() < 0.2:
            self.view.setFocus()

    def type_name(self) -> None:
        self.view.setFocus()
        self.view.choose(self.random.choice(("", "con", "de", "qqq")))

    def comment(self) -> None:
        self.view.setFocus()
        notes = list(self.view.canvas.notes)
        if notes and self.random.random() < 0.5:
            self.view.edit_note(self.random.choice(notes))
        else:
            self.view.comment(self.view.mapToScene(self.spot()))
        QTest.keyClicks(self.view.noting.editor, "ab")

    def double_click(self) -> None:
        QTest.mouseDClick(self.window, Qt.MouseButton.LeftButton, self.held(), self.spot())

    def wheel(self) -> None:
        at, turn = self.spot(), QPoint(0, self.random.choice((-120, 120, 240)))
        QApplication.sendEvent(
            self.window,
            QWheelEvent(
                QPointF(at), QPointF(self.window.mapToGlobal(at)), QPoint(), turn,
                Qt.MouseButton.NoButton, self.held(), Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    def drop(self) -> None:
        data, held, at = QMimeData(), self.held(), self.spot()
        if self.random.random() < 0.2:
            nodes = self.view.store.document.network.nodes[:3]
            block = part(self.view.store.document, [node.id for node in nodes])
            data.setData(BLOCK_MIME, to_json(block).encode())
        elif self.random.random() < 0.8:
            data.setData(MIME, self.random.choice((*CATALOGUE, "nothing")).encode())
        else:
            data.setData(DATA_MIME, self.random.choice((b"iris", b"spirals", b"\\xff")))
        action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        QApplication.sendEvent(self.window, QDragEnterEvent(at, action, data, left, held))
        for _ in range(self.random.randint(0, 3)):
            at = self.spot()
            QApplication.sendEvent(self.window, QDragMoveEvent(at, action, data, left, held))
        if self.random.random() < 0.7:
            event = QDropEvent(QPointF(at), action, data, left, held)
            QApplication.sendEvent(self.window, event)
        else:
            QApplication.sendEvent(self.window, QDragLeaveEvent())

    def shortcut(self) -> None:
        keys = (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_D)
        QTest.keyClick(self.view, self.random.choice(keys), Qt.KeyboardModifier.ControlModifier)

    def undo(self) -> None:
        stack = self.view.store.undo_stack
        for _ in range(self.random.randint(1, 3)):
            self.random.choice((stack.undo, stack.undo, stack.redo))()

    def groups(self) -> None:
        grouping, store = self.view.grouping, self.view.store
        found = [group.id for group in store.document.groups]
        if found and self.random.random() < 0.6:
            store.select(boxes_in(store.document, self.random.choice(found)))
        self.random.choice(
            (
                grouping.group, grouping.group, grouping.ungroup, grouping.fold, grouping.fold,
                grouping.rename, lambda: grouping.put_into(self.random.choice(("", *found))),
                self.repeat,
            )
        )()  # fmt: skip

    def repeat(self) -> None:
        self.view.grouping.repeat()
        for dialog in self.view.findChildren(RepeatDialog):
            if dialog.isVisible():  # those that are closed are about to be deleted
                dialog.times.setValue(2)
                self.random.choice((dialog.accept, dialog.reject))()

    def menu(self) -> None:
        view = self.view
        self.random.choice(
            (
                view.arrange, partial(view.arrange, is_down=True), view.swap, view.fit,
                view.fit_selection, view.zoom_actual,
                lambda: view.line_up("align_top"), lambda: view.line_up("distribute_across"),
                lambda: view.switch("overview"), lambda: view.switch("grid"),
            )
        )()  # fmt: skip

    def sign(self) -> None:
        """Hover over the sign of a problem, click it, or go to the next one."""
        scene = self.view.canvas
        signs = [sign_of_box(item) for item in scene.nodes.values() if item.face.mark]
        signs += [sign_of_edge(line) for line in scene.edges.values() if line.mark]
        chance = self.random.random()
        if chance < 0.2 or not signs:
            self.marking.next(self.random.choice((1, -1)))
            return
        place = self.view.mapFromScene(self.random.choice(signs).center())
        if chance < 0.6:
            hover(self.view, place)
        else:
            QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, NONE, place)

    def repair(self) -> None:
        """Hover over a button that repairs, press it, or leave the card."""
        cards = self.marking.popup.list.cards if self.marking.popup.isVisible() else []
        buttons = [button for card in cards for button in card.buttons]
        chance = self.random.random()
        if not buttons or chance < 0.2:
            QTest.keyClick(self.marking.popup, Qt.Key.Key_Escape)
        elif chance < 0.6:
            button, enter = self.random.choice(buttons), QPointF(6.0, 6.0)
            QApplication.sendEvent(button, QEnterEvent(enter, enter, enter))
            if self.random.random() < 0.5:
                QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
        else:
            QTest.mouseClick(self.random.choice(buttons), Qt.MouseButton.LeftButton)


def play(view: CanvasView, seed: int, steps: int) -> None:
    """Let a monkey play, look after each step, and take everything back at the end."""
    monkey, stack = Monkey(view, seed), view.store.undo_stack
    for _ in range(steps):
        monkey.step()
        assert_in_step(view)
    view.cancel_gesture()
    monkey.marking.close()
    view.store.consider(None)
    assert_in_step(view)
    assert not view.grab().isNull()
    stack.setIndex(stack.count())
    last = to_json(view.store.document)
    stack.setIndex(0)
    assert view.store.document == chain()
    assert_in_step(view)
    stack.setIndex(stack.count())
    assert to_json(view.store.document) == last


@pytest.mark.usefixtures("clean_clipboard")
@pytest.mark.parametrize("seed", range(2))
def test_some_hundred_random_gestures_leave_a_document(show: Show, seed: int) -> None:
    play(show(chain()), seed, 300)


@pytest.mark.slow
@pytest.mark.usefixtures("clean_clipboard")
def test_thousands_of_random_gestures_leave_a_document(show: Show) -> None:
    play(show(chain()), 1_000, 5_000)
