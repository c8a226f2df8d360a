"""The panel that shows what the network receives, with real answers and a real mouse."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.data.loading import load
from engine.data.preparing import prepare
from engine.data_protocol import Refused, Working
from engine.layers.data import Data
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.options import Value, checked
from gui import theme, words
from gui.data.chart import Chart
from gui.data.glimpses import Glimpses
from gui.data.histograms import Histograms
from gui.data.panel import DataPanel, View
from gui.data.sample_grid import SampleGrid
from gui.data_client import DataClient
from gui.engine_client import EngineClient
from gui.formats import count, number, percent
from gui.run import Run
from gui.store import DocumentStore
from gui.words import tr
from tests.gui.data.data_end import DataEnd
from tests.gui.networks import chain


class Desk:
    """The panel on the screen, and the test in the place of the data process."""

    def __init__(self, qtbot: QtBot, document: Document) -> None:
        self.qtbot = qtbot
        self.store, self.client = DocumentStore(document), DataClient()
        self.end = DataEnd(self.client)
        self.glimpses = Glimpses(self.store, self.client)
        self.glimpses._timer.setInterval(0)
        self.glimpses.begin()
        self.run = Run(self.store, EngineClient())
        self.panel = DataPanel(self.store, self.glimpses, self.run)
        qtbot.addWidget(self.panel)
        self.panel.resize(1100, 420)
        self.panel.show()
        self.settle()

    def settle(self) -> None:
        """All questions are answered, and everything is drawn."""
        self.qtbot.waitUntil(lambda: not self.glimpses._timer.isActive())
        self.end.answer()
        self.panel.redraw.now()
        QApplication.processEvents()

    def choose(self, **options: Value) -> None:
        self.store.edit("", lambda d: edits.set_options(d, "data_1", options))
        self.settle()

    def turn_to(self, view: str) -> Chart:
        """Click on a button at the side, and let the view be painted."""
        QTest.mouseClick(self.panel.switcher.buttons[view], Qt.MouseButton.LeftButton)
        self.settle()
        return self.chart

    @property
    def chart(self) -> Chart:
        found = self.source
        assert isinstance(found, Chart)
        found.grab()
        return found

    @property
    def source(self) -> View:
        """What shows the numbers of the present view."""
        return self.panel.source

    def point(self, chart: Chart, place: QPoint) -> str:
        """Move the mouse there; what the card says."""
        QTest.mouseMove(chart, place)
        return chart.card.text() if chart.card.isVisible() else ""


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    theme.set_up(qapp, "light")
    desk = Desk(qtbot, chain(options={"data": {"dataset": "digits_8"}}))
    yield desk
    desk.end.close()


def box(**options: Value) -> Data:
    return checked(Data, options)


def test_pictures_are_shown_before_and_after(desk: Desk) -> None:
    grid = desk.chart
    assert isinstance(grid, SampleGrid)
    prepared = prepare(box(dataset="digits_8"))
    first = prepared.inputs("training", np.arange(1))[0]
    card = desk.point(grid, grid.spots[0].area.center().toPoint())
    label = int(prepared.parts["training"].target[0, 0])
    assert f"Sample 1 · {label}" in card
    assert f"{number(float(first.min()))} … {number(float(first.max()))}" in card
    assert len(grid.spots) == 60


def test_a_click_shows_a_picture_large_and_its_pixels_can_be_read(desk: Desk) -> None:
    grid = desk.chart
    assert isinstance(grid, SampleGrid)
    place = grid.spots[2].area.center().toPoint()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)
    assert grid.large == 2
    desk.settle()
    grid.grab()
    area = grid._large._areas[1]
    side = area.width() / 8
    pixel = QPoint(round(area.left() + 4.5 * side), round(area.top() + 2.5 * side))
    value = prepare(box(dataset="digits_8")).inputs("training", np.array([2]))[0, 2, 4, 0]
    card = desk.point(grid, pixel)
    assert "row 3, column 5" in card
    assert number(float(value)) in card
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.large == -1


def test_keys_go_from_sample_to_sample(desk: Desk) -> None:
    grid = desk.chart
    assert isinstance(grid, SampleGrid)
    for _ in range(3):
        QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current == 2
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert grid.large == 1
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.large == 2
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.large == -1
    for _ in range(80):
        QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.current == 59
    desk.settle()
    assert desk.panel.scrolled["grid"].verticalScrollBar().value() > 0


def test_only_one_state_is_shown_where_that_is_wanted(desk: Desk) -> None:
    both = desk.chart
    assert isinstance(both, SampleGrid)
    assert [stage.name for stage in both.stages] == ["raw", "prepared"]
    QTest.mouseClick(desk.panel.header.stages["prepared"], Qt.MouseButton.LeftButton)
    desk.settle()
    assert [stage.name for stage in both.stages] == ["prepared"]


def test_classes_are_counted_by_part(desk: Desk) -> None:
    bars = desk.turn_to("classes")
    prepared = prepare(box(dataset="digits_8"))
    spot = next(spot for spot in bars.spots if spot.heading == "7")
    card = desk.point(bars, spot.area.center().toPoint())
    for part in ("training", "validation", "test"):
        labels = prepared.parts[part].target
        found = int((labels == 7).sum())
        assert f"{count(found)}  ({percent(found / len(labels))})" in card


def test_columns_have_histograms_with_the_numbers_of_numpy(desk: Desk) -> None:
    desk.choose(dataset="iris")
    chart = desk.turn_to("columns")
    assert isinstance(chart, Histograms)
    assert [c.name for c in chart.columns] == [
        "Sepal length",
        "Sepal width",
        "Petal length",
        "Petal width",
    ]
    chosen = box(dataset="iris")
    raw = load(chosen).x[prepare(chosen).rows["training"]][:, 2]
    bins = [s for s in chart.spots if s.heading == "Petal length · as read"]
    counts, _ = np.histogram(raw, 24)
    shown = [int(dict((w, v) for _, w, v in s.rows)["count"]) for s in bins]
    assert shown == counts.tolist()
    whole = next(s for s in chart.spots if s.heading == "Petal length")
    texts = [value for _, _, value in whole.rows]
    assert texts[:4] == [number(v) for v in (raw.mean(), raw.std(), raw.min(), raw.max())]
    QTest.mouseClick(
        chart, Qt.MouseButton.LeftButton, pos=whole.area.topLeft().toPoint() + QPoint(4, 4)
    )
    assert chart.large == 2


def test_correlations_are_told_under_the_mouse(desk: Desk) -> None:
    desk.choose(dataset="diabetes")
    chart = desk.turn_to("correlations")
    part = prepare(box(dataset="diabetes")).parts["training"]
    expected = np.corrcoef(part.x[:, 0], part.target[:, 0])[0, 1]
    names = chart.names()  # type: ignore[attr-defined]
    spot = next(s for s in chart.spots if s.heading == f"{names[0]}  ·  {names[-1]}")
    card = desk.point(chart, spot.area.center().toPoint())
    assert f"{expected:.2f}" in card


def test_rows_of_a_table_stand_side_by_side(desk: Desk) -> None:
    desk.choose(dataset="iris")
    tables = desk.panel.tables
    assert desk.panel.views.currentWidget() is tables
    raw, after = tables.raw.model_of_rows, tables.prepared.model_of_rows
    prepared = prepare(box(dataset="iris"))
    values = load(box(dataset="iris")).x[prepared.rows["training"]]
    assert raw.text(3, 1) == f"{values[3, 1]:.6g}"
    assert after.text(3, 1) == number(float(prepared.parts["training"].x[3, 1]))
    assert raw.text(0, 4) == after.text(0, 4) == "setosa"
    tables.raw.verticalScrollBar().setValue(5)
    assert tables.prepared.verticalScrollBar().value() == 5


def test_categories_and_gaps_are_shown_as_they_were_read(desk: Desk) -> None:
    desk.choose(dataset="garden")
    raw = desk.panel.tables.raw.model_of_rows
    chosen = box(dataset="garden")
    values = load(chosen).x[prepare(chosen).rows["training"]][:60]
    assert raw.names[:3] == ["Plant", "Place", "Watered by pupils"]
    plants = ["Bean", "Fern", "Lavender", "Tomato"]
    for row in range(8):
        empty = np.isnan(values[row, 0])
        assert raw.text(row, 0) == ("–" if empty else plants[int(values[row, 0])])
    row, column = np.argwhere(np.isnan(values))[0]
    assert raw.text(row, column) == "–"
    chart = desk.turn_to("columns")
    whole = next(s for s in chart.spots if s.heading == "Height")
    gaps = int(np.isnan(load(chosen).x[prepare(chosen).rows["training"]][:, -1]).sum())
    assert ("gaps", count(gaps)) in [(word, value) for _, word, value in whole.rows]


def test_texts_are_shown_token_by_token(desk: Desk) -> None:
    desk.choose(dataset="sentences", length=12)
    rows = desk.chart
    part = prepare(box(dataset="sentences", length=12)).parts["training"]
    token = int(part.x[0, 0])
    card = desk.point(rows, rows.spots[0].area.center().toPoint())
    assert "step 1" in card and str(token) in card
    padding = rows._padding  # type: ignore[attr-defined]
    assert padding[:, 0].sum() == 0
    np.testing.assert_array_equal(padding, part.x[:60] == 0)
    chart = desk.turn_to("tokens")
    most = int(np.argmax(np.bincount(part.x.reshape(-1))))
    assert chart.order[0] == most  # type: ignore[attr-defined]


def test_another_part_and_later_samples_are_asked_for(desk: Desk) -> None:
    desk.panel.header.part.setCurrentIndex(1)
    desk.panel.header.part.activated.emit(1)
    desk.settle()
    assert desk.panel.shown is not None and desk.panel.shown.part == "validation"
    QTest.mouseClick(desk.panel.header.later, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.panel.shown.samples.rows[0] == 60
    assert desk.panel.header.range.text() == "61–120"
    QTest.mouseClick(desk.panel.header.earlier, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.panel.shown.samples.rows[0] == 0


def test_views_that_do_not_suit_are_not_offered(desk: Desk) -> None:
    def offered() -> list[str]:
        return [n for n, b in desk.panel.switcher.buttons.items() if not b.isHidden()]

    assert offered() == ["samples", "classes", "columns", "problems", "compare"]
    desk.turn_to("classes")
    desk.choose(dataset="wave")
    assert offered() == ["samples", "columns", "correlations", "problems", "compare"]
    assert desk.panel.switcher.current == "samples"
    desk.choose(dataset="alice")
    assert offered() == ["samples", "classes", "tokens", "problems", "compare"]


def test_a_hidden_panel_asks_for_nothing(desk: Desk) -> None:
    desk.panel.hide()
    desk.store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": "wine"}))
    desk.qtbot.waitUntil(lambda: not desk.glimpses._timer.isActive())
    (question,) = desk.end.answer()
    assert not question.whole  # type: ignore[union-attr]
    desk.panel.show()
    assert len(desk.end.answer()) == 1


def test_it_says_why_data_cannot_be_shown(desk: Desk) -> None:
    desk.store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": "wine"}))
    desk.qtbot.waitUntil(lambda: not desk.glimpses._timer.isActive())
    (question,) = desk.end.heard()
    long = "/home/everybody/" + "many folders/" * 12 + "flowers.csv"
    desk.end.say(Refused(question.task, "missing", {"path": long}))
    desk.panel.redraw.now()
    assert desk.panel.pages.currentWidget() is desk.panel.refusal
    assert "flowers.csv" in desk.panel.reason.text()
    reason = desk.panel.reason
    desk.qtbot.waitUntil(lambda: reason.height() >= reason.heightForWidth(reason.width()))
    assert reason.width() > 0.8 * desk.panel.width()
    QTest.mouseClick(desk.panel.again, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.panel.pages.currentWidget() is desk.panel.content


def test_reading_shows_how_far_it_is_and_can_be_cancelled(qtbot: QtBot, qapp: QApplication) -> None:
    store, client = DocumentStore(chain(options={"data": {"dataset": "iris"}})), DataClient()
    end = DataEnd(client)
    glimpses = Glimpses(store, client)
    glimpses.begin()
    panel = DataPanel(store, glimpses, Run(store, EngineClient()))
    qtbot.addWidget(panel)
    panel.show()
    questions = end.heard()
    end.say(Working(questions[0].task, 2, 8))
    panel.redraw.now()
    assert panel.pages.currentWidget() is panel.waiting
    QTest.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    panel.redraw.now()
    assert panel.pages.currentWidget() is panel.refusal
    end.close()


def test_without_data_it_says_what_to_do(desk: Desk) -> None:
    desk.store.open(Document())
    desk.settle()
    assert desk.panel.pages.currentWidget() is desk.panel.empty


def test_a_box_with_a_mistake_is_told_from_none_at_all(desk: Desk) -> None:
    desk.choose(dataset="wine", split="group")
    assert desk.panel.pages.currentWidget() is desk.panel.empty
    assert desk.panel.empty.heading.text() == tr("shown.broken")
    desk.store.undo_stack.undo()
    desk.settle()
    assert desk.panel.pages.currentWidget() is desk.panel.content
    desk.store.open(Document())
    desk.settle()
    assert desk.panel.empty.heading.text() == tr("shown.empty")


def test_what_is_shown_can_be_saved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.turn_to("classes")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a"), ""))
    desk.panel.header.actions_by_name["table"].trigger()
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.reader(file))
    labels = prepare(box(dataset="digits_8")).parts["training"].target
    assert table[0] == ["class", "training", "validation", "test"]
    assert [int(row[1]) for row in table[1:]] == np.bincount(labels[:, 0]).tolist()
    desk.panel.header.actions_by_name["picture"].trigger()
    assert QImage(str(tmp_path / "a.png")).width() > 400


@pytest.mark.parametrize("dataset", ["digits_8", "iris", "sines", "sentences", "alice", "parity"])
def test_every_view_has_a_table(desk: Desk, dataset: str) -> None:
    desk.choose(dataset=dataset)
    for view, button in desk.panel.switcher.buttons.items():
        if button.isHidden() or view in ("problems", "compare"):
            continue
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        desk.settle()
        desk.source.grab()
        assert desk.panel.shown is not None
        lines = list(desk.source.cells(desk.panel.shown))
        assert len(lines) > 1, view
        assert len({len(line) for line in lines}) == 1, view


def test_words_and_colours_follow(desk: Desk) -> None:
    words.set_language("zh_CN")
    theme.theme.use("dark")
    desk.settle()
    assert desk.panel.switcher.buttons["classes"].text() == "类别"
    assert desk.panel.header.stages["raw"].text() == "处理前"
    theme.theme.use("light")
