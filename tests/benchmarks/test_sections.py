"""The sections about ours alone: sizes, and the processes that measure memory and starting."""

from __future__ import annotations

import pytest

from engine.spec.document import Document
from tests.benchmarks.contestants.ours import document_of
from tests.benchmarks.engine_process import Lost, training
from tests.benchmarks.held import can_measure, measured_apart
from tests.benchmarks.inference import ANSWERED
from tests.benchmarks.scaling import SERIES, size_of, work_of
from tests.benchmarks.start import every_example, started, total
from tests.benchmarks.workloads import toy, workload_called


def test_every_size_can_be_made() -> None:
    for name in [*ANSWERED, *(name for names in SERIES.values() for name in names)]:
        assert workload_called(name).layers


def test_what_grows_and_what_is_counted() -> None:
    assert size_of("cnn batch=32 width=4", "width") == 4
    assert work_of("cnn batch=32 width=4") == 32
    assert work_of("lstm batch=32 time=16") == 32 * 16
    assert [size_of(name, "time") for name in SERIES["time"]] == [16, 32, 64, 128, 256, 512]


def test_all_examples_are_started() -> None:
    names = every_example()
    assert names[0] == "welcome" and len(names) == len(set(names)) > 20


@pytest.mark.slow
@pytest.mark.skipif(not can_measure(), reason="Linux tells what a process held at most")
def test_memory_is_measured_apart() -> None:
    found = measured_apart("cnn batch=64", 1)
    assert found["taken"] == pytest.approx(found["announced"], rel=0.25)


@pytest.mark.slow
@pytest.mark.skipif(not can_measure(), reason="Linux tells what a process holds")
def test_the_engine_process_tells_what_it_holds() -> None:
    with training(document_of(toy()), 1) as engine:
        engine.train_until(3)
        assert 0 < engine.held("VmRSS") <= engine.held("VmHWM")


@pytest.mark.slow
def test_an_engine_process_that_cannot_train_is_told() -> None:
    with training(Document(), 1) as engine, pytest.raises(Lost, match="Failed"):
        engine.train_until(1)


@pytest.mark.slow
def test_a_start_is_measured_in_its_parts() -> None:
    parts = started(["iris"], None)
    assert set(parts) == {"import", "model", "compile"} and total(parts) > 0
