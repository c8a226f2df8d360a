"""Weights and optimizer memory as a safetensors file, named so that other programs can read them.

Tensors are "node/weight" and "slot:node/weight" (also "best:…", "gathered:…" and "kept:…", where a
run has such); the metadata key "layerwise" holds the position
of the run as JSON. Reading checks everything before it changes anything.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.practice import Practice

# in names of tensors, beside the optimizer's slots: the best weights, gradients gathered so far,
# and what layers keep from batch to batch
BEST, GATHERED, KEPT = "best", "gathered", "kept"
TOO_MUCH = RecursionError, OverflowError
MOST_STEPS = 2**53  # far beyond any run, and still a number for every clock


class StateMismatch(ValueError):
    """A state that does not belong to this network; `what` names the first difference."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def pack(model: Model, position: dict[str, Any], best: Array | None = None) -> bytes:
    """One file with everything needed to go on; `best` are the best weights so far, if kept."""
    update = model.update
    own = {
        "step": model.step,
        "updates": update.count,
        "gathered": update.gathered,
        "optimizer": model.training.optimizer,
        "best": best is not None,
    }
    tensors: dict[str, Array] = {}
    vectors = _vectors(model, bool(update.gathered))
    for slot, vector in [*vectors, *([(BEST, best)] if best is not None else [])]:
        for place in model.plan.parameters:
            part = vector[place.start : place.stop].reshape(place.weight.shape)
            tensors[f"{slot}:{place.name}" if slot else place.name] = np.array(part)
    for name, state in model.memory.kept.items():
        tensors[f"{KEPT}:{name}"] = np.array(state)
    return save(tensors, metadata={"layerwise": json.dumps(position | own)})


def unpack(model: Model, state: bytes) -> Array | None:
    """Write a state into the model; returns the best weights, if the state has some."""
    position = position_of(state)
    try:
        tensors = load(state)
    except (SafetensorError, ValueError, KeyError) as error:
        raise StateMismatch(f"weights.safetensors: {error}") from error
    if position["optimizer"] != model.training.optimizer:
        given, own = position["optimizer"], model.training.optimizer
        raise StateMismatch(f"optimizer {given} instead of {own}")
    if position["gathered"] and not model.update.is_treated:
        raise StateMismatch("gradients of several batches, which this network does not add up")
    best = np.zeros_like(model.memory.parameters) if position["best"] else None
    vectors = _vectors(model, bool(position["gathered"]))
    places = {f"{KEPT}:{name}": kept for name, kept in model.memory.kept.items()}
    for slot, vector in [*vectors, *([(BEST, best)] if best is not None else [])]:
        for place in model.plan.parameters:
            name = f"{slot}:{place.name}" if slot else place.name
            places[name] = vector[place.start : place.stop].reshape(place.weight.shape)
    for name, view in places.items():
        if name not in tensors:
            raise StateMismatch(f"{name} is missing")
        if tensors[name].shape != view.shape:
            raise StateMismatch(f"{name}: {tensors[name].shape} instead of {view.shape}")
        if tensors[name].dtype != view.dtype:
            raise StateMismatch(f"{name}: {tensors[name].dtype} instead of {view.dtype}")
    if extra := set(tensors) - set(places):
        raise StateMismatch(f"{min(extra)} has no place in this network")
    for name, view in places.items():
        view[...] = tensors[name]
    model.step = position["step"]
    model.update.count, model.update.gathered = position["updates"], position["gathered"]
    return best


def _vectors(model: Model, gathered: bool) -> list[tuple[str, Array]]:
    """What a state holds of the length of all parameters: weights, slots, gathered gradients."""
    found = [("", model.memory.parameters), *model.update.slots.items()]
    return [*found, (GATHERED, model.update.total)] if gathered else found


def position_of(state: bytes) -> dict[str, Any]:
    """Where a run stood: "epoch", "batch", "samples", "step", "sums" and the rest, checked.

    It is JSON in the file's header (8 bytes of length, then JSON; see the safetensors format).
    """
    try:
        length = int.from_bytes(state[:8], "little")
        header = json.loads(state[8 : 8 + length])
        position = json.loads(header["__metadata__"]["layerwise"])
        position = {"updates": position["step"], "gathered": 0, "best": False} | position
        whole = all(
            type(position[k]) is int and 0 <= position[k] <= MOST_STEPS
            for k in ("epoch", "batch", "samples", "step", "updates", "gathered")
        )
        if not whole or not isinstance(position["sums"], dict):
            raise ValueError("position")
        if not all(type(value) in (int, float) for value in position["sums"].values()):
            raise ValueError("sums")
        position["sums"] = {name: float(value) for name, value in position["sums"].items()}
        position["optimizer"] = str(position["optimizer"])
        position["best"] = bool(position["best"])
        position["practice"] = Practice.from_json(position.get("practice", {}))
    except (ValueError, KeyError, TypeError, AttributeError, *TOO_MUCH) as error:
        raise StateMismatch(f"weights.safetensors: no position ({error})") from error
    checked: dict[str, Any] = position
    return checked
