"""Pictures of what a network has learnt: answers on validation samples, a map of the plane."""

from __future__ import annotations

import numpy as np

from engine.protocol import Predictions
from engine.runtime.memory import Array
from engine.runtime.outcome import Outcome
from engine.runtime.trainer import Trainer, row_numbers

MOST = 200  # samples shown
SIDE = 60  # points of the map along each axis


def predictions(trainer: Trainer, run: int) -> Predictions:
    """The answers of the first output, on all validation samples; a part of them is shown."""
    model = trainer.model
    outcome = model.plan.outcomes[0]
    count = trainer.count("validation")
    model.attach(trainer.sources["validation"])
    answers = _as_shares(outcome, model.answers(count))
    targets = model.read("evaluation", outcome.target, count)
    counted = model.read("evaluation", outcome.counted, count) if outcome.counted else None
    task, targets = _as_classes(outcome.task, targets, _classes(trainer))
    wrong = is_wrong(task, answers, targets, counted)
    data = next(iter(trainer.data.values()))
    has_wrong: Array = np.count_nonzero(wrong.reshape(count, -1), axis=1)
    shown = _shown(has_wrong)
    surface, extent = _surface(trainer)
    return Predictions(
        run,
        trainer.position.epoch,
        task,
        data.inputs("validation", shown),
        answers[shown],
        targets[shown],
        int(np.count_nonzero(wrong)),
        int(wrong.size if counted is None else np.count_nonzero(counted)),
        surface,
        extent,
        None if counted is None else counted[shown],
        count,
    )


def _as_shares(outcome: Outcome, answers: Array) -> Array:
    """Answers that are scores (a hinge has no probabilities), made comparable to be shown."""
    if not outcome.scores:
        return answers
    if outcome.task == "binary":
        return np.asarray(0.5 * np.tanh(0.5 * answers) + 0.5)
    powers = np.exp(answers - answers.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def is_wrong(task: str, answers: Array, targets: Array, counted: Array | None = None) -> Array:
    """Which answers name another class than the target; for values, none.

    answers : (N, …, K)
    targets : (N, …) class numbers, or (N, …, K)
    counted : (N, …), 0 where there is nothing to answer
    """
    if task == "values":
        return np.zeros(answers.shape[:-1], bool)
    named: Array = np.argmax(answers, axis=-1) if task == "classes" else answers[..., 0] > 0.5
    wrong: Array = np.not_equal(named, targets if task == "classes" else targets > 0.5)
    return wrong if counted is None else wrong & (counted > 0)


def _classes(trainer: Trainer) -> int:
    """How many classes the target of the first loss has; 0 if it is something else."""
    network = trainer.model.document.network
    loss = trainer.model.plan.outcomes[0].node
    edge = network.into(loss, "target")[0]
    # a target may also be the samples themselves, or what another box computes
    is_target = edge.source in trainer.data and edge.source_port == "target"
    return trainer.data[edge.source].classes if is_target else 0


def _as_classes(task: str, targets: Array, classes: int) -> tuple[str, Array]:
    size = targets.shape[-1]
    if size == classes > 1 or (task == "classes" and size > 1):  # one-hot, whatever the loss
        return "classes", np.argmax(targets, axis=-1)
    return task, targets if task == "values" else targets[..., 0]


def _shown(has_wrong: Array) -> Array:
    """Rows to show: all wrong ones first in line, filled up evenly, in the order of the data."""
    wrong = np.flatnonzero(has_wrong)[: MOST // 2]
    others = np.setdiff1d(np.arange(len(has_wrong)), wrong)
    return np.sort(np.concatenate([wrong, others[row_numbers(len(others), MOST - len(wrong))]]))


def _surface(
    trainer: Trainer,
) -> tuple[Array | None, tuple[float, float, float, float] | None]:
    """The network's answers on a grid, for samples of at most two features."""
    if len(trainer.data) != 1:
        return None, None
    data = next(iter(trainer.data.values()))
    features = data.shape.count
    if data.shape.axes != ("features",) or features > 2:
        return None, None
    x = data.parts["training"].x
    low, high = x.min(axis=0), x.max(axis=0)
    edge = 0.1 * (high - low) + 1e-6
    axes = [np.linspace(low[i] - edge[i], high[i] + edge[i], SIDE) for i in range(features)]
    grid = np.stack([a.ravel() for a in np.meshgrid(*axes)], axis=1).astype(x.dtype)
    model = trainer.model
    (node,) = trainer.data
    target = trainer.sources["validation"][f"{node}.target"]
    model.attach({f"{node}.x": grid, f"{node}.target": target})
    answers = _as_shares(model.plan.outcomes[0], model.answers(len(grid)))
    extent = float(axes[0][0]), float(axes[0][-1]), float(axes[-1][0]), float(axes[-1][-1])
    return answers.reshape(*(SIDE,) * features, -1), extent
