"""Where the ports of every layer type are: apart from each other, the first one level."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.layers import CATALOGUE
from gui.box import (
    GLIMPSE,
    HEIGHT,
    SMALL_PORT,
    STEP_BACK,
    STEP_ON,
    WIDTH,
    body_of,
    may_stay_open,
    port_names,
    port_point,
)

sides = pytest.mark.parametrize("is_output", [True, False])


@sides
@pytest.mark.parametrize("kind", CATALOGUE)
def test_ports_stand_apart_and_chains_are_straight(kind: str, is_output: bool) -> None:
    names = port_names(kind, is_output)
    heights = [port_point(kind, name, is_output).y() for name in names]
    assert heights[:1] in ([HEIGHT / 2], [])
    for upper, lower in pairwise(heights):
        assert lower - upper >= 2 * SMALL_PORT
    assert all(height < HEIGHT - SMALL_PORT for height in heights)


@sides
@pytest.mark.parametrize("kind", CATALOGUE)
def test_the_way_of_the_data_may_not_stay_open(kind: str, is_output: bool) -> None:
    for name in port_names(kind, is_output)[:1]:
        assert not may_stay_open(kind, name, is_output)


def test_a_box_of_an_unknown_kind_has_no_ports() -> None:
    assert port_names("magic", True) == ()
    assert not may_stay_open("magic", "y", True)


@pytest.mark.parametrize("kind", CATALOGUE)
def test_boxes_have_room_below_their_words_for_what_flows_through(kind: str) -> None:
    body = body_of(kind)
    assert body.width() == WIDTH
    assert body.contains(GLIMPSE) and GLIMPSE.height() > 30
    for arrow in (STEP_BACK, STEP_ON):
        assert GLIMPSE.contains(arrow)


@pytest.mark.usefixtures("low_boxes")
@pytest.mark.parametrize("kind", CATALOGUE)
def test_data_boxes_always_have_room_for_samples(kind: str) -> None:
    is_data = CATALOGUE[kind].category == "data"
    assert body_of(kind).contains(GLIMPSE) == is_data
    assert is_data or body_of(kind).height() == HEIGHT
