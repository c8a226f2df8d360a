"""The team of workers: side by side, in order, and with errors handed over."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable

import pytest

from engine.kernels import Call
from engine.runtime.team import Team


def fail(text: str) -> None:
    raise ZeroDivisionError(text)


@pytest.fixture(params=[1, 2, 4])
def team(request: pytest.FixtureRequest) -> Team:
    made = Team(request.param)
    request.addfinalizer(made.close)
    return made


def noting(notes: list[tuple[int, int]], worker: int) -> list[Call]:
    def note(number: int) -> None:
        notes.append((worker, number))

    return [(note, (number,)) for number in range(5)]


def test_each_worker_runs_its_list_in_order(team: Team) -> None:
    for _ in range(50):
        notes: list[tuple[int, int]] = []
        team.run([noting(notes, worker) for worker in range(team.size)])
        for worker in range(team.size):
            assert [n for w, n in notes if w == worker] == list(range(5))
        assert len(notes) == 5 * team.size


def test_each_list_has_a_thread_of_its_own() -> None:
    team = Team(3)
    meeting = threading.Barrier(3, timeout=10)  # nobody passes before all are there

    def meet() -> None:
        meeting.wait()

    team.run([[(meet, ())] for _ in range(3)])
    team.close()


def test_fewer_lists_than_workers_leave_some_idle(team: Team) -> None:
    notes: list[tuple[int, int]] = []
    team.run([noting(notes, 0)])
    assert len(notes) == 5


@pytest.mark.parametrize("culprit", [0, 1, 3])
def test_an_error_reaches_the_caller_and_the_team_lives(culprit: int) -> None:
    team = Team(4)
    notes: list[tuple[int, int]] = []
    lists = [noting(notes, worker) for worker in range(4)]
    lists[culprit] = [(fail, ("here",)), *lists[culprit]]
    with pytest.raises(ZeroDivisionError, match="here"):
        team.run(lists)
    assert len(notes) == 15  # the others finished
    team.run([noting(notes, worker) for worker in range(4)])
    assert len(notes) == 35
    team.close()


def test_errors_of_a_run_do_not_appear_in_the_next() -> None:
    team = Team(3)
    with pytest.raises(ZeroDivisionError, match="number 0"):
        team.run([[(fail, (f"number {worker}",))] for worker in range(3)])
    notes: list[tuple[int, int]] = []
    team.run([noting(notes, worker) for worker in range(3)])
    assert len(notes) == 15
    with pytest.raises(ZeroDivisionError, match="number 1"):
        team.run([[], *([(fail, (f"number {worker}",))] for worker in (1, 2))])
    team.close()


def test_after_closing_the_threads_are_gone_and_a_run_is_refused(team: Team) -> None:
    gc.collect()  # threads of models that other tests forgot
    before = threading.active_count()
    team.close()
    team.close()
    assert threading.active_count() == before - (team.size - 1)
    nothing: Callable[[], None] = lambda: None  # noqa: E731
    with pytest.raises(ValueError, match="closed"):
        team.run([[(nothing, ())]])
