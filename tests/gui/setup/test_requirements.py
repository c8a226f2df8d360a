"""The pins of pyproject.toml: complete, in force, and compared without opening a package."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from gui.setup.requirements import (
    installed,
    missing,
    normalised,
    one_line,
    requirements,
    version,
)


def test_every_requirement_is_an_exact_pin() -> None:
    for pin in requirements(test=True):
        assert [part.operator for part in Requirement(pin).specifier] == ["=="], pin


@pytest.mark.parametrize("test", [False, True], ids=["run", "test"])
def test_everything_that_a_pinned_package_needs_is_pinned_too(test: bool) -> None:
    pinned = {normalised(Requirement(pin).name) for pin in requirements(test=test)}
    for name in pinned:
        for line in importlib.metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert normalised(needed.name) in pinned, f"{name} needs {line}"


def test_tests_run_with_the_pinned_versions() -> None:
    assert missing(requirements(test=True), sys.path) == []


def test_version_is_that_of_pyproject() -> None:
    assert version().count(".") == 2


def test_installed_reads_names_in_any_spelling(tmp_path: Path) -> None:
    for name in ("PySide6_Essentials-6.11.3.dist-info", "typing_extensions-4.1.dist-info", "pip"):
        (tmp_path / name).mkdir()
    found = installed([str(tmp_path), str(tmp_path / "absent")])
    assert found == {"pyside6-essentials": "6.11.3", "typing-extensions": "4.1"}


def test_installed_prefers_the_folder_that_python_looks_in_first(tmp_path: Path) -> None:
    for folder, number in (("first", "2.0"), ("second", "1.0")):
        (tmp_path / folder / f"tool-{number}.dist-info").mkdir(parents=True)
    assert installed([str(tmp_path / "first"), str(tmp_path / "second")]) == {"tool": "2.0"}


def test_missing_names_absent_packages_and_other_versions(tmp_path: Path) -> None:
    (tmp_path / "right-1.0.dist-info").mkdir()
    (tmp_path / "other-1.0.dist-info").mkdir()
    pins = ["right==1.0", "other==2.0", "absent==3.0"]
    assert missing(pins, [str(tmp_path)]) == ["other==2.0", "absent==3.0"]


def test_one_line_changes_with_a_version_and_not_with_the_order() -> None:
    assert one_line(["a==1", "b==2"]) == one_line(["b==2", "a==1"])
    assert one_line(["a==1", "b==2"]) != one_line(["a==1", "b==3"])
