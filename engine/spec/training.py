"""How a network is trained: the choices beside the canvas, saved in the document."""

from __future__ import annotations

from dataclasses import dataclass, fields

from engine.spec.options import choice, flag, real, whole

AUTOMATIC = 0  # threads: the engine decides by the size of the network

# how many vectors as long as the parameters each optimizer keeps between steps
SLOTS = {
    "sgd": 1,
    "adam": 2,
    "adamw": 2,
    "nadam": 2,
    "rmsprop": 3,
    "adagrad": 1,
    "adadelta": 2,
    "lion": 1,
}

# what a run keeps from its beginning to its end; the rest may be changed while it goes on
FIXED = ("batch_size", "optimizer", "accumulation", "seed", "threads")

# what a beginner sets; the rest is shown when it differs from its default
FIRST = ("epochs", "batch_size", "optimizer", "learning_rate")

_WITH_BETA_1 = ("optimizer", ("adam", "adamw", "nadam", "lion"))
_WITH_BETA_2 = ("optimizer", ("adam", "adamw", "nadam"))
_WITH_EPSILON = ("optimizer", ("adam", "adamw", "nadam", "rmsprop", "adagrad", "adadelta"))
_FALLING = ("schedule", ("step", "exponential", "plateau"))
_ENDING = ("schedule", ("polynomial", "cosine", "cosine_restarts", "plateau"))


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """Defaults are Keras's where Keras has one. Clippings, penalties and bounds of 0 are none."""

    epochs: int = whole(15, 1, 100_000, unit="epochs")
    batch_size: int = whole(32, 1, 65_536, unit="samples")

    optimizer: str = choice(
        "adam", "sgd", "adamw", "nadam", "rmsprop", "adagrad", "adadelta", "lion"
    )
    learning_rate: float = real(0.001, 1e-8, 100.0, logarithmic=True)
    momentum: float = real(0.9, 0.0, 0.9999, shown_when=("optimizer", ("sgd",)))
    nesterov: bool = flag(False, shown_when=("optimizer", ("sgd",)))
    weight_decay: float = real(0.004, 0.0, 1.0, shown_when=("optimizer", ("adamw",)))
    rho: float = real(0.9, 0.0, 0.9999, advanced=True, shown_when=("optimizer", ("rmsprop",)))
    rmsprop_momentum: float = real(
        0.0, 0.0, 0.9999, advanced=True, shown_when=("optimizer", ("rmsprop",))
    )
    centred: bool = flag(False, advanced=True, shown_when=("optimizer", ("rmsprop",)))
    adadelta_rho: float = real(
        0.95, 0.0, 0.9999, advanced=True, shown_when=("optimizer", ("adadelta",))
    )
    accumulator: float = real(
        0.1, 0.0, 100.0, advanced=True, shown_when=("optimizer", ("adagrad",))
    )
    beta_1: float = real(0.9, 0.0, 0.9999, advanced=True, shown_when=_WITH_BETA_1)
    beta_2: float = real(0.999, 0.0, 0.999999, advanced=True, shown_when=_WITH_BETA_2)
    lion_beta_2: float = real(
        0.99, 0.0, 0.999999, advanced=True, shown_when=("optimizer", ("lion",))
    )
    epsilon: float = real(
        1e-7, 1e-12, 1.0, logarithmic=True, advanced=True, shown_when=_WITH_EPSILON
    )

    schedule: str = choice(
        "constant",
        "step",
        "exponential",
        "polynomial",
        "cosine",
        "cosine_restarts",
        "one_cycle",
        "plateau",
    )
    decay_factor: float = real(0.1, 0.001, 1.0, logarithmic=True, shown_when=_FALLING)
    decay_epochs: int = whole(
        5, 1, 100_000, unit="epochs", shown_when=("schedule", ("step", "exponential"))
    )
    plateau_patience: int = whole(
        10, 1, 100_000, unit="epochs", shown_when=("schedule", ("plateau",))
    )
    cycle_epochs: int = whole(
        5, 1, 100_000, unit="epochs", shown_when=("schedule", ("cosine_restarts",))
    )
    cycle_growth: float = real(
        2.0, 1.0, 10.0, advanced=True, shown_when=("schedule", ("cosine_restarts",))
    )
    power: float = real(1.0, 0.1, 10.0, advanced=True, shown_when=("schedule", ("polynomial",)))
    rise: float = real(0.3, 0.01, 0.99, advanced=True, shown_when=("schedule", ("one_cycle",)))
    final_factor: float = real(0.0, 0.0, 1.0, advanced=True, shown_when=_ENDING)
    warm_up: float = real(0.0, 0.0, 1000.0, unit="epochs", advanced=True)

    early_stopping: bool = flag(False)
    patience: int = whole(5, 1, 100_000, unit="epochs", shown_when=("early_stopping", (True,)))
    minimum_change: float = real(
        0.0, 0.0, 100.0, advanced=True, shown_when=("early_stopping", (True,))
    )
    restore_best: bool = flag(True, advanced=True, shown_when=("early_stopping", (True,)))

    clipping: str = choice("none", "value", "norm", "global_norm", advanced=True)
    clip_limit: float = real(
        1.0,
        1e-6,
        1e6,
        logarithmic=True,
        advanced=True,
        shown_when=("clipping", ("value", "norm", "global_norm")),
    )
    l1: float = real(0.0, 0.0, 10.0, logarithmic=True, advanced=True)
    l2: float = real(0.0, 0.0, 10.0, logarithmic=True, advanced=True)
    max_norm: float = real(0.0, 0.0, 100.0, advanced=True)
    accumulation: int = whole(1, 1, 10_000, unit="batches", advanced=True)

    seed: int = whole(0, 0, 2**31 - 1)
    threads: int = whole(AUTOMATIC, 0, 256, unit="threads")


LIVE = tuple(option.name for option in fields(TrainingOptions) if option.name not in FIXED)
