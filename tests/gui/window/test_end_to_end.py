"""A student's first hour, with mouse and keys in the real window, and the real engine behind it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.scripting import chain, load_file
from engine.spec.document import Document
from engine.spec.files import read
from gui.inspector.numbers import NumberEditor
from gui.window.main_window import MainWindow
from tests.gui.gestures import click, connect, drop, middle
from tests.gui.window.conftest import Open, wait_for

LEFT = Qt.MouseButton.LeftButton
Layers = tuple[tuple[str, int, int, dict[str, object]], ...]
S10: Layers = (
    ("data", 0, 0, {}),
    ("conv2d", 192, 0, {"filters": 32, "activation": "ReLU"}),
    ("max_pool2d", 384, 0, {}),
    ("conv2d", 576, 0, {"filters": 64, "activation": "ReLU"}),
    ("max_pool2d", 0, 160, {}),
    ("flatten", 192, 160, {}),
    ("dense", 384, 160, {"units": 64, "activation": "ReLU"}),
    ("dense", 576, 160, {"units": 10, "activation": "Softmax"}),
    ("cross_entropy", 384, 320, {}),
)
SPIRAL: Layers = (
    ("data", 0, 0, {"dataset": "Spirals"}),
    ("dense", 192, 0, {"units": 64, "activation": "ReLU"}),
    ("dense", 384, 0, {"units": 64, "activation": "ReLU"}),
    ("dense", 0, 160, {"units": 2, "activation": "Softmax"}),
    ("cross_entropy", 192, 160, {}),
)


def build(window: MainWindow, layers: Layers) -> list[str]:
    """Drop boxes, set their options in the inspector, and join them, all by mouse and keys."""
    ids = []
    for kind, x, y, options in layers:
        assert drop(window.canvas, kind, QPointF(x - 300, y - 200))
        (id,) = window.store.selection
        ids.append(id)
        for name, value in options.items():
            set_option(window.inspector, name, value)
    press(window, "fit")
    for source, target in pairwise(ids):
        port = "x" if source.startswith("data") else "y"
        QApplication.processEvents()
        connect(window.canvas, source, port, target, "x")
    return ids


def set_option(panel: QWidget, name: str, value: object) -> None:
    """Set an option as a person does: type a number, or choose from the list."""
    QApplication.processEvents()  # as between two acts of a person
    (editor,) = (found for found in panel.findChildren(QWidget, name) if found.isVisible())
    if isinstance(editor, NumberEditor):
        editor.setFocus()
        editor.selectAll()
        QTest.keyClicks(editor, str(value))
        QTest.keyClick(editor, Qt.Key.Key_Return)
    else:
        assert isinstance(editor, QComboBox), name
        index = editor.findText(str(value), Qt.MatchFlag.MatchStartsWith)
        assert index >= 0, (name, value, [editor.itemText(i) for i in range(editor.count())])
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_Home)
        for _ in range(index):
            QTest.keyClick(editor, Qt.Key.Key_Down)


def press(window: MainWindow, action: str) -> None:
    """Press a button of the toolbar."""
    button = window.toolbar.widgetForAction(window.actions_table[action])
    assert isinstance(button, QToolButton)
    assert button.isEnabled(), f"{action}: {button.toolTip()}"
    QTest.mouseClick(button, LEFT)


@pytest.mark.slow
def test_the_articles_network_is_drawn_trained_paused_saved_and_reopened(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(Document())
    press(window, "new")
    ids = build(window, S10)
    analysis = window.store.analysis
    assert analysis.problems == ()
    sizes = [str(analysis.facts[id].outputs["y"]) for id in ids[1:-1]]
    pictures = ["26×26×32", "13×13×32", "11×11×64", "5×5×64"]
    assert sizes == [*pictures, "1,600", "64", "10"]
    assert analysis.parameters == 320 + 18_496 + 102_464 + 650 == 121_930
    assert "121,930" in window.status.total.text()

    press(window, "play")
    qtbot.waitUntil(lambda: len(window.run.history.epochs) >= 2, timeout=120_000)
    press(window, "pause")
    wait_for(qtbot, window, "paused")
    seen = window.run.history.count
    assert seen >= 2 * 40
    press(window, "batch")
    qtbot.waitUntil(lambda: window.run.history.count == seen + 1, timeout=10_000)
    wait_for(qtbot, window, "paused")
    prepared = window.run.prepared
    assert prepared is not None
    assert sum(int(np.prod(shape)) for shape in prepared.weights.values()) == 121_930
    for id, fact in analysis.facts.items():
        for port, shape in fact.outputs.items():
            assert prepared.outputs[f"{id}.{port}"] == shape.sizes
    press(window, "play")
    wait_for(qtbot, window, "finished")
    accuracies = [epoch["validation_accuracy"] for epoch in window.run.history.epochs]
    assert len(accuracies) == 15
    assert max(accuracies) >= 0.97

    window.filing.path = path = tmp_path / "手写数字.layerwise"
    press(window, "save")
    qtbot.waitUntil(path.is_file, timeout=10_000)
    qtbot.waitUntil(lambda: not window.filing.is_modified, timeout=10_000)
    shown = window.run.predictions
    assert shown is not None
    program = (
        "import sys, numpy; from engine.scripting import load_file\n"
        "x = numpy.load(sys.argv[2])\n"
        "numpy.save(sys.argv[3], load_file(sys.argv[1]).predict(x))\n"
    )
    np.save(tmp_path / "x.npy", shown.inputs)
    names = [str(path), str(tmp_path / "x.npy"), str(tmp_path / "y.npy")]
    subprocess.run([sys.executable, "-c", program, *names], check=True, cwd=Path.cwd())
    assert np.array_equal(np.load(tmp_path / "y.npy"), shown.outputs)

    again = open_window(None)
    again.open_path(path)
    wait_for(qtbot, again, "paused", "finished")
    qtbot.waitUntil(lambda: again.run.predictions is not None, timeout=10_000)
    assert again.run.predictions is not None
    assert np.array_equal(again.run.predictions.outputs, shown.outputs)
    assert again.run.history.epochs == window.run.history.epochs


@pytest.mark.slow
def test_a_spiral_is_learnt_by_a_network_built_in_the_window(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(Document())
    build(window, SPIRAL)
    assert window.store.analysis.problems == ()
    window.right.setCurrentWidget(window.training_page)
    set_option(window.training, "epochs", 80)
    set_option(window.training, "learning_rate", "0.01")
    assert window.store.document.training.learning_rate == 0.01
    press(window, "play")
    wait_for(qtbot, window, "finished")
    assert window.run.history.epochs[-1]["validation_accuracy"] >= 0.97


def small() -> Document:
    return chain(
        ("data", {"dataset": "circles", "samples": 200}),
        ("dense", {"units": 8, "activation": "tanh"}),
        ("dropout", {"rate": 0.1}),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 30},
    )


def test_killing_the_engine_loses_nothing(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(small())
    set_training(window, epochs=100_000)
    press(window, "play")
    qtbot.waitUntil(lambda: window.run.epoch_held >= 1, timeout=60_000)
    before = window.store.document
    process = window.client.process_id
    assert process is not None
    with qtbot.waitSignal(window.client.died, timeout=20_000):
        os.kill(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    assert window.store.document == before
    assert window.notice.isVisible()
    assert "safe" in window.notice.label.text()
    held = window.run.epoch_held
    qtbot.waitUntil(lambda: window.run.engine_state == "ready", timeout=60_000)
    assert window.client.process_id != process
    (go_on,) = [button for button, _ in window.notice._actions]
    QTest.mouseClick(go_on, LEFT)
    qtbot.waitUntil(lambda: window.run.epoch > held, timeout=60_000)
    assert len(window.run.history.epochs) >= held
    press(window, "stop")
    wait_for(qtbot, window, "finished")


def set_training(window: MainWindow, **values: int) -> None:
    """Set numbers on the training page."""
    window.right.setCurrentWidget(window.training_page)
    for name, value in values.items():
        set_option(window.training, name, value)


def test_a_saved_run_goes_on_as_if_it_had_not_stopped(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(small())
    press(window, "epoch")
    wait_for(qtbot, window, "paused")
    press(window, "batch")
    qtbot.waitUntil(lambda: window.run.batch == 1, timeout=10_000)
    wait_for(qtbot, window, "paused")
    window.filing.path = path = tmp_path / "run.layerwise"
    press(window, "save")
    qtbot.waitUntil(path.is_file, timeout=10_000)
    press(window, "play")
    wait_for(qtbot, window, "finished")
    again = open_window(None)
    again.open_path(path)
    wait_for(qtbot, again, "paused")
    assert (again.run.epoch, again.run.batch) == (1, 1)
    press(again, "play")
    wait_for(qtbot, again, "finished")
    assert again.run.history.steps == window.run.history.steps
    without_time = [
        [{k: v for k, v in epoch.items() if k != "seconds"} for epoch in run.history.epochs]
        for run in (window.run, again.run)
    ]
    assert without_time[0] == without_time[1]


def test_reset_and_play_repeat_a_run_exactly(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(small())
    press(window, "play")
    wait_for(qtbot, window, "finished")
    first = window.run.history.steps
    press(window, "reset")
    wait_for(qtbot, window, "paused")
    assert window.run.history.count == 0
    press(window, "play")
    wait_for(qtbot, window, "finished")
    assert window.run.history.steps == first
    press(window, "new_weights")
    wait_for(qtbot, window, "paused")
    assert window.store.document.training.seed != 0
    press(window, "play")
    wait_for(qtbot, window, "finished")
    assert window.run.history.steps != first


def test_the_learning_rate_changes_while_training(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(small())
    set_training(window, epochs=100_000)
    press(window, "play")
    qtbot.waitUntil(lambda: len(window.run.history.epochs) > 3, timeout=60_000)
    set_option(window.training, "learning_rate", "0.02")
    changed = lambda: window.run.history.epochs[-1]["learning_rate"] == 0.02  # noqa: E731
    qtbot.waitUntil(changed, timeout=20_000)
    assert window.run.history.epochs[0]["learning_rate"] == 0.001
    press(window, "stop")
    wait_for(qtbot, window, "finished")
    assert window.run.history.reason == "stopped"


def test_a_completed_run_can_be_trained_longer(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(small())
    set_training(window, epochs=2)
    press(window, "play")
    wait_for(qtbot, window, "finished")
    press(window, "play")
    qtbot.waitUntil(lambda: len(window.run.history.epochs) == 4, timeout=20_000)
    assert window.store.document.training.epochs == 4


def test_a_drawing_that_cannot_run_cannot_be_played(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(small())
    click(window.canvas, middle(window.canvas, "dense_2"))
    set_option(window.inspector, "units", 3)
    assert not window.actions_table["play"].isEnabled()
    assert window.problems.isVisible()
    window.store.undo_stack.undo()
    assert window.actions_table["play"].isEnabled()


def test_a_file_without_weights_opens_from_the_examples(tmp_path: Path) -> None:
    for path in sorted(Path("resources/examples").glob("*.json")):
        model = load_file(path, threads=1)
        total = sum(value.size for value in model.parameters.values())
        assert total == model.plan.size
        assert read(path).document == model.document
        model.close()
