"""Colours: every category of layers has its own, and it can be told from what it lies on."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from engine.layers import CATEGORIES
from gui.colours import DARK, LIGHT, Colours

both = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(name: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    colour = QColor(name)
    parts = colour.redF(), colour.greenF(), colour.blueF()
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@both
def test_every_category_has_a_colour_of_its_own(colours: Colours) -> None:
    assert set(colours.categories) == set(CATEGORIES)
    for one, other in combinations(colours.categories.values(), 2):
        a, b = QColor(one), QColor(other)
        far = abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue())
        assert far > 40, (one, other)


@both
def test_icons_stand_out_from_cards(colours: Colours) -> None:
    for colour in colours.categories.values():
        bright, dark = sorted((luminance(colour), luminance(colours.card)), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 3.0, colour
