"""The learning rate over the epochs of a run, as the schedule in the training options has it."""

from __future__ import annotations

from engine.schedules import factor
from engine.spec.training import TrainingOptions
from gui.describe import value_text
from gui.inspector.pictures.curve import Curve
from gui.words import tr

FINENESS = 100  # batches that an epoch has in the picture


def rate_curve(options: TrainingOptions) -> Curve:
    """The picture of a schedule; one that waits for the validation loss stays level."""

    def at(epoch: float) -> tuple[float, float]:
        step = min(int(epoch * FINENESS), options.epochs * FINENESS - 1)
        return options.learning_rate * factor(options, step, FINENESS), 0.0

    name = value_text("schedule", options.schedule)
    waits = options.schedule == "plateau"
    text = tr("picture.rates.plateau" if waits else "picture.rates", name=name)
    axis = tr("picture.rates.axis")
    return Curve(
        (options,), 0.0, float(options.epochs), at, axis, tr("picture.rates.value"), text=text
    )
