"""The rules of the house that no tool checks: sizes, the tree, documented kernels, safe reading."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES = 400
FUNCTION_LINES = 60
KERNEL_LINES = 80
PARAMETERS = 7
KERNEL_PARAMETERS = 10

# What may be larger, by "path" or "path::function", and why.
LARGER: dict[str, str] = {}

TREE = {
    "main.py",
    "engine",
    "gui",
    "resources",
    "tests",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
}
BY_TOOLS = {"__pycache__", "build", "dist"}  # named in .gitignore

# without a window, or where panels meet; the import page is a dialog made of a panel's forms, and
# the analysis has the inspector's problems on top; the outline does in words what the canvas and
# the inspector do; the gallery and the comparison have pictures that the canvas paints
NOT_PANELS = {
    "analysis",
    "desk",
    "difference",
    "gallery",
    "importing",
    "outline",
    "panels",
    "setup",
    "terminal",
    "window",
}

UNSAFE_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "yaml"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [ROOT / "main.py", *sorted(found)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def is_kernel(path: Path) -> bool:
    return name_of(path).startswith("engine/kernels/")


def parameters(function: Function) -> list[str]:
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return [argument.arg for argument in every if argument.arg not in ("self", "cls")]


def lines_of_code(function: Function) -> int:
    """Lines from the `def` on, the docstring not counted: explaining must cost nothing."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return total
    return total - ((first.end_lineno or first.lineno) - first.lineno + 1)


@pytest.mark.parametrize("path", sources("engine", "gui", "tests"), ids=name_of)
def test_no_file_and_no_function_is_too_long(path: Path) -> None:
    name = name_of(path)
    if name not in LARGER:
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= FILE_LINES, f"{name} has {lines} lines: look for the second concept in it"
    most = KERNEL_LINES if is_kernel(path) else FUNCTION_LINES
    for function in functions(path):
        lines = lines_of_code(function)
        where = f"{name}::{function.name}"
        assert lines <= most or where in LARGER, f"{where} has {lines} lines, more than {most}"


@pytest.mark.parametrize("path", sources("engine", "gui"), ids=name_of)
def test_no_function_has_too_many_parameters(path: Path) -> None:
    most = KERNEL_PARAMETERS if is_kernel(path) else PARAMETERS
    for function in functions(path):
        count = len(parameters(function))
        where = f"{name_of(path)}::{function.name}"
        assert count <= most or where in LARGER, f"{where} has {count} parameters"


def test_exceptions_are_still_needed() -> None:
    for where in LARGER:
        assert (ROOT / where.partition("::")[0]).exists(), f"{where} is no longer there"


def kernels(path: Path) -> dict[str, ast.FunctionDef]:
    """The public functions of a public file, by name."""
    if path.name.startswith("_") or not path.exists():
        return {}
    found = (node for node in tree_of(path).body if isinstance(node, ast.FunctionDef))
    return {node.name: node for node in found if not node.name.startswith("_")}


@pytest.mark.parametrize("path", sorted((ROOT / "engine/kernels").rglob("*.py")), ids=name_of)
def test_every_kernel_explains_each_of_its_parameters(path: Path) -> None:
    """A fast kernel may leave that to its plain twin, if it says so and takes the same."""
    twins = kernels(ROOT / "engine/kernels/plain" / path.name)
    for name, kernel in kernels(path).items():
        where = f"{name_of(path)}::{name}"
        text = ast.get_docstring(kernel) or ""
        if path.parent.name != "plain" and "see the plain twin" in text:
            assert name in twins, f"{where} has no plain twin"
            assert parameters(kernel) == parameters(twins[name]), f"{where} is not like its twin"
        else:
            lacking = [each for each in parameters(kernel) if each not in re.findall(r"\w+", text)]
            assert not lacking, f"{where} does not explain {lacking}"


@pytest.mark.parametrize("path", sources("engine", "gui"), ids=name_of)
def test_nothing_that_was_read_can_run_as_code(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Import(names=names):
                modules = {alias.name.partition(".")[0] for alias in names}
            case ast.ImportFrom(module=str(module)):
                modules = {module.partition(".")[0]}
            case _:
                modules = set()
        where = f"{name_of(path)}:{getattr(node, 'lineno', 0)}"
        assert not modules & UNSAFE_MODULES, f"{where} imports {modules & UNSAFE_MODULES}"
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            assert called not in UNSAFE_CALLS, f"{where} calls {called}"
            for keyword in node.keywords:
                unpickles = keyword.arg == "allow_pickle" and ast.unparse(keyword.value) != "False"
                assert not unpickles, f"{where} lets NumPy unpickle"


def test_every_panel_is_kept_apart_from_the_others() -> None:
    """import-linter wants existing names, so a new panel must be added to its list by hand."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    contract = next(each for each in settings["contracts"] if each["id"] == "panels")
    packages = {path.parent.name for path in (ROOT / "gui").glob("*/__init__.py")}
    assert set(contract["modules"]) == {f"gui.{name}" for name in packages - NOT_PANELS}


def test_the_tree_has_only_its_own_entries() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert visible - BY_TOOLS <= TREE
