"""Reference cases as files, small and readable by anyone.

given.safetensors holds what goes in: arrays called "case / x", "case / target" and
"case / dense_1/kernel", and the documents in the metadata, as JSON by the case's name. What comes
out is in one file a peer: "case / answer", "case / gradient x" … All numbers are in single
precision: what is given is exactly that, and results were computed in double and rounded once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

from engine.runtime.memory import Array
from engine.spec.codec import from_json, to_json
from tests.references.experiment import Experiment, Results

HERE = Path(__file__).resolve().parent
GIVEN = "given"


def file_of(name: str) -> Path:
    """Where what is given, or the results of a peer, are kept."""
    return HERE / f"{name}.safetensors"


def write_given(cases: Mapping[str, Experiment]) -> None:
    """Keep what goes in."""
    about = {
        name: {"document": json.loads(to_json(case.document)), "steps": case.steps}
        for name, case in cases.items()
    }
    arrays = {
        name: {"x": case.x, "target": case.target, **case.weights} for name, case in cases.items()
    }
    _write(GIVEN, arrays, cases=json.dumps(about, ensure_ascii=False, separators=(",", ":")))


def write_results(peer: str, cases: Mapping[str, Results], versions: str) -> None:
    """Keep what came out; `versions` says of what."""
    _write(peer, cases, made_by=versions)


def _write(file: str, arrays_of: Mapping[str, Mapping[str, Array]], **about: str) -> None:
    arrays = {
        f"{name} / {key}": np.ascontiguousarray(
            value, np.float32 if value.dtype.kind == "f" else None
        )
        for name, case in arrays_of.items()
        for key, value in case.items()
    }
    save_file(arrays, file_of(file), about)


def read_given() -> dict[str, Experiment]:
    """What goes in, by case."""
    with safe_open(file_of(GIVEN), "numpy") as file:
        about = json.loads(file.metadata()["cases"])
    return {name: _experiment(about[name], arrays) for name, arrays in read_results(GIVEN).items()}


def _experiment(about: dict[str, Any], arrays: dict[str, Array]) -> Experiment:
    x, target = arrays.pop("x"), arrays.pop("target")
    return Experiment(from_json(json.dumps(about["document"])), arrays, x, target, about["steps"])


def read_results(peer: str) -> dict[str, Results]:
    """What came out of a peer, by case."""
    found: dict[str, Results] = {}
    for key, value in _arrays(peer):
        name, _, rest = key.partition(" / ")
        found.setdefault(name, {})[rest] = value
    return found


def _arrays(file: str) -> Iterator[tuple[str, Array]]:
    with safe_open(file_of(file), "numpy") as opened:
        for key in opened.keys():  # noqa: SIM118 (this is no mapping)
            yield key, opened.get_tensor(key)
