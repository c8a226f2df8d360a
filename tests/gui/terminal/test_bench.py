"""`python main.py bench`: sentences, table, file and exit code, from given events."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from gui import words
from gui.terminal.bench import TOLD, events_of, run_bench
from gui.terminal.bench_options import NETWORKS, PEERS, SECTIONS, Bench
from gui.terminal.bench_plot import HEIGHT, WIDTH, round_numbers
from gui.terminal.bench_tables import OURS, network_name, peer_name, time, times
from tests.benchmarks import run
from tests.benchmarks.contestants import ENTRIES, FAMILIES
from tests.benchmarks.figures import Measured
from tests.benchmarks.inference import ANSWERED
from tests.benchmarks.peak import FLOP
from tests.benchmarks.process import Took
from tests.benchmarks.scaling import SERIES
from tests.benchmarks.workloads import WORKLOADS


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide enough for every cell to stay in one line."""
    monkeypatch.setenv("COLUMNS", "160")


BENCHMARKS = Path(run.__file__).parent
MACHINE = {"event": "machine", "processor": "Abacus", "cores": 2, "python": "3.11.7"} | {
    "versions": {"numpy": "2.4"},
    "date": "2026-11-25T13:20:30+00:00",
}


def measured(workload: str = "cnn_32", jax: float = 3.0) -> dict[str, Any]:
    ours, theirs, product = Took(1e-3, 1e-3), Took(jax * 1e-3, jax * 1e-3), FLOP / 1e11
    found = Measured("steps", workload, 1, {"ours/jax": [ours] * 3, "jax": [theirs] * 3})
    found.about = {OURS: {"flop": 6.5e7}}
    found.peaks = {"numpy": [Took(product, product)]}
    return {"event": "measured"} | found.as_json()


def bench(events: Iterable[dict[str, Any]], output: Path) -> int:
    return run_bench(Bench(output=output), map(json.dumps, [MACHINE, *events]))


def test_the_command_line_offers_what_there_is() -> None:
    assert tuple(FAMILIES) == PEERS
    assert tuple(WORKLOADS) == NETWORKS
    assert tuple(run.SECTIONS) == SECTIONS


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_network_and_contestant_has_a_name(language: str) -> None:
    words.set_language(language)
    grown = [name for names in SERIES.values() for name in names]
    assert all(map(network_name, [*WORKLOADS, *ANSWERED, *grown]))
    assert all(peer_name(name) for entries in ENTRIES.values() for name in entries)


def test_met_goals_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench([measured()], tmp_path / "out.json") == 0
    told = capsys.readouterr().out
    assert "3.00×" in told and "≥ 2× met" in told
    assert "65.0 % of the peak" in told and "≥ 60 % met" in told
    kept = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert kept["machine"]["processor"] == "Abacus"
    assert kept["measured"][0]["rounds"]["jax"] == [[3e-3, 3e-3]] * 3


def test_missed_goals_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench([measured(jax=1.9)], tmp_path / "out.json") == 0
    assert "≥ 2× not met" in capsys.readouterr().out


def test_absent_and_failed_contestants_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    who = {"section": "steps", "contestant": "keras", "workload": "toy", "threads": 1}
    problems: list[dict[str, Any]] = [
        {"event": "absent", "family": "torch", "packages": ["torch"]},
        {"event": "lacks", "contestant": "torch_compiled", "programs": ["g++", "cl"]},
        {"event": "failed", "error": "ValueError: no", **who},
        {"event": "different", **who},
    ]
    assert bench([*problems, measured()], tmp_path / "out.json") == 1
    told = capsys.readouterr().out
    assert "PyTorch is not installed here" in told and "-m pip install torch" in told
    assert "Keras could not run MLP 2-8-8-2, batch 32: ValueError: no" in told
    assert "PyTorch, compiled needs one of these programs: g++, cl" in told
    assert "another loss than Layerwise" in told


def test_answers_have_a_table_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = Took(2e-3, 2e-3)
    found = Measured("inference", "cnn batch=1", 2, {"ours/": [slow]})
    assert bench([{"event": "measured"} | found.as_json()], tmp_path / "out.json") == 0
    told = capsys.readouterr().out
    assert "Answers to a batch, threads: 2" in told
    assert "CNN of the welcome example, batch 1" in told and "≥ 1,000 a second not met" in told


def grown(series: str, size: int, taken: int = 10 << 20) -> dict[str, Any]:
    seconds = Took(1e-3 * size, 1e-3 * size)
    name = f"lstm batch=32 time={size}" if series == "time" else f"cnn {series}={size}"
    found = Measured("scaling", name, 1, {"ours/": [seconds]}, {OURS: {"flop": 5e7 * size}})
    memory = {"taken": taken, "announced": 10 << 20, "whole": 1 << 28}
    more = {"series": series, "size": size, "work": 32, "memory": memory}
    return {"event": "measured"} | found.as_json() | more


