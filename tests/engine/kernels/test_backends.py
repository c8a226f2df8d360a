"""Both backends must offer the same kernels, and neither may be imported before it is needed."""

import ast
import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import engine.kernels
from engine.kernels import ACTIVATIONS, NONLINEARITIES, load
from engine.kernels.cpu import kernel

PLAIN = load("plain")
CPU = load("cpu")


def test_backends_have_the_same_kernels() -> None:
    assert PLAIN.keys() == CPU.keys()
    assert len(PLAIN) >= 35


@pytest.mark.parametrize("name", PLAIN)
def test_twins_have_the_same_parameters(name: str) -> None:
    assert inspect.signature(PLAIN[name]) == inspect.signature(CPU[name])


@pytest.mark.parametrize("name", PLAIN)
def test_documentation_names_every_parameter(name: str) -> None:
    documented = [
        word.strip()
        for line in (inspect.getdoc(PLAIN[name]) or "").splitlines()
        if " : " in line or line.startswith("stride, ") or line.startswith("size, ")
        for word in line.partition(" : ")[0].split(",")
    ]
    assert sorted(documented) == sorted(inspect.signature(PLAIN[name]).parameters)


def test_unknown_backend_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown kernel backend 'gpu': choose one of plain, cpu"):
        load("gpu")


def test_activation_codes_are_distinct() -> None:
    assert list(ACTIVATIONS) == ["linear", "relu", "sigmoid", "tanh"]
    assert sorted((*ACTIVATIONS.values(), *NONLINEARITIES.values())) == list(range(12))


def test_plain_backend_never_imports_numba() -> None:
    program = "import sys, engine.kernels as k; k.load('plain'); assert 'numba' not in sys.modules"
    root = Path(engine.kernels.__file__).parents[2]
    subprocess.run([sys.executable, "-c", program], check=True, cwd=root)


def test_cache_folder_is_named_after_the_sources_unless_the_user_chose_one(tmp_path: Path) -> None:
    program = (
        "import os, engine.kernels.cpu as cpu; "
        "print(os.environ['NUMBA_CACHE_DIR'] + '\\n' + str(cpu.cache_folder()))"
    )
    root = Path(engine.kernels.__file__).parents[2]
    environment = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}

    def folders(**extra: str) -> list[str]:
        result = subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            cwd=root,
            env=environment | extra,
            capture_output=True,
            text=True,
        )
        return result.stdout.split()

    used, own = folders()
    assert used == own and "kernels-" in own
    chosen, _ = folders(NUMBA_CACHE_DIR=str(tmp_path))
    assert chosen == str(tmp_path)


def test_kernel_without_a_file_is_compiled_but_not_kept() -> None:
    namespace: dict[str, Any] = {}
    exec(compile("def double(x):\n    return 2 * x", "<no file>", "exec"), namespace)
    assert kernel(namespace["double"])(21) == 42


# Calls that make a new array. `.reshape` of a C-contiguous array and slices are views.
ALLOCATING = {"zeros", "empty", "ones", "full", "zeros_like", "empty_like", "ones_like"} | {
    "full_like", "array", "asarray", "copy", "astype", "concatenate", "stack", "arange", "pad"
}  # fmt: skip


@pytest.mark.parametrize(
    "path",
    sorted((Path(engine.kernels.__file__).parent / "cpu").glob("*.py")),
    ids=lambda p: p.stem,
)
def test_compiled_kernels_call_nothing_that_allocates(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(name, ast.Name) and name.id in ("kernel", "shared")
            for name in node.decorator_list
        )
    ]
    calls = [node for f in functions for node in ast.walk(f) if isinstance(node, ast.Call)]
    for call in calls:
        name = getattr(call.func, "attr", "")
        assert name not in ALLOCATING
        if name == "dot":  # without its third argument it makes a new array
            assert len(call.args) == 3
