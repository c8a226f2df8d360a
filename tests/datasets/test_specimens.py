"""The kept specimens are what the data sets say, and there is one of each."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from engine.spec.datasets import CARDS

HERE = Path(__file__).resolve().parent


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("specimens", HERE / "specimens.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kept() -> dict[str, object]:
    found: dict[str, object] = json.loads(script().FILE.read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", CARDS)
def test_a_specimen_is_what_the_data_set_says_today(name: str) -> None:
    made = script().specimen(CARDS[name])
    written = json.loads(json.dumps(made))
    assert kept().get(name) == written, "run python tests/datasets/specimens.py"


def test_there_is_no_specimen_of_anything_else() -> None:
    assert set(kept()) <= set(CARDS)
