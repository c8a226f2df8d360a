"""The workloads: equal to the examples they are taken from, and counted right."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from engine.runtime.plan import make_plan
from engine.spec.datasets import CARDS
from tests.benchmarks.arrays import samples, weights
from tests.benchmarks.contestants.ours import Ours, document_of, flop_of_step, workers
from tests.benchmarks.process import ROOT
from tests.benchmarks.workloads import WORKLOADS, cnn, toy


@pytest.fixture(autouse=True)
def cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workloads on characters change a card, in the process of a contestant."""
    monkeypatch.setitem(CARDS, "alice", CARDS["alice"])


@pytest.mark.parametrize("name", WORKLOADS)
def test_ours_has_the_weights_that_all_begin_with(name: str) -> None:
    workload = WORKLOADS[name]()
    assert workload.name == name
    plan = make_plan(document_of(workload))
    assert {p.name: p.weight.shape for p in plan.parameters} == {
        name: array.shape for name, array in weights(workload).items()
    }
    x, target = samples(workload)
    shapes = [plan.sources[("data_1", port)] for port in ("x", "target")]
    assert [shape.count * len(x) for shape in shapes] == [x.size, target.size]


@pytest.mark.parametrize("name", ["cnn_32", "rnn"])
def test_what_is_taken_from_an_example_is_described_as_it_is(name: str) -> None:
    workload = WORKLOADS[name]()
    drawn = make_plan(document_of(replace(workload, example="")))
    assert repr(drawn.forward) == repr(make_plan(document_of(workload)).forward)


def test_operations_of_a_step() -> None:
    assert flop_of_step(document_of(cnn(1)), 1) == 14_778_624  # first input gradient left out
    inputs, hidden, outputs = 2 * 8, 8 * 8, 8 * 2
    expected = 2 * 32 * (3 * (inputs + hidden + outputs) - inputs)
    assert flop_of_step(document_of(toy()), 32) == expected


def test_pictures_are_described_without_numbers_or_compilers() -> None:
    code = "import sys, tests.benchmarks.workloads; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


@pytest.mark.parametrize(
    ("cores", "threads", "ways"),
    [
        (1, 1, ("automatic",)),
        (4, 1, ("1 workers",)),
        (4, 4, ("automatic",)),
        (4, 2, ("2 workers", "1 workers")),
    ],
)
def test_the_engine_chooses_its_workers_where_it_has_the_whole_machine(
    cores: int, threads: int, ways: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert Ours.ways(toy(), threads) == ways
    assert [workers(way) for way in ways] in ([0], [1], [2, 1])
