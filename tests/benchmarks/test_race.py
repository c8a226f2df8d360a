"""The protocol and the order of a race, with contestants that only pretend."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.benchmarks import serve
from tests.benchmarks.contestants.base import Contestant
from tests.benchmarks.process import Failed, Process, contestant
from tests.benchmarks.race import Length, Race
from tests.benchmarks.workloads import Workload, toy

FAKE = """
import json, sys
print(json.dumps({"ready": "fake", "numbers": [LOSS], "parameters": 1, "way": "", "flop": 100}))
sys.stdout.flush()
for number, line in enumerate(sys.stdin):
    if number == BREAKS: sys.exit("broke off")
    seconds = SECONDS * json.loads(line)["steps"]
    print(json.dumps({"seconds": seconds, "processor": seconds}), flush=True)
"""


def fake(seconds: float, loss: float = 1.0, breaks: int = -1) -> Process:
    code = FAKE.replace("SECONDS", str(seconds)).replace("LOSS", f"float('{loss}')")
    return Process([sys.executable, "-c", code.replace("BREAKS", str(breaks))], 1)


@pytest.fixture
def events() -> list[tuple[str, dict[str, Any]]]:
    return []


@pytest.fixture
def started() -> Iterator[dict[str, Process]]:
    processes: dict[str, Process] = {}
    yield processes
    for process in processes.values():
        process.close()


def raced(processes: dict[str, Process], events: list[Any], rounds: int = 3) -> Any:
    def tell(event: str, **values: Any) -> None:
        events.append((event, values))

    return Race("steps", "toy", 1, processes, {}, tell).run(Length(rounds))


def test_ours_runs_before_each_peer(started: dict[str, Process], events: list[Any]) -> None:
    started |= {"ours": fake(0.001), "torch": fake(0.002), "jax": fake(0.004)}
    found = raced(started, events)
    assert found.ratios == pytest.approx({"torch": 2.0, "jax": 4.0})
    assert {name: len(each) for name, each in found.rounds.items()} == dict.fromkeys(
        ("ours/torch", "torch", "ours/jax", "jax"), 3
    )
    assert [values["number"] for event, values in events if event == "round"] == [1, 2, 3]


def test_ours_runs_alone_too(started: dict[str, Process], events: list[Any]) -> None:
    started |= {"ours": fake(0.001)}
    found = raced(started, events)
    assert found.ratios == {} and found.counted == {"ours": pytest.approx([0.001] * 3)}


def test_another_loss_is_told(started: dict[str, Process], events: list[Any]) -> None:
    started |= {"ours": fake(0.1), "torch": fake(0.1, loss=1.1), "jax": fake(0.1, float("nan"))}
    raced(started, events)
    assert [v["contestant"] for event, v in events if event == "different"] == ["torch", "jax"]


@pytest.mark.parametrize("breaks", [0, 1, 3])  # while it finds its steps, and in the rounds
def test_who_breaks_off_is_left_out(
    breaks: int, started: dict[str, Process], events: list[Any]
) -> None:
    started |= {"ours": fake(0.1), "torch": fake(0.1, breaks=breaks), "jax": fake(0.1)}
    found = raced(started, events)
    told = [values for event, values in events if event == "failed"]
    assert [(v["contestant"], v["error"]) for v in told] == [("torch", "broke off")]
    assert set(found.ratios) == {"jax"}


def test_ours_is_told_when_its_only_peer_breaks_off_at_the_end(
    started: dict[str, Process], events: list[Any]
) -> None:
    started |= {"ours": fake(0.1), "torch": fake(0.1, breaks=1)}
    told = raced(started, events, rounds=1).as_json()
    assert told["ratios"] == {} and told["median"] == {"ours": pytest.approx(0.1)}


def test_without_ours_there_is_no_race(started: dict[str, Process], events: list[Any]) -> None:
    started |= {"ours": Process([sys.executable, "-c", "raise SystemExit('no')"], 1)}
    with pytest.raises(Failed, match="no"):
        raced(started, events)


class Counting(Contestant):
    """Trains by counting; the way called "bad" does not work."""

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        return ("bad", "good")

    @property
    def parameters(self) -> int:
        return 3

    def run(self, steps: int) -> float:
        if self.way == "bad":
            raise ValueError("no")
        return 0.5


def test_a_way_that_does_not_work_is_passed_over() -> None:
    found, numbers = serve.fastest(Counting, toy(), 1, 99)
    assert (found.way, numbers) == ("good", [0.5])
    with pytest.raises(ValueError, match="no"):
        serve.fastest(Counting, toy(), 1, 1)


def test_each_request_is_answered_with_seconds() -> None:
    said: list[dict[str, object]] = []
    requests = io.StringIO(json.dumps({"steps": 2}) + "\n" + json.dumps({"steps": 1}) + "\n")
    serve.answer(Counting(toy(), 1, "good"), requests, said.append)
    assert [set(each) for each in said] == [{"seconds", "processor"}] * 2


def test_ours_trains_in_a_process_of_its_own(started: dict[str, Process]) -> None:
    started["ours"] = contestant("steps", "ours", "toy", 1)
    about = started["ours"].read()
    assert about["parameters"] == 114 and about["flop"] > 0
    assert started["ours"].run(5).seconds > 0
