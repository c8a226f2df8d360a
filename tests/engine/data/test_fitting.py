"""A picture of one's own becomes one of the data: exactly, or placed as those are."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.fitting import fitted, habit_of, resized
from engine.data.loading import load
from engine.data.preparing import Prepared, prepare, prepare_more
from engine.layers.data import Data
from engine.runtime.memory import Array
from engine.spec.datasets import frame_of

PICTURES = "digits_8", "digits_28", "digit_rows", "digit_pixels", "letters", "photo_patches"


def sheet(picture: Array, times: int) -> Array:
    """A picture with each of its numbers drawn as a square."""
    return np.kron(picture, np.ones((times, times, 1)))


@pytest.mark.parametrize("dataset", PICTURES)
def test_a_sample_given_as_it_was_read_arrives_as_the_data_do(dataset: str) -> None:
    box = Data(dataset=dataset)
    prepared, frame = prepare(box), frame_of(box.card)
    assert frame is not None
    rows = prepared.rows["validation"][:3]
    for place, raw in enumerate(load(box).x[rows]):
        picture = fitted(box, prepared, raw.reshape(frame.sizes), is_drawn=False)
        x = prepare_more(box, prepared, picture[None])
        np.testing.assert_allclose(x[0], prepared.parts["validation"].x[place], atol=1e-7)


@pytest.mark.parametrize("scaling", ["none", "standardise", "min_max"])
def test_a_digit_drawn_exactly_arrives_as_the_data_do(scaling: str) -> None:
    box = Data(dataset="digits_8", scaling=scaling)
    prepared = prepare(box)
    raw = load(box).x[prepared.rows["validation"][0]]
    picture = fitted(box, prepared, sheet(raw, 28), is_drawn=False)
    x = prepare_more(box, prepared, picture[None])
    np.testing.assert_allclose(x[0], prepared.parts["validation"].x[0], atol=1e-6)


def test_larger_digits_come_through_the_same_small_ones() -> None:
    """28×28 digits are 8×8 ones enlarged, and so is what a person draws."""
    small, large = Data(dataset="digits_8"), Data(dataset="digits_28")
    prepared = prepare(large)
    raw, expected = load(small).x[7], load(large).x[7]
    found = fitted(large, prepared, sheet(raw, 28), is_drawn=False)
    np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.fixture(scope="module")
def letters() -> tuple[Data, Prepared]:
    box = Data(dataset="letters")
    return box, prepare(box)


def drawing(
    top: int, left: int, tall: int, wide: int, ink: float = 1.0, paper: float = 0.0
) -> Array:
    found = np.full((224, 224, 1), paper)
    found[top : top + tall, left : left + wide] = ink
    return found


def test_a_drawing_is_placed_as_the_data_are(letters: tuple[Data, Prepared]) -> None:
    box, prepared = letters
    frame = frame_of(box.card)
    assert frame is not None
    habit = habit_of(prepared, frame)
    assert habit.is_even and habit.ground == 0.0
    found = fitted(box, prepared, drawing(10, 20, 50, 20), is_drawn=True)[..., 0]
    mass = found.sum()
    down = (found.sum(axis=1) @ (np.arange(28) + 0.5)) / mass
    across = (found.sum(axis=0) @ (np.arange(28) + 0.5)) / mass
    assert (down / 28, across / 28) == pytest.approx(habit.centre, abs=0.01)
    assert found.sum(axis=0).max() == pytest.approx(habit.extent * 28, abs=0.01)  # its height
    assert mass == pytest.approx((habit.extent * 28) ** 2 * 0.4, rel=0.01)


@pytest.mark.parametrize("away", [(0, 0), (120, 90), (30, 150)])
def test_where_and_how_large_something_is_drawn_makes_no_difference(
    letters: tuple[Data, Prepared], away: tuple[int, int]
) -> None:
    box, prepared = letters
    first = fitted(box, prepared, drawing(10, 20, 60, 30), is_drawn=True)
    moved = fitted(box, prepared, drawing(*away, 60, 30), is_drawn=True)
    larger = fitted(box, prepared, drawing(*away, 90, 45), is_drawn=True)
    np.testing.assert_allclose(moved, first, atol=1e-9)
    np.testing.assert_allclose(larger, first, atol=1e-9)


def test_dark_ink_on_paper_arrives_in_the_tones_of_the_data(letters: tuple[Data, Prepared]) -> None:
    box, prepared = letters
    white = fitted(box, prepared, drawing(10, 20, 60, 30), is_drawn=True)
    dark = fitted(box, prepared, drawing(10, 20, 60, 30, ink=0.0, paper=1.0), is_drawn=True)
    np.testing.assert_allclose(dark, white, atol=1e-9)


def test_an_empty_sheet_is_the_ground(letters: tuple[Data, Prepared]) -> None:
    box, prepared = letters
    assert not fitted(box, prepared, np.zeros((224, 224, 1), np.uint8), is_drawn=True).any()


def test_a_photograph_is_cut_to_the_middle_and_keeps_its_colours() -> None:
    box = Data(dataset="photo_patches")
    prepared = prepare(box)
    wide = np.zeros((32, 96, 3), np.uint8)
    wide[:, 32:64] = 51, 102, 255
    found = fitted(box, prepared, wide, is_drawn=True)
    assert found.shape == (16, 16, 3)
    np.testing.assert_allclose(found, np.broadcast_to([0.2, 0.4, 1.0], found.shape), atol=1e-12)


def test_grey_is_what_the_eye_sees_of_colours() -> None:
    box = Data(dataset="digits_8")
    picture = np.zeros((8, 8, 3), np.uint8)
    picture[..., 1] = 255
    np.testing.assert_allclose(fitted(box, prepare(box), picture, is_drawn=False), 0.587)


def test_sizes_change_by_means_over_areas() -> None:
    rows = np.arange(12.0).reshape(3, 4, 1)
    np.testing.assert_allclose(resized(rows, 3, 2)[..., 0], [[0.5, 2.5], [4.5, 6.5], [8.5, 10.5]])
    assert resized(rows, 2, 3).mean() == pytest.approx(rows.mean())
