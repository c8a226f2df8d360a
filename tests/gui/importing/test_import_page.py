"""The import page over every form of data; refusals, drops, and stopping in the middle."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox
from pytestqt.qtbot import QtBot

from gui.data_client import DataClient
from gui.importing.dialog import ImportDialog
from tests.engine import stand_ins
from tests.gui.importing import files
from tests.gui.importing.conftest import PATIENCE_MS, Show
from tests.gui.test_engine_client import is_running

LEFT = Qt.MouseButton.LeftButton


def settle(page: ImportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.reading.is_looking, timeout=PATIENCE_MS)


def test_pictures_are_shown_as_the_network_receives_them(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(files.pictures(tmp_path))
    gallery = page.preview.gallery
    assert page.preview.currentWidget() is gallery
    names = [gallery.grid.item(row).text() for row in range(gallery.grid.count())]
    assert sorted(names) == ["blue", "blue", "red", "red", "red"]
    assert gallery.bars.accessibleDescription().startswith("blue: 2; red: ")
    assert "12×10 in the file, 32×32" in gallery.grid.item(0).toolTip()
    form = page.recipe_form.form
    assert form is not None
    form.rows["width"].editor.edited.emit(16)
    settle(page, qtbot)
    assert page.line.text().endswith("32×16×3 → 2 classes")
    with qtbot.waitSignal(page.used, timeout=PATIENCE_MS) as used:
        QTest.mouseClick(page.footer.use, LEFT)
    assert used.args[0].facts.samples == 5
    assert [c.code for c in page.reading.complaints] == ["broken_pictures"]


def test_enter_in_a_field_only_ends_the_typing(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(files.pictures(tmp_path))
    form = page.recipe_form.form
    assert form is not None
    field = form.rows["height"].editor
    field.setFocus()
    assert isinstance(field, QAbstractSpinBox)
    field.selectAll()
    QTest.keyClicks(field, "20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not page.reading.is_taking
    settle(page, qtbot)
    assert page.reading.recipe["height"] == 20
    page.preview.gallery.setFocus()
    QTest.keyClick(page.preview.gallery.grid, Qt.Key.Key_Return)
    assert page.reading.is_taking
    page.reading.stop()


def test_sounds_are_shown_as_pictures(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(files.sounds(tmp_path))
    grid = page.preview.gallery.grid
    assert grid.count() == 4
    assert "0.50 s" in grid.item(0).toolTip()
    assert page.line.text().startswith("4 recordings")
    form = page.recipe_form.form
    assert form is not None
    form.rows["form"].editor.edited.emit("waveform")
    settle(page, qtbot)
    assert page.line.text() == "4 recordings · 8000×1 → 2 classes"
    assert form.rows["bands"].isHidden()
    page.grab()


def test_arrays_are_listed_and_chosen(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(files.arrays(tmp_path))
    preview = page.preview.arrays
    cells = [
        [preview.arrays.item(row, column).text() for column in range(4)]  # type: ignore[union-attr]
        for row in range(preview.arrays.rowCount())
    ]
    assert ["x", "12×8×8", "float64", "Samples"] in cells
    assert ["y", "12", "int64", "Targets"] in cells
    assert page.line.text() == "12 samples · 8×8 → y"
    assert preview.gallery.grid.count() == 8
    form = page.recipe_form.form
    assert form is not None
    form.rows["x"].editor.edited.emit("y")
    settle(page, qtbot)
    assert page.reading.recipe["x"] == "y"


def test_a_text_is_shown_with_its_tokens(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(files.text(tmp_path))
    preview = page.preview.text
    assert preview.text.toPlainText().startswith("To be or not")
    assert preview.chips.accessibleDescription().startswith("T | o")
    assert page.line.text().endswith(" tokens")
    form = page.recipe_form.form
    assert form is not None
    form.rows["tokens"].editor.edited.emit("words")
    settle(page, qtbot)
    assert "be" in preview.chips.accessibleDescription().split(" | ")
    page.grab()


def test_what_cannot_be_read_is_said_in_a_sentence(
    show: Show, tmp_path: Path, flowers: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "program.exe"
    path.write_bytes(bytes(range(256)) * 8)
    page = show(path)
    assert page.start_page.isVisible()
    assert "program.exe is nothing that Layerwise can learn from" in page.start_page.line.text()
    assert not page.footer.use.isEnabled()
    page.reading.set_form("table")
    settle(page, qtbot)
    assert page.start_page.isVisible()
    assert page.recipe_form.isVisible()  # perhaps another encoding helps
    page.reading.open(str(flowers))
    settle(page, qtbot)
    assert not page.start_page.isVisible()
    assert page.footer.use.isEnabled()


def test_the_kind_of_data_can_be_chosen(show: Show, flowers: Path, qtbot: QtBot) -> None:
    page = show(flowers)
    forms = page.source_line.forms
    forms.setFocus()
    forms.setCurrentIndex(forms.findData("passage"))
    forms.activated.emit(forms.currentIndex())
    settle(page, qtbot)
    assert page.preview.currentWidget() is page.preview.text
    assert page.reading.form == "passage"


def test_files_are_dropped_on_the_page(
    show: Show, flowers: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(files.text(tmp_path))
    data, place = QMimeData(), QPoint(50, 200)
    data.setUrls([QUrl.fromLocalFile(str(flowers))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, action, data, LEFT, none)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(place), action, data, LEFT, none))
    settle(page, qtbot)
    assert page.reading.form == "table"


def test_quick_changes_are_looked_at_once(show: Show, flowers: Path, qtbot: QtBot) -> None:
    page, seen = show(flowers), []
    page.reading.seen.connect(lambda: seen.append(1))
    for size in (100, 200, 300):
        page.reading.set_option("vocabulary", size)
    settle(page, qtbot)
    assert len(seen) == 1
    assert page.reading.glimpse is not None
    assert page.reading.glimpse.recipe["vocabulary"] == 300


# a form of data that does what the test wants


@pytest.fixture
def odd(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ImportDialog]:
    """The page over a process that knows the stand-in form only."""
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("gui.data_client.serve", stand_ins.serve)
    client = DataClient()
    page = ImportDialog(client)
    yield page
    page.close()
    client.stop()
    page.deleteLater()


def test_reading_can_be_stopped_in_the_middle(
    odd: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    odd.begin(stand_ins.file(tmp_path, "endless"))
    settle(odd, qtbot)
    client = odd.reading._client
    process = client.process_id
    assert process is not None
    QTest.mouseClick(odd.footer.use, LEFT)
    qtbot.waitUntil(lambda: odd.footer.bar.value() > 0, timeout=PATIENCE_MS)
    assert odd.footer.bar.isVisible()
    assert not odd.preview.isEnabled()
    QTest.mouseClick(odd.footer.cancel, LEFT)
    assert odd.isVisible()
    assert not odd.reading.is_taking
    assert odd.preview.isEnabled()
    assert odd.footer.use.isEnabled()
    assert not is_running(process)
    assert process != os.getpid()
    QTest.mouseClick(odd.footer.cancel, LEFT)
    assert not odd.isVisible()


def test_enter_counts_also_while_the_files_are_looked_at(
    odd: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    odd.begin(stand_ins.file(tmp_path, "usual"))
    assert odd.reading.is_looking
    with qtbot.waitSignal(odd.used, timeout=PATIENCE_MS):
        QTest.keyClick(odd, Qt.Key.Key_Return)


def test_a_process_that_dies_while_reading_loses_nothing(
    odd: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    odd.begin(stand_ins.file(tmp_path, "crash at the end"))
    settle(odd, qtbot)
    QTest.mouseClick(odd.footer.use, LEFT)
    qtbot.waitUntil(lambda: odd.reading.refusal is not None, timeout=PATIENCE_MS)
    assert odd.remarks.isVisible()
    assert "Reading ended unexpectedly" in odd.remarks.label.text()
    assert odd.footer.use.isEnabled()


def test_a_refused_file_offers_the_options_that_may_help(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "header.csv"
    path.write_text("a,b,c\n", "utf-8")
    page = show(path)
    assert page.reading.refusal is not None and page.reading.refusal.code == "no_rows"
    form = page.recipe_form.form
    assert form is not None and page.recipe_form.isVisible() and page.start_page.isVisible()
    form.rows["header"].editor.edited.emit("no")
    settle(page, qtbot)
    assert page.reading.refusal is None and page.line.text().startswith("1 row ")


def test_what_was_found_has_room_beside_automatic(show: Show, tmp_path: Path) -> None:
    path = tmp_path / "commas.csv"
    path.write_text("a;b;c\n" + "1,5;2,25;x\n2,5;3,25;y\n" * 20, "utf-8")
    page = show(path)
    form = page.recipe_form.form
    assert form is not None
    for name, row in form.rows.items():
        if isinstance(row.editor, QComboBox) and not row.isHidden():
            text = row.editor.currentText()
            room = row.editor.width() - 40  # for the arrow and the frame
            assert row.editor.fontMetrics().horizontalAdvance(text) <= room, (name, text)


def test_a_workbook_is_not_asked_how_its_text_is_written(show: Show, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["a", "b", "kind"], *([i, i % 7, "xy"[i % 2]] for i in range(40))):
        sheet.append(row)
    book.save(tmp_path / "marks.xlsx")
    page = show(tmp_path / "marks.xlsx")
    form = page.recipe_form.form
    assert form is not None
    offered = form.offered()
    assert "header" in offered and "encoding" not in offered and "delimiter" not in offered
