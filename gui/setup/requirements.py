"""Which packages Layerwise needs, as pyproject.toml pins them, and whether they are there."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


class SetupError(Exception):
    """Layerwise cannot start; the message is the sentence to show, with what to do about it."""


@cache
def project() -> dict[str, Any]:  # Any: values of a TOML table are of many types
    """The [project] table of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def version() -> str:
    """The version of Layerwise."""
    return str(project()["version"])


def requirements(*, test: bool = False) -> list[str]:
    """The pinned packages, as `name==version`; with `test` also those that the checks need."""
    extra = project()["optional-dependencies"]["test"] if test else []
    return [*project()["dependencies"], *extra]


def one_line(pins: Iterable[str]) -> str:
    """A set of pins as one line of text, the same in whatever order they come."""
    return " ".join(sorted(pins))


def installed(folders: Iterable[str]) -> dict[str, str]:
    """Versions by normalised name of the packages in `folders`, an import path.

    Read from the names of their `.dist-info` folders, which takes a millisecond where
    importlib.metadata would open and parse a file for each package.
    """
    found: dict[str, str] = {}
    for folder in folders:
        try:
            names = os.listdir(folder or ".")
        except OSError:  # an import path may name zip files and folders that are not there
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package, _, number = name.removesuffix(".dist-info").partition("-")
                found.setdefault(normalised(package), number)
    return found


def missing(pins: Iterable[str], folders: Iterable[str]) -> list[str]:
    """Those of `pins` that `folders` do not hold, or hold in another version."""
    found = installed(folders)
    pairs = (pin.split("==") for pin in pins)
    return [f"{name}=={number}" for name, number in pairs if found.get(normalised(name)) != number]


def normalised(name: str) -> str:
    """A package's name in the one spelling that all its spellings share."""
    return re.sub(r"[-_.]+", "-", name).lower()
