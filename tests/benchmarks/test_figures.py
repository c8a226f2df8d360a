"""Ratios between neighbours, the share of the peak, and the goals."""

from __future__ import annotations

import pytest

from tests.benchmarks.figures import Measured
from tests.benchmarks.goals import FASTEST, GOALS, SHARE, judged, unmet
from tests.benchmarks.inference import ANSWERED
from tests.benchmarks.peak import FLOP
from tests.benchmarks.process import Took
from tests.benchmarks.workloads import WORKLOADS


def took(*seconds: float, processor: float = 1.0) -> list[Took]:
    return [Took(each, processor * each) for each in seconds]


def test_a_ratio_is_between_a_peer_and_ours_just_before_it() -> None:
    rounds = {"ours/a": took(1.0, 9.0, 1.0), "a": took(2.0, 2.0, 2.0)}
    rounds |= {"ours/b": took(2.0, 2.0, 2.0), "b": took(3.0, 30.0, 3.0)}
    found = Measured("steps", "toy", 1, rounds)
    assert found.ratios == {"a": 2.0, "b": 1.5}
    told = found.as_json()
    assert told[FASTEST] == "b"
    assert told["median"] == {"ours": 2.0, "a": 2.0, "b": 3.0}
    assert told["minimum"] == {"ours": 1.0, "a": 2.0, "b": 3.0}


def test_on_a_busy_machine_seconds_of_the_processor_count() -> None:
    rounds = {"ours/a": took(2.0, 4.0, processor=0.5), "a": took(9.0, 9.0, processor=0.5)}
    found = Measured("steps", "toy", 1, rounds)
    assert found.by_processor and found.held == pytest.approx(0.5)
    assert found.counted == {"ours": [1.0, 2.0], "a": [4.5, 4.5]}
    assert found.ratios == {"a": 3.0}
    assert not Measured(
        "steps", "toy", 2, rounds
    ).by_processor  # a thread that waits may count or not


def test_the_share_is_of_the_better_product() -> None:
    found = Measured("steps", "cnn_32", 1, {"ours/": took(0.5)}, {"ours": {"flop": FLOP}})
    assert found.share is None
    found.peaks = {"numpy": took(0.25, 0.2, 0.3), "engine": took(0.3)}
    assert found.share == pytest.approx(0.5)


def test_goals_of_absent_peers_are_not_judged() -> None:
    assert judged("toy", {}) == {}
    assert judged("toy", {"jax": 9.0, FASTEST: 9.0}) == {FASTEST: 3.0}
    assert unmet("toy", {FASTEST: 4.0, "torch": 14.0}) == {"torch": 15.0}
    assert unmet("toy", {FASTEST: 2.0, "torch": 16.0}) == {FASTEST: 3.0}
    assert unmet("cnn_32", {SHARE: 0.5}) == {SHARE: 0.6}


def test_every_workload_has_a_goal_and_every_goal_a_workload() -> None:
    assert set(WORKLOADS) < set(GOALS) <= {*WORKLOADS, *ANSWERED}
