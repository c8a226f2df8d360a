"""Problems of the data in sentences, what helps, and the comparison with classical methods."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.data.own.forms import look, take
from engine.data_protocol import (
    Compare,
    Compared,
    Finding,
    MethodScores,
    Refused,
    Shown,
    Take,
    Working,
)
from engine.spec.files import Saved
from engine.spec.options import Options, Value
from engine.spec.sources import source_of
from gui import theme
from gui.data.compare_view import CompareView
from gui.data.findings_view import FindingsView
from tests.gui.data.test_panel import Desk
from tests.gui.networks import chain

TABLE = ("data", "dense", "cross_entropy")


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))
    theme.set_up(qapp, "light")
    options: dict[str, dict[str, Value]] = {
        "data": {"dataset": "iris", "scaling": "none"},
        "dense": {"units": 3, "activation": "softmax"},
    }
    desk = Desk(qtbot, chain(TABLE, options))
    yield desk
    desk.end.close()


def shown(desk: Desk) -> Shown:
    found = desk.panel.shown
    assert found is not None
    return found


def flowers(folder: Path, gap: bool = False) -> Options:
    """A table of the person's own in which a column never changes."""
    lines = ["length,width,country,kind"]
    lines += [f"{i % 7}.{i},{i % 5}.{i},1,{'rose' if i % 3 else 'lily'}" for i in range(60)]
    path = folder / "flowers.csv"
    path.write_text("\n".join(lines), "utf-8")
    _, seen = look(path, "table")
    source, _ = take(path, "table", seen.glimpse.recipe)
    return source.to_options()


def problems(desk: Desk) -> FindingsView:
    QTest.mouseClick(desk.panel.switcher.buttons["problems"], Qt.MouseButton.LeftButton)
    desk.settle()
    view = desk.panel.findings
    assert desk.panel.views.currentWidget() is view
    return view


def card_of(desk: Desk, code: str) -> int:
    codes = [finding.complaint.code for finding in shown(desk).findings]
    return codes.index(code)


def test_data_without_a_fault_say_so(desk: Desk) -> None:
    desk.choose(scaling="standardise")
    assert shown(desk).findings == ()
    view = problems(desk)
    assert view.currentWidget() is view.none
    assert "(" not in desk.panel.switcher.buttons["problems"].text()


def test_a_fault_is_a_sentence_with_buttons_and_they_are_steps_that_can_be_undone(
    desk: Desk, tmp_path: Path
) -> None:
    desk.choose(dataset="own", origin=flowers(tmp_path))
    number = len(shown(desk).findings)
    assert number > 0
    assert f"({number})" in desk.panel.switcher.buttons["problems"].text()
    view = problems(desk)
    assert len(view.cards) == number
    place = card_of(desk, "constant_column")
    assert "country" in view.cards[place].sentence.text()


def test_a_remedy_of_the_box_changes_its_options(desk: Desk) -> None:
    before = desk.store.document
    desk.choose(dataset="wine", scaling="none")
    view = problems(desk)
    place = card_of(desk, "unscaled")
    remedies = shown(desk).findings[place].remedies
    wanted = [remedy.code for remedy in remedies].index("standardise")
    QTest.mouseClick(view.cards[place].buttons[wanted], Qt.MouseButton.LeftButton)
    assert desk.store.document.network.node("data_1").options["scaling"] == "standardise"
    desk.settle()
    assert "unscaled" not in [f.complaint.code for f in shown(desk).findings]
    desk.store.undo_stack.undo()
    desk.store.undo_stack.undo()
    assert desk.store.document == before


def leaving_out(desk: Desk) -> None:
    """Click on the button that leaves out the column that never changes."""
    view = problems(desk)
    place = card_of(desk, "constant_column")
    (button,) = view.cards[place].buttons
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_remedy_of_the_recipe_reads_the_table_anew(desk: Desk, tmp_path: Path) -> None:
    desk.choose(dataset="own", origin=flowers(tmp_path))
    leaving_out(desk)
    desk.panel.redraw.now()
    assert desk.panel.pages.currentWidget() is desk.panel.waiting
    desk.end.answer()
    origin = desk.store.document.network.node("data_1").options["origin"]
    assert isinstance(origin, Options)
    assert source_of(origin).facts.feature_names == ("length", "width")
    desk.settle()
    assert shown(desk).shape.sizes == (2,)
    assert [column.name for column in shown(desk).columns] == ["length", "width"]
    desk.store.undo_stack.undo()
    desk.settle()
    assert shown(desk).shape.sizes == (3,)


