"""Documents and widgets that the tests of the inspector share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.layers.drawing import append, place
from engine.spec.document import Document
from engine.spec.edits import set_options
from gui import theme
from gui.inspector.form import OptionRow
from gui.inspector.inspector import Inspector
from gui.store import DocumentStore

Show = Callable[..., Inspector]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """Each test begins in the light theme, without what the one before it left to be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if not qapp.styleSheet() or theme.theme.is_dark:
        theme.set_up(qapp, "light")


@pytest.fixture
def digits() -> Document:
    """data → conv2d → max_pool2d → flatten → dense (ReLU) → dense (softmax) → cross_entropy."""
    document, id = place(Document(), "data", 0.0, 0.0)
    layers: list[tuple[str, dict[str, int | str]]] = [
        ("conv2d", {"filters": 32, "activation": "relu"}),
        ("max_pool2d", {}),
        ("flatten", {}),
        ("dense", {"units": 64, "activation": "relu"}),
        ("dense", {"units": 10, "activation": "softmax"}),
        ("cross_entropy", {}),
    ]
    for kind, options in layers:
        document, id = append(document, kind, id)
        document = set_options(document, id, options)
    return document


@pytest.fixture
def store(digits: Document) -> DocumentStore:
    return DocumentStore(digits)


@pytest.fixture
def inspector(qtbot: QtBot, store: DocumentStore) -> Show:
    """Shows the inspector of some selected boxes."""

    def show(*ids: str, width: int = 300) -> Inspector:
        widget = Inspector(store)
        qtbot.addWidget(widget)
        widget.resize(width, 900)
        store.select(ids)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        return widget

    return show


@pytest.fixture
def row() -> Callable[[Inspector, str], OptionRow]:
    """The line of an option in the page that is shown."""

    def find(inspector: Inspector, name: str) -> OptionRow:
        found: OptionRow = inspector.page.form.rows[name]  # type: ignore[union-attr]
        return found

    return find
