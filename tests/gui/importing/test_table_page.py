"""A table on the import page: looked at, changed with mouse and keys, and used."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
)
from pytestqt.qtbot import QtBot

from engine.spec.sources import Source
from gui import words
from gui.importing.dialog import ImportDialog
from gui.theme import font, theme
from tests.gui.importing.conftest import PATIENCE_MS, Show

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def roles(page: ImportDialog) -> list[str]:
    return [column.role for column in page.preview.table.model.columns]


def types(page: ImportDialog) -> list[str]:
    return [column.type for column in page.preview.table.model.columns]


def settle(page: ImportDialog, qtbot: QtBot) -> None:
    """Until what is shown is what was asked for."""
    qtbot.waitUntil(lambda: not page.reading.is_looking, timeout=PATIENCE_MS)


def choose(name: str) -> None:
    """Click an entry of the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (action,) = [action for action in menu.actions() if action.objectName() == name]
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def click_zone(page: ImportDialog, column: int, what: str) -> None:
    """Click the type or the role in the header of a column."""
    header = page.preview.table.cells.header
    place = header.zone_of(column, what).center()
    place.setX(header.zone_of(column, what).left() + 10)
    QTest.mouseClick(header.viewport(), LEFT, pos=place)


def click_cell(page: ImportDialog, column: int, control: bool = False) -> None:
    cells = page.preview.table.cells
    place = cells.visualRect(cells.model().index(1, column)).center()
    modifiers = CONTROL if control else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(cells.viewport(), LEFT, modifiers, place)


def test_what_was_found_is_shown(show: Show, flowers: Path) -> None:
    page = show(flowers)
    model = page.preview.table.model
    assert page.source_line.name.text() == "flowers.csv"
    assert page.source_line.forms.currentData() == "table"
    assert [column.name for column in model.columns] == ["height", "width", "kind", "garden"]
    assert types(page) == ["number", "number", "category", "category"]
    assert model.index(0, 0).data() == "1.5"
    assert model.index(2, 0).data() == "–"
    assert "empty" in model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "1 empty cells" in str(model.headerData(0, Qt.Orientation.Horizontal, 3))
    form = page.recipe_form.form
    assert form is not None
    assert form.rows["delimiter"].editor.currentText() == "auto: comma"  # type: ignore[union-attr]
    assert form.rows["sheet"].isHidden()  # there is just one
    assert form.rows["tokens"].isHidden()  # there is no text


def test_the_target_is_changed_with_the_mouse(show: Show, flowers: Path, qtbot: QtBot) -> None:
    page = show(flowers)
    click_zone(page, 2, "role")
    choose("role.target")
    assert roles(page) == ["input", "input", "target", "input"]
    settle(page, qtbot)
    assert roles(page) == ["input", "input", "target", "input"]
    assert page.line.text() == "6 rows · 3 inputs → 2 classes"
    click_zone(page, 3, "role")
    choose("role.group")
    click_zone(page, 0, "type")
    choose("type.text")
    assert roles(page)[3] == "group"
    assert types(page)[0] == "text"
    settle(page, qtbot)
    assert page.line.text() == "6 rows · 2 inputs → 2 classes"
    form = page.recipe_form.form
    assert form is not None
    assert form.rows["tokens"].isVisible()


def test_several_columns_are_changed_at_once_by_keys(
    show: Show, flowers: Path, qtbot: QtBot
) -> None:
    page = show(flowers)
    table = page.preview.table
    click_cell(page, 0)
    assert table.bar.about.text() == "height"
    click_cell(page, 3, control=True)
    assert table.bar.about.text() == "2 columns"
    QTest.keyClick(table.cells, Qt.Key.Key_X)
    assert [roles(page)[i] for i in (0, 3)] == ["ignored", "ignored"]
    settle(page, qtbot)
    assert table.selected == [0, 3]  # also after another look
    editor = table.bar.editors["type"]
    assert isinstance(editor, QComboBox)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert types(page) == ["text", "number", "category", "text"]


