"""What the network really receives from a data box, before and after preparing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import Refused, Remedy, Shown
from engine.layers.data import Data
from engine.spec.document import Node
from gui.class_names import DataName, name_of
from gui.data.chart import STAGES, Chart, Scrolled
from gui.data.class_bars import ClassBars
from gui.data.compare_view import CompareView
from gui.data.comparison import Comparison
from gui.data.findings_view import FindingsView
from gui.data.glimpses import IN_PANEL, Glimpses, Sight, Wish, data_boxes
from gui.data.heat_map import HeatMap
from gui.data.histograms import Histograms
from gui.data.mending import Mending
from gui.data.panel_header import PanelHeader
from gui.data.sample_grid import SampleGrid
from gui.data.sample_tables import SampleTables
from gui.data.stages import kind_of
from gui.data.switcher import Switcher
from gui.data.token_bars import TokenBars
from gui.data.token_rows import TokenRows
from gui.describe import title
from gui.empty import EmptyState
from gui.exporting import save_picture, save_table
from gui.file_words import refusal_text
from gui.run import Run
from gui.sizes import fixed
from gui.store import DocumentStore
from gui.theme import STEP
from gui.upkeep import Redraw, keep_up
from gui.words import tr

VIEWS = ("samples", "classes", "columns", "correlations", "tokens", "problems", "compare")
View = Chart | SampleTables | FindingsView | CompareView


class DataPanel(QWidget):
    """Follows the selected data box, or the only one. Asks only while it is seen."""

    def __init__(
        self, store: DocumentStore, glimpses: Glimpses, run: Run, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.store, self.glimpses = store, glimpses
        self.box = ""  # id of the data box that is shown
        self.wish, self.stage = Wish(), STAGES[0]
        self.switcher, self.header = Switcher(VIEWS, self), PanelHeader(self)
        self.charts: dict[str, Chart] = {
            "grid": SampleGrid(),
            "words": TokenRows(),
            "classes": ClassBars(),
            "columns": Histograms(),
            "correlations": HeatMap(),
            "tokens": TokenBars(),
        }
        self.tables = SampleTables(self)
        self.mending = Mending(store, glimpses.client, self)
        self.findings = FindingsView(self)
        self.compare = CompareView(Comparison(glimpses.client, self), run, self)
        self._lay_out()
        self.redraw = Redraw(self, self.draw)
        self._connect()
        self.follow()
        keep_up(self, self.retranslate, self.recolour)

    def _lay_out(self) -> None:
        self.scrolled = {name: Scrolled(chart) for name, chart in self.charts.items()}
        self.views, self.pages = QStackedWidget(self), QStackedWidget(self)
        for page in (*self.scrolled.values(), self.tables, self.findings, self.compare):
            self.views.addWidget(page)
        self.empty = EmptyState("mdi6.database-outline", "shown.empty", "shown.empty.line")
        self.refusal, self.waiting = self._make_refusal(), self._make_waiting()
        content = QWidget(self)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.views, 1)
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.switcher)
        row.addLayout(column, 1)
        self.content = content
        for page in (self.empty, content, self.refusal, self.waiting):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _make_refusal(self) -> QWidget:
        self.reason, self.again = QLabel(self), QPushButton(self)
        self.reason.setWordWrap(True)
        return _centred(self.reason, self.again)

    def _make_waiting(self) -> QWidget:
        self.progress, self.cancel = QProgressBar(self), QPushButton(self)
        self.progress.setTextVisible(False)
        fixed(self.progress, 80 * STEP)
        self.waiting_words = QLabel(self)
        return _centred(self.waiting_words, self.progress, self.cancel)

    def _connect(self) -> None:
        self.store.changed.connect(lambda *_: self.follow())
        self.store.selection_changed.connect(lambda _: self.follow())
        self.glimpses.changed.connect(self._hear)
        self.switcher.chosen.connect(lambda _: self.redraw.request())
        self.header.box_chosen.connect(self.turn_to)
        self.header.part_chosen.connect(lambda part: self._want(Wish(part)))
        self.header.stage_chosen.connect(self._choose_stage)
        self.header.turned.connect(self._turn_page)
        self.header.export_wanted.connect(self._export)
        self.again.clicked.connect(lambda: self.glimpses.again(self.box))
        self.cancel.clicked.connect(self._cancel)
        self.findings.remedy_wanted.connect(self._mend)
        self.mending.refused.connect(self._tell_refusal)
        self.mending.ended.connect(self.redraw.request)

    def _cancel(self) -> None:
        if self.mending.task:
            self.mending.cancel()
        else:
            self.glimpses.cancel(self.box)

    def _mend(self, remedy: Remedy) -> None:
        self.mending.mend(self.box, remedy)
        self.redraw.request()

    def _tell_refusal(self, refused: Refused) -> None:
        text = refusal_text(refused.code, refused.numbers)
        QMessageBox.warning(self, tr("shown.view.problems"), text)

    # which box, and what is asked about it

    def follow(self) -> None:
        """Turn to the selected data box; else stay, or take the first there is."""
        boxes = data_boxes(self.store.document)
        chosen = [id for id in self.store.selection if id in boxes]
        stays = [self.box] if self.box in boxes else []
        found = next(iter([*chosen, *stays, *boxes]), "")
        if found != self.box:
            self.turn_to(found)
        self.redraw.request()

    def turn_to(self, id: str) -> None:
        """Show another data box."""
        self.box, self.wish = id, Wish()
        self._ask()
        self.redraw.request()

    def _want(self, wish: Wish) -> None:
        self.wish = wish
        self._ask()

    def _turn_page(self, way: int) -> None:
        shown = self.shown
        if shown is not None:
            rows = shown.samples.rows
            first = int(rows[0]) - IN_PANEL if way < 0 else int(rows[-1]) + 1
            self._want(Wish(self.wish.part, max(first, 0)))

    def _ask(self) -> None:
        self.glimpses.wish(self.box if self.isVisible() else "", self.wish)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.glimpses.wish(self.box, self.wish)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.glimpses.wish("", self.wish)

    def _hear(self, id: str) -> None:
        if id == self.box:
            self.redraw.request()

    # what is shown

    @property
    def sight(self) -> Sight | None:
        """What is known of the box."""
        return self.glimpses.of(self.box)

    @property
    def shown(self) -> Shown | None:
        """The newest answer about the box, if it is about all of it."""
        sight = self.sight
        return sight.shown if sight is not None else None

    @property
    def dataset(self) -> DataName:
        """The data set that is shown, for the names of its classes and features."""
        sight = self.sight
        return name_of(Node("", Data.kind, sight.answered.box)) if sight is not None else ""

    def draw(self) -> None:
        """Bring everything up to date."""
        sight = self.sight
        self.waiting_words.setText(tr("shown.mending" if self.mending.task else "shown.waiting"))
        if self.mending.task:
            self.progress.setRange(0, 0)
            self.pages.setCurrentWidget(self.waiting)
        elif sight is None:
            wrong = any(self.box in each.nodes for each in self.store.analysis.errors)
            self.empty.say("shown.broken" if wrong else "shown.empty")
            self.pages.setCurrentWidget(self.empty)
        elif sight.refused is not None and sight.shown is None:
            code, numbers = sight.refused.code, sight.refused.numbers
            self.reason.setText(refusal_text(code, numbers))
            self.pages.setCurrentWidget(self.refusal)
        elif sight.shown is None or not _is_whole(sight):
            self._show_waiting(sight)
        else:
            self._show(sight.shown)

    def _show_waiting(self, sight: Sight) -> None:
        if not sight.task:
            self.reason.setText(tr("shown.cancelled"))
            self.pages.setCurrentWidget(self.refusal)
            return
        self.progress.setRange(0, sight.total)  # without a total it shows that something is done
        self.progress.setValue(sight.done)
        self.pages.setCurrentWidget(self.waiting)

    def _show(self, shown: Shown) -> None:
        self.pages.setCurrentWidget(self.content)
        boxes = data_boxes(self.store.document)
        names = {id: title(self.store.document, id) for id in boxes}
        self.header.show_boxes(names, self.box)
        self.header.tell(shown)
        self.switcher.offer(_suitable(shown))
        self.switcher.set_badge(len(shown.findings))
        self.compare.box = self.store.document.network.node(self.box).options
        view = self.switcher.current
        self.header.offer(
            pages=view == "samples",
            stages=view in ("samples", "columns"),
            parts=view not in ("classes", "problems", "compare"),
            export=view != "compare" or bool(self.compare.comparison.rows(self.compare.box)),
        )
        self.views.setCurrentWidget(self._page(shown, view))
        self.source.show_data(shown, self.dataset, self.stage)

    def _page(self, shown: Shown, view: str) -> QWidget:
        if view in ("problems", "compare"):
            return self.findings if view == "problems" else self.compare
        if view != "samples":
            return self.scrolled[view]
        kind = kind_of(shown)
        if kind == "rows":
            return self.tables
        return self.scrolled["words" if kind == "tokens" else "grid"]

    @property
    def source(self) -> View:
        """What shows the numbers of the present view."""
        page = self.views.currentWidget()
        if isinstance(page, Scrolled):
            return page.chart
        assert isinstance(page, SampleTables | FindingsView | CompareView)
        return page

    def _choose_stage(self, stage: str) -> None:
        self.stage = stage
        self.redraw.request()

    def _export(self, kind: str) -> None:
        shown, source = self.shown, self.source
        if shown is None:
            return
        heading = tr(f"shown.export.{kind}")
        proposal = f"{tr('shown.export.proposal')}-{tr(f'shown.view.{self.switcher.current}')}"
        if kind == "picture":
            save_picture(source, heading, proposal)
        else:
            save_table(source, heading, proposal, source.cells(shown))

    # language and theme

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.again.setText(tr("shown.again"))
        self.again.setToolTip(tr("shown.again.tip"))
        self.cancel.setText(tr("shown.cancel"))
        self.cancel.setToolTip(tr("shown.cancel.tip"))
        for name, chart in self.charts.items():
            view = "samples" if name in ("grid", "words") else name
            chart.setAccessibleName(tr(f"shown.view.{view}"))
        self.redraw.request()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.tables.recolour()
        self.redraw.request()


def _is_whole(sight: Sight) -> bool:
    """Whether an answer has been given that tells all of some part."""
    shown = sight.shown
    return shown is not None and (
        bool(shown.columns) or len(shown.token_counts) > 0 or not shown.counts[shown.part]
    )


def _suitable(shown: Shown) -> set[str]:
    """The views that mean something for this data."""
    found = {"samples", "problems", "compare"}
    if shown.classes:
        found.add("classes")
    if shown.columns or shown.targets:
        found.add("columns")
    if shown.correlations is not None and len(shown.correlations.names) > 1:
        found.add("correlations")
    if len(shown.token_counts):
        found.add("tokens")
    return found


def _centred(*widgets: QWidget) -> QWidget:
    """A page with widgets one below the other in its middle."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.addStretch()
    for widget in widgets:
        if isinstance(widget, QLabel):  # as wide as the page, so that its lines have their height
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        else:
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch()
    return page
