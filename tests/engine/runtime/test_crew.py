"""How many workers: the choice, what is remembered of it, and that it changes nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.runtime import crew
from engine.runtime.choice import SETTING, Memo
from engine.runtime.crew import estimated, fastest, most, numbers_worth_trying
from engine.runtime.model import Model
from tests.engine.gradients import samples
from tests.engine.networks import article, spiral_mlp


class Clock:
    """Time that passes only when a pass is made."""

    def __init__(self, seconds: dict[int, float], free: float = 1.0) -> None:
        self.seconds, self.free, self.now, self.work = seconds, free, 0.0, 0.0

    def run(self, workers: int) -> None:
        self.now += self.seconds[workers]
        self.work += self.seconds[workers] * workers * self.free


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    made = Clock({})
    monkeypatch.setattr(crew, "perf_counter", lambda: made.now)
    monkeypatch.setattr(crew, "process_time", lambda: made.work)
    yield made


@pytest.mark.parametrize(
    ("seconds", "best"),
    [
        ({1: 1e-5, 2: 3e-5}, 1),
        ({1: 1e-3, 2: 0.6e-3}, 2),
        ({1: 1e-3, 2: 0.98e-3}, 1),  # not worth a second core
        ({1: 4e-3, 2: 2e-3, 3: 1.4e-3, 4: 1.39e-3}, 3),
        ({1: 9.0, 2: 4.0}, 2),  # too long to be measured
    ],
)
def test_the_fewest_workers_that_are_fastest(
    clock: Clock, seconds: dict[int, float], best: int
) -> None:
    clock.seconds = seconds
    assert fastest(clock.run, max(seconds)) == best


def test_a_long_step_is_not_tried_with_fewer_workers(clock: Clock) -> None:
    clock.seconds = {8: 0.1}
    assert fastest(clock.run, 8) == 8


def test_on_a_busy_machine_nothing_is_learnt(clock: Clock) -> None:
    clock.seconds, clock.free = {1: 1e-3, 2: 2e-3}, 0.5
    assert fastest(clock.run, 2) is None


def test_not_every_number_is_tried() -> None:
    assert numbers_worth_trying(1) == [1]
    assert numbers_worth_trying(5) == [1, 2, 3, 4, 5]
    assert numbers_worth_trying(16) == [1, 2, 3, 4, 6, 8, 12, 16]


def test_the_size_says_what_is_worth_trying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    plan = Model(article(), batch_size=1).plan
    assert 1 <= estimated(plan, 32) <= most(plan, 32) <= 32
    assert estimated(plan, 1) <= estimated(plan, 4096)
    assert most(Model(spiral_mlp()).plan, 1) == 1


def test_a_choice_is_made_once_and_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memo = Memo(tmp_path / "choices.json")
    monkeypatch.delenv(SETTING)
    monkeypatch.setattr(crew, "machine_memo", lambda backend: memo)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    asked: list[int] = []

    def two(run: object, most: int) -> int:
        asked.append(most)
        for workers in (most, 1, most):  # as if it were measured
            run(workers)  # type: ignore[operator]
        return 2

    monkeypatch.setattr(crew, "fastest", two)
    document = article()
    first = Model(document, batch_size=16)
    assert not first.crew.is_settled and first.team.size == 3
    x, y = samples(document, 16, np.random.default_rng(0))
    other = Model(document, batch_size=16)
    other.train_step(x[:3], y[:3])  # too few to see anything
    assert not other.crew.is_settled
    for _ in range(2):
        first.train_step(x, y)
    assert first.threads == 2 and asked == [3]
    second = Model(document, batch_size=16)
    assert second.crew.is_settled and second.threads == second.team.size == 2
    assert Model(document, batch_size=16, threads=1).threads == 1
    # measuring has left no trace: as if two workers had been asked for
    third = Model(document, batch_size=16, threads=2)
    for _ in range(2):
        third.train_step(x, y)
    assert np.array_equal(first.memory.parameters, third.memory.parameters)
    assert first.step == third.step
    for model in (first, second, third, other):
        model.close()


def test_without_a_file_of_choices_the_size_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    model = Model(article(), batch_size=64, backend="plain")
    assert model.crew.is_settled and model.threads == estimated(model.plan, 64)
