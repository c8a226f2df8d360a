"""Programs: the same calls in the same order as from Python, meetings and guards included."""

from __future__ import annotations

import threading
from typing import Any

import numba
import numpy as np
import pytest

from engine.kernels import Call, joined
from engine.kernels.cpu._program import Program
from engine.kernels.flow import Guard, Meeting
from engine.runtime.team import Team


@numba.njit(nogil=True)
def note(notes: np.ndarray, place: int, value: float) -> None:
    notes[place] = value


@numba.njit(nogil=True)
def fill(
    picture: np.ndarray, corner: tuple[int, int], size: tuple[int, int], is_loud: bool, few: Any
) -> None:
    for i in range(corner[0], corner[0] + size[0]):
        for j in range(corner[1], corner[1] + size[1]):
            picture[i, j] = few.size + (10 if is_loud else 0)


@numba.njit(nogil=True)
def halve(numbers: np.ndarray) -> None:
    for k in range(numbers.size):
        numbers[k] *= numbers.dtype.type(0.5)


@numba.njit(nogil=True)
def fail(number: int) -> None:
    if number:
        raise ValueError("asked to")


def test_every_kind_of_argument_arrives() -> None:
    notes, picture = np.zeros(3), np.zeros((4, 5), np.float32)
    turned = picture.T  # an array whose values do not lie side by side
    calls: list[Call] = [
        (note, (notes, 1, -2.5)),
        (fill, (picture, (1, 2), (2, 3), True, np.zeros(7, np.int32))),
        (fill, (turned, (0, 0), (1, 1), False, np.zeros(0))),
    ]
    Program(calls)()
    assert notes.tolist() == [0, -2.5, 0]
    expected = np.zeros((4, 5))
    expected[1:3, 2:5] = 17
    assert np.array_equal(picture, expected)


def test_a_program_can_be_run_again_on_other_numbers() -> None:
    notes = np.zeros(2)
    program = Program([(note, (notes, 0, 1.0)), (note, (notes, 1, 2.0))])
    for _ in range(3):
        notes[:] = 0
        program()
        assert notes.tolist() == [1, 2]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_numbers_too_small_for_all_their_digits_become_zero(dtype: str) -> None:
    """In a program only: the thread computes as before when it is done."""
    smallest = np.finfo(dtype).tiny
    numbers = np.array([1.5, 4.0], dtype) * smallest
    halved = numbers.copy()
    Program([(halve, (halved,))])()
    assert halved.tolist() == [0, 2 * smallest]
    halve(numbers)
    assert numbers.tolist() == [0.75 * smallest, 2 * smallest]


def test_a_guard_leaves_out_what_follows() -> None:
    notes, guard = np.zeros(2), Guard()
    program = Program([(note, (notes, 0, 1.0)), (guard, ()), (note, (notes, 1, 1.0))])
    guard.flag[0] = 1
    program()
    assert notes.tolist() == [1, 0]
    guard.flag[0] = 0
    program()
    assert notes.tolist() == [1, 1]


def test_what_a_kernel_raises_is_raised() -> None:
    program = Program([(fail, (0,)), (fail, (1,))])
    with pytest.raises(ValueError, match="asked to"):
        program()


def test_calls_that_are_not_compiled_stay_in_their_place() -> None:
    notes = np.zeros(3)

    def double() -> None:
        notes[0] *= 2

    mixed: list[Call] = [(note, (notes, 0, 3.0)), (double, ()), (note, (notes, 1, 1.0))]
    calls = joined("cpu", mixed)
    assert [call[0] is double for call in calls] == [False, True, False]
    for kernel, arguments in calls:
        kernel(*arguments)
    assert notes.tolist() == [6, 1, 0]
    assert joined("plain", mixed) is mixed


@pytest.mark.parametrize("workers", [2, 3])
def test_after_a_meeting_a_worker_sees_what_the_others_wrote(workers: int) -> None:
    @numba.njit(nogil=True)
    def pass_on(notes: np.ndarray, own: int) -> None:
        notes[1, own] = notes[0].sum()

    team, meeting = Team(workers), Meeting(workers)
    notes = np.zeros((2, workers))
    lists = [
        joined(
            "cpu", [(note, (notes[0], w, 1.0)), (meeting, ()), (pass_on, (notes, w)), (meeting, ())]
        )
        for w in range(workers)
    ]
    for _ in range(200):
        notes[:] = 0
        team.run(lists)
        assert notes[1].tolist() == [workers] * workers
    team.close()


def test_a_meeting_waits_for_who_comes_late() -> None:
    """Longer than a worker looks out before it sleeps."""
    notes, meeting, come = np.zeros(2), Meeting(2), threading.Event()

    def be_late() -> None:
        come.wait(10)

    team = Team(2)
    early = joined("cpu", [(meeting, ()), (note, (notes, 0, 1.0))])
    late = joined("cpu", [(be_late, ()), (meeting, ()), (note, (notes, 1, 1.0))])
    timer = threading.Timer(0.05, come.set)
    timer.start()
    team.run([early, late])
    assert notes.tolist() == [1, 1]
    team.close()


def test_nobody_waits_for_a_worker_that_failed() -> None:
    team = Team(2)
    meeting = team.meeting(2)
    notes = np.zeros(1)
    lists = [
        joined("cpu", [(meeting, ()), (note, (notes, 0, 1.0))]),
        joined("cpu", [(fail, (1,)), (meeting, ())]),
    ]
    for _ in range(2):
        with pytest.raises(ValueError, match="asked to"):
            team.run(lists)
    assert notes[0] == 0
    fine = joined("cpu", [(meeting, ()), (note, (notes, 0, 1.0))])
    team.run([fine, joined("cpu", [(meeting, ())])])
    assert notes[0] == 1
    team.close()
