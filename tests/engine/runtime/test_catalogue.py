"""The examples are made ready in the background, by a process that can be ended at any moment."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.kernels import load
from engine.runtime import catalogue, together
from engine.runtime.catalogue import EXAMPLES, Catalogue, compile_all, note
from engine.runtime.together import start_python

WAITS = ["-c", "import sys; sys.stdin.read()"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    load("cpu")  # which sets the variable, if nobody has
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(catalogue, "spare_cores", lambda: 1)
    monkeypatch.setattr(catalogue, "PROCESS", WAITS)
    return tmp_path


def process_of(examples: Catalogue) -> subprocess.Popen[str]:
    assert examples._process is not None
    return examples._process


def test_it_can_be_broken_off_and_goes_on(cache: Path) -> None:
    examples = Catalogue()
    assert examples.is_wanted
    examples.start()
    assert not examples.is_wanted
    process = process_of(examples)
    examples.stop()
    assert process.returncode is not None
    assert examples.is_wanted
    examples.stop()  # once more does no harm
    examples.start()
    assert process_of(examples).pid != process.pid
    examples.stop()


def test_what_is_ready_is_left_alone(cache: Path) -> None:
    assert note().parent == cache
    note().touch()
    examples = Catalogue()
    examples.start()
    assert examples._process is None
    assert not examples.is_wanted


def test_where_no_process_can_be_started_nothing_happens(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(cache / "no python"))
    examples = Catalogue()
    examples.start()
    examples.stop()
    assert not examples.is_wanted


def test_on_a_single_core_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "spare_cores", lambda: 0)
    assert not Catalogue().is_wanted


def test_what_cannot_be_planned_is_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    compile_all([broken, EXAMPLES / "least_squares.json"])


def test_the_process_ends_with_whoever_started_it() -> None:
    process = start_python(["-m", "engine.runtime.catalogue"])
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait() == 0
    together.end(process)


def test_the_engine_loads_only_what_training_needs() -> None:
    program = (
        "import sys, engine.runtime.catalogue as c, engine.runtime.session as s\n"
        "list(s._wake())\n"
        "c.Trainer(c.Model(c.read(c.EXAMPLES / 'welcome.json').document))\n"
        "print(sorted(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=EXAMPLES.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = result.stdout
    assert "'numba'" in loaded
    for name in ("sklearn", "pandas", "PIL", "PySide6", "rich", "scipy.stats", "scipy.ndimage"):
        assert f"'{name}'" not in loaded
