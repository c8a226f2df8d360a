"""Reading data that take long: commands are obeyed meanwhile, and what is dropped ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from engine import protocol
from engine.data import loading as data_loading
from engine.data.own.refusal import Cancelled, Refusal, Report
from engine.data.samples import Samples
from engine.protocol import COMPLETED, END, STOPPED
from engine.scripting import chain
from engine.spec.codec import to_json
from engine.spec.sources import Source
from tests.engine.data.own_box import own_box
from tests.engine.runtime.test_session import PATIENCE, Desk

SAMPLES = Samples(np.random.default_rng(0).normal(size=(90, 3)), np.arange(90) % 2)


@dataclass
class Disk:
    """A disk on which one file lies, and that the test lets go on."""

    may_go_on: threading.Event = field(default_factory=threading.Event)
    has_begun: threading.Event = field(default_factory=threading.Event)
    has_ended: threading.Event = field(default_factory=threading.Event)
    refusal: str = ""

    def samples_of(self, source: Source, report: Report) -> Samples:
        try:
            report(3, 10)
            self.has_begun.set()
            assert self.may_go_on.wait(PATIENCE)
            report(7, 10)
            if self.refusal:
                raise Refusal(self.refusal, path="/a.csv")
            return SAMPLES
        except Cancelled:
            self.has_ended.set()
            raise


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    made = Disk()
    monkeypatch.setattr(data_loading, "samples_of", made.samples_of)
    yield made
    made.may_go_on.set()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def own_document() -> str:
    box = own_box(SAMPLES, 2)
    document = chain(
        ("data", {"dataset": "own", "origin": box.origin}),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 1, "threads": 1},
    )
    return to_json(document)


def begin(desk: Desk, disk: Disk, run: int = 1) -> None:
    desk.obey(protocol.Start(run, own_document(), None, END))
    while not disk.has_begun.is_set():
        desk.work()


def test_progress_is_told_and_the_run_goes_on_by_itself(desk: Desk, disk: Disk) -> None:
    begin(desk, disk)
    desk.work(2)
    disk.may_go_on.set()
    desk.work_to_rest()
    assert desk.of(protocol.Finished) == [protocol.Finished(1, COMPLETED, 1, 0)]
    loading = desk.of(protocol.Loading)
    assert loading[-1].done == loading[-1].total
    kinds = [type(event) for event in desk.said()]
    assert kinds.index(protocol.Loading) < kinds.index(protocol.Prepared)


def test_how_far_the_reading_is_arrives_while_it_goes_on(desk: Desk, disk: Disk) -> None:
    begin(desk, disk)
    desk.work(2)
    assert desk.pipe.poll(PATIENCE)
    events = desk.pipe.recv()
    assert protocol.Loading(1, 3, 10) in events


def test_a_stop_is_obeyed_while_data_are_read(desk: Desk, disk: Disk) -> None:
    begin(desk, disk)
    desk.obey(protocol.Stop(1))
    assert desk.session.work is None
    disk.may_go_on.set()
    assert disk.has_ended.wait(PATIENCE)  # with its next report
    assert desk.of(protocol.Finished) == [protocol.Finished(1, STOPPED, 0, 0)]


def test_another_start_ends_the_reading_for_the_first(desk: Desk, disk: Disk) -> None:
    begin(desk, disk)
    desk.start(run=2)
    desk.work_to_rest()
    assert [event.run for event in desk.of(protocol.Finished)] == [2]
    disk.may_go_on.set()
    assert disk.has_ended.wait(PATIENCE)


def test_a_file_that_is_gone_fails_the_run_and_not_the_engine(desk: Desk, disk: Disk) -> None:
    disk.refusal = "missing"
    disk.may_go_on.set()
    begin(desk, disk)
    desk.work_to_rest()
    desk.start(run=2)
    desk.work_to_rest()
    (failed,) = desk.of(protocol.Failed)
    assert (failed.run, failed.code) == (1, "refusal.missing")
    assert [event.run for event in desk.of(protocol.Finished)] == [2]


def test_without_such_a_file_warming_up_is_given_up(desk: Desk, disk: Disk) -> None:
    disk.refusal = "missing"
    disk.may_go_on.set()
    desk.obey(protocol.Warm(own_document()))
    desk.work_to_rest()
    assert not desk.of(protocol.Failed)
    assert not desk.of(protocol.Loading)
