"""How the private environment is made, used again and repaired, with the installing left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from gui.setup.environment import Environment
from gui.setup.preparation import Outcome, cause, changing, prepare, run_visibly
from gui.setup.requirements import SetupError, requirements


class Installer:
    """Stands in for the two programs that are run, and leaves the files that they leave."""

    def __init__(self, environment: Environment, pip: Outcome | None = None) -> None:
        self.environment = environment
        self.pip = pip or Outcome(0)
        self.commands: list[list[str]] = []

    def __call__(self, command: Sequence[str]) -> Outcome:
        self.commands.append(list(command))
        if command[1:3] == ["-m", "venv"]:
            make_environment(self.environment)
            return Outcome(0)
        return self.pip

    def ran(self, module: str) -> bool:
        return any(command[1:3] == ["-m", module] for command in self.commands)


def make_environment(environment: Environment) -> None:
    base = os.path.realpath(sys.executable)
    environment.python.parent.mkdir(parents=True, exist_ok=True)
    if os.name == "nt":
        environment.python.touch()
    else:
        environment.python.symlink_to(base)
    (environment.folder / "pyvenv.cfg").write_text(f"executable = {base}\n", "utf-8")
    (environment.folder / "lib" / "python3" / "site-packages" / "pip").mkdir(parents=True)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment(tmp_path / ".venv")


def test_first_start_makes_the_environment_and_says_so(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    installer = Installer(environment)
    assert not environment.is_ready()
    prepare(environment, test=False, run=installer)
    assert environment.is_ready()
    assert not environment.is_ready(test=True)
    assert not environment.unfinished.exists()
    assert installer.ran("venv")
    assert set(requirements()) <= set(installer.commands[-1])
    said = capsys.readouterr().out
    for part in ("first start", "Step 1 of 3", "Step 2 of 3", "Step 3 of 3", "MB"):
        assert part in said


def test_test_tools_are_added_to_a_ready_environment(environment: Environment) -> None:
    prepare(environment, test=False, run=Installer(environment))
    again = Installer(environment)
    prepare(environment, test=True, run=again)
    assert environment.is_ready() and environment.is_ready(test=True)
    assert not again.ran("venv")


def test_other_pins_make_it_not_ready(environment: Environment) -> None:
    prepare(environment, test=False, run=Installer(environment))
    environment.ready.write_text("other==1", "utf-8")
    assert not environment.is_ready()


@pytest.mark.parametrize("damage", [b"", b"numpy==1", b"\xff\x00"])
def test_a_damaged_marker_is_no_marker(environment: Environment, damage: bytes) -> None:
    prepare(environment, test=False, run=Installer(environment))
    environment.ready.write_bytes(damage)
    assert not environment.is_ready()


def test_a_failed_install_is_told_and_done_anew_at_the_next_start(
    environment: Environment,
) -> None:
    offline = Outcome(1, ("WARNING: Retrying after connection broken", "ERROR: No matching ..."))
    with pytest.raises(SetupError, match="check the network connection"):
        prepare(environment, test=False, run=Installer(environment, offline))
    assert not environment.is_ready()
    leftover = environment.folder / "half-written"
    leftover.touch()
    prepare(environment, test=False, run=Installer(environment))
    assert environment.is_ready()
    assert not leftover.exists()


def test_an_environment_made_by_someone_else_is_kept_and_completed(
    environment: Environment,
) -> None:
    make_environment(environment)
    theirs = environment.folder / "theirs"
    theirs.touch()
    installer = Installer(environment)
    prepare(environment, test=False, run=installer)
    assert theirs.exists() and environment.is_ready()
    assert not installer.ran("venv")


@pytest.mark.skipif(os.name == "nt", reason="interpreters are copies there, not links")
def test_an_environment_whose_python_has_gone_is_made_anew(environment: Environment) -> None:
    prepare(environment, test=False, run=Installer(environment))
    environment.python.unlink()
    environment.python.symlink_to("/no/such/python")
    assert not environment.is_ready()
    installer = Installer(environment)
    prepare(environment, test=False, run=installer)
    assert environment.is_ready() and installer.ran("venv")


def test_a_second_start_leaves_the_first_one_to_finish(environment: Environment) -> None:
    with changing(environment), pytest.raises(SetupError, match="Another start"):
        prepare(environment, test=False, run=Installer(environment))


def test_a_place_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    blocked = Environment(tmp_path / "file" / ".venv")
    with pytest.raises(SetupError, match="folder that you may write to"):
        prepare(blocked, test=False, run=Installer(blocked))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left", "disk"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", "network"),
        ("ProxyError('Cannot connect to proxy.')", "proxy"),
        ("ERROR: No matching distribution found for numba==0.68.1", "unsupported"),
        ("ERROR: something new", "other"),
    ],
)
def test_cause_tells_failures_apart(line: str, expected: str) -> None:
    assert cause([line]) == expected


def test_run_visibly_keeps_the_last_lines_of_errors(capfd: pytest.CaptureFixture[str]) -> None:
    code = "import sys; print('out'); print('one\\n\\ntwo', file=sys.stderr); sys.exit(3)"
    outcome = run_visibly([sys.executable, "-c", code])
    assert outcome == Outcome(3, ("one", "two"))
    shown = capfd.readouterr()
    assert "out" in shown.out and "two" in shown.err


def test_this_process_runs_in_its_own_environment_only(tmp_path: Path) -> None:
    assert Environment(Path(sys.prefix)).is_running()
    assert not Environment(tmp_path).is_running()
