"""The curves of a run: loss and accuracy against the batches, to be read, zoomed and saved."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from engine.spec.history import History
from gui.empty import EmptyState
from gui.hover_card import HoverCard, Row
from gui.plots.closing_line import ClosingLine
from gui.plots.curve_controls import CURVES, CurveControls
from gui.plots.curve_data import CurveData
from gui.plots.curve_plot import CurvePlot
from gui.plots.export import export
from gui.plots.marks import change_rows
from gui.plots.other_runs import OtherRun
from gui.plots.readings import Readings
from gui.plots.scrubber import Scrubber
from gui.quantities import quantity_name, value_text
from gui.run import FINISHED, PREPARING, Run
from gui.spoken import epoch_text
from gui.theme import STEP, colour, px
from gui.ticks import epochs_shown
from gui.upkeep import Redraw, keep_up
from gui.words import tr

LEAST_BATCHES = 20  # shown before the number of batches in an epoch is known
COLUMNS_OF_RANGE = 100  # enough to find the lowest and the highest value
LEAST_WIDTH, FULL_WIDTH = 660, 900
FULL_HEIGHT = 210  # in a lower panel, the axes share the words above the plots
LOW_AXIS, HIGH_AXIS = 20, 36  # height of the axis of batches without and with its words
LENGTHS_OF_WINDOW = 60  # how often the window of the smoothing goes into a run, unless chosen
NEAR = 5.0  # pixels from a mark within which the cursor tells of it
FARTHEST = 1.5  # how far beyond the curves one can pan


class CurvesPanel(QWidget):
    """Two plots side by side, with controls above, numbers beside and a closing line below."""

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.run = run
        self.is_low = False  # whether there is little height
        self.follows = True  # the axes follow the run until the person zooms or pans
        self.cursor_batch: int | None = None
        self._near: QPoint | None = None  # where the mouse is, if it moves the cursor
        self.controls = CurveControls(self)
        self.plots = (CurvePlot(self), CurvePlot(self))
        self.titles = (QLabel(self), QLabel(self))
        self.epoch_labels = (QLabel(self), QLabel(self))  # name the axes at the top
        self.readings, self.closing = Readings(self), ClosingLine(self)
        self.scrubber = Scrubber(run, self)
        self.empty = EmptyState("mdi6.chart-line", "plots.curves.empty", "plots.curves.empty.line")
        self.data = CurveData(run.history, self.controls.decay)
        self.others: list[OtherRun] = []  # earlier runs drawn beside the present one
        self._lay_out()
        self.card = HoverCard(self)
        self.redraw = Redraw(self, self.draw)
        self._connect()
        keep_up(self, self.retranslate, self.recolour)
        self._replace()

    def _lay_out(self) -> None:
        self.content = QWidget(self)
        plots = QGridLayout()
        plots.setHorizontalSpacing(2 * STEP)
        plots.setVerticalSpacing(0)
        for i, (title, plot) in enumerate(zip(self.titles, self.plots, strict=True)):
            title.setObjectName("heading")
            title.setContentsMargins(3 * STEP, 0, 0, 0)
            epochs = self.epoch_labels[i]
            epochs.setObjectName("faint")
            epochs.setContentsMargins(0, 0, 2 * STEP, 0)
            plots.addWidget(title, 0, i)
            plots.addWidget(epochs, 0, i, Qt.AlignmentFlag.AlignRight)
            plots.addWidget(plot, 1, i)
            plots.setColumnStretch(i, 1)
            plot.setMinimumSize(200, 70)
        plots.setRowStretch(1, 1)
        middle = QHBoxLayout()
        middle.addLayout(plots, 1)
        middle.addWidget(self.readings)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.controls)
        column.addLayout(middle, 1)
        below = QHBoxLayout()
        below.addWidget(self.closing, 1)
        below.addWidget(self.scrubber)
        column.addLayout(below)
        self.content.setMinimumWidth(LEAST_WIDTH)  # below that, room is made in resizeEvent
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _connect(self) -> None:
        self.run.points_added.connect(self.redraw.request)
        self.run.status_changed.connect(self.redraw.request)
        self.run.history_replaced.connect(self._replace)
        self.controls.curves_chosen.connect(self._choose_curves)
        self.controls.smoothing_chosen.connect(self._smooth)
        self.controls.logarithmic_chosen.connect(self._rescale)
        self.controls.reset_wanted.connect(self.reset)
        self.controls.export_wanted.connect(lambda kind: export(kind, self.run.history, self))
        for plot in self.plots:
            plot.pointed.connect(lambda x, _, plot=plot: self._point(plot, x))
            plot.left.connect(self._unpoint)
            plot.cursor_moved.connect(self._step_cursor)
            plot.moved.connect(self._moved)
            plot.reset_wanted.connect(self.reset)
            plot.resized.connect(self.redraw.request)
        self.plots[1].setXLink(self.plots[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_full = self.width() >= FULL_WIDTH
        self.readings.setVisible(is_full)
        self.controls.show_labels(is_full)
        if self.is_low != (self.height() < FULL_HEIGHT):
            self.is_low = not self.is_low
            self.readings.set_low(self.is_low)
            self.retranslate()

    # what is shown

    def _replace(self) -> None:
        self.data = CurveData(self.run.history, self.controls.decay)
        self.follows = True
        self._unpoint()
        self.redraw.request()

    def draw(self) -> None:
        """Bring everything up to date with the run."""
        self.data.history = self.run.history
        self.data.update()
        is_empty = not self.data.count and not self.run.history.epochs
        self.pages.setCurrentIndex(0 if is_empty else 1)
        preparing = self.run.status == PREPARING
        self.empty.say("plots.curves.preparing" if preparing else "plots.curves.empty")
        if is_empty:
            return
        self.controls.propose_window(self._batches_expected() // LENGTHS_OF_WINDOW)
        names = self.data.shown()
        self._name_plots(names)
        if self.follows:
            self._fit()
        shown = self.run.past.shown
        for name, plot in zip(names, self.plots, strict=True):
            quantity, validation = self.data.quantity(name), self.data.validation(name)
            marks = [mark.step for mark in self.run.history.marks]
            plot.draw(quantity, validation, self.run.history.batches, marks)
            plot.setAccessibleDescription(f"{epoch_text(self.run)} {tr('plots.reset.help')}")
            plot.draw_others([other.line(name, self.run.history.batches) for other in self.others])
            plot.show_moment(shown.steps if shown is not None else None)
        self._show_readings(names)
        self.closing.show_run(self.run, names)
        self.controls.reset.setEnabled(not self.follows)
        self._show_cursor()

    def _batches_expected(self) -> int:
        """Batches of the whole run, as far as is known."""
        if self.run.history.reason:
            return self.data.count
        planned = self.run.store.document.training.epochs * self.run.history.batches
        return max(self.data.count, planned)

    def _name_plots(self, names: tuple[str, str]) -> None:
        logarithmic = self.controls.logarithmic.isChecked()
        for name, plot, title in zip(names, self.plots, self.titles, strict=True):
            wanted = logarithmic and name != "accuracy"
            if (plot.name, plot.is_logarithmic) != (name, wanted):
                plot.show_quantity(name, logarithmic)
            title.setText(quantity_name(name))
            plot.setAccessibleName(quantity_name(name))
        self.readings.show_names(names)

    def _fit(self) -> None:
        """Show all of the run, and room for what is to come."""
        count, batches = self.data.count, self.run.history.batches
        if self.run.history.reason or self.run.status == FINISHED or not batches:
            right = max(count, 2 if batches else LEAST_BATCHES)
        else:
            planned = self.run.store.document.training.epochs
            right = epochs_shown(-(-count // batches), planned) * batches
        for name, plot in zip(self.data.shown(), self.plots, strict=True):
            quantity, validation = self.data.quantity(name), self.data.validation(name)
            curves = zip(CURVES, (quantity.raw, quantity.smooth, validation), strict=True)
            seen = [series for curve, series in curves if self.controls.shows(curve)]
            extent = [series.picture(0, len(series), COLUMNS_OF_RANGE)[1] for series in seen]
            bottom, top = plot.fitting(extent)
            plot.setLimits(xMin=-right * (FARTHEST - 1), xMax=right * FARTHEST)
            plot.show_range(0, right, bottom, top)

    def _show_readings(self, names: tuple[str, str]) -> None:
        """The newest values, or those of the moment that is looked back at."""
        shown = self.run.past.shown
        for i, name in enumerate(names):
            if shown is None:
                training, validation = self.data.training_now(name), self.data.validation_now(name)
            else:
                _, training, validation = self.data.at(name, shown.steps)
            self.readings.show_value(i, "training", value_text(name, training))
            self.readings.show_value(i, "validation", value_text(name, validation))

    def show_others(self, others: list[tuple[History, str, str]]) -> None:
        """Draw earlier runs beside the present one: history, colour and name of each."""
        self.others = [OtherRun(*other) for other in others]
        self.redraw.request()

    # what the person does

    def reset(self) -> None:
        """Show all of the run again."""
        self.follows = True
        self.redraw.request()

    def _moved(self) -> None:
        self.follows = False
        self.redraw.request()

    def _rescale(self) -> None:
        self.follows = True  # a range of one scale means nothing on the other
        self.redraw.request()

    def _smooth(self, decay: float) -> None:
        self.data.set_decay(decay)
        self.redraw.request()

    def _choose_curves(self) -> None:
        for plot in self.plots:
            for curve in CURVES:
                plot.set_visible(curve, self.controls.shows(curve))
        self.redraw.request()

    def _point(self, plot: CurvePlot, x: float) -> None:
        self._set_cursor(round(x), plot.mapTo(self, plot.mouse))

    def _unpoint(self) -> None:
        self.cursor_batch = None
        self._show_cursor()

    def _step_cursor(self, by: int) -> None:
        start = self.cursor_batch if self.cursor_batch is not None else self.data.count
        self._set_cursor(start + by, None)

    def _set_cursor(self, batch: int, near: QPoint | None) -> None:
        if self.data.count:
            self.cursor_batch = int(np.clip(batch, 1, self.data.count))
            self._near = near
            self._show_cursor()

    def _show_cursor(self) -> None:
        batch = self.cursor_batch
        for plot in self.plots:
            plot.show_cursor(batch)
        if batch is None:
            self.card.hide()
            return
        near = self._near or self._beside(batch)
        epoch = self.data.epoch_of(batch)
        heading = tr("plots.hover.place", batch=f"{batch:,}", epoch=f"{epoch:,}")
        self.card.tell(heading, self._rows(batch), near)

    def _beside(self, batch: int) -> QPoint:
        """Where the card goes when the keyboard moves the cursor."""
        plot = self.plots[1] if self.plots[1].hasFocus() else self.plots[0]
        x: int = plot.mapFromScene(plot.box.mapViewToScene(plot.cursor.pos())).x()
        place: QPoint = plot.mapTo(self, QPoint(x, plot.height() // 2))
        return place

    def _rows(self, batch: int) -> list[Row]:
        rows: list[Row] = []
        for name in self.data.shown():
            raw, soft, validation = self.data.at(name, batch)
            for part, tint, value in (
                ("raw", "training", raw),
                ("smooth", "training", soft),
                ("validation", "validation", validation),
            ):
                words = tr(f"plots.hover.{part}", quantity=quantity_name(name))
                if value is not None:
                    rows.append((colour(tint).name(), words, value_text(name, value)))
        rows += [row for other in self.others for row in other.rows(self.data, batch)]
        return rows + self._changes_near(batch)

    def _changes_near(self, batch: int) -> list[Row]:
        """What was changed within a few pixels of a batch."""
        left, right, _, _ = self.plots[0].view
        near = (right - left) / max(self.plots[0].box.width(), 1.0) * NEAR
        return change_rows(self.run.history.marks, batch, max(near, 0.5))

    # language and theme

    def retranslate(self) -> None:
        """Show the words of the present language."""
        batch, epoch = tr("plots.axis.batch"), tr("plots.axis.epoch")
        for plot, epochs in zip(self.plots, self.epoch_labels, strict=True):
            plot.set_axis_words(batch, "")
            plot.bottom.showLabel(not self.is_low)
            plot.bottom.setHeight(px(LOW_AXIS if self.is_low else HIGH_AXIS))
            plot.epochs.setHeight(px(LOW_AXIS))
            both = tr("plots.axis.both", epoch=epoch, batch=batch)
            epochs.setText(both if self.is_low else epoch)
            plot.setAccessibleDescription(tr("plots.reset.help"))
        self.redraw.request()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        for plot in self.plots:
            plot.recolour()
        self.retranslate()  # colouring an axis shows its words
