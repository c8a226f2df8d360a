"""The import page over a real data process, which all tests of a file share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.data_client import DataClient
from gui.importing.dialog import ImportDialog

PATIENCE_MS = 60_000
FLOWERS = """height,width,kind,garden
1.5,0.2,rose,a
1.4,0.3,rose,a
,0.4,rose,b
1.1,0.5,tulip,b
0.9,0.7,tulip,c
0.8,0.8,tulip,c
"""

Show = Callable[[str | Path], ImportDialog]


@pytest.fixture(scope="module")
def client(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataClient]:
    """One process for all tests of a file: reading tables takes a while to begin."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path_factory.mktemp("cache")))
        client = DataClient()
        yield client
        client.stop()


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, client: DataClient) -> Iterator[Show]:
    """Shows the page for some files, and waits until they were looked at."""
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    pages: list[ImportDialog] = []

    def show_one(path: str | Path) -> ImportDialog:
        page = ImportDialog(client)
        pages.append(page)
        page.begin(str(path))
        qtbot.waitUntil(lambda: not page.reading.is_looking, timeout=PATIENCE_MS)
        return page

    yield show_one
    for page in pages:
        page.close()
        page.deleteLater()


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    """A small table: two numbers with a gap, two categories."""
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS, "utf-8")
    return path
