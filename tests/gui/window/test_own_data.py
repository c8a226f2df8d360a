"""Data of one's own in the window: imported, put into the drawing, changed, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.protocol import Failed
from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from engine.spec.sources import OWN
from gui.importing.dialog import ImportDialog
from gui.importing.placing import sources_of
from gui.window.main_window import MainWindow
from gui.words import tr
from tests.gui.importing.test_table_page import choose, click_zone, settle
from tests.gui.networks import chain, ids
from tests.gui.other_end import OtherEnd
from tests.gui.window.conftest import PATIENCE_MS, Open, wait_for
from tests.gui.window.test_main_window import drop_file

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window with a data process that answers."""
    window.data_client.stop()  # the next question starts another one
    return window


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Sixty flowers of two kinds, told apart by their height, in three gardens."""
    rows = [f"{i % 2 + i / 100},{i % 7},{'ab'[i % 2]},{'xyz'[i % 3]}" for i in range(60)]
    path = tmp_path / "flowers.csv"
    path.write_text("\n".join(["height,width,kind,garden", *rows]), "utf-8")
    return path


def page_of(window: MainWindow, qtbot: QtBot) -> ImportDialog:
    page = window.own_data.dialog
    assert page is not None
    settle(page, qtbot)
    return page


def use(window: MainWindow, qtbot: QtBot) -> None:
    """Press the primary button of the page, and wait until it is done."""
    page = page_of(window, qtbot)
    with qtbot.waitSignal(window.own_data.used, timeout=PATIENCE_MS):
        QTest.mouseClick(page.footer.use, LEFT)


def import_table(window: MainWindow, table: Path, qtbot: QtBot) -> None:
    window.import_data(table)
    use(window, qtbot)


def press(window: MainWindow, text: str) -> None:
    """Press a button of the notice."""
    (button,) = [b for b in window.notice.findChildren(QPushButton) if b.text() == text]
    QTest.mouseClick(button, LEFT)


def test_from_a_file_to_a_trained_network(
    open_window: Open, table: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(Document())
    asked = "gui.importing.dialog.QFileDialog.getOpenFileName"
    monkeypatch.setattr(asked, lambda *_: (str(table), ""))
    window.actions_table["import"].trigger()
    page = page_of(window, qtbot)
    click_zone(page, 2, "role")
    choose("role.target")
    click_zone(page, 3, "role")
    choose("role.ignored")
    settle(page, qtbot)
    assert page.line.text() == "60 rows · 2 inputs → 2 classes"
    use(window, qtbot)
    kinds = [node.kind for node in window.store.document.network.nodes]
    assert kinds == ["data", "dense", "dense", "dense", "cross_entropy"]
    assert window.store.selection == ("data_1",)
    assert window.store.analysis.errors == ()
    assert window.store.undo_stack.count() == 1
    window.run.one_epoch()
    wait_for(qtbot, window, "paused", "finished")
    assert len(window.run.history.epochs) == 1
    window.store.undo_stack.undo()
    assert window.store.document == Document()


def test_the_only_data_box_is_meant_and_its_repairs_are_offered(
    window: MainWindow, table: Path, qtbot: QtBot
) -> None:
    before = ids(window.store.document)
    import_table(window, table, qtbot)
    document = window.store.document
    assert ids(document) == before
    assert document.network.node("data_1").options["dataset"] == OWN
    assert [problem.code for problem in window.store.analysis.problems] == ["needs_image"]
    assert window.problems.isVisible()
    press(window, "Replace it by a network that fits")
    assert window.store.analysis.errors == ()
    window.store.undo_stack.undo()
    window.store.undo_stack.undo()
    assert window.store.document == chain()


def test_files_dropped_on_the_canvas_are_imported(
    window: MainWindow, table: Path, qtbot: QtBot
) -> None:
    assert drop_file(window.canvas.viewport(), table)
    qtbot.waitUntil(lambda: window.own_data.dialog is not None)
    page = page_of(window, qtbot)
    assert page.reading.path == str(table)
    assert page.footer.build.isHidden()  # there is a network already
    page.reject()
    assert window.store.document == chain()


def test_choosing_own_data_in_the_list_asks_for_a_file(
    window: MainWindow, table: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "gui.importing.dialog.QFileDialog.getOpenFileName"
    monkeypatch.setattr(asked, lambda *_: ("", ""))
    window.store.select(("data_1",))
    editor = window.inspector.findChild(QComboBox, "dataset")
    assert editor is not None
    before = editor.currentData()
    editor.setCurrentIndex(editor.findData(OWN))
    editor.activated.emit(editor.currentIndex())
    page = page_of(window, qtbot)
    assert page.start_page.isVisible()
    assert editor.currentData() == before  # as long as nothing was chosen
    page.reject()
    assert window.store.document == chain()


def test_the_inspector_changes_how_files_are_read(
    window: MainWindow, table: Path, qtbot: QtBot
) -> None:
    import_table(window, table, qtbot)
    assert window.inspector.page is not None
    own = window.inspector.page.own  # type: ignore[union-attr]
    assert own.name.text() == "flowers.csv"
    assert own.buttons["show"].isHidden()
    QTest.mouseClick(own.buttons["change"], LEFT)
    page = page_of(window, qtbot)
    assert page.reading.path == str(table)
    page.preview.table.cells.selectColumn(1)
    QTest.keyClick(page.preview.table.cells, Qt.Key.Key_X)
    use(window, qtbot)
    source = sources_of(window.store.document)["data_1"]
    assert "width" not in source.facts.feature_names
    assert own.embed.isVisible()
    own.embed.click()
    assert sources_of(window.store.document)["data_1"].embedded
    window.store.undo_stack.undo()
    assert not sources_of(window.store.document)["data_1"].embedded
    assert not own.embed.isChecked()


@pytest.mark.slow
def test_a_network_is_offered_until_one_is_begun_by_hand(window: MainWindow) -> None:
    window.filing.new()
    window.shelf.use("iris")
    assert tr("own.begin") in [b.text() for b in window.notice.findChildren(QPushButton)]
    window.canvas.append("dense")
    assert not window.notice.isVisibleTo(window), "something reads the data now"


def test_files_that_were_moved_are_found_again(
    window: MainWindow, table: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_table(window, table, qtbot)
    path, moved = tmp_path / "drawing.layerwise", tmp_path / "elsewhere.csv"
    write(path, Saved(window.store.document))
    table.rename(moved)
    window.filing.open(path)
    assert "flowers.csv is not there any more" in window.notice.label.text()
    window.store.select(("data_1",))
    assert window.inspector.page.own.buttons["show"].isVisible()  # type: ignore[union-attr]
    asked = "gui.window.own_data.QFileDialog.getOpenFileName"
    monkeypatch.setattr(asked, lambda *_: (str(moved), ""))
    before = sources_of(window.store.document)["data_1"]
    with qtbot.waitSignal(window.store.changed, timeout=PATIENCE_MS):
        press(window, "Show where it is…")
    after = sources_of(window.store.document)["data_1"]
    assert (after.path, after.fingerprint) == (str(moved), before.fingerprint)
    assert read(path).document != window.store.document
    assert window.data_client.is_alive
    window.close_without_asking()
    assert not window.data_client.is_alive


@pytest.mark.slow
def test_another_file_in_its_place_is_told(
    window: MainWindow, table: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_table(window, table, qtbot)
    other = tmp_path / "other.csv"
    other.write_text(table.read_text("utf-8") + "\n1.5,3,a,x\n", "utf-8")
    asked = "gui.window.own_data.QFileDialog.getOpenFileName"
    monkeypatch.setattr(asked, lambda *_: (str(other), ""))
    window.notice.dismiss()
    window.own_data.show_where("data_1")
    qtbot.waitUntil(lambda: "other.csv is not the file" in window.notice.label.text())
    press(window, "Import again…")
    use(window, qtbot)
    source = sources_of(window.store.document)["data_1"]
    assert (source.path, source.facts.samples) == (str(other), 61)


@pytest.mark.slow
def test_a_run_that_finds_other_files_offers_ways_out(
    window: MainWindow, engine: OtherEnd, table: Path, qtbot: QtBot
) -> None:
    import_table(window, table, qtbot)
    window.own_data.build("data_1")
    window.run.play()
    start = [c for c in engine.heard() if isinstance(c, protocol.Start)][-1]
    engine.say(Failed(start.run, "refusal.changed", {"path": str(table)}))
    assert "import it again" in window.notice.label.text()
    press(window, "Import again…")
    assert page_of(window, qtbot).reading.path == str(table)


def test_remarks_about_files_go_with_them(
    open_window: Open, table: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text(table.read_text("utf-8") + "\n1.5,2\n", "utf-8")
    window = open_window(Document())
    import_table(window, odd, qtbot)
    assert window.notice.isVisible() and "fewer than 4 cells" in window.notice.label.text()
    window.store.undo_stack.undo()
    assert not window.notice.isVisible()
    import_table(window, odd, qtbot)
    assert window.notice.isVisible()
    import_table(window, table, qtbot)
    assert not window.notice.isVisible()
    import_table(window, odd, qtbot)
    window.store.open(Document())
    assert not window.notice.isVisible()
