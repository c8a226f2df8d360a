"""A remembered layout is read with care: whatever is in the file, every panel has a place."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from gui.panels.declared import CLOSED, HOME, ORDER, SIDES
from gui.panels.layout import SIZES, VERSION, Layout, on_a_screen, read_layout


def changed(**values: object) -> Layout:
    return read_layout(json.dumps({"version": VERSION, **values}))


def test_a_layout_comes_back_as_it_was(qapp: QApplication) -> None:
    layout = Layout()
    layout.where |= {"data": CLOSED, "curves": "floating 1"}
    layout.windows = {"floating 1": [10, 10, 300, 200]}
    layout.order.reverse()
    layout.hidden, layout.front = ["left"], {"right": "training"}
    assert read_layout(layout.text()) == layout


@pytest.mark.parametrize(
    "text", ["", "no JSON", "[]", "null", '{"version": 0, "hidden": ["left"]}']
)
def test_what_cannot_be_read_is_the_default(text: str) -> None:
    assert read_layout(text) == Layout()


def test_unknown_panels_places_and_sizes_are_left_out(qapp: QApplication) -> None:
    layout = changed(
        where={"curves": "nowhere", "data": 7, "ghost": "left", "box": "left"},
        order=["ghost", "analysis", "analysis"],
        front={"left": "ghost"},
        hidden=["roof", "left", 3],
        sizes={"across": [0, 0, 0], "down": [1, "2"], "roof": [1]},
    )
    assert layout.where == {**HOME, "box": "left"}
    assert layout.order == ["analysis", *(id for id in ORDER if id != "analysis")]
    assert (layout.front, layout.hidden) == ({}, ["left"])
    assert layout.sizes == {name: list(sizes) for name, sizes in SIZES.items()}


def test_a_window_on_a_screen_that_is_gone_falls_back_to_the_side(qapp: QApplication) -> None:
    far = [90_000, 90_000, 400, 300]
    assert not on_a_screen(QRect(*far))
    layout = changed(where={"curves": "floating 1"}, windows={"floating 1": far})
    assert layout.where["curves"] == HOME["curves"] in SIDES
    assert layout.windows == {}
