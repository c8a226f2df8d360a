"""Making and repairing the private environment, with words for all that may go wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from gui.setup.environment import Environment, outer_python
from gui.setup.requirements import ROOT, SetupError, one_line, requirements
from gui.words import tr

DOWNLOAD_MB = {False: 235, True: 265}  # by whether the test tools come too
DISK_MB = {False: 910, True: 1030}


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code and the last lines of its errors."""

    code: int
    lines: Sequence[str] = ()


Runner = Callable[[Sequence[str]], Outcome]


def prepare(environment: Environment, *, test: bool, run: Runner | None = None) -> None:
    """Make, complete or repair the environment, saying what is done.

    `run` runs a command for its outcome, by default as a process in this terminal. Raises
    SetupError with a sentence for the person when it cannot be done.
    """
    run = run or run_visibly
    pins = requirements(test=test)
    started = time.monotonic()
    try:
        with changing(environment) as was_unfinished:
            announce(environment, test=test, was_unfinished=was_unfinished)
            if was_unfinished or not environment.is_sound():
                clear(environment)
            print(tr("setup.step_create", version=sys.version.split()[0]), flush=True)
            if not environment.is_sound() or not environment.has_pip():
                create(environment, run)
            print(tr("setup.step_install", count=len(pins)), flush=True)
            install(environment, pins, run)
            sets = {one_line(requirements()), one_line(pins)}
            environment.ready.write_text("\n".join(sorted(sets)), "utf-8")
        environment.unfinished.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SetupError(tr("setup.cannot_write", folder=ROOT, reason=reason)) from error
    print(tr("setup.step_ready", seconds=round(time.monotonic() - started)), flush=True)


@contextmanager
def changing(environment: Environment) -> Iterator[bool]:
    """Mark the environment as unfinished, and keep a second start from changing it as well.

    Yields whether it was left unfinished before. The mark stays, for whoever succeeds to remove.
    """
    environment.folder.mkdir(exist_ok=True)
    was_unfinished = environment.unfinished.exists()
    with environment.unfinished.open("a") as file:
        if not lock(file.fileno()):
            raise SetupError(tr("setup.busy", folder=environment.folder))
        yield was_unfinished


def lock(descriptor: int) -> bool:
    """Take a lock on an open file that ends with this process; False if another one has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def announce(environment: Environment, *, test: bool, was_unfinished: bool) -> None:
    """Say what is about to happen, why, and what it costs; refuse at once without the room."""
    if was_unfinished:
        reason = "setup.why_unfinished"
    elif environment.ready.exists():
        reason = "setup.why_changed"
    else:
        reason = "setup.why_first"
    print(tr(reason))
    cost = {"download": DOWNLOAD_MB[test], "disk": DISK_MB[test]}
    print(tr("setup.cost", folder=environment.folder, **cost), flush=True)
    free = shutil.disk_usage(environment.folder.parent).free // 1_000_000
    if not environment.ready.exists() and free < DISK_MB[test]:
        raise SetupError(tr("setup.no_room", free=free, disk=DISK_MB[test], folder=ROOT))


def clear(environment: Environment) -> None:
    """Delete what is left of a broken environment, all but the mark that is held."""
    for path in environment.folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path != environment.unfinished:
            path.unlink()


def create(environment: Environment, run: Runner) -> None:
    """Make the empty environment, with the interpreter that is outside of all environments."""
    outcome = run([outer_python(), "-m", "venv", str(environment.folder)])
    if outcome.code:
        raise SetupError(failure("setup.venv_failed"))


def install(environment: Environment, pins: Sequence[str], run: Runner) -> None:
    """Have pip install `pins` into the environment.

    Only ready-made packages: building SciPy on a classroom machine would take an hour and fail.
    """
    options = ["--no-input", "--disable-pip-version-check", "--only-binary=:all:"]
    outcome = run([str(environment.python), "-m", "pip", "install", *options, *pins])
    if outcome.code:
        raise SetupError(failure(f"setup.pip_failed.{cause(outcome.lines)}"))


def cause(lines: Sequence[str]) -> str:
    """What kind of failure pip's last lines speak of."""
    text = "\n".join(lines).lower()
    if "no space left" in text or "errno 28" in text or "not enough space" in text:
        return "disk"
    if "proxy" in text or "407" in text:
        return "proxy"
    network = ("retrying", "connection", "timed out", "resolve", "ssl", "network", "http error")
    if any(word in text for word in network):
        return "network"
    if "no matching distribution" in text:
        return "unsupported"
    return "other"


def failure(key: str) -> str:
    """What to do about a command that failed; its own last words stand above in the terminal."""
    return tr(key, version=sys.version.split()[0], folder=ROOT)


def run_visibly(command: Sequence[str]) -> Outcome:
    """Run `command` in this terminal, keeping the last lines of its errors.

    Its ordinary output goes straight to the terminal, so that pip draws its progress bars.
    """
    environment = {**os.environ, "PIP_USER": "0"}  # a person's pip settings may say otherwise
    environment.pop("PYTHONHOME", None)
    last: deque[str] = deque(maxlen=8)
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, errors="replace", env=environment
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            print(line, end="", file=sys.stderr, flush=True)
            if line.strip():
                last.append(line.rstrip())
    return Outcome(process.returncode, tuple(last))
