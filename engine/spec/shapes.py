"""Shapes say how large one sample is and what each axis means. The batch axis is left out."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

REAL, TOKEN = "real", "token"


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes with names.

    `kind` is REAL for measured values and TOKEN for whole numbers that name something (a class, a
    word): then `limit` is how many there are.
    """

    sizes: tuple[int, ...]
    axes: tuple[str, ...]
    kind: str = REAL
    limit: int = 0

    def __post_init__(self) -> None:
        if len(self.sizes) != len(self.axes):
            raise ValueError(f"{len(self.sizes)} sizes but {len(self.axes)} axis names")

    def __str__(self) -> str:
        return "×".join(f"{size:,}" for size in self.sizes) if self.sizes else "1"

    @property
    def time(self) -> int:
        """Number of time steps; 0 if this is no sequence."""
        return self.sizes[0] if self.axes[:1] == ("time",) else 0

    @property
    def count(self) -> int:
        """How many numbers one sample holds."""
        return prod(self.sizes)


def image(height: int, width: int, channels: int) -> Shape:
    """A picture."""
    return Shape((height, width, channels), ("height", "width", "channels"))


def features(count: int) -> Shape:
    """A row of numbers."""
    return Shape((count,), ("features",))


def shares(*sizes: int) -> Shape:
    """A number for each class, at each time step if there are two sizes."""
    return Shape(sizes, ("time", "classes")[-len(sizes) :])


def sequence(time: int, count: int) -> Shape:
    """A row of numbers at each time step."""
    return Shape((time, count), ("time", "features"))


def tokens(time: int, limit: int) -> Shape:
    """A whole number below `limit` at each time step: a word, a character, a class."""
    return Shape((time,), ("time",), TOKEN, limit)


def label(classes: int) -> Shape:
    """The number of one class out of `classes`."""
    return Shape((), (), TOKEN, classes)
