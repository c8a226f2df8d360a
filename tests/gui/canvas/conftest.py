from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from engine.spec.document import Document
from gui.canvas.view import CanvasView
from gui.engine_client import EngineClient
from gui.run import Run
from gui.store import DocumentStore

Show = Callable[[Document], CanvasView]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows a document on a canvas of 1300×700 pixels, at scale 1."""

    def shown(document: Document) -> CanvasView:
        store = DocumentStore(document)
        view = CanvasView(store, Run(store, EngineClient(store), store))
        store.setParent(view)
        view.resize(1300, 700)
        qtbot.addWidget(view)
        with qtbot.waitExposed(view):
            view.show()
        view.setFocus()
        return view

    return shown


@pytest.fixture
def view(show: Show) -> CanvasView:
    """An empty canvas."""
    return show(Document())


@pytest.fixture
def clean_clipboard(qapp: QGuiApplication) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()
