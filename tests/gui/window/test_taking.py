"""Export picture…, Copy as picture and Copy as text, through the menu and the dialogs."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from engine.spec.document import Document
from gui import words
from gui.canvas.picture import Picture
from gui.canvas.picture_files import pixels
from gui.window.main_window import MainWindow
from gui.window.picture_dialog import PictureDialog
from gui.words import tr
from tests.gui.window.dialogs import Answers, click, press_escape

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def clean_clipboard() -> None:
    QGuiApplication.clipboard().clear()


def name(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """Answer the system's file dialog; what it proposed."""
    proposed: list[str] = []

    def answer(parent: QWidget, title: str, start: str, kinds: str, kind: str) -> tuple[str, str]:
        proposed.append(Path(start).name)
        return (str(path) if path else "", kind)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return proposed


def choose(dialog: QWidget, part: str, form: str, ground: str, scale: str = "2") -> None:
    assert isinstance(dialog, PictureDialog)
    for box, value in (
        (dialog.part, part),
        (dialog.form, form),
        (dialog.ground, ground),
        (dialog.scale, scale),
    ):
        box.setCurrentIndex(box.findData(value))


def test_a_png_of_the_whole_drawing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = name(monkeypatch, tmp_path / "net.png")

    def answer(dialog: QWidget) -> None:
        choose(dialog, "whole", "png", "transparent", "3")
        click(tr("picture.save"))(dialog)

    answers = Answers(answer)
    QTest.keyClick(window, Qt.Key.Key_E, CONTROL)
    answers.wait(qtbot)
    image = QImage(str(tmp_path / "net.png"))
    assert image.size() == pixels(Picture(window.canvas.canvas), 3)
    assert image.pixelColor(0, 0).alpha() == 0
    assert proposed == [f"{window.filing.name}.png"]
    assert window.settings.text("picture_scale", ("1", "3"), "1") == "3"


def test_an_svg_of_the_selected_boxes_by_the_ending_of_its_name(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.store.select(("dense_1", "flatten_1"))
    name(monkeypatch, tmp_path / "part.svg")

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, PictureDialog) and dialog.part.currentData() == "selected"
        click(tr("picture.save"))(dialog)

    answers = Answers(answer)
    window.actions_table["picture"].trigger()
    answers.wait(qtbot)
    texts = [e.text for e in ElementTree.parse(tmp_path / "part.svg").getroot().iter()]
    assert "Dense" in texts and "Conv2D" not in texts


def test_a_name_without_ending_gets_that_of_the_form(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, tmp_path / "my.net")

    def answer(dialog: QWidget) -> None:
        choose(dialog, "whole", "pdf", "white")
        click(tr("picture.save"))(dialog)

    answers = Answers(answer)
    window.actions_table["picture"].trigger()
    answers.wait(qtbot)
    assert (tmp_path / "my.net.pdf").read_bytes().startswith(b"%PDF")


def test_escape_writes_nothing(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = name(monkeypatch, None)
    answers = Answers(press_escape)
    window.actions_table["picture"].trigger()
    answers.wait(qtbot)
    assert proposed == []


def test_a_folder_that_is_gone_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, tmp_path / "gone" / "net.png")
    answers = Answers(click(tr("picture.save")))
    window.actions_table["picture"].trigger()
    answers.wait(qtbot)
    assert "net.png" in window.notice.label.text()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_dialog_speaks_the_language_and_says_the_size(
    window: MainWindow, language: str
) -> None:
    words.set_language(language)
    dialog = PictureDialog(window.canvas.canvas, (), window.settings, window)
    dialog.show()
    assert not dialog.part.isEnabled()
    size = pixels(Picture(window.canvas.canvas), 2)
    wide, tall = f"{size.width():,}", f"{size.height():,}"
    assert dialog.size_line.text() == tr("picture.size", width=wide, height=tall)
    choose(dialog, "whole", "svg", "theme")
    assert not dialog.scale.isEnabled()
    before = dialog.preview.grab().toImage()
    choose(dialog, "whole", "svg", "transparent")
    assert dialog.preview.grab().toImage() != before
    dialog.close()


def test_copy_as_picture_by_its_keys(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_C, CONTROL | SHIFT)
    image = QGuiApplication.clipboard().image()
    assert image.size() == pixels(Picture(window.canvas.canvas), 2)
    window.store.select(("dense_1",))
    window.actions_table["copy_picture"].trigger()
    assert QGuiApplication.clipboard().image().width() < image.width()
    assert window.notice.label.text() == tr("picture.copied", count="1")


def test_copy_as_text_is_a_table_of_what_is_selected_or_of_all(window: MainWindow) -> None:
    window.actions_table["copy_text"].trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith(f"## {window.filing.name}") and "3·3·1·32 + 32 = 320" in text
    window.store.select(("dense_1",))
    window.actions_table["copy_text"].trigger()
    text = QGuiApplication.clipboard().text()
    assert "Dense" in text and "Conv2D" not in text


def test_an_empty_canvas_has_nothing_to_take_away(window: MainWindow) -> None:
    window.store.open(Document())
    for id in ("picture", "copy_picture", "copy_text"):
        window.actions_table[id].trigger()
        assert window.notice.label.text() == tr("picture.empty")
    assert QGuiApplication.clipboard().text() == ""
