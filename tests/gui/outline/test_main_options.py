"""The cell with the main options: what it shows can be typed again, in either language."""

from __future__ import annotations

import pytest

from engine.layers import CATALOGUE
from engine.spec.document import Node, Options
from gui import words
from gui.outline.main_options import accepted, has_main, main_text, named_text, read_options


def node(kind: str, **options: object) -> Node:
    return Node(f"{kind}_1", kind, Options(options))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_what_is_shown_is_read_as_the_same_values(kind: str, language: str) -> None:
    words.set_language(language)
    box = node(kind)
    assert has_main(box) == bool(named_text(box)) or not main_text(box)
    if main_text(box):
        values = read_options(box, main_text(box))
        assert values
        layer = CATALOGUE[kind]()
        assert all(getattr(layer, name) == value for name, value in values.items())
        assert accepted(box)


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        ("dense", "64, ReLU", {"units": 64, "activation": "relu"}),
        ("dense", "relu", {"activation": "relu"}),
        ("dense", "1,024", {"units": 1024}),
        ("dense", "4*16，softmax", {"units": 64, "activation": "softmax"}),
        ("conv2d", "16, 5, same", {"filters": 16, "size": 5, "padding": "same"}),
        ("dropout", "0,25", {"rate": 0.25}),
        ("data", "Spirals", {"dataset": "spirals"}),
        ("data", "spirals", {"dataset": "spirals"}),
    ],
)  # fmt: skip
def test_texts_are_read_as_people_write_them(
    kind: str, text: str, values: dict[str, object]
) -> None:
    assert read_options(node(kind), text) == values


@pytest.mark.parametrize(
    ("kind", "text"),
    [("dense", "0"), ("dense", "many"), ("dense", "3, 4, 5"), ("flatten", "3"), ("dropout", "2")],
)
def test_what_no_option_accepts_is_refused(kind: str, text: str) -> None:
    assert read_options(node(kind), text) is None
