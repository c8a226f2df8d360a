"""All answers of a network on a part of the data, with what should have been answered."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.runtime.memory import Array
from engine.runtime.outcome import Outcome
from engine.runtime.trainer import Trainer


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers of one output.

    task : "classes", "binary" or "values"
    outputs : (N, …, K) probabilities, or values
    targets : (N, …) class numbers, or (N, …, K) values, or the truth of K yes-or-no questions
    counted : (N, …) 1 where an answer counts, 0 where there is only padding; None: all count
    """

    task: str
    outputs: Array
    targets: Array
    counted: Array | None

    @property
    def has_questions(self) -> bool:
        """Whether several yes-or-no questions are answered at once."""
        return self.task == "binary" and self.targets.ndim == self.outputs.ndim

    @property
    def first(self) -> Answered:
        """Of several yes-or-no questions, the first."""
        if not self.has_questions:
            return self
        return replace(self, outputs=self.outputs[..., :1], targets=self.targets[..., 0])

    @property
    def wrong(self) -> Array:
        """Which answers name another class than the target, (N, …); for values, none.

        Of several yes-or-no questions it is the first that counts.
        """
        if self.task == "values":
            return np.zeros(self.outputs.shape[:-1], bool)
        outputs, targets = self.first.outputs, self.first.targets
        is_class = self.task == "classes"
        named = np.argmax(outputs, axis=-1) if is_class else outputs[..., 0] > 0.5
        wrong: Array = np.not_equal(named, targets if is_class else targets > 0.5)
        return wrong if self.counted is None else wrong & (self.counted > 0)


def answered(trainer: Trainer, part: str, number: int = 0) -> Answered:
    """The answers of one output (of the first loss, unless said otherwise) on all samples."""
    model, count = trainer.model, trainer.count(part)
    outcome = model.plan.outcomes[number]
    model.attach(trainer.sources[part])
    outputs = as_shares(outcome, model.answers(count, number))
    targets = model.read("evaluation", outcome.target, count)
    counted = model.read("evaluation", outcome.counted, count) if outcome.counted else None
    task, size = outcome.task, targets.shape[-1]
    classes = _classes(trainer, outcome)
    if size == classes > 1 or (task == "classes" and size > 1):  # one-hot, whatever the loss
        task, targets = "classes", np.argmax(targets, axis=-1)
    elif task == "classes" or (task == "binary" and size == 1):
        targets = targets[..., 0]
    else:
        outputs, targets = (unscaled(trainer, outcome, values) for values in (outputs, targets))
    return Answered(task, outputs, targets, counted)


def unscaled(trainer: Trainer, outcome: Outcome, values: Array) -> Array:
    """Values to predict as they are in the data, where they were scaled for training."""
    source = _target_box(trainer, outcome)
    scaling = trainer.data[source].target_scaling if source else None
    if scaling is None:
        return values
    rows = scaling.undo(values.reshape(len(values), -1).astype(np.float64))
    return np.asarray(rows.reshape(values.shape), values.dtype)


def _target_box(trainer: Trainer, outcome: Outcome) -> str:
    """The data box whose targets a loss reads; empty if it reads something else."""
    edge = trainer.model.document.network.into(outcome.node, "target")[0]
    # a target may also be the samples themselves, or what another box computes
    is_target = edge.source in trainer.data and edge.source_port == "target"
    return edge.source if is_target else ""


def _classes(trainer: Trainer, outcome: Outcome) -> int:
    """How many classes the target of a loss has; 0 if it is something else."""
    source = _target_box(trainer, outcome)
    return trainer.data[source].classes if source else 0


def as_shares(outcome: Outcome, outputs: Array) -> Array:
    """Answers that are scores (a hinge knows no probabilities), brought between 0 and 1."""
    if not outcome.scores:
        return outputs
    if outcome.task == "binary":
        return np.asarray(0.5 * np.tanh(0.5 * outputs) + 0.5)
    powers = np.exp(outputs - outputs.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