def test_growing_is_tabled_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [grown("batch", 8), grown("batch", 64, 12 << 20), grown("width", 2), grown("time", 16)]
    assert bench(rows, tmp_path / "out.json") == 0
    told = capsys.readouterr().out
    assert "GFLOP/s" in told and "50.0" in told and "+0.0 %" in told
    assert "+20.0 % not met" in told
    drawn = ElementTree.fromstring((tmp_path / "out-1.svg").read_text("utf-8"))
    points = [each for each in drawn.iter() if each.tag.endswith("circle")]
    assert len(points) == 3 * len(rows)  # time, memory taken, memory announced
    assert all(0 <= float(each.get("cx", -1)) <= WIDTH for each in points)
    assert all(0 <= float(each.get("cy", -1)) <= HEIGHT for each in points)


def test_growing_is_drawn_without_memory_where_it_is_not_measured(tmp_path: Path) -> None:
    assert bench([grown("batch", 8) | {"memory": None}], tmp_path / "out.json") == 0
    assert (tmp_path / "out-1.svg").read_text("utf-8").count("<circle") == 1


@pytest.mark.parametrize(
    ("ends", "numbers"),
    [((0.8, 12.0), [1, 2, 5, 10]), ((0.9, 2000.0), [1, 10, 100, 1000]), ((3.0, 4.0), [])],
)
def test_axes_have_round_numbers(ends: tuple[float, float], numbers: list[float]) -> None:
    assert round_numbers(*ends) == pytest.approx(numbers)


def test_starting_and_memory_are_tabled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun: dict[str, Any] = {"event": "measured", "section": "start", "workload": "welcome"}
    begun |= {"kind": "cold", "seconds": {"import": 0.5, "model": 0.25, "compile": 9.0}}
    begun |= {"total": 9.75, "limit": 30.0, "threads": 0}
    holds = {"event": "measured", "section": "memory", "workload": "whole", "threads": 1}
    events = [begun, begun | {"workload": "all", "limit": None}]
    events += [holds | {"bytes": 500 << 20, "limit": 400 << 20}]
    assert bench(events, tmp_path / "out.json") == 0
    told = capsys.readouterr().out
    assert "9.75 s" in told and "< 30.0 s met" in told
    assert "500 MiB" in told and "< 400 MiB not met" in told


@pytest.mark.parametrize("section", ["start", "memory"])
def test_what_ours_alone_could_not_do_is_named(
    section: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workload = {"start": "welcome", "memory": "growth"}[section]
    event = {"event": "failed", "section": section, "workload": workload, "contestant": OURS}
    assert bench([event | {"error": "no room"}], tmp_path / "out.json") == 1
    assert "no room" in capsys.readouterr().out


def test_a_busy_machine_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calm, busy = {**MACHINE, "load": 0.2}, {**MACHINE, "load": 3.04}
    for machine, is_told in ((calm, False), (busy, True)):
        lines = map(json.dumps, [machine, measured()])
        assert run_bench(Bench(output=tmp_path / "out.json"), lines) == 0
        assert ("3.0 programs were at work on 2 cores" in capsys.readouterr().out) is is_told


def test_nothing_measured_is_a_failure(tmp_path: Path) -> None:
    assert bench([], tmp_path / "out.json") == 1
    assert not (tmp_path / "out.json").exists()


def test_an_interruption_keeps_what_was_measured(tmp_path: Path) -> None:
    def events() -> Iterable[str]:
        yield json.dumps(MACHINE)
        yield json.dumps(measured())
        raise KeyboardInterrupt

    assert run_bench(Bench(output=tmp_path / "out.json"), events()) == 130
    assert (tmp_path / "out.json").exists()


def test_every_event_of_a_run_is_understood() -> None:
    assert {
        "machine",
        "start",
        "round",
        "measured",
        "absent",
        "lacks",
        "failed",
        "different",
    } == set(TOLD)


def test_whoever_stops_listening_ends_the_measuring() -> None:
    events = events_of(Bench(workloads=("toy",), rounds=10_000, seconds=10_000))
    while json.loads(next(events))["event"] != "round":
        pass
    events.close()  # returns when the process has ended


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(3.481e-5, "34.8 µs"), (9.996e-4, "1.00 ms"), (0.1023, "102 ms"), (12.3, "12.3 s")],
)
def test_time(seconds: float, text: str) -> None:
    assert time(seconds) == text


def test_times() -> None:
    assert (times(1.349), times(13.93)) == ("1.35×", "13.9×")