def test_the_menu_of_the_right_button_offers_everything(
    show: Show, flowers: Path, qtbot: QtBot
) -> None:
    page = show(flowers)
    cells = page.preview.table.cells
    click_cell(page, 1)
    place = cells.visualRect(cells.currentIndex()).center()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, cells.viewport().mapToGlobal(place))
    QApplication.sendEvent(cells.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [a.objectName() for a in menu.findChildren(type(menu.actions()[0]))]
    assert {"role.target", "type.date", "gaps.drop"} <= set(names)
    assert all(action.toolTip() for action in menu.actions() if action.objectName())
    choose("role.ignored")
    settle(page, qtbot)
    assert roles(page)[1] == "ignored"


def test_another_reading_finds_other_columns(show: Show, flowers: Path, qtbot: QtBot) -> None:
    page = show(flowers)
    page.preview.table.cells.selectColumn(0)
    form = page.recipe_form.form
    assert form is not None
    editor = form.rows["delimiter"].editor
    editor.setFocus()
    QTest.keyClicks(editor, "t")  # the list goes to the tab
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.reading.recipe["delimiter"] == "tab"
    assert len(page.preview.table.model.columns) <= 1
    editor.edited.emit("comma")
    settle(page, qtbot)
    assert len(page.preview.table.model.columns) == 4


def test_cells_that_do_not_fit_are_marked(show: Show, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    rows = "\n".join(f"{i}.5,{'ab'[i % 2]}" for i in range(30))
    path.write_text(f"size,kind\n{rows}\nfive,a\n", "utf-8")
    page = show(path)
    model = page.preview.table.model
    ((row, column),) = model.glimpse.wrong
    assert model.index(row, column).data() == "five"
    assert "five" in model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(row, column).data(Qt.ItemDataRole.BackgroundRole) is not None
    assert page.remarks.isVisible()
    assert "marked red" in page.remarks.label.text()


def test_enter_uses_the_data(show: Show, flowers: Path, qtbot: QtBot) -> None:
    page = show(flowers)
    assert page.focusWidget() is page.preview.table.cells
    page.footer.embed.click()
    with qtbot.waitSignal(page.used, timeout=PATIENCE_MS) as used:
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    source, builds = used.args
    assert isinstance(source, Source)
    assert (source.form, source.path, source.embedded) == ("table", str(flowers), True)
    assert source.facts.samples == 6
    assert not builds
    assert not page.isVisible()


def test_the_language_and_the_theme_change_while_the_page_is_open(
    show: Show, flowers: Path
) -> None:
    page = show(flowers)
    page.preview.table.cells.selectColumn(0)
    try:
        words.set_language("zh_CN")
        theme.use("dark")
        assert page.windowTitle() == "导入数据"
        assert page.footer.use.text() == "使用这些数据"
        assert page.line.text().startswith("6 行")
        assert page.source_line.forms.currentText() == "表格"
        form = page.recipe_form.form
        assert form is not None
        assert form.rows["delimiter"].label.text() == "分隔符"
        assert page.preview.table.bar.editors["role"].currentText() == "输入"  # type: ignore[union-attr]
        page.grab()
    finally:
        words.set_language("en")
        theme.use("light")
    assert page.footer.use.text() == "Use these data"


def test_everything_has_a_hover_text(show: Show, flowers: Path) -> None:
    page = show(flowers)
    page.preview.table.cells.selectColumn(0)
    kinds = (QAbstractButton, QComboBox, QAbstractSpinBox)
    found = [w for kind in kinds for w in page.findChildren(kind) if w.isVisible()]
    inner = (QLineEdit, QAbstractSpinBox)
    for widget in found:
        is_part = isinstance(widget.parent(), inner) or not widget.objectName().isascii()
        corner = type(widget).__name__ == "QTableCornerButton" or widget.parent() is None
        named = is_part or corner or widget.metaObject().className() == "QTableCornerButton"
        assert widget.toolTip() or named, widget


def test_three_hundred_columns_are_shown(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "wide.csv"
    names = ",".join(f"c{i}" for i in range(300))
    rows = "\n".join(",".join(str(r * i % 7) for i in range(300)) for r in range(20))
    path.write_text(f"{names}\n{rows}\n", "utf-8")
    page = show(path)
    cells = page.preview.table.cells
    assert cells.model().columnCount() == 300
    cells.scrollTo(cells.model().index(0, 299))
    page.grab()
    cells.selectAll()
    assert page.preview.table.bar.about.text() == "300 columns"
    page.preview.table.change("role", "ignored")
    settle(page, qtbot)
    assert set(roles(page)) == {"ignored"}


@pytest.fixture(autouse=True)
def no_menu_left() -> None:
    """A menu of the test before would take the clicks."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def test_type_categories_and_gaps_have_room_above_a_column(show: Show, tmp_path: Path) -> None:
    path = tmp_path / "pupils.csv"
    rows = [f"pupil {i},{'' if i % 5 else 'x'},{'ab'[i % 2]}" for i in range(150)]
    path.write_text("\n".join(["n,g,c", *rows]), "utf-8")
    page = show(path)
    cells = page.preview.table.cells
    for place in range(3):
        assert cells.columnWidth(place) >= cells.header.natural_width(place)
    small = QFontMetrics(font(9)).horizontalAdvance("category · 150")
    assert cells.columnWidth(0) > small
