"""Nothing is cut off in the narrowest panel: every layer type, both languages, all options open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.layers import CATALOGUE
from engine.spec.document import Document
from gui import words
from gui.inspector.box_page import BoxPage
from gui.inspector.editors import ChoiceEditor
from gui.inspector.inspector import Inspector
from gui.inspector.numbers import NumberEditor
from gui.store import DocumentStore
from tests.engine.layers.surroundings import around

NARROWEST = 268  # pixels: as narrow as the window lets the panel be


def boxes() -> Iterator[tuple[str, Document, str]]:
    """A box of each layer type: its type, a network around it, its id."""
    for kind in sorted(CATALOGUE):
        document = around(kind, {})[0]
        alike = [node.id for node in document.network.nodes if node.kind == kind]
        yield kind, document, "layer" if "layer" in alike else alike[0]


def cut_labels(panel: QWidget) -> Iterator[str]:
    for label in panel.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        wide = label.minimumSizeHint().width() if label.wordWrap() else label.sizeHint().width()
        high = label.heightForWidth(label.width()) if label.wordWrap() else 0
        if label.width() < wide or label.height() < high:
            yield f"label {label.text()!r}"


def cut_choices(panel: QWidget) -> Iterator[str]:
    """Choices that would fit a wider field; the longest have the whole width, and a hover text."""
    for box in panel.findChildren(ChoiceEditor):
        for i in range(box.count() if box.isVisible() else 0):
            box.setCurrentIndex(i)
            is_wide = box.width() > NARROWEST - 60
            if not box.shown_in_full() and not (is_wide and box.itemText(i) in box.full_hover()):
                yield f"choice {box.itemText(i)!r}"


def cut_numbers(panel: QWidget) -> Iterator[str]:
    for field in panel.findChildren(NumberEditor):
        line = field.lineEdit()
        margins = line.textMargins()
        room = line.width() - margins.left() - margins.right()
        text = line.displayText() or line.placeholderText()
        if field.isVisible() and line.fontMetrics().horizontalAdvance(text) > room:
            yield f"number {field.objectName()} {text!r}"


def cut_buttons(panel: QWidget) -> Iterator[str]:
    for button in panel.findChildren(QPushButton):
        if button.isVisible() and button.height() < button.heightForWidth(button.width()):
            yield f"button {button.text()!r}"


@pytest.mark.slow
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_layer_type_has_anything_cut_off(qtbot: QtBot, language: str) -> None:
    words.set_language(language)
    store = DocumentStore()
    panel = Inspector(store)
    qtbot.addWidget(panel)
    panel.resize(NARROWEST, 2400)
    panel.show()
    found = []
    for kind, document, id in boxes():
        store.open(document)
        store.select((id,))
        assert isinstance(panel.page, BoxPage) and panel.page.kind == kind
        panel.page.form.open_fold(True)
        for _ in range(3):
            QApplication.processEvents()
        assert panel.content.width() <= panel.viewport().width(), kind
        for cut in (cut_labels, cut_choices, cut_numbers, cut_buttons):
            found += [f"{kind}: {what}" for what in cut(panel)]
    assert not found, "\n".join(found)
