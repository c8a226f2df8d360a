"""Colours can be read, and told from each other or from another sign, by every kind of sight."""

from __future__ import annotations

from dataclasses import asdict
from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from engine.layers import CATALOGUE, CATEGORIES
from engine.spec.problems import ERROR, WARNING, Problem
from gui.colours import DARK, FAR_DARK, FAR_LIGHT, LIGHT, Colours
from gui.inspector.repair import problem_icon
from gui.plots.decision_map import SIGNS
from gui.theme import TAG_COLOURS
from tests.gui.sight import alike, contrast, difference

THEMES = {"light": LIGHT, "dark": DARK, "far light": FAR_LIGHT, "far dark": FAR_DARK}
both = pytest.mark.parametrize("colours", list(THEMES.values()), ids=list(THEMES))
GROUNDS = ("window", "panel", "canvas", "card", "hover")
TEXT, SIGN = 4.5, 3.0  # what WCAG 2.2 asks for: success criteria 1.4.3 and 1.4.11
APART = 15.0  # ΔE at which small marks are told from each other


def on(colours: Colours, ground: str) -> str:
    return str(asdict(colours)[ground])


@both
def test_every_category_has_a_colour_of_its_own(colours: Colours) -> None:
    assert set(colours.categories) == set(CATEGORIES)
    for one, other in combinations(colours.categories.values(), 2):
        a, b = QColor(one), QColor(other)
        far = abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue())
        assert far > 40, (one, other)


@both
@pytest.mark.parametrize("tone", ["text", "faint", "error", "warning", "good", "accent"])
def test_words_can_be_read_on_every_ground(colours: Colours, tone: str) -> None:
    found = {ground: contrast(on(colours, tone), on(colours, ground)) for ground in GROUNDS}
    assert min(found.values()) >= TEXT, found


@both
def test_words_on_the_coloured_button_can_be_read(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= TEXT


@both
@pytest.mark.parametrize("tone", ["edge", "accent", "training", "validation"])
def test_lines_stand_out_from_every_ground(colours: Colours, tone: str) -> None:
    found = {g: contrast(on(colours, tone), on(colours, g)) for g in ("panel", "canvas", "card")}
    assert min(found.values()) >= SIGN, found


@both
def test_icons_and_marks_stand_out_from_what_they_lie_on(colours: Colours) -> None:
    for ground in ("panel", "canvas", "card"):
        for colour in (*colours.categories.values(), *colours.classes):
            assert contrast(colour, on(colours, ground)) >= SIGN, (colour, ground)


@both
def test_classes_are_told_apart_by_colour_or_by_the_shape_of_their_mark(colours: Colours) -> None:
    shapes = [SIGNS[i % len(SIGNS)] for i in range(len(colours.classes))]
    same = [pair for pair in alike(colours.classes, APART) if shapes[pair[0]] == shapes[pair[1]]]
    assert same == []


@both
def test_the_two_curves_are_told_apart_by_every_sight(colours: Colours) -> None:
    assert alike((colours.training, colours.validation), 3 * APART) == []


def test_flags_are_told_apart_by_colour_alone() -> None:
    assert alike(tuple(TAG_COLOURS.values()), APART) == []


@both
def test_categories_that_some_sight_takes_for_each_other_have_other_icons(
    colours: Colours,
) -> None:
    names = list(colours.categories)
    for i, j, sight, _ in alike(tuple(colours.categories.values()), APART):
        one, other = (
            {layer.icon for layer in CATALOGUE.values() if layer.category == names[place]}
            for place in (i, j)
        )
        assert not one & other, (names[i], names[j], sight)


@both
def test_a_wrong_thing_is_told_from_a_doubtful_one_by_its_sign(colours: Colours) -> None:
    signs = {problem_icon(Problem("no_data", (), severity)) for severity in (ERROR, WARNING)}
    assert len(signs) == 2
    assert difference(colours.error, colours.warning, "usual") > APART


def test_the_simulation_takes_red_and_green_for_each_other_only_where_people_do() -> None:
    red, green = "#b40000", "#4a7a00"
    assert difference(red, green, "usual") > 60
    assert difference(red, green, "deuteranopia") < difference(red, green, "usual") / 2
    assert difference("#0072b2", "#e69f00", "protanopia") > 60
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
