"""A network computed by a peer: boxes in order, each translated, on tensors of PyTorch.

Keras runs on PyTorch here too, so both peers share tensors, gradients and the order of things;
they differ in how a box, a loss and an optimizer are translated.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from engine.layers.analysis import NodeFacts, analyse
from engine.layers.base import Layer
from engine.runtime.memory import Array
from engine.spec.training import TrainingOptions
from tests.references.experiment import Experiment, Results

Tensor = Any  # torch.Tensor, but torch may not be there when types are checked


class Different(Exception):
    """What a peer computes here is meant to be something else, so there is nothing to compare."""


@dataclass
class Box:
    """One box as a translation sees it: its layer, weights by name, what flows in, and the pass."""

    id: str
    layer: Any  # of the class that the kind says
    fact: NodeFacts
    weights: dict[str, Tensor]
    inputs: dict[str, tuple[Tensor, ...]]
    training: bool
    changes: dict[str, Tensor] = field(default_factory=dict)  # new running statistics

    @property
    def x(self) -> Tensor:
        """What comes in at port x, if it is one."""
        return self.inputs["x"][0]

    @property
    def target(self) -> Tensor:
        """What comes in at the target of a loss."""
        return self.inputs["target"][0]

    @property
    def weight(self) -> tuple[Tensor, Tensor]:
        """Kernel and bias; None where there is no bias."""
        return self.weights["kernel"], self.weights.get("bias")


def scores(x: Tensor, function: str) -> tuple[Tensor, bool]:
    """What a loss works on: what went into `function`, if x came out of it; and whether it did.

    Otherwise x itself is taken for scores, and the loss applies the function.
    """
    came_from, before = getattr(x, "before", ("", x))
    return (before, True) if came_from == function else (x, False)


def remember(y: Tensor, function: str, z: Tensor) -> Tensor:
    """Let y know that it is function(z)."""
    y.before = function, z
    return y


def reshaped(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    """x in another shape; what went into it is reshaped with it, if each row stays a row."""
    y = x.reshape(shape)
    function, before = getattr(x, "before", ("", x))
    if function and (function != "softmax" or x.shape[-1] == y.shape[-1]):
        y.before = function, before.reshape(y.shape)
    return y


def rows(box: Box, z: Tensor) -> tuple[Tensor, Tensor]:
    """Outputs and targets one row below the other, without the time steps that do not count.

    Class numbers stay numbers; real targets get the form of the outputs.
    """
    target, mask = box.target, getattr(box.x, "mask", None)
    if target.is_floating_point() or target.numel() == z.numel():
        target = target.reshape(z.shape)
    flat = z.reshape(-1, z.shape[-1])
    target = target.reshape(-1, z.shape[-1]) if target.shape == z.shape else target.reshape(-1)
    if mask is not None and z.ndim == 3:
        flat, target = flat[mask.reshape(-1)], target[mask.reshape(-1)]
    return flat, target


def one_hot(z: Tensor, target: Tensor) -> Tensor:
    """Targets as rows of shares: 1 at the place of the class."""
    if target.ndim == z.ndim and target.shape[-1] == z.shape[-1] > 1:
        return target.to(z.dtype)
    return torch.nn.functional.one_hot(target.reshape(-1), z.shape[-1]).to(z.dtype)


# what turns scores into the answer, if the network itself does not end with it
ANSWERS: dict[str, tuple[str, Callable[[Tensor], Tensor]]] = {
    "binary_cross_entropy": ("sigmoid", torch.sigmoid),
    "cross_entropy": ("softmax", lambda z: torch.softmax(z, -1)),
    "kl_divergence": ("softmax", lambda z: torch.softmax(z, -1)),
}


def answer(box: Box) -> Tensor:
    """What the network answers at a loss box: probabilities, or the values themselves."""
    if getattr(box.layer, "log_rate", False):
        return torch.exp(box.x)
    function, applied = ANSWERS.get(box.layer.kind, ("", None))
    if applied is None or scores(box.x, function)[1]:
        return box.x
    return applied(box.x)


class Peer(ABC):
    """One network in a peer's hands."""

    name: str
    kinds: frozenset[str]  # the layer types that it can be asked for

    def __init__(self, given: Experiment, dtype: str = "float64") -> None:
        self.given = given
        self.dtype = getattr(torch, dtype)
        self.analysis = analyse(given.document)
        self.weights: dict[str, Tensor] = {}
        for id, fact in self.analysis.facts.items():
            for name, weight in fact.weights.items():
                value = torch.tensor(given.weights[f"{id}/{name}"], dtype=self.dtype)
                self.weights[f"{id}/{name}"] = value.requires_grad_(weight.trainable)

    @abstractmethod
    def translated(self, box: Box) -> Tensor | dict[str, Tensor]:
        """What comes out of a box: at port y, or at each port by name."""

    @abstractmethod
    def loss(self, box: Box) -> Tensor:
        """The mean loss over the batch, not yet weighted."""

    @abstractmethod
    def optimizer(self, options: TrainingOptions, weights: list[Tensor]) -> Any:
        """An object with `step()`, which moves the weights against their `.grad`."""

    @abstractmethod
    def clip(self, options: TrainingOptions, weights: list[Tensor]) -> None:
        """Clip the gradients, if the optimizer does not do so itself."""

    def forward(self, x: Tensor, training: bool) -> tuple[Tensor, Tensor]:
        """Total loss, and the answer of the first loss box."""
        tensors: dict[str, Tensor] = {}
        total, answers = self.penalty(), []
        target = self.tensor(self.given.target)
        for id in self.analysis.order:
            fact = self.analysis.facts[id]
            box = self._box(id, fact, tensors, training)
            if fact.layer.category == "data":
                tensors |= {f"{id}.x": x, f"{id}.target": target}
            elif fact.layer.category == "loss":
                total = total + fact.layer.weight * self.loss(box)  # type: ignore[attr-defined]
                answers.append(answer(box))
            else:
                made = self.translated(box)
                ports = made if isinstance(made, dict) else {"y": made}
                for port, tensor in ports.items():
                    tensors[f"{id}.{port}"] = self._masked(fact, port, box, tensor)
            self._keep(id, box.changes)
        return total, answers[0]

    def penalty(self) -> Tensor:
        """What the size of the kernels costs: l1 · Σ|w| + l2 · Σw², for each layer and for all."""
        common = self.given.document.training
        total = torch.zeros((), dtype=self.dtype)
        for id, fact in self.analysis.facts.items():
            l1 = common.l1 + getattr(fact.layer, "l1", 0.0)
            l2 = common.l2 + getattr(fact.layer, "l2", 0.0)
            for name in fact.weights:
                value = self.weights[f"{id}/{name}"]
                if value.ndim > 1 and value.requires_grad:
                    total = total + l1 * value.abs().sum() + l2 * value.square().sum()
        return total

    def _box(self, id: str, fact: NodeFacts, tensors: dict[str, Tensor], training: bool) -> Box:
        layer: Layer = fact.layer
        network = self.given.document.network
        inputs = {
            port.name: tuple(
                tensors[f"{e.source}.{e.source_port}"] for e in network.into(id, port.name)
            )
            for port in layer.inputs
        }
        weights = {name: self.weights[f"{id}/{name}"] for name in fact.weights}
        return Box(id, layer, fact, weights, inputs, training)

    def _masked(self, fact: NodeFacts, port: str, box: Box, y: Tensor) -> Tensor:
        """What comes out with the mask of what went in, as long as it has the same time steps."""
        time = fact.outputs[port].time
        for x, shape in zip(box.inputs.get("x", ()), fact.inputs.get("x", ()), strict=True):
            mask = getattr(x, "mask", None)
            if time and shape.time == time and mask is not None and not hasattr(y, "mask"):
                y.mask = mask
        return y

    def _keep(self, id: str, changes: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, value in changes.items():
                self.weights[f"{id}/{name}"].copy_(value)

    def tensor(self, array: Array) -> Tensor:
        """An array as a tensor: real numbers in this network's format, or whole numbers."""
        return torch.tensor(array, dtype=self.dtype if array.dtype.kind == "f" else torch.int64)

    def results(self) -> Results:
        """What the peer makes of the experiment."""
        with torch.no_grad():
            found: Results = {"answer": self.forward(self.tensor(self.given.x), False)[1].numpy()}
        if self.given.is_random:
            return found
        first = {name: value.detach().clone() for name, value in self.weights.items()}
        x = self.tensor(self.given.x)
        if x.is_floating_point():
            x.requires_grad_()
        loss, _ = self.forward(x, True)
        try:
            loss.backward()
        except RuntimeError as error:
            if "contiguous" in str(error):  # PyTorch's own, of some transposed convolutions
                raise Different(str(error)) from error
            raise
        for name, value in self.weights.items():
            if value.requires_grad:
                found[f"gradient {name}"] = _slope(value)
        if x.is_floating_point():
            found["gradient x"] = _slope(x)
        with torch.no_grad():
            for name, value in self.weights.items():
                value.copy_(first[name])
        found["loss"] = self._train()
        for name, value in self.weights.items():
            found[f"after {name}"] = value.detach().numpy().copy()
        return found

    def _train(self) -> Array:
        trained = [value for value in self.weights.values() if value.requires_grad]
        optimizer = self.optimizer(self.given.document.training, trained) if trained else None
        x, losses = self.tensor(self.given.x), []
        for _ in range(self.given.steps):
            for value in trained:
                value.grad = None
            loss, _ = self.forward(x, True)
            losses.append(float(loss.detach()))
            if loss.requires_grad:
                loss.backward()
            for value in trained:
                if value.grad is None:  # nothing depends on it
                    value.grad = torch.zeros_like(value)
            if optimizer is not None:
                self.clip(self.given.document.training, trained)
                optimizer.step()
        return np.array(losses)


def _slope(value: Tensor) -> Array:
    """The gradient that arrived, zeros if none did."""
    found: Array = np.zeros(value.shape) if value.grad is None else value.grad.numpy().copy()
    return found
