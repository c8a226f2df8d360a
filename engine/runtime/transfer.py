"""Weights from one network into another, wherever name and shape are the same.

A network that learnt one task is so a beginning for another: keep the names of the boxes, exchange
the last ones, and freeze what is not to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load

from engine.runtime.checkpoint import StateMismatch
from engine.runtime.memory import Array
from engine.runtime.model import Model

ONLY_HERE, ONLY_THERE = "only in the target", "only in the source"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Names of weights: those that were taken, and those left alone, with the reason."""

    taken: tuple[str, ...]
    left: dict[str, str]


def transfer(source: Model | bytes, target: Model) -> Transfer:
    """Copy the weights of `source`, a model or a saved state, into `target` where they fit.

    The optimizer's memory stays as it is. StateMismatch if the source is no state.
    """
    there, here = _weights(source), target.parameters
    left = dict.fromkeys(sorted(there.keys() - here.keys()), ONLY_THERE)
    taken = []
    for name, value in here.items():
        if name not in there:
            left[name] = ONLY_HERE
        elif there[name].shape != value.shape:
            left[name] = f"{there[name].shape} in the source, {value.shape} in the target"
        else:
            value[...] = there[name]
            taken.append(name)
    return Transfer(tuple(taken), left)


def _weights(source: Model | bytes) -> Mapping[str, Array]:
    """Weights by name; what else a state holds has a colon in its name."""
    if isinstance(source, Model):
        return source.parameters
    try:
        tensors = load(source)
    except (SafetensorError, ValueError, KeyError) as error:
        raise StateMismatch(f"weights.safetensors: {error}") from error
    weights = {name: value for name, value in tensors.items() if ":" not in name}
    for name, value in weights.items():
        if not np.issubdtype(value.dtype, np.floating):
            raise StateMismatch(f"{name}: {value.dtype} is no format of weights")
    return weights
