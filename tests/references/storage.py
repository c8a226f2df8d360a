"""Reference cases as files: one vector of numbers a case, with names and shapes in the metadata.

given.safetensors holds what goes in: "x", "target" and the weights by name; its metadata hold the
documents too, in the form of saved networks. What comes out is in one file a peer: "answer",
"gradient x" … All numbers are in single precision: what is given is exactly that, and results were
computed in double and rounded once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

from engine.runtime.memory import Array
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document
from engine.spec.training import TrainingOptions
from tests.references.experiment import Experiment, Results

HERE = Path(__file__).resolve().parent
GIVEN = "given"
WHOLE = "whole"  # in front of the sizes of an array of whole numbers


def file_of(name: str) -> Path:
    """Where what is given, or the results of a peer, are kept."""
    return HERE / f"{name}.safetensors"


def write_given(cases: Mapping[str, Experiment]) -> None:
    """Keep what goes in."""
    arrays = {
        name: {"x": case.x, "target": case.target, **case.weights} for name, case in cases.items()
    }
    documents = {name: [_plain(case.document), case.steps] for name, case in cases.items()}
    _write(GIVEN, arrays, documents=documents)


def write_results(peer: str, cases: Mapping[str, Results], versions: str) -> None:
    """Keep what came out; `versions` says of what."""
    _write(peer, cases, made_by=versions)


def read_given() -> dict[str, Experiment]:
    """What goes in, by case."""
    cases, documents = _read(GIVEN, "documents")
    found = {}
    for name, arrays in cases.items():
        document, steps = documents[name]
        x, target = arrays.pop("x"), arrays.pop("target")
        found[name] = Experiment(from_json(json.dumps(document)), arrays, x, target, steps)
    return found


def read_results(peer: str) -> dict[str, Results]:
    """What came out of a peer, by case."""
    return _read(peer, "made_by")[0]


def _plain(document: Document) -> Any:
    """A document as JSON values, without what is as usual."""
    value = json.loads(to_json(document))
    usual = asdict(TrainingOptions())
    value["training"] = {k: v for k, v in value["training"].items() if v != usual[k]}
    return value


def _write(file: str, cases: Mapping[str, Mapping[str, Array]], **about: Any) -> None:
    vectors, places = {}, {}
    for name, arrays in cases.items():
        flat = [np.ravel(value) for value in arrays.values()]
        vectors[name] = np.concatenate(flat).astype(np.float32)
        places[name] = {key: _place(value) for key, value in arrays.items()}
    packed = {
        key: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for key, value in {**about, "arrays": places}.items()
    }
    save_file(vectors, file_of(file), packed)
    file_of(file).chmod(0o644)


def _place(array: Array) -> list[Any]:
    return [*([] if array.dtype.kind == "f" else [WHOLE]), *array.shape]


def _read(file: str, about: str) -> tuple[dict[str, dict[str, Array]], Any]:
    with safe_open(file_of(file), "numpy") as opened:
        described = opened.metadata()
        vectors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    places = json.loads(described["arrays"])
    cases = {name: dict(_cut(vectors[name], places[name])) for name in places}
    return cases, json.loads(described[about])


def _cut(vector: Array, places: Mapping[str, list[Any]]) -> Iterator[tuple[str, Array]]:
    """The named arrays that lie one behind the other in a vector."""
    start = 0
    for name, place in places.items():
        is_whole = place[:1] == [WHOLE]
        sizes = place[1:] if is_whole else place
        part = vector[start : start + prod(sizes)].reshape(sizes)
        start += prod(sizes)
        yield name, part.astype(np.int64) if is_whole else part
