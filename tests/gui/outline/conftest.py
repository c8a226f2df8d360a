from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.outline.page import OutlinePage
from gui.store import DocumentStore
from tests.gui.networks import chain


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> OutlinePage:
    """The outline of a small network, on the screen."""
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    store = DocumentStore(chain())
    page = OutlinePage(store)
    store.setParent(page)
    qtbot.addWidget(page)
    page.resize(400, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.take_keys()
    return page
