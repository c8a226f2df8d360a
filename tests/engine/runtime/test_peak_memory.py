"""What `summary` announces is what training takes, measured in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.engine.runtime.peak import HELD_MOST

MIB = 2**20
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HELD_MOST.exists(), reason="Linux tells what a process held at most"),
]


@pytest.fixture(scope="module")
def measured() -> dict[str, list[int]]:
    # memory that is given back goes to the system, so that the next run takes it anew
    environment = os.environ | {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "0"}
    command = [sys.executable, "-m", "tests.engine.runtime.peak"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, list[int]] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize("run", ["cnn 32", "cnn 128", "cnn 512", "lstm 32", "lstm 128"])
def test_training_takes_what_was_announced(measured: dict[str, list[int]], run: str) -> None:
    taken, announced = measured[run]
    assert taken == pytest.approx(announced, rel=0.15)


def test_the_engine_process_stays_small(measured: dict[str, list[int]]) -> None:
    """With the article's network and batches of 128."""
    assert measured["whole"][0] < 400 * MIB


def test_ten_thousand_steps_leave_nothing_behind(measured: dict[str, list[int]]) -> None:
    assert measured["growth"][0] < MIB // 2
