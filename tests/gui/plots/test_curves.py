"""The panel of curves: what it shows of a run, and what mouse and keys do with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec.edits import set_training
from engine.spec.training import TrainingOptions
from gui import words
from gui.formats import number
from gui.plots.curve_plot import CurvePlot
from gui.plots.curves import CurvesPanel
from gui.run import Run
from gui.store import DocumentStore
from gui.theme import colour, theme
from gui.theme import font as theme_font
from tests.gui.plots.feeding import BATCHES, finish, prepare, settle, shown, train


def place(plot: CurvePlot, x: float, y: float) -> QPoint:
    """A place of the plot as a place in the viewport."""
    found: QPoint = plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))
    return found


def turn_wheel(plot: CurvePlot, at: QPoint, steps: int) -> None:
    viewport = plot.viewport()
    event = QWheelEvent(
        QPointF(at),
        QPointF(viewport.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_before_a_run_the_panel_says_what_to_do(curves: CurvesPanel) -> None:
    assert curves.pages.currentWidget() is curves.empty
    assert curves.empty.heading.text() == "Press Play to see the curves"


def test_every_batch_and_every_epoch_is_drawn(trained: CurvesPanel) -> None:
    loss, accuracy = trained.plots
    assert trained.pages.currentWidget() is trained.content
    for plot in trained.plots:
        assert len(plot.raw.getData()[0]) == len(plot.smooth.getData()[0]) == 3 * BATCHES
        assert plot.validation_dots.getData()[0].tolist() == [10, 20, 30]
    assert loss.validation_line.getData()[1].tolist() == pytest.approx([2.2, 1.1, 2.2 / 3])
    assert accuracy.validation_line.getData()[1].tolist() == pytest.approx([0.4, 0.5, 0.6])
    assert [label.text() for label in trained.titles] == ["Loss", "Accuracy"]


def test_the_axes_hold_all_of_the_run_and_mark_its_epochs(trained: CurvesPanel) -> None:
    loss, accuracy = trained.plots
    assert loss.view == (0, 30, 0, 2.5)
    assert accuracy.view[:2] == (0, 30) and accuracy.view[2] == 0
    ((spacing, places),) = loss.epochs.tickValues(0, 30, 400)
    assert loss.epochs.tickStrings(places, 1, spacing) == ["1", "2", "3"]


def test_the_newest_numbers_stand_beside_the_plots(trained: CurvesPanel) -> None:
    values = trained.readings.values
    assert values[0, "validation"].text() == "0.7333"
    assert values[1, "validation"].text() == "60.0 %"
    assert values[0, "training"].text() == number(trained.data.quantity("loss").now)
    assert values[1, "validation"].accessibleName() == "Accuracy, Validation: 60.0 %"


def test_a_longer_run_is_smoothed_over_more_batches_until_the_person_chooses(
    curves: CurvesPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    slider, label = curves.controls.smoothing, curves.controls.window_label
    store.edit("", lambda d: set_training(d, replace(d.training, epochs=500)))
    prepare(run, batches=14, epochs=500)
    run.handle(protocol.Progress(run.number, 0, 1, {"loss": np.array([1.0])}, 1.0))
    settle(curves, qtbot)
    assert label.text() == "100 batches"
    assert curves.data.decay == curves.controls.decay == 1 - 1 / 100
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    run.handle(protocol.Progress(run.number, 0, 2, {"loss": np.array([1.0])}, 1.0))
    settle(curves, qtbot)
    assert label.text() == "70 batches"


def test_a_regression_shows_its_errors(curves: CurvesPanel, run: Run, qtbot: QtBot) -> None:
    prepare(run)
    names = ("loss", "mean_squared_error", "mean_absolute_error")
    run.handle(protocol.Progress(1, 0, 2, {n: np.array([0.5, 0.25]) for n in names}, 1.0))
    settle(curves, qtbot)
    assert [t.text() for t in curves.titles] == ["Mean squared error", "Mean absolute error"]
    assert curves.readings.headings[0].text() == "Mean squared error"
    assert curves.plots[1].raw.getData()[1].tolist() == [0.5, 0.25]


def test_another_run_begins_with_empty_curves(trained: CurvesPanel, run: Run, qtbot: QtBot) -> None:
    run.reset()
    settle(trained, qtbot)
    assert trained.pages.currentWidget() is trained.empty
    prepare(run)
    train(run, 1)
    settle(trained, qtbot)
    assert len(trained.plots[0].raw.getData()[0]) == BATCHES


def test_a_history_cut_back_is_drawn_anew(trained: CurvesPanel, run: Run, qtbot: QtBot) -> None:
    run.history.cut(15, 1)
    run.history_replaced.emit()
    settle(trained, qtbot)
    assert len(trained.plots[0].raw.getData()[0]) == 15
    assert trained.plots[0].validation_dots.getData()[0].tolist() == [10]


def test_log_applies_to_the_loss_only(trained: CurvesPanel, qtbot: QtBot) -> None:
    loss, accuracy = trained.plots
    before = accuracy.view
    qtbot.mouseClick(trained.controls.logarithmic, Qt.MouseButton.LeftButton)
    settle(trained, qtbot)
    assert loss.is_logarithmic and not accuracy.is_logarithmic
    assert loss.raw.getData()[1][0] == pytest.approx(np.log10(2.0))
    assert loss.view[2] <= np.log10(2.2 / 3) and loss.view[3] >= np.log10(2.2)
    assert loss.side.tickStrings([-1, 0], 1, 1) == ["0.1", "1"]
    assert accuracy.view == before
    qtbot.mouseClick(trained.controls.logarithmic, Qt.MouseButton.LeftButton)
    settle(trained, qtbot)
    assert loss.view == (0, 30, 0, 2.5)


def test_zero_has_no_place_on_a_logarithmic_axis_and_does_no_harm(
    curves: CurvesPanel, run: Run, qtbot: QtBot
) -> None:
    prepare(run)
    run.handle(protocol.Progress(1, 0, 3, {"loss": np.array([1.0, 0.0, 0.1])}, 1.0))
    curves.controls.logarithmic.click()
    settle(curves, qtbot)
    assert np.isnan(curves.plots[0].raw.getData()[1][1])
    curves.grab()


def test_a_loss_that_is_not_a_number_is_shown_as_that(
    curves: CurvesPanel, run: Run, qtbot: QtBot
) -> None:
    prepare(run)
    run.handle(protocol.Progress(1, 0, 3, {"loss": np.array([1.0, np.inf, np.nan])}, 1.0))
    finish(run, protocol.DIVERGED)
    settle(curves, qtbot)
    curves.grab()
    QTest.mouseMove(curves.plots[0].viewport(), place(curves.plots[0], 3, 0.5))
    assert "not a number" in curves.card.text()


def test_the_slider_smooths(trained: CurvesPanel, qtbot: QtBot) -> None:
    slider, plot = trained.controls.smoothing, trained.plots[0]
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    settle(trained, qtbot)
    assert trained.controls.window_label.text() == "off"
    np.testing.assert_allclose(plot.smooth.getData()[1], plot.raw.getData()[1])
    qtbot.keyClick(slider, Qt.Key.Key_End)
    settle(trained, qtbot)
    assert trained.controls.window_label.text() == "1,000 batches"
    assert np.ptp(plot.smooth.getData()[1]) < 0.6 * np.ptp(plot.raw.getData()[1])


def test_the_legend_hides_curves(trained: CurvesPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(trained.controls.legend["raw"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(trained.controls.legend["validation"], Qt.MouseButton.LeftButton)
    for plot in trained.plots:
        assert not plot.raw.isVisible() and plot.smooth.isVisible()
        assert not plot.validation_line.isVisible() and not plot.validation_dots.isVisible()


def test_hovering_tells_every_value_at_that_batch(trained: CurvesPanel, run: Run) -> None:
    loss, accuracy = trained.plots
    QTest.mouseMove(loss.viewport(), place(loss, 15.2, 1.0))
    text = trained.card.text()
    assert trained.card.isVisible()
    assert "Batch 15 · epoch 2" in text
    for value in (number(run.history.steps["loss"][14]), "2.200", "40.0 %", "Loss, this batch"):
        assert value in text
    assert loss.cursor.value() == accuracy.cursor.value() == 15
    assert loss.cursor.isVisible() and accuracy.cursor.isVisible()
    QTest.mouseMove(loss.viewport(), QPoint(2, 2))
    assert not trained.card.isVisible() and not accuracy.cursor.isVisible()


def test_the_arrow_keys_move_the_cursor(trained: CurvesPanel, qtbot: QtBot) -> None:
    plot = trained.plots[1]
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert "Batch 29 · epoch 3" in trained.card.text()
    qtbot.keyClick(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert "Batch 19 · epoch 2" in trained.card.text()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.cursor.value() == 20


def test_wheel_and_drag_change_the_range_of_both_plots_and_reset_brings_it_back(
    trained: CurvesPanel, run: Run, qtbot: QtBot
) -> None:
    loss, accuracy = trained.plots
    assert not trained.controls.reset.isEnabled()
    middle = place(loss, 15, 1)
    turn_wheel(loss, middle, 5)
    settle(trained, qtbot)
    zoomed = loss.view
    assert zoomed[1] - zoomed[0] < 25
    assert accuracy.view[:2] == pytest.approx(zoomed[:2])
    QTest.mousePress(loss.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    for step in (10, 30, 60):
        QTest.mouseMove(loss.viewport(), middle + QPoint(step, 0))
    QTest.mouseRelease(loss.viewport(), Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    settle(trained, qtbot)
    assert loss.view[0] < zoomed[0]
    train(run, 1)  # what arrives does not take the picture away from who looks at it
    settle(trained, qtbot)
    assert loss.view[0] < zoomed[0] and loss.view[1] < 30
    qtbot.mouseClick(trained.controls.reset, Qt.MouseButton.LeftButton)
    settle(trained, qtbot)
    assert loss.view[:2] == (0, 40)


def test_keys_zoom_and_reset(trained: CurvesPanel, qtbot: QtBot) -> None:
    plot = trained.plots[0]
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    settle(trained, qtbot)
    assert plot.view[1] - plot.view[0] == pytest.approx(24)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    settle(trained, qtbot)
    assert plot.view == (0, 30, 0, 2.5)


def test_words_change_with_the_language(trained: CurvesPanel, run: Run, qtbot: QtBot) -> None:
    finish(run, protocol.COMPLETED)
    words.set_language("zh_CN")
    settle(trained, qtbot)
    assert [title.text() for title in trained.titles] == ["损失", "准确率"]
    assert trained.plots[0].bottom.labelText == "批次"
    assert trained.epoch_labels[0].text() == "轮次"
    assert trained.closing.text.text().startswith("已完成全部 3 轮训练。")
    assert trained.controls.legend["validation"].text() == "验证"
    assert trained.readings.headings[1].text() == "准确率"
    assert trained.plots[0].accessibleName() == "损失"


def test_colours_change_with_the_theme(trained: CurvesPanel, qtbot: QtBot) -> None:
    theme.use("dark")
    settle(trained, qtbot)
    plot = trained.plots[0]
    assert plot.smooth.opts["pen"].color() == colour("training")
    assert plot.validation_line.opts["pen"].color() == colour("validation")
    assert plot.backgroundBrush().color() == colour("panel")


def test_controls_have_names_and_hover_texts(curves: CurvesPanel) -> None:
    controls = curves.controls
    for widget in (
        *controls.legend.values(),
        controls.smoothing,
        controls.logarithmic,
        controls.reset,
        controls.export,
    ):
        assert widget.accessibleName() and widget.toolTip()


def test_a_hidden_panel_draws_nothing_until_it_is_shown(
    curves: CurvesPanel, run: Run, qtbot: QtBot
) -> None:
    curves.hide()
    prepare(run)
    train(run, 2)
    assert len(curves.plots[0].raw.getData()[0]) == 0
    assert curves.redraw.is_due
    curves.show()
    settle(curves, qtbot)
    assert len(curves.plots[0].raw.getData()[0]) == 2 * BATCHES


def test_many_events_are_drawn_together(trained: CurvesPanel, run: Run, qtbot: QtBot) -> None:
    drawn: list[int] = []
    QApplication.processEvents()  # the plots have just got their size
    settle(trained, qtbot)
    trained.plots[0].raw.sigPlotChanged.connect(lambda *_: drawn.append(1))
    train(run, 20)
    settle(trained, qtbot)
    assert len(drawn) == 1


def test_a_million_batches_cost_no_more_than_a_thousand(run: Run, qtbot: QtBot) -> None:
    """Counted, not timed: how much is handed to the plot, and how much is read for a batch more."""
    count = 1_000_000
    rng = np.random.default_rng(0)
    run.history.batches = 1000
    run.history.steps = {name: rng.random(count).tolist() for name in ("loss", "accuracy")}
    panel = shown(CurvesPanel(run), qtbot)
    for plot in panel.plots:
        assert len(plot.raw.getData()[0]) <= 1010
        assert len(plot.smooth.getData()[0]) <= 1010
    quantity = panel.data.quantities["loss"]
    taken: list[int] = []
    extend = quantity.raw.extend

    def counting(values: np.ndarray) -> None:
        taken.append(len(values))
        extend(values)

    quantity.raw.extend = counting  # type: ignore[method-assign,assignment]
    run.handle(protocol.Progress(1, 1000, 1, {"loss": np.array([5.0])}, 1.0))
    settle(panel, qtbot)
    assert taken == [1]
    x, y = panel.plots[0].raw.getData()
    assert (x[-1], y[-1]) == (count + 1, 5.0)
    assert len(x) <= 1010
    assert panel.data.quantities["loss"] is quantity


def test_closing_a_panel_ends_its_listening(run: Run, qtbot: QtBot) -> None:
    panel = CurvesPanel(run)
    panel.show()
    ended: list[bool] = []
    panel.destroyed.connect(lambda: ended.append(True))
    panel.deleteLater()
    qtbot.waitUntil(lambda: bool(ended))
    words.set_language("zh_CN")
    theme.use("dark")
    run.points_added.emit()


def test_what_was_changed_on_the_way_is_marked_and_told(
    trained: CurvesPanel, run: Run, qtbot: QtBot
) -> None:
    at = trained.data.count
    run.history.mark(
        TrainingOptions(), TrainingOptions(learning_rate=0.01, nesterov=True, schedule="cosine")
    )
    settle(trained, qtbot)
    trained.draw()
    for plot in trained.plots:
        assert plot._marks.path().boundingRect().left() == at
    trained._set_cursor(at, None)
    told = trained.card.text()
    for words_ in ("Learning rate", "0.001 → 0.01", "no → yes", "constant → cosine"):
        assert words_ in told, told
    trained._set_cursor(1, None)
    assert "→" not in trained.card.text()


def test_the_names_of_the_curves_have_room_in_every_size(
    trained: CurvesPanel, qtbot: QtBot
) -> None:
    controls = trained.controls
    try:
        for size in (2.0, 1.0):
            theme.resize(size)
            settle(trained, qtbot)
            for button in controls.legend.values():
                words = QFontMetrics(theme_font()).horizontalAdvance(button.text())
                assert button.width() >= words + 28 * size
    finally:
        theme.resize(1.0)
