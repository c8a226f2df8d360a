"""The boxes on the canvas show what they make of what a person tries."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.protocol import Flow, Reply
from gui.flow.picture import Seen
from gui.window.main_window import MainWindow
from tests.gui.networks import chain
from tests.gui.other_end import OtherEnd, start

LEFT = Qt.MouseButton.LeftButton


def test_the_boxes_show_what_is_tried_until_the_panel_is_put_away(
    window: MainWindow, engine: OtherEnd, qtbot: QtBot
) -> None:
    window.store.open(chain())
    start(window.run, engine)
    window.panels.bring("try")
    page = window.trying.page
    QTest.mouseClick(page.picture.surface, LEFT)
    qtbot.waitUntil(lambda: page.asking._number > 0)
    (question,) = [c for c in engine.heard() if isinstance(c, protocol.Try)]
    assert question.wants_flows
    flow = Flow(np.full((1, 28, 28), 0.5, np.float32), 0.0, 1.0, 0.5)
    reply = Reply(np.zeros((28, 28, 1)), "classes", np.eye(10)[3], {"data_1": flow})
    engine.say(protocol.Tried(question.run, 0, question.number, reply, 0.001))
    nodes = window.canvas.canvas.nodes

    def is_shown() -> bool:
        strip = nodes["data_1"].strip
        return isinstance(strip, Seen) and np.array_equal(strip.flow.values, flow.values)

    qtbot.waitUntil(is_shown)
    window.panels.bring("curves")
    qtbot.waitUntil(lambda: not is_shown())
