"""Pictures of what a network has learnt: answers on validation samples, a map of the plane."""

from __future__ import annotations

import numpy as np

from engine.protocol import Predictions
from engine.runtime.answers import Answered, answered, as_shares, unscaled
from engine.runtime.memory import Array
from engine.runtime.trainer import Trainer, row_numbers

MOST = 200  # samples shown
SIDE = 60  # points of the map along each axis


def predictions(trainer: Trainer, run: int, known: Answered | None = None) -> Predictions:
    """The answers of the first output, on all validation samples; a part of them is shown.

    `known` are these answers, if they have just been computed.
    """
    found, count = (known or answered(trainer, "validation")).first, trainer.count("validation")
    wrong, counted = found.wrong, found.counted
    has_wrong: Array = np.count_nonzero(wrong.reshape(count, -1), axis=1)
    shown = _shown(has_wrong)
    data = next(iter(trainer.data.values()))
    surface, extent = _surface(trainer)
    return Predictions(
        run,
        trainer.position.epoch,
        found.task,
        data.inputs("validation", shown),
        found.outputs[shown],
        found.targets[shown],
        int(np.count_nonzero(wrong)),
        int(wrong.size if counted is None else np.count_nonzero(counted)),
        surface,
        extent,
        None if counted is None else counted[shown],
        count,
    )


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
    outcome = model.plan.outcomes[0]
    answers = as_shares(outcome, model.answers(len(grid)))
    if outcome.task == "values":
        answers = unscaled(trainer, outcome, answers)
    extent = float(axes[0][0]), float(axes[0][-1]), float(axes[-1][0]), float(axes[-1][-1])
    return answers.reshape(*(SIDE,) * features, -1), extent
