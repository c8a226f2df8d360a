"""What the network makes of validation samples now: pictures, map, table or plot of values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.protocol import Predictions
from gui.class_names import dataset_of, is_standardised
from gui.empty import EmptyState
from gui.plots.answers import Answers, Numbers, answers_of
from gui.plots.decision_map import DecisionMap, MapPage
from gui.plots.pictures import PictureView
from gui.plots.prediction_header import PredictionHeader, is_broken
from gui.plots.sample_detail import SampleDetail
from gui.plots.sample_table import SampleTable
from gui.plots.sequence_answers import SequenceAnswers, has_steps, sequence_answers_of
from gui.plots.sequence_table import SequenceTable
from gui.plots.staleness import is_stale, stale_text
from gui.plots.value_plot import ValuePlot
from gui.run import Run
from gui.theme import STEP
from gui.upkeep import Redraw, keep_up
from gui.words import tr

PICTURE_RANK = 4  # (N, H, W, C)
SEQUENCE_RANK = 3  # (N, T, F), shown as pictures with a row for each time step


class PredictionsPanel(QWidget):
    """Listens to the run and shows its newest predictions in the way that suits them."""

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.run = run
        self.predictions: Predictions | None = run.predictions
        self.answers: Answers | None = None
        self.sequences: SequenceAnswers | None = None  # instead, with an answer at each step
        self.chosen: int | None = None  # number of the sample shown large
        self._dataset = dataset_of(run.store.document)
        self.header, self.detail = PredictionHeader(self), SampleDetail(self)
        self.pictures, self.table = PictureView(self), SampleTable(self)
        self.steps = SequenceTable(self)
        self.map, self.values = DecisionMap(self), ValuePlot(self)
        self.empty = EmptyState(
            "mdi6.image-search-outline", "plots.predictions.empty", "plots.predictions.empty.line"
        )
        self._lay_out()
        self.redraw = Redraw(self, self.draw)
        run.predicted.connect(self._take)
        run.status_changed.connect(self._tell_moment)
        self.header.choice_changed.connect(self.redraw.request)
        self.pictures.chosen.connect(self.choose)
        self.table.chosen.connect(self.choose)
        self.detail.closed.connect(lambda: self.choose(None))
        keep_up(self, self.retranslate, self.recolour)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget(self)
        self.map_page = MapPage(self.map)
        for page in (self.pictures, self.table, self.steps, self.map_page, self.values):
            self.pages.addWidget(page)
        self.nothing_wrong = EmptyState(
            "mdi6.check-decagram-outline", "plots.nothing_wrong", "plots.nothing_wrong.line"
        )
        self.no_answers = EmptyState(
            "mdi6.alert-outline", "plots.predictions.broken", "plots.predictions.broken.line"
        )
        self.pages.addWidget(self.nothing_wrong)
        self.pages.addWidget(self.no_answers)
        middle = QHBoxLayout()
        middle.setContentsMargins(2 * STEP, 0, 2 * STEP, STEP)
        middle.setSpacing(2 * STEP)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.detail)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        self.whole = QStackedWidget(self)
        self.whole.addWidget(self.empty)
        self.whole.addWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)

    def _take(self, predictions: Predictions | None) -> None:
        if predictions is None or self.predictions is None or self.run.fits:
            # otherwise the run goes on with an earlier drawing, and so do names and features
            document = self.run.store.document
            self._dataset = dataset_of(document)
            self.table.samples.is_standardised = is_standardised(document)
        self.predictions = predictions
        self.redraw.request()

    def draw(self) -> None:
        """Show the newest predictions."""
        predictions = self.predictions
        self.whole.setCurrentIndex(0 if predictions is None else 1)
        if predictions is None:
            self.choose(None)
            self.answers = None
            return
        self._show(predictions)
        self._tell_moment()

    def _show(self, predictions: Predictions) -> None:
        self.sequences = None
        if is_broken(predictions):
            self.answers = None
            self.choose(None)
            self._turn_to(self.no_answers)
            self.header.show_legend(None)
            return
        if predictions.task == "values":
            self.answers = None
            self.choose(None)
            self.values.show_predictions(predictions, self._dataset)
            self._turn_to(self.values)
            self.header.show_values_legend(self.values.is_curve)
            return
        if has_steps(predictions):
            self.answers = None
            self.choose(None)
            self._show_steps(sequence_answers_of(predictions, self._dataset))
            return
        before = self.answers, self.chosen
        if predictions.inputs.ndim == SEQUENCE_RANK:
            predictions = replace(predictions, inputs=predictions.inputs[..., np.newaxis])
        self.answers = answers_of(predictions, self._dataset)
        if is_plane(predictions):
            self.choose(None)
            self.map.show_predictions(predictions, self._dataset)
            self._turn_to(self.map_page)
            self.header.show_legend(self.answers)
        else:
            self._show_samples(predictions, self.answers)
            self._keep_choice(*before)

    def _show_samples(self, predictions: Predictions, answers: Answers) -> None:
        are_pictures = predictions.inputs.ndim == PICTURE_RANK
        rows = answers.rows(self.header.wrong_only.isChecked(), self.header.chosen_order)
        view = self.pictures if are_pictures else self.table
        view.samples.show(answers, rows)
        self._turn_to(view if rows else self.nothing_wrong)
        self.header.show_legend(None)

    def _show_steps(self, answers: SequenceAnswers) -> None:
        self.sequences = answers
        rows = answers.rows(self.header.wrong_only.isChecked(), self.header.chosen_order)
        self.steps.samples.show(answers, rows)
        self._turn_to(self.steps if rows else self.nothing_wrong)
        self.header.show_legend(None)

    def _turn_to(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        choosing = (self.pictures, self.table, self.steps, self.nothing_wrong)
        self.header.show_choices(page in choosing)

    def _tell_moment(self) -> None:
        if self.predictions is None:
            return
        is_filtered = not self.header.wrong_only.isHidden() and self.header.wrong_only.isChecked()
        wrong = None
        answers = self.answers or self.sequences
        if is_filtered and answers is not None:
            wrong = int(np.count_nonzero(answers.wrong))
        self.header.tell(self.predictions, bool(self.run.history.count), wrong)
        self.header.tell_stale(stale_text(self.run, "answers") if is_stale(self.run) else "")
        about = f"{self.header.score.text()} {self.header.moment.text()}"
        for view in (self.pictures, self.table, self.steps):
            view.setAccessibleDescription(about)

    # one sample, large

    def _keep_choice(self, old: Answers | None, row: int | None) -> None:
        """Go on showing the chosen sample, wherever it is among the new ones."""
        if old is None or row is None or self.answers is None:
            return
        sample: Numbers = np.asarray(old.inputs[row])
        self.chosen = None
        self.choose(self.answers.find(sample))

    def choose(self, row: int | None) -> None:
        """Show a sample large, by its number in the answers, or none."""
        if row is not None and row == self.chosen and self.detail.isVisible():
            return
        self.chosen = row
        for view in (self.pictures, self.table):
            view.select(row)
        if row is None or self.answers is None:
            self.detail.hide()
        else:
            self.detail.show_sample(self.answers, row, self._image(row))

    def _image(self, row: int) -> QImage | None:
        is_picture = self.answers is not None and self.answers.inputs.ndim == PICTURE_RANK
        return self.pictures.samples.image(row) if is_picture else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    # language and theme

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.pictures.setAccessibleName(tr("plots.predictions"))
        self.table.setAccessibleName(tr("plots.predictions"))
        self.steps.setAccessibleName(tr("plots.predictions"))
        self.chosen = None if self.answers is None else self.chosen
        self.redraw.request()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.pictures.viewport().update()
        self.steps.viewport().update()
        self.table.recolour()
        self.redraw.request()


def is_plane(predictions: Predictions) -> bool:
    """Whether samples have two features and the answers over their plane are known."""
    inputs, surface = predictions.inputs, predictions.surface
    has_map = surface is not None and surface.ndim == 3 and predictions.extent is not None
    return inputs.ndim == 2 and inputs.shape[1] == 2 and has_map
