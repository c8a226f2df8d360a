"""The menu that inserts templates tells what it does, or what must be selected first."""

from __future__ import annotations

import pytest

from engine.layers.templates import TEMPLATES
from gui import words
from gui.window.main_window import MainWindow
from tests.gui.networks import chain


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_insert_menu_says_what_to_select(window: MainWindow, language: str) -> None:
    words.set_language(language)
    table, canvas = window.actions_table, window.canvas.canvas
    window.store.select(())
    for name in TEMPLATES:
        assert not table[name].isEnabled()
        assert words.tr(f"action.{name}.unfit") in table[name].toolTip()
    window.store.select(("conv2d_1",))
    assert table["residual_block"].isEnabled()
    assert words.tr("action.residual_block.tip") in table["residual_block"].toolTip()
    assert not table["transformer_block"].isEnabled()
    table["residual_block"].trigger()
    assert len(canvas.nodes) == len(chain().network.nodes) + 7
    assert not window.store.analysis.errors
    window.store.undo_stack.undo()
    assert window.store.document == chain()
