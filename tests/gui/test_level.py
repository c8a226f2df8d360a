"""What is shown to whom: what comes first, what a document uses, and the way to the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.layers import CATALOGUE
from engine.spec import edits
from engine.spec.document import Node
from engine.spec.options import options_of
from engine.spec.training import FIRST, TrainingOptions
from gui import theme
from gui.inspector.box_page import BoxPage
from gui.inspector.inspector import Inspector
from gui.level import BEGINNER, EVERYTHING, level
from gui.palette.palette import Palette, kinds_of
from gui.store import DocumentStore
from gui.words import tr
from tests.gui.networks import chain

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def beginner(qapp: QApplication) -> Iterator[None]:
    """A beginner; everything is shown again afterwards."""
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    level.use(BEGINNER)
    yield
    level.use(EVERYTHING)


def listed(palette: Palette) -> set[str]:
    return {kind for kind in CATALOGUE if not palette.entries.item_of(kind).isHidden()}


def first_kinds() -> set[str]:
    return {kind for kind, layer in CATALOGUE.items() if layer.first}


def test_about_a_dozen_layer_types_come_first_and_they_make_a_network_of_each_sort() -> None:
    first = first_kinds()
    assert 10 <= len(first) <= 16
    assert {"data", "dense", "conv2d", "lstm", "add", "cross_entropy", "mean_squared_error"} < first
    assert set(FIRST) < options_of(TrainingOptions).keys()


def test_the_palette_shows_what_comes_first_and_a_click_shows_all(qtbot: QtBot) -> None:
    palette = Palette()
    qtbot.addWidget(palette)
    palette.show()
    assert listed(palette) == first_kinds()
    rest = len(CATALOGUE) - len(first_kinds())
    assert palette.more.text() == tr("level.more_layers", count=rest)
    QTest.mouseClick(palette.more, LEFT)
    assert not level.is_beginner
    assert listed(palette) == set(CATALOGUE)
    assert palette.more.isHidden()


def test_a_search_finds_everything(qtbot: QtBot) -> None:
    palette = Palette()
    qtbot.addWidget(palette)
    QTest.keyClicks(palette.search, "attention")
    assert "multi_head_attention" in listed(palette)
    palette.search.clear()
    assert listed(palette) == first_kinds()


def test_layers_that_the_drawing_has_are_shown_all_the_same(qtbot: QtBot) -> None:
    palette = Palette()
    qtbot.addWidget(palette)
    store = DocumentStore(chain())
    store.edit("", lambda d: edits.add_node(d, Node("gru_1", "gru")))
    palette.show_used(kinds_of(store.document))
    assert listed(palette) == first_kinds() | {"gru"}


def test_the_inspector_hides_advanced_options_unless_they_were_changed(qtbot: QtBot) -> None:
    store = DocumentStore(chain())
    inspector = Inspector(store)
    qtbot.addWidget(inspector)
    inspector.show()
    store.select(("conv2d_1",))

    def offered() -> set[str]:
        assert isinstance(inspector.page, BoxPage)
        return set(inspector.page.form.offered())

    assert "filters" in offered() and not offered() & {"dilation", "bias"}
    store.edit("", lambda d: edits.set_options(d, "conv2d_1", {"dilation": 2}))
    assert "dilation" in offered() and "bias" not in offered()
    assert isinstance(inspector.page, BoxPage)
    more = inspector.page.form.more
    assert more.isVisible() and more.toolTip() == tr("level.show_all.tip")
    QTest.mouseClick(more, LEFT)
    assert {"dilation", "bias"} < offered()
    assert inspector.page.form.more.isHidden()
