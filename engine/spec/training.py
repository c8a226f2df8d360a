"""How a network is trained: the choices beside the canvas, saved in the document."""

from __future__ import annotations

from dataclasses import dataclass

from engine.spec.options import choice, flag, real, whole

AUTOMATIC = 0  # threads: the engine decides by the size of the network


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """Defaults are Keras's where Keras has one."""

    epochs: int = whole(15, 1, 100_000, unit="epochs")
    batch_size: int = whole(32, 1, 65_536, unit="samples")
    optimizer: str = choice("adam", "sgd")
    learning_rate: float = real(0.001, 1e-8, 100.0, logarithmic=True)
    momentum: float = real(0.9, 0.0, 0.9999, shown_when=("optimizer", ("sgd",)))
    nesterov: bool = flag(False, shown_when=("optimizer", ("sgd",)))
    beta_1: float = real(0.9, 0.0, 0.9999, advanced=True, shown_when=("optimizer", ("adam",)))
    beta_2: float = real(0.999, 0.0, 0.999999, advanced=True, shown_when=("optimizer", ("adam",)))
    epsilon: float = real(
        1e-7, 1e-12, 1.0, logarithmic=True, advanced=True, shown_when=("optimizer", ("adam",))
    )
    seed: int = whole(0, 0, 2**31 - 1)
    threads: int = whole(AUTOMATIC, 0, 256, unit="threads")
