"""What flows through the boxes on the canvas of the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.data_protocol import Trace
from engine.scripting import Model, load_file, prepared
from engine.spec import edits
from engine.spec.files import read, write
from engine.spec.options import Value
from gui import theme
from gui.box import HEIGHT, STEP_BACK, STEP_ON, STRIP, Strip
from gui.flow.picture import ANSWER, LOSS, Seen
from gui.flow.sample import Sample
from gui.window.main_window import MainWindow
from tests.gui.data.data_end import DataEnd
from tests.gui.gestures import on_screen
from tests.gui.other_end import OtherEnd
from tests.gui.window.conftest import PATIENCE_MS, Open, wait_for

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"


def strips(window: MainWindow) -> dict[str, Strip | None]:
    return {id: item.strip for id, item in window.canvas.canvas.nodes.items()}


def settle(window: MainWindow, end: DataEnd, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.flowing.flows._timer.isActive())
    end.answer()


def click(window: MainWindow, id: str, place: QPointF) -> None:
    spot = window.canvas.canvas.nodes[id].pos() + place
    at = on_screen(window.canvas, spot)
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_every_box_shows_what_it_makes_of_a_sample(
    window: MainWindow, data_ends: list[DataEnd], qtbot: QtBot
) -> None:
    settle(window, data_ends[0], qtbot)
    shown = strips(window)
    sample = shown["data_1"]
    assert isinstance(sample, Sample) and sample.number == 1 and sample.seen.is_raw
    maps = shown["conv2d_1"]
    assert isinstance(maps, Seen) and maps.flow.values.shape == (8, 26, 26)
    assert "<img" in window.canvas.canvas.tip("conv2d_1")
    theme.theme.use("dark")
    assert strips(window)["conv2d_1"] is not maps


def test_arrows_and_keys_lead_to_other_samples_in_all_boxes(
    window: MainWindow, data_ends: list[DataEnd], qtbot: QtBot
) -> None:
    (end,) = data_ends
    settle(window, end, qtbot)
    before = strips(window)
    click(window, "data_1", STEP_ON.center())
    settle(window, end, qtbot)
    after = strips(window)
    assert window.store.selection == ()
    sample = after["data_1"]
    assert isinstance(sample, Sample) and sample.number == 2
    for id in ("conv2d_1", "dense_1"):
        old, new = before[id], after[id]
        assert isinstance(old, Seen) and isinstance(new, Seen)
        assert not np.array_equal(old.flow.values, new.flow.values)
    click(window, "data_1", STEP_BACK.center())
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Comma)
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    assert window.flowing.flows.sample == 0


def test_boxes_before_an_error_still_show_theirs(
    window: MainWindow, data_ends: list[DataEnd], qtbot: QtBot
) -> None:
    (end,) = data_ends
    window.store.edit("", lambda d: edits.remove_nodes(d, ("flatten_1",)))
    settle(window, end, qtbot)
    shown = strips(window)
    assert shown["max_pool2d_1"] is not None
    known = window.store.analysis.facts
    assert all((strip is not None) == (id in known) for id, strip in shown.items())


def test_the_switch_makes_boxes_low_asks_nothing_and_is_remembered(
    window: MainWindow, data_ends: list[DataEnd], qtbot: QtBot
) -> None:
    (end,) = data_ends
    settle(window, end, qtbot)
    items = window.canvas.canvas.nodes
    assert items["dense_1"].outline.height() == HEIGHT + STRIP
    window.actions_table["flow"].trigger()
    assert items["dense_1"].outline.height() == HEIGHT
    assert items["data_1"].outline.height() == HEIGHT + STRIP
    assert "<img" not in window.canvas.canvas.tip("conv2d_1")
    window.store.edit("", lambda d: edits.set_options(d, "conv2d_1", {"filters": 3}))
    qtbot.waitUntil(lambda: not window.flowing.flows._timer.isActive())
    assert not any(isinstance(question, Trace) for question in end.heard())
    assert window.settings.text("canvas_flow", ("yes", "no"), "yes") == "no"


def test_nothing_is_asked_when_boxes_are_too_small_to_show_it(
    window: MainWindow, data_ends: list[DataEnd], qtbot: QtBot
) -> None:
    (end,) = data_ends
    settle(window, end, qtbot)
    window.canvas.camera.zoom(0.1)
    window.store.edit("", lambda d: edits.set_options(d, "conv2d_1", {"filters": 3}))
    qtbot.waitUntil(lambda: not window.flowing.flows._timer.isActive())
    assert not any(isinstance(question, Trace) for question in end.heard())
    window.canvas.zoom_actual()
    settle(window, end, qtbot)
    maps = strips(window)["conv2d_1"]
    assert isinstance(maps, Seen) and len(maps.flow.values) == 3


def test_roles_follow_from_the_boxes(
    window: MainWindow, data_ends: list[DataEnd], engine: OtherEnd, qtbot: QtBot
) -> None:
    (end,) = data_ends
    changed: dict[str, Value] = {"units": 10, "activation": "softmax"}
    window.store.edit("", lambda d: edits.set_options(d, "dense_1", changed))
    settle(window, end, qtbot)
    shown = strips(window)
    answer, loss = shown["dense_1"], shown["cross_entropy_1"]
    assert isinstance(answer, Seen) and answer.role == ANSWER
    assert abs(float(answer.flow.values.sum()) - 1.0) < 1e-5
    assert isinstance(loss, Seen) and loss.role == LOSS


@pytest.mark.slow
def test_the_numbers_are_those_of_the_scripting_interface(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """With both real processes: before the training, and after it."""
    document = read(EXAMPLES / "spiral.json").document
    window = open_window(document)
    flows = window.flowing.flows
    qtbot.waitUntil(lambda: flows.passage is not None, timeout=PATIENCE_MS)
    x = prepared(document)["data_1"].parts["training"].x[:1]

    def agrees(model: Model) -> bool:
        assert flows.passage is not None
        values = flows.passage.flows["dense_3"].values
        return bool(np.allclose(values, model.predict(x)[0], atol=1e-5))

    assert agrees(Model(document, backend="plain"))
    window.run.play()
    wait_for(qtbot, window, "finished")
    window.run.with_state(5000, lambda: write(tmp_path / "trained.lw", window.run.saved()))
    qtbot.waitUntil((tmp_path / "trained.lw").exists, timeout=PATIENCE_MS)
    trained = load_file(tmp_path / "trained.lw", backend="plain")
    qtbot.waitUntil(lambda: flows.is_trained and agrees(trained), timeout=PATIENCE_MS)
