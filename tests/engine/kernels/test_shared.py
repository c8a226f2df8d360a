"""Shared functions are compiled once, found again in the cache, and called by name."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish
from engine.kernels.cpu._shared import Shared, shared


@shared
def _weigh(x, sizes, factor, is_fresh):
    """Multiply, add or overwrite, and return how many numbers there were."""
    for k in range(x.size):
        x[k] = x[k] * factor + sizes[0] + sizes[1] + (0 if is_fresh else 1)
    return x.size


@kernel
def _weigh_thrice(x, size):
    _weigh(x, (1, size), 2, True)
    _weigh(x, (size, 1), size, False)
    return _weigh(x, (size, size), 1, size > 3)


@shared
def _refuse_two(x):
    if x.size == 2:
        raise ValueError("two are too few")


@kernel
def _pass_on(x):
    _refuse_two(x)


def test_constants_make_no_versions_of_their_own() -> None:
    x = np.ones(4, np.float32)
    assert _weigh_thrice(x, 3) == 4
    assert isinstance(_weigh, Shared)
    assert len(_weigh.compiled.overloads) == 1
    np.testing.assert_array_equal(x, ((1 * 2 + 4) * 3 + 5) + 7)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_each_type_has_its_own_and_python_may_call_it(dtype) -> None:
    x = np.ones(3, dtype)
    assert _weigh(x, (0, 1), 2, True) == 3
    assert x.dtype == dtype
    np.testing.assert_array_equal(x, 3)


def test_an_error_inside_reaches_the_caller() -> None:
    _pass_on(np.ones(3))
    with pytest.raises(ValueError, match="two are too few"):
        _pass_on(np.ones(2))


def test_a_kernel_from_the_cache_finds_what_it_calls() -> None:
    code = (
        "import numpy as np\n"
        "from engine.kernels.cpu.dense import dense\n"
        "x, w, b, y = np.ones((2, 3)), np.ones((3, 4)), np.ones(4), np.zeros((2, 4))\n"
        "dense(x, w, b, y, 1)\n"
        "print(y.sum(), sum(dense.stats.cache_misses.values()))"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert [answer[0] for answer in answers] == ["32.0", "32.0"]
    assert answers[1][1] == "0"


def test_what_calls_a_kernel_from_the_cache_finds_what_that_one_calls(tmp_path: Path) -> None:
    lines = (
        "from engine.kernels.cpu import kernel",
        "from engine.kernels.cpu._shared import shared",
        "@shared\ndef inner(x):\n    return x[0] + 1",
        "@kernel\ndef middle(x):\n    return inner(x) + 1",
        "@kernel\ndef outer(x):\n    return middle(x) + 1",
    )
    (tmp_path / "in_three_steps.py").write_text("\n".join(lines), "utf-8")
    places = os.pathsep.join((str(tmp_path), os.getcwd()))
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": places}
    for name, expected in (("middle", "3.0"), ("outer", "4.0"), ("outer", "4.0")):
        code = f"import numpy, in_three_steps as it; print(it.{name}(numpy.ones(1)))"
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
        assert done.stdout.decode().strip() == expected, done.stderr.decode()


def test_a_shared_function_says_what_it_does() -> None:
    assert finish.__name__ == "finish"
    assert "bias" in (finish.__doc__ or "")
