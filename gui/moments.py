"""Weights of a run at some of its batches: enough to look back over all of it, within bounds."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 120  # moments
ROOM = 192 << 20  # bytes of all of them together


@dataclass(frozen=True, slots=True)
class Moment:
    """A run after some of its batches."""

    steps: int  # batches done in all
    epochs: int  # epochs done
    state: bytes  # weights, optimizer and position, see engine.runtime.checkpoint


class Moments:
    """In the order of the run. Where there are too many, those closest together give way."""

    def __init__(self) -> None:
        self.all: list[Moment] = []

    def add(self, moment: Moment) -> None:
        """Keep one more; what came after it, or was there before, is no longer so."""
        self.cut(moment.steps - 1)
        self.all.append(moment)
        while len(self.all) > MOST or sum(len(m.state) for m in self.all) > ROOM:
            if len(self.all) < 3:
                break  # the first and the last are always there
            del self.all[self._least_missed()]

    def _least_missed(self) -> int:
        """The moment without which the longest gap is shortest; neither the first nor the last."""
        gaps = {i: self.all[i + 1].steps - self.all[i - 1].steps for i in self._inner()}
        return min(gaps, key=lambda i: gaps[i])

    def _inner(self) -> range:
        return range(1, len(self.all) - 1)

    def cut(self, steps: int) -> None:
        """Forget what came after a moment."""
        self.all = [moment for moment in self.all if moment.steps <= steps]

    def clear(self) -> None:
        """Forget all."""
        self.all = []

    def nearest(self, steps: int) -> Moment | None:
        """The moment nearest to so many batches; None if there is none."""
        return min(self.all, key=lambda m: abs(m.steps - steps), default=None)