def test_reading_anew_can_be_cancelled(desk: Desk, tmp_path: Path) -> None:
    desk.choose(dataset="own", origin=flowers(tmp_path))
    document = desk.store.document
    leaving_out(desk)
    desk.panel.redraw.now()
    assert [type(question) for question in desk.end.heard()] == [Take]
    QTest.mouseClick(desk.panel.cancel, Qt.MouseButton.LeftButton)
    assert desk.panel.mending.task == 0
    desk.panel.redraw.now()
    assert desk.panel.pages.currentWidget() is desk.panel.content
    assert desk.store.document == document


def test_findings_can_be_saved_as_a_table(desk: Desk, tmp_path: Path) -> None:
    desk.choose(dataset="own", origin=flowers(tmp_path))
    view = problems(desk)
    lines = list(view.cells(shown(desk)))
    assert len(lines) == 1 + len(shown(desk).findings)
    assert all(isinstance(finding, Finding) for finding in shown(desk).findings)


# comparing


def comparing(desk: Desk) -> CompareView:
    QTest.mouseClick(desk.panel.switcher.buttons["compare"], Qt.MouseButton.LeftButton)
    desk.settle()
    view = desk.panel.compare
    assert desk.panel.views.currentWidget() is view
    assert view.table.isHidden()
    QTest.mouseClick(view.start, Qt.MouseButton.LeftButton)
    return view


def answer(desk: Desk, *rows: MethodScores) -> None:
    """Say what methods reached."""
    (question,) = desk.end.heard()
    desk.end.say(Compared(question.task, rows))


def test_methods_are_compared_with_the_network(desk: Desk) -> None:
    view = comparing(desk)
    (question,) = desk.end.answer()
    assert isinstance(question, Compare)
    rows = view.comparison.rows(view.box)
    assert view.table.rowCount() == len(rows) + 1
    linear = next(row for row in rows if row.method == "linear")
    place = rows.index(linear)
    item = view.table.item(place, 3)
    assert item is not None and item.text() == f"{100 * linear.scores['test']['accuracy']:.1f} %"
    own = view.lines(rows)[-1]
    assert own[1:4] == ["–", "–", "–"]
    desk.run.open(Saved(desk.store.document, b"weights"))
    record = {"accuracy": 0.75, "validation_accuracy": 0.5, "seconds": 1.5}
    desk.run.handle(protocol.EpochEnded(desk.run.number, 0, record))
    item = view.table.item(len(rows), 1)
    assert item is not None and item.text() == "75.0 %"
    assert view.lines(rows)[-1][1:] == ["75.0 %", "50.0 %", "–", "1.50"]


def test_of_values_another_figure_can_be_chosen(desk: Desk) -> None:
    desk.choose(dataset="line", samples=60)
    view = comparing(desk)
    figures = {"r2": 0.5, "mean_absolute_error": 0.6551, "mean_squared_error": 2.0}
    answer(desk, MethodScores("linear", {"training": figures, "validation": figures}, 0.1, 9, 9))
    rows = view.comparison.rows(view.box)
    names = [view.figure.itemData(i) for i in range(view.figure.count())]
    assert names == ["r2", "mean_absolute_error", "mean_squared_error"]
    view.figure.setCurrentIndex(1)
    view.figure.activated.emit(1)
    assert view.lines(rows)[0][2] == "0.6551"


def test_a_comparison_tells_how_far_it_is_and_can_be_cancelled(desk: Desk) -> None:
    view = comparing(desk)
    (question,) = desk.end.heard()
    desk.end.say(Working(question.task, 1, 4))
    assert (view.progress.value(), view.progress.maximum()) == (1, 4)
    assert view.cancel.isVisible() and not view.start.isVisible()
    QTest.mouseClick(view.cancel, Qt.MouseButton.LeftButton)
    assert view.comparison.task == 0
    assert view.start.isVisible() and not view.progress.isVisible()


def test_a_comparison_that_is_refused_says_why(desk: Desk) -> None:
    view = comparing(desk)
    (question,) = desk.end.heard()
    desk.end.say(Refused(question.task, "missing", {"path": "flowers.csv"}))
    assert "flowers.csv" in view.line.text()
    assert view.start.isVisible()


def test_what_was_compared_belongs_to_the_box_as_it_was(desk: Desk) -> None:
    view = comparing(desk)
    answer(desk, MethodScores("svm", {"training": {"accuracy": 1.0}}, 0.1, 3000, 5000))
    assert not view.table.isHidden()
    assert "3,000 of 5,000" in view.line.text()
    desk.choose(validation=0.3)
    assert view.table.isHidden()
