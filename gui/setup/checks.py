"""`python main.py test`: every check of the code, one after the other, all of them each time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gui.setup.requirements import ROOT
from gui.words import tr

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"

Run = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Check:
    """One tool to run: its name and the arguments for Python."""

    name: str
    arguments: tuple[str, ...]


# whoever is done takes tests from the other: the longest ones stand beside each other
WORKERS = ["-n", "2", "--dist", "worksteal"]


def checks(pytest_arguments: Sequence[str], *, fast: bool) -> list[Check]:
    """All checks, with the person's own arguments for pytest."""
    return [
        Check("ruff check", ("-m", "ruff", "check")),
        Check("ruff format", ("-m", "ruff", "format", "--check")),
        Check("mypy", ("-m", "mypy")),
        Check("import-linter", ("-c", LINT_IMPORTS)),
        Check("pytest", ("-m", "pytest", *pytest_options(pytest_arguments, fast=fast))),
    ]


def pytest_options(given: Sequence[str], *, fast: bool) -> list[str]:
    """Two processes unless the person says otherwise or wants to debug, and the slow tests too."""
    alone = ("-n", "--numprocesses", "--pdb", "--trace")
    workers = [] if any(option.startswith(alone) for option in given) else WORKERS
    return [*workers, *(["-m", "not slow"] if fast else []), *given]


def run_checks(pytest_arguments: Sequence[str], *, fast: bool, run: Run | None = None) -> int:
    """Run all checks and print a summary; returns 1 if one failed, otherwise 0.

    `run` runs Python with some arguments for its exit code, by default as a process in this
    terminal.
    """
    run = run or run_python
    lines = []
    failed = False
    for check in checks(pytest_arguments, fast=fast):
        print(tr("checks.start", name=check.name), flush=True)
        started = time.monotonic()
        code = run(check.arguments)
        failed = failed or code != 0
        key = "checks.failed" if code else "checks.passed"
        lines.append(tr(key, name=check.name, seconds=f"{time.monotonic() - started:.1f}"))
        print(lines[-1], flush=True)
    print("\n".join(["", tr("checks.summary"), *lines]), flush=True)
    return int(failed)


def run_python(arguments: Sequence[str]) -> int:
    """Run this interpreter in Layerwise's folder."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=os.environ).returncode
