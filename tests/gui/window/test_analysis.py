"""F4: the table of all layers follows the drawing, and its rows are the boxes on the canvas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import edits
from engine.spec.document import Document
from gui import theme, words
from gui.analysis import page as page_module
from gui.analysis.page import AnalysisPage
from gui.network_table import COLUMNS
from gui.store import DocumentStore
from gui.window.main_window import MainWindow
from gui.words import tr
from tests.gui.networks import chain

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> Iterator[AnalysisPage]:
    theme.set_up(qapp, "light")
    page = AnalysisPage(DocumentStore(chain()))
    qtbot.addWidget(page)
    page.resize(1400, 400)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    QGuiApplication.clipboard().clear()
    if theme.theme.is_dark:
        theme.theme.use("light")


def column(page: AnalysisPage, name: str) -> list[str]:
    place = COLUMNS.index(name)
    return [page.sorted.index(i, place).data() for i in range(page.sorted.rowCount())]


def click(page: AnalysisPage, id: str, held: Qt.KeyboardModifier = CONTROL) -> None:
    line = next(i for i, row in enumerate(page.sorted.shown) if row.id == id)
    place = page.table.visualRect(page.sorted.index(line, 1)).center()
    QTest.mouseClick(page.table.viewport(), LEFT, held, place)


def click_heading(page: AnalysisPage, name: str) -> None:
    header = page.table.horizontalHeader()
    section = COLUMNS.index(name)
    place = header.viewport().rect().center()
    place.setX(header.sectionViewportPosition(section) + header.sectionSize(section) // 2)
    QTest.mouseClick(header.viewport(), LEFT, pos=place)


def chosen(page: AnalysisPage) -> list[str]:
    return [row.id for row in page.chosen_rows]


NONE = Qt.KeyboardModifier.NoModifier


def test_all_boxes_stand_in_the_order_of_computing_with_totals(page: AnalysisPage) -> None:
    names = ["Data", "Conv2D", "MaxPool2D", "Flatten", "Dense", "Cross-entropy"]
    assert column(page, "name") == names
    assert column(page, "how")[1] == "3·3·1·32 + 32 = 320"
    totals = dict(zip(COLUMNS, page.totals.cells, strict=True))
    assert totals["parameters"] == f"{page.store.analysis.parameters:,}"
    assert totals["parameters"] in page.about.text()
    assert page.problems.isHidden()


def test_a_click_selects_the_box_and_a_selected_box_its_row(page: AnalysisPage) -> None:
    click(page, "dense_1", NONE)
    assert list(page.store.selection) == ["dense_1"]
    click(page, "conv2d_1")
    assert list(page.store.selection) == ["conv2d_1", "dense_1"]
    page.store.select(("flatten_1",))
    assert chosen(page) == ["flatten_1"]
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert len(page.store.selection) == 1
    page.store.select(())
    assert chosen(page) == []


def test_it_follows_each_edit_and_keeps_the_selection(page: AnalysisPage) -> None:
    click(page, "dense_1", NONE)
    page.store.edit("", lambda d: edits.set_options(d, "dense_1", {"units": 3}))
    assert chosen(page) == ["dense_1"] and column(page, "output")[4] == "features 3"
    page.store.edit("", lambda d: edits.remove_nodes(d, ("max_pool2d_1",)))
    assert "MaxPool2D" not in column(page, "name") and chosen(page) == ["dense_1"]
    page.store.undo_stack.undo()
    assert len(column(page, "name")) == 6 and page.store.selection == ("dense_1",)
    page.store.open(Document())
    assert column(page, "name") == []


def test_it_is_sorted_by_numbers_and_back_to_the_order_of_computing(page: AnalysisPage) -> None:
    in_order = column(page, "name")
    click_heading(page, "parameters")
    assert [row.parameters for row in page.sorted.shown] == [0, 0, 0, 0, 320, 54_090]
    click_heading(page, "parameters")
    assert column(page, "name")[:2] == ["Dense", "Conv2D"]
    click(page, "conv2d_1", NONE)
    assert page.store.selection == ("conv2d_1",)
    click_heading(page, "parameters")
    assert column(page, "name") == in_order and chosen(page) == ["conv2d_1"]


def test_hidden_it_computes_nothing(
    page: AnalysisPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    counted: list[int] = []
    real = page_module.rows_of

    def counting(*given: object) -> object:
        counted.append(1)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(page_module, "rows_of", counting)
    page.hide()
    page.store.edit("", lambda d: edits.set_options(d, "dense_1", {"units": 3}))
    page.store.select(("dense_1",))
    words.set_language("zh_CN")
    assert counted == []
    with qtbot.waitExposed(page):
        page.show()
    assert len(counted) == 1 and column(page, "output")[4] == "特征 3"
    assert chosen(page) == ["dense_1"]
    page.hide()
    page.show()
    assert len(counted) == 1


def test_problems_stand_on_top_with_their_repairs(page: AnalysisPage) -> None:
    edge = next(e for e in page.store.document.network.edges if e.target == "dense_1")
    page.store.edit("", lambda d: edits.disconnect(d, (edge,)))
    assert page.problems.isVisible() and page.problems.repairs
    line = column(page, "name").index("Dense")
    assert column(page, "parameters")[line] == "–"
    place = page.sorted.index(line, 1)
    assert place.data(Qt.ItemDataRole.ForegroundRole) == theme.colour("error")
    QTest.mouseClick(page.problems.repairs[0], LEFT)
    assert page.problems.isHidden() and not page.store.analysis.errors


def test_whole_or_selected_rows_are_copied(page: AnalysisPage) -> None:
    clipboard = QGuiApplication.clipboard()
    QTest.mouseClick(page.markdown, LEFT)
    assert len(clipboard.text().splitlines()) == 2 + 6 + 1
    assert tr("analysis.copy.all") in page.markdown.toolTip()
    click(page, "dense_1", NONE)
    click(page, "conv2d_1")
    assert page.csv.toolTip() == tr("analysis.copy.rows", count="2")
    QTest.mouseClick(page.csv, LEFT)
    rows = list(csv.DictReader(io.StringIO(clipboard.text())))
    assert [row["Box"] for row in rows] == ["Conv2D", "Dense"]
    QTest.keyClick(page.table, Qt.Key.Key_C, CONTROL)
    assert clipboard.text().startswith("| ") and "Dense" in clipboard.text()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_headings_cells_and_buttons_speak_the_language(page: AnalysisPage, language: str) -> None:
    words.set_language(language)
    headings = [page.sorted.headerData(i, Qt.Orientation.Horizontal) for i in range(len(COLUMNS))]
    assert headings == [tr(f"analysis.{name}") for name in COLUMNS]
    assert column(page, "name")[4] == tr("layer.dense.name")
    assert page.markdown.text() == tr("analysis.copy.markdown")
    memory = page.sorted.index(1, COLUMNS.index("memory"))
    assert page.layers.rows[1].memory_how in memory.data(Qt.ItemDataRole.ToolTipRole)


def test_it_is_painted_in_both_themes(page: AnalysisPage) -> None:
    light = page.grab().toImage()
    theme.theme.use("dark")
    assert page.grab().toImage() != light


def test_f4_shows_the_page_and_rows_lead_to_boxes(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F4)
    page = window.ways.analysis
    assert window.bottom.currentWidget() is page and page.table.hasFocus()
    window.canvas.camera.look_at(window.canvas.canvas.bounds().topLeft() * 50)
    click(page, "dense_1", NONE)
    assert window.store.selection == ("dense_1",)
    assert window.canvas.camera.shows(window.canvas.canvas.bounds(("dense_1",)))
