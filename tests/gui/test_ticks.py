"""Round numbers on axes."""

from __future__ import annotations

import math

import pytest
from PySide6.QtWidgets import QApplication

from gui.plots.graph import Axis, plain
from gui.ticks import epochs_shown, linear_ticks, log_ticks, nice_end, nice_step


@pytest.mark.parametrize(
    ("rough", "step"), [(0.3, 0.5), (1.0, 1.0), (1.1, 2.0), (6, 10), (0.0021, 0.005), (0, 1)]
)
def test_steps_are_1_2_or_5(rough: float, step: float) -> None:
    assert nice_step(rough) == pytest.approx(step)


@pytest.mark.parametrize(
    ("value", "end"), [(2.31, 2.5), (0.9, 1.0), (1.0, 1.0), (0.0131, 0.015), (math.inf, 1.0)]
)
def test_an_axis_ends_at_a_round_number_not_far_above(value: float, end: float) -> None:
    assert nice_end(value) == pytest.approx(end)


def test_marks_of_a_linear_axis_lie_within_it() -> None:
    step, places = linear_ticks(-0.1, 2.6, 5)
    assert step == 1.0
    assert places == [0.0, 1.0, 2.0]


def test_marks_of_batches_are_whole() -> None:
    step, places = linear_ticks(3.2, 5.1, 5, least=1.0)
    assert (step, places) == (1.0, [4.0, 5.0])


@pytest.mark.parametrize(
    ("low", "high"), [(-3, 1), (-0.5, 0.4), (-0.05, 0.05), (-12, 6), (math.log10(2.1), 0.6)]
)
def test_a_logarithmic_axis_always_has_marks_and_never_too_many(low: float, high: float) -> None:
    places = log_ticks(low, high, 6)
    assert 2 <= len(places) <= 7
    assert all(low - 1e-6 <= place <= high + 1e-6 for place in places)


def test_decades_are_marked_by_their_powers() -> None:
    assert log_ticks(-2, 2, 5) == [-2, -1, 0, 1, 2]


def test_numbers_on_axes_are_written_as_people_write_them() -> None:
    assert [plain(v) for v in (20_000.0, 0.1 + 0.2, -1.5, -0.0)] == ["20,000", "0.3", "−1.5", "0"]


def test_very_small_and_very_large_numbers_on_axes_are_powers_of_ten() -> None:
    small = [plain(v) for v in (1e-5, 2e-5, 0.001, 0.01)]
    assert small == ["10⁻⁵", "2×10⁻⁵", "0.001", "0.01"]
    assert [plain(v) for v in (2e18, -1.5e7, 500_000.0)] == ["2×10¹⁸", "−1.5×10⁷", "500,000"]


@pytest.mark.parametrize(
    ("done", "planned", "shown"),
    [(1, 15, 1), (4, 15, 4), (7, 15, 8), (13, 15, 15), (15, 15, 15), (16, 15, 20), (0, 15, 1)],
)
def test_room_for_epochs_grows_in_steps_and_ends_with_the_plan(
    done: int, planned: int, shown: int
) -> None:
    assert epochs_shown(done, planned) == shown


def test_marks_of_a_logarithmic_axis_are_written_alike(qapp: QApplication) -> None:
    axis = Axis("left")
    axis.is_logarithmic = True
    assert axis.tickStrings([-5, -3, -1, 0], 1, 1) == ["10⁻⁵", "10⁻³", "10⁻¹", "1"]
    assert axis.tickStrings([-2, -1, 0], 1, 1) == ["0.01", "0.1", "1"]
