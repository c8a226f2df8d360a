"""`python main.py bench`: sentences, table, file and exit code, from given events."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from gui import words
from gui.terminal.bench import TOLD, run_bench
from gui.terminal.bench_options import NETWORKS, PEERS, SECTIONS, Bench
from gui.terminal.bench_tables import OURS, network_name, peer_name, time, times
from tests.benchmarks import run
from tests.benchmarks.contestants import ENTRIES, FAMILIES
from tests.benchmarks.figures import Measured
from tests.benchmarks.inference import ANSWERED
from tests.benchmarks.peak import FLOP
from tests.benchmarks.process import Took
from tests.benchmarks.workloads import WORKLOADS


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide enough for every cell to stay in one line."""
    monkeypatch.setenv("COLUMNS", "160")


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
    assert all(map(network_name, [*WORKLOADS, *ANSWERED]))
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
    who = {"contestant": "keras", "workload": "toy", "threads": 1}
    problems: list[dict[str, Any]] = [
        {"event": "absent", "family": "torch", "packages": ["torch"]},
        {"event": "failed", "error": "ValueError: no", **who},
        {"event": "different", **who},
    ]
    assert bench([*problems, measured()], tmp_path / "out.json") == 1
    told = capsys.readouterr().out
    assert "PyTorch is not installed here" in told and "-m pip install torch" in told
    assert "Keras could not run MLP 2-8-8-2, batch 32: ValueError: no" in told
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
    assert {"machine", "start", "round", "measured", "absent", "failed", "different"} <= set(TOLD)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(3.481e-5, "34.8 µs"), (9.996e-4, "1.00 ms"), (0.1023, "102 ms"), (12.3, "12.3 s")],
)
def test_time(seconds: float, text: str) -> None:
    assert time(seconds) == text


def test_times() -> None:
    assert (times(1.349), times(13.93)) == ("1.35×", "13.9×")
