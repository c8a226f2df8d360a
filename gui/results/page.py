"""The panel of results: follows the run while it is seen; hidden it costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from engine.protocol import Cell, ClassResults, Results, ValueResults
from engine.spec.datasets import CARDS
from engine.spec.sources import Facts
from gui.class_names import DataName, class_name, dataset_of, target_name
from gui.empty import EmptyState
from gui.exporting import Cell as Value
from gui.exporting import save_picture, save_table, save_vector
from gui.formats import count, number, percent
from gui.results.class_charts import CalibrationChart, CurveChart
from gui.results.class_table import ClassTable
from gui.results.examples import Examples
from gui.results.header import Header
from gui.results.matrix import Matrix
from gui.results.plane import Plane
from gui.results.scores import class_scores, curve_rows, matrix_rows, value_rows
from gui.results.value_charts import ErrorsChart, ForecastChart, PairsChart
from gui.run import Run
from gui.theme import STEP
from gui.upkeep import Redraw, keep_up
from gui.words import tr


class ResultsPage(QWidget):
    """Classes: confusion matrix, scores, examples, curves. Numbers: predicted over true, errors."""

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.run = run
        self._dataset = dataset_of(run.store.document)
        self.header, self.about = Header(self), QLabel()
        self.about.setObjectName("faint")
        self.empty = EmptyState("mdi6.chart-box-outline", "results.empty", "results.empty.line")
        self.broken = EmptyState(
            "mdi6.alert-outline", "plots.predictions.broken", "plots.predictions.broken.line"
        )
        self.many = EmptyState("mdi6.grid-off", "results.many", "results.many.line")
        self.matrix, self.table, self.examples = Matrix(self), ClassTable(), Examples()
        self.roc, self.precision = CurveChart(self, "roc", (1, 2)), CurveChart(self, "pr", (2, 3))
        self.calibration = CalibrationChart(self)
        self.pairs, self.errors = PairsChart(self), ErrorsChart(self)
        self.forecast = ForecastChart(self)
        self.matrix_page = self._matrix_page()
        self.curves_page = _beside(self.roc, self.precision, self.calibration)
        self.values_page = _beside(self.pairs, self.errors, self.forecast)
        self.pages, self.whole = QStackedWidget(), QStackedWidget()
        ways = self.matrix_page, self.curves_page, self.values_page, self.broken, self.many
        for page in ways:
            self.pages.addWidget(page)
        self._lay_out()
        self.redraw = Redraw(self, self.draw)
        self._connect()
        keep_up(self, self.retranslate, self.recolour)

    def _matrix_page(self) -> QWidget:
        page, scroll = QWidget(), QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.matrix)
        for ground in (scroll.viewport(), self.matrix):
            ground.setAutoFillBackground(False)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4 * STEP)
        for widget, share in ((scroll, 5), (self.table, 4), (self.examples, 4)):
            row.addWidget(widget, share)
        return page

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.header)
        line = QVBoxLayout()
        line.setContentsMargins(3 * STEP, 0, 3 * STEP, STEP)
        line.addWidget(self.about)
        line.addWidget(self.pages, 1)
        column.addLayout(line, 1)
        self.whole.addWidget(self.empty)
        self.whole.addWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)

    def _connect(self) -> None:
        self.run.watched.changed.connect(self._take)
        self.run.status_changed.connect(self._tell_moment)
        self.header.mode_chosen.connect(self.matrix.show_mode)
        self.header.view_chosen.connect(lambda _: self.redraw.request())
        self.header.item_chosen.connect(lambda _: self.redraw.request())
        self.header.export_wanted.connect(self.export)
        self.matrix.chosen.connect(self.choose)
        self.examples.closed.connect(partial(self.choose, None))
        self.table.picked.connect(self.header.item.setCurrentIndex)

    def minimumSizeHint(self) -> QSize:
        """A low panel scrolls."""
        return QSize(0, 0)

    # who looks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.run.watched.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.run.watched.watch(False)

    # what is shown

    def _take(self) -> None:
        if self.run.fits or self.run.watched.results is None:
            # otherwise the run goes on with an earlier drawing, and so do names
            self._dataset = dataset_of(self.run.store.document)
        self.redraw.request()

    def name(self, index: int) -> str:
        """What a class is called."""
        return class_name(self._dataset, index)

    def draw(self) -> None:
        """Show the newest results."""
        results = self.run.watched.results
        self.whole.setCurrentIndex(0 if results is None else 1)
        if results is None:
            return
        self.about.clear()
        self.header.score.clear()
        if results.classes is not None:
            self._show_classes(results.classes)
        elif results.values is not None:
            self._show_values(results.values)
        else:
            self.header.offer(views=False, modes=False, items=False)
            self.pages.setCurrentWidget(self.broken)
        self.about.setToolTip(self.about.text())  # where there is no room for all of it
        self._tell_moment()

    def _show_classes(self, classes: ClassResults) -> None:
        right = classes.total - classes.wrong
        share = percent(right / classes.total if classes.total else 0.0)
        has_steps = bool((classes.steps >= 0).any())
        key = "plots.predictions.steps" if has_steps else "plots.predictions.right"
        numbers = {"right": count(right), "total": count(classes.total), "share": share}
        self.header.score.setText(tr(key, **numbers))
        self.header.offer_items([self.name(k) for k in range(len(classes.curves))])
        is_matrix = self.header.view == "matrix"
        self.header.offer(views=True, modes=is_matrix, items=not is_matrix)
        if is_matrix:
            self._show_matrix(classes)
        else:
            self._show_curves(classes)

    def _show_curves(self, classes: ClassResults) -> None:
        self.pages.setCurrentWidget(self.curves_page)
        for chart in (self.roc, self.precision):
            chart.show_class(classes, self.header.chosen_item)
        self.calibration.show_results(classes)
        words = tr("results.curves.about")
        if classes.judged < classes.total:
            numbers = {"judged": count(classes.judged), "total": count(classes.total)}
            words = f"{words} {tr('results.curves.part', **numbers)}"
        self.about.setText(words)

    def _show_values(self, values: ValueResults) -> None:
        self.pages.setCurrentWidget(self.values_page)
        names = [target_name(self._dataset, d) for d in range(len(values.mean))]
        if len(set(names)) < len(names):  # what is predicted are not the targets of the data
            names = [count(d + 1) for d in range(len(names))]
        self.header.offer_items(names)
        self.header.offer(views=False, modes=False, items=len(names) > 1)
        d = self.header.chosen_item
        far, square = (
            number(float(each[d])) for each in (values.mean_absolute, values.root_mean_square)
        )
        self.header.score.setText(tr("results.far", far=far, square=square))
        for chart in (self.pairs, self.errors, self.forecast):
            chart.show_values(values, d)
        self.forecast.setVisible(is_series(self._dataset))
        self.about.setText(tr("results.values.about"))

    def _show_matrix(self, classes: ClassResults) -> None:
        if classes.confusion is None:
            self.pages.setCurrentWidget(self.many)
            return
        self.pages.setCurrentWidget(self.matrix_page)
        self.about.setText(tr("results.matrix.about"))
        self.matrix.show_counts(classes.confusion, self.name)
        self.matrix.mark(self.run.watched.cell)
        self.table.scores.show(class_scores(classes.confusion), self.name)
        self.examples.show_results(classes, self._dataset)

    def _tell_moment(self) -> None:
        results = self.run.watched.results
        if results is None:
            return
        if not self.run.fits:
            words = tr("plots.stale.running" if self.run.is_busy else "plots.stale.answers")
        elif results.epoch:
            words = tr("plots.moment.after", epoch=count(results.epoch))
        else:
            words = tr(f"plots.moment.{'first' if self.run.history.count else 'before'}")
        self.header.moment.setText(words)

    def choose(self, cell: Cell | None) -> None:
        """Show the samples of a square of the matrix, or the surest mistakes."""
        self.run.watched.choose(cell)
        self.matrix.mark(cell)

    # taking it away

    def export(self, kind: str) -> None:
        """Ask for a file and write the numbers ("csv") or the picture ("png", "svg") of a page."""
        results = self.run.watched.results
        title, proposal = tr(f"results.export.{kind}"), tr("results.file")
        if kind == "png":
            save_picture(self.pages, title, proposal)
        elif kind == "svg":
            save_vector(self.pages, title, proposal)
        elif results is not None and (rows := self._rows(results)) is not None:
            save_table(self, title, proposal, rows)

    def _rows(self, results: Results) -> Iterator[list[Value]] | None:
        """The numbers behind what is shown; None where there are none."""
        item = self.header.chosen_item
        if results.values is not None:
            return value_rows(results.values, item)
        if results.classes is None:
            return None
        if self.header.view == "curves":
            return curve_rows(results.classes, item, self.name)
        if results.classes.confusion is None:
            return None
        return matrix_rows(results.classes, self.name)

    # language and theme

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.setAccessibleName(tr("tab.results"))
        self.table.dress()
        for page in (self.curves_page, self.values_page):
            for chart in page.findChildren(Plane):
                chart.retranslate()
                chart.setToolTip(tr("results.keys"))
        self.redraw.request()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.redraw.request()


def _beside(*charts: QWidget) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(3 * STEP)
    for chart in charts:
        row.addWidget(chart, 1)
    return page


def is_series(dataset: DataName) -> bool:
    """Whether samples are windows of a time series, so that their order means something."""
    if isinstance(dataset, Facts):
        return dataset.series
    return dataset in CARDS and CARDS[dataset].rows > 0
