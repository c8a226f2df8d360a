"""`python main.py test`: which tools run with which arguments, and what their failure means."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gui.setup.checks import WORKERS, pytest_options, run_checks


def test_all_checks_run_even_if_one_fails(capsys: pytest.CaptureFixture[str]) -> None:
    asked = []

    def run(arguments: Sequence[str]) -> int:
        asked.append(" ".join(arguments))
        return 1 if "mypy" in arguments else 0

    assert run_checks(["-x"], fast=False, run=run) == 1
    assert len(asked) == 5
    assert asked[-1] == " ".join(["-m pytest", *WORKERS, "-x"])
    summary = capsys.readouterr().out.split("Summary")[1]
    assert summary.count("passed") == 4
    assert "FAILED  mypy" in summary


def test_exit_code_is_0_when_all_pass() -> None:
    assert run_checks([], fast=False, run=lambda arguments: 0) == 0


@pytest.mark.parametrize(
    ("given", "fast", "expected"),
    [
        ([], False, WORKERS),
        ([], True, [*WORKERS, "-m", "not slow"]),
        (["-n", "0"], False, ["-n", "0"]),
        (["-n4"], False, ["-n4"]),
        (["--pdb", "tests/gui"], False, ["--pdb", "tests/gui"]),
    ],
)
def test_pytest_options(given: list[str], fast: bool, expected: list[str]) -> None:
    assert pytest_options(given, fast=fast) == expected
