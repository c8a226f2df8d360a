"""Workers that wait for each other: what each wrote before a meeting, all may read after it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import Call
from engine.runtime.team import Team


def test_after_a_meeting_each_worker_sees_what_the_others_wrote() -> None:
    team = Team(3)
    meet = team.meeting(3)
    written, seen = np.zeros(3), np.zeros(3)

    def write(i: int) -> None:
        written[i] = i + 1

    def read(i: int) -> None:
        seen[i] = written.sum()

    for _ in range(50):
        written[:] = seen[:] = 0
        team.run([[(write, (i,)), (meet, ()), (read, (i,)), (meet, ())] for i in range(3)])
        assert seen.tolist() == [6, 6, 6]
    team.close()


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_a_worker_that_fails_keeps_nobody_waiting(failing: int) -> None:
    team = Team(3)
    meet = team.meeting(3)

    def work(i: int, fails: bool) -> None:
        if fails and i == failing:
            raise ArithmeticError(f"worker {i}")

    for fails in (True, False, True, False):  # a meeting that broke off can be held again
        lists: list[list[Call]] = [[(work, (i, fails)), (meet, ())] for i in range(3)]
        if fails:
            with pytest.raises(ArithmeticError, match=f"worker {failing}"):
                team.run(lists)
        else:
            team.run(lists)
    team.close()
