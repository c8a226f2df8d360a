"""Weights and optimizer memory as a safetensors file, named so that other programs can read them.

Tensors are "node/weight" and "slot:node/weight"; the metadata key "layerwise" holds the position
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

MOST_STEPS = 2**53  # far beyond any run, and still a number for every clock


class StateMismatch(ValueError):
    """A state that does not belong to this network; `what` names the first difference."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def pack(model: Model, position: dict[str, Any]) -> bytes:
    """One file with everything needed to go on."""
    tensors: dict[str, Array] = {name: np.array(value) for name, value in model.parameters.items()}
    for slot, vector in model.slots.items():
        for place in model.plan.parameters:
            part = vector[place.start : place.stop].reshape(place.weight.shape)
            tensors[f"{slot}:{place.name}"] = np.array(part)
    return save(tensors, metadata={"layerwise": json.dumps(position)})


def unpack(model: Model, state: bytes) -> dict[str, Any]:
    """Write a state into the model and return the position it was taken at."""
    position = position_of(state)
    try:
        tensors = load(state)
    except (SafetensorError, ValueError, KeyError) as error:
        raise StateMismatch(f"weights.safetensors: {error}") from error
    if position["optimizer"] != model.training.optimizer:
        given, own = position["optimizer"], model.training.optimizer
        raise StateMismatch(f"optimizer {given} instead of {own}")
    places = {}
    for slot, vector in [("", model.memory.parameters), *model.slots.items()]:
        for place in model.plan.parameters:
            name = f"{slot}:{place.name}" if slot else place.name
            if name not in tensors:
                raise StateMismatch(f"{name} is missing")
            if tensors[name].shape != place.weight.shape:
                raise StateMismatch(
                    f"{name}: {tensors[name].shape} instead of {place.weight.shape}"
                )
            if tensors[name].dtype != vector.dtype:
                raise StateMismatch(f"{name}: {tensors[name].dtype} instead of {vector.dtype}")
            places[name] = vector[place.start : place.stop].reshape(place.weight.shape)
    if extra := set(tensors) - set(places):
        raise StateMismatch(f"{min(extra)} has no place in this network")
    for name, view in places.items():
        view[...] = tensors[name]
    return position


def position_of(state: bytes) -> dict[str, Any]:
    """Where a run stood: "epoch", "batch", "samples", "step", "sums" and "optimizer", checked.

    It is JSON in the file's header (8 bytes of length, then JSON; see the safetensors format).
    """
    try:
        length = int.from_bytes(state[:8], "little")
        header = json.loads(state[8 : 8 + length])
        position = json.loads(header["__metadata__"]["layerwise"])
        whole = all(
            type(position[k]) is int and 0 <= position[k] <= MOST_STEPS
            for k in ("epoch", "batch", "samples", "step")
        )
        if not whole or not isinstance(position["sums"], dict):
            raise ValueError("position")
        if not all(type(value) in (int, float) for value in position["sums"].values()):
            raise ValueError("sums")
        position["sums"] = {name: float(value) for name, value in position["sums"].items()}
        position["optimizer"] = str(position["optimizer"])
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise StateMismatch(f"weights.safetensors: no position ({error})") from error
    checked: dict[str, Any] = position
    return checked
