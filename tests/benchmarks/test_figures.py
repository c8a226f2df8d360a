"""Ratios between neighbours, the share of the peak, and the goals."""

from __future__ import annotations

import pytest

from tests.benchmarks.figures import Measured
from tests.benchmarks.goals import FASTEST, GOALS, SHARES, judged, unmet
from tests.benchmarks.workloads import WORKLOADS


def test_a_ratio_is_between_a_peer_and_ours_just_before_it() -> None:
    rounds = {"ours/a": [1.0, 9.0, 1.0], "a": [2.0, 2.0, 2.0]}
    rounds |= {"ours/b": [2.0, 2.0, 2.0], "b": [3.0, 30.0, 3.0]}
    found = Measured("toy", 1, rounds)
    assert found.ratios == {"a": 2.0, "b": 1.5}
    told = found.as_json()
    assert told[FASTEST] == "b"
    assert told["median"] == {"ours": 2.0, "a": 2.0, "b": 3.0}
    assert told["minimum"] == {"ours": 1.0, "a": 2.0, "b": 3.0}


def test_the_share_is_of_the_better_product() -> None:
    found = Measured("cnn_32", 1, {"ours/": [0.5]}, {"ours": {"flop": 20.0}})
    assert found.share is None
    found.peaks = {"numpy": [70.0, 80.0, 90.0], "engine": [50.0]}
    assert found.share == pytest.approx(0.5)


def test_goals_of_absent_peers_are_not_judged() -> None:
    assert judged("toy", {}, None) == {}
    assert judged("toy", {"jax": 9.0}, None) == {FASTEST: 3.0}
    assert unmet("toy", {"jax": 4.0, "torch": 14.0}, None) == {"torch": 15.0}
    assert unmet("toy", {"jax": 2.0, "torch": 16.0}, None) == {FASTEST: 3.0}
    assert unmet("cnn_32", {}, 0.5) == {"share": 0.6}


def test_every_workload_has_a_goal() -> None:
    assert set(GOALS) == set(WORKLOADS)
    assert set(SHARES) <= set(WORKLOADS)
