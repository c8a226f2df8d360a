"""Schedules: their curves are those of Keras and PyTorch, written out once more."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.schedules import SCHEDULES, factor
from engine.spec.options import Choice, Value, options_of
from engine.spec.training import TrainingOptions

BATCHES = 10


def curve(epochs: int = 6, **training: Value) -> list[float]:
    options = TrainingOptions(epochs=epochs, **training)  # type: ignore[arg-type]  # by name
    return [factor(options, step, BATCHES) for step in range(epochs * BATCHES)]


def test_every_schedule_that_is_offered_is_there() -> None:
    option = options_of(TrainingOptions)["schedule"]
    assert isinstance(option, Choice)
    assert set(option.choices) == set(SCHEDULES)


def test_a_constant_rate_is_constant() -> None:
    assert curve() == [1.0] * 60
    assert curve(schedule="plateau") == [1.0] * 60  # until the validation loss says otherwise


def test_step_by_step() -> None:
    found = curve(schedule="step", decay_factor=0.5, decay_epochs=2)
    assert found == [1.0] * 20 + [0.5] * 20 + [0.25] * 20


def test_exponential() -> None:
    found = curve(schedule="exponential", decay_factor=0.5, decay_epochs=2)
    assert found == pytest.approx([0.5 ** (step / 20) for step in range(60)])


def test_polynomial() -> None:
    found = curve(schedule="polynomial", power=2.0, final_factor=0.1)
    assert found == pytest.approx([0.9 * (1 - step / 60) ** 2 + 0.1 for step in range(60)])


def test_cosine() -> None:
    found = curve(schedule="cosine", final_factor=0.2)
    expected = [0.8 * 0.5 * (1 + math.cos(math.pi * step / 60)) + 0.2 for step in range(60)]
    assert found == pytest.approx(expected)


def test_cosine_with_restarts() -> None:
    found = curve(7, schedule="cosine_restarts", cycle_epochs=1, cycle_growth=2.0)
    for start, length in ((0, 10), (10, 20), (30, 40)):
        for step in range(length):
            expected = 0.5 * (1 + math.cos(math.pi * step / length))
            assert found[start + step] == pytest.approx(expected)
    same = curve(3, schedule="cosine_restarts", cycle_epochs=1, cycle_growth=1.0)
    assert same[:10] == same[10:20] == same[20:]


def test_one_cycle() -> None:
    found = curve(10, schedule="one_cycle")
    assert found[0] == pytest.approx(1 / 25)
    assert found[29] == 1.0 == max(found)
    assert found[99] == pytest.approx(1 / 25e4)
    assert found[:30] == sorted(found[:30]) and found[29:] == sorted(found[29:], reverse=True)
    half = 1 / 25e4 + (1 - 1 / 25e4) * 0.5 * (1 + math.cos(math.pi * 35 / 70))
    assert found[64] == pytest.approx(half)


def test_warm_up_comes_before_the_schedule() -> None:
    found = curve(schedule="cosine", warm_up=1.0)
    assert found[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert found[10:] == pytest.approx(curve(5, schedule="cosine"))
    assert curve(1, warm_up=0.5)[:5] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


@given(
    st.sampled_from(sorted(SCHEDULES)),
    st.integers(1, 8),
    st.integers(1, 12),
    st.integers(0, 200),
    st.floats(0, 9),
)
def test_a_factor_lies_between_nothing_and_everything(
    schedule: str, epochs: int, batches: int, step: int, warm_up: float
) -> None:
    """Beyond the last step too: someone may have changed the number of epochs."""
    options = TrainingOptions(epochs=epochs, schedule=schedule, warm_up=warm_up)
    assert 0.0 <= factor(options, step, batches) <= 1.0
