"""Compiled kernels come back from the disk, and nothing that is wrong there does any harm."""

import os
import sys
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from engine.kernels import cpu
from engine.kernels.cpu import kernel
from engine.kernels.cpu._cache import UNUSED_DAYS, KernelCache, tidy

ONE, TWO = np.ones(3, np.float32), np.ones(3)


def double(x):
    for k in range(x.size):
        x[k] *= 2


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kernels"))  # read again now and then
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "kernels"))
    return tmp_path / "kernels"


def doubled(x):
    """Double in a dispatcher of its own, as in a new process; returns it and the numbers."""
    own: Any = kernel(double)
    y = x.copy()
    own(y)
    np.testing.assert_array_equal(y, 2 * x)
    return own.stats


def test_a_restart_finds_what_was_compiled(folder: Path) -> None:
    kinds = (numba.typeof(ONE),)
    assert not KernelCache(double).holds(kinds)
    assert doubled(ONE).cache_misses
    assert KernelCache(double).holds(kinds)
    assert doubled(ONE).cache_hits
    assert doubled(TWO).cache_misses


def test_two_processes_at_once_lose_nothing(folder: Path) -> None:
    first, second = kernel(double), kernel(double)  # both have looked, neither has written
    first(ONE.copy())
    second(TWO.copy())
    assert doubled(ONE).cache_hits
    assert doubled(TWO).cache_hits


@pytest.mark.parametrize("rest", [0, 1, 100, 5000])
def test_half_a_file_is_compiled_anew(rest: int, folder: Path) -> None:
    doubled(ONE)
    (path,) = folder.rglob("*.nbc")
    path.write_bytes(path.read_bytes()[:rest])
    assert doubled(ONE).cache_misses
    assert doubled(ONE).cache_hits


def test_other_bytes_are_compiled_anew(folder: Path) -> None:
    doubled(ONE)
    (path,) = folder.rglob("*.nbc")
    path.write_bytes(b"not a kernel" * 100)
    assert doubled(ONE).cache_misses


def test_a_folder_that_takes_nothing_keeps_nothing(folder: Path) -> None:
    own = kernel(double)
    for place in folder.iterdir():
        place.rmdir()
    folder.rmdir()
    folder.write_text("in the way")
    x = ONE.copy()
    own(x)
    np.testing.assert_array_equal(x, 2)


def test_each_processor_has_its_own(folder: Path) -> None:
    files = KernelCache(double).files
    key = (numba.typeof(ONE),), ("x86_64-linux", "znver4", "+avx512f"), ("", "")
    other = key[0], ("x86_64-linux", "haswell", "+avx2"), key[2]
    assert files.path(key) != files.path(other)
    assert files.path(key) == files.path(key)


@numba.extending.register_jitable
def _twice(value):
    return 2 * value


@kernel
def _apply(function, x):
    x[0] = function(x[0])


@kernel
def _use(x):
    _apply(_twice, x)


def test_a_function_as_an_argument_leaves_no_file_behind(folder: Path) -> None:
    caller: Any = kernel(_use.py_func)  # type: ignore[attr-defined]
    caller(ONE.copy())
    assert [path.name.partition("-")[0] for path in folder.rglob("*.nbc")] == ["test_cache._use"]


@pytest.mark.parametrize("what", ["numba", "llvmlite", "python"])
def test_an_upgrade_begins_a_folder_of_its_own(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cpu.cache_folder()
    assert cpu.cache_folder() == before
    if what == "python":
        monkeypatch.setattr(sys, "version", "3.99")
    else:
        known = cpu.version
        monkeypatch.setattr(cpu, "version", lambda name: "99" if name == what else known(name))
    assert cpu.cache_folder() != before
    assert cpu.cache_folder().parent == before.parent


def test_only_what_was_long_unused_goes(tmp_path: Path) -> None:
    def make(name: str, days: float) -> Path:
        place = tmp_path / name
        (place / "cpu").mkdir(parents=True)
        then = place.stat().st_mtime - days * 86400
        os.utime(place, (then, then))
        return place

    own, old = make("kernels-0", 99), make("kernels-1", UNUSED_DAYS + 1)
    second, foreign = make("kernels-2", UNUSED_DAYS - 1), make("pictures-1", 99)
    tidy(own)
    assert own.exists() and second.exists() and foreign.exists()
    assert not old.exists()
    make("kernels-3", 99)
    tidy(own)
    tidy(tmp_path / "kernels-missing")
    assert own.exists(), "it has been in use since"
