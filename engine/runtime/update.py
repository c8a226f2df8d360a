"""From the workers' gradients to new weights: the optimizer, and what may come before and after it.

Plainly, the optimizer's kernel sums the workers' rows itself, each worker for its part of the
parameters. Where something needs the gradient of the whole batch, or of several (clipping,
penalties, accumulation, bounds on norms), the sum is written down first, and treated:

    sum over workers and batches → penalties → clipping → optimizer → bounds

which is the order of Keras, where penalties are part of the loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import prod

import numpy as np

from engine.kernels import Call, Kernel
from engine.optimizers import OPTIMIZERS
from engine.runtime.liveness import LINE, aligned
from engine.runtime.memory import Array, Memory, parts_of
from engine.runtime.plan import Parameter, Plan
from engine.runtime.team import Team
from engine.spec.training import TrainingOptions

TREATING = ("l1", "l2", "max_norm", "clipping", "clip_limit", "accumulation")
NORM, GLOBAL_NORM, VALUE = "norm", "global_norm", "value"  # kinds of clipping


def penalties(plan: Plan, training: TrainingOptions) -> dict[str, tuple[float, float]]:
    """l1 and l2 of each weight that has one: its layer's own, and for kernels the document's."""
    found = {}
    for place in plan.parameters:
        weight = place.weight
        common = (training.l1, training.l2) if len(weight.shape) > 1 else (0.0, 0.0)
        both = weight.l1 + common[0], weight.l2 + common[1]
        if weight.trainable and any(both):
            found[place.name] = both
    return found


def bounds(plan: Plan, training: TrainingOptions) -> dict[str, float]:
    """Largest norm of the weights into a unit, of each kernel that has one: the layer's first."""
    found = {}
    for place in plan.parameters:
        weight = place.weight
        limit = weight.max_norm or training.max_norm
        if weight.trainable and limit and len(weight.shape) > 1:
            found[place.name] = limit
    return found


def is_treated(plan: Plan, training: TrainingOptions) -> bool:
    """Whether more happens to the gradients than the optimizer's step."""
    return bool(
        training.accumulation > 1
        or training.clipping != "none"
        or penalties(plan, training)
        or bounds(plan, training)
    )


def _treatment(training: TrainingOptions) -> tuple[object, ...]:
    """The options that decide what is done to gradients."""
    return tuple(getattr(training, name) for name in TREATING)


class Update:
    """Holds the optimizer's memory; gives the calls of a step, one list a worker."""

    def __init__(
        self,
        plan: Plan,
        memory: Memory,
        kernels: Mapping[str, Kernel],
        team: Team,
        training: TrainingOptions,
    ) -> None:
        self.memory, self.kernels, self.team, self.training = memory, kernels, team, training
        self.optimizer = OPTIMIZERS[training.optimizer]
        shape, dtype = memory.parameters.shape, memory.dtype
        self.slots = {name: aligned(shape, dtype) for name in self.optimizer.slots}
        self.settings = np.zeros(len(self.optimizer.settings(training, 0.0, 1)))
        self.count = 0  # steps done
        self.trained: list[Parameter] = [p for p in plan.parameters if p.weight.trainable]
        self.size = plan.trainable if plan.backward else 0  # where something is learnt
        self.gathered = 0  # batches in the present total
        self.plan = plan
        self._treat(training)
        self._gathering = np.zeros(2)
        self._value: Array = np.zeros(1, memory.dtype)

    def _treat(self, training: TrainingOptions) -> None:
        """See what is to be done to the gradients, and have room for it."""
        self.training = training
        self.penalties = penalties(self.plan, training)
        self.bounds = bounds(self.plan, training)
        self.is_treated = is_treated(self.plan, training)
        self.total: Array = aligned((self.plan.size if self.is_treated else 0,), self.memory.dtype)

    def follow(self, training: TrainingOptions) -> bool:
        """Take over options that may change while a run goes on.

        Returns whether steps call other kernels now, or the same ones with other arrays.
        """
        before = self.training
        if _treatment(before) == _treatment(training):
            self.training = training
            return False
        total = self.total
        self._treat(training)
        if len(total) == len(self.total):
            self.total = total  # gradients of a group that is not complete yet
        return True

    def reset(self) -> None:
        """Forget everything."""
        for name, slot in self.slots.items():
            first = self.optimizer.first.get(name)
            slot[:] = first(self.training) if first is not None else 0
        self.total[:] = 0
        self.count = self.gathered = 0

    def penalty(self) -> float:
        """What the penalties add to the loss, with the present weights."""
        total = 0.0
        for name, factors in self.penalties.items():
            weights = self.memory.weight(name).reshape(-1)
            self.kernels["penalty"](weights, np.array(factors), self._value)
            total += float(self._value[0])
        return total

    def add_penalty_gradients(self, gradients: Mapping[str, Array]) -> None:
        """Add the gradients of the penalties to those of the weights, by name."""
        for name, factors in self.penalties.items():
            weights, gradient = self.memory.weight(name), gradients[name]
            self.kernels["penalty_gradient"](
                weights.reshape(-1), np.array(factors), gradient.reshape(-1)
            )

    @property
    def place(self) -> tuple[int, int]:
        """Steps done, and batches in the present total; to be set when a batch does not count."""
        return self.count, self.gathered

    @place.setter
    def place(self, place: tuple[int, int]) -> None:
        self.count, self.gathered = place

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Steps inside change nothing in the end: neither weights nor what is kept."""
        vectors = [self.memory.parameters, self.total, *self.slots.values()]
        before, place = [vector.copy() for vector in vectors], self.place
        try:
            yield
        finally:
            for vector, old in zip(vectors, before, strict=True):
                vector[:] = old
            self.place = place

    def begin(self, rate: float, closes: bool) -> bool:
        """Take another batch; True if it is the last of its group, and the weights change now.

        `closes` ends a group early: the epoch ends, and the step follows the mean of what there is.
        """
        self._gathering[0] = float(self.gathered > 0)
        self.gathered += 1
        is_last = closes or self.gathered >= self.training.accumulation
        self._gathering[1] = 1.0 / self.gathered if is_last else 1.0
        if is_last:
            self.gathered = 0
            self.count += 1
            self.settings[:] = self.optimizer.settings(self.training, rate, self.count)
        return is_last

    def calls(self, active: int, is_last: bool, workers: int) -> list[list[Call]]:
        """The calls of each of the workers, of which `active` have computed gradients."""
        if not self.size:
            return []
        parts = self._parts(workers)
        self._squares = np.zeros((len(self.trained), len(parts)), self.memory.dtype)
        if not self.is_treated:
            return [[self._step(self.memory.gradients[:active], *part)] for part in parts]
        return [list(self._treated(w, parts, active, is_last)) for w in range(len(parts))]

    def _parts(self, workers: int) -> list[tuple[int, int]]:
        """Cut the parameters where lines of the cache end: vectors across them take longer."""
        line = LINE // self.memory.dtype.itemsize
        lines = parts_of(-(-self.size // line), workers)
        return [(first * line, min(last * line, self.size)) for first, last in lines]

    def _step(self, gradients: Array, first: int, last: int) -> Call:
        slots = (slot[first:last] for slot in self.slots.values())
        parameters = self.memory.parameters[first:last]
        arguments = parameters, gradients[:, first:last], *slots, self.settings
        return self.kernels[self.optimizer.kernel], arguments

    def _treated(
        self, worker: int, parts: list[tuple[int, int]], active: int, is_last: bool
    ) -> Iterator[Call]:
        kernels, (first, last) = self.kernels, parts[worker]
        total = self.total[first:last]
        rows = self.memory.gradients[:active, first:last]
        yield kernels["sum_gradients"], (rows, self._gathering, total)
        if not is_last:
            return
        for place, start, stop in self._pieces(first, last):
            if place.name in self.penalties:
                factors = np.array(self.penalties[place.name])
                weights = self.memory.parameters[start:stop]
                yield kernels["penalty_gradient"], (weights, factors, self.total[start:stop])
        yield from self._clipped(worker, parts)
        yield self._step(self.total[None], first, last)
        if self.bounds:
            yield from self._meeting(len(parts))
            yield from self._bounded(worker, len(parts))

    def _pieces(self, first: int, last: int) -> Iterator[tuple[Parameter, int, int]]:
        """The parts of weights that lie between two places of the vector."""
        for place in self.trained:
            start, stop = max(first, place.start), min(last, place.stop)
            if start < stop:
                yield place, start, stop

    def _meeting(self, workers: int) -> Iterator[Call]:
        if workers > 1:
            yield self.team.meeting(workers), ()

    def _clipped(self, worker: int, parts: list[tuple[int, int]]) -> Iterator[Call]:
        """Clip a worker's part; norms are of whole weights, so that the workers meet for them."""
        kernels, (first, last) = self.kernels, parts[worker]
        kind, limit = self.training.clipping, np.array([self.training.clip_limit])
        if kind == VALUE:
            yield kernels["clip_values"], (self.total[first:last], limit)
        if kind not in (NORM, GLOBAL_NORM):
            return
        number = {place.name: i for i, place in enumerate(self.trained)}
        for place, start, stop in self._pieces(first, last):
            i = number[place.name]
            sums = self._squares[i, worker : worker + 1]
            yield kernels["sum_of_squares"], (self.total[start:stop], sums)
        yield from self._meeting(len(parts))
        if kind == GLOBAL_NORM:
            yield kernels["clip_norm"], (self.total[first:last], self._squares.reshape(-1), limit)
            return
        for place, start, stop in self._pieces(first, last):
            squares = self._squares[number[place.name]]
            yield kernels["clip_norm"], (self.total[start:stop], squares, limit)

    def _bounded(self, worker: int, workers: int) -> Iterator[Call]:
        """Bound the norms of whole weights, every so many a worker."""
        places = [place for place in self.trained if place.name in self.bounds]
        for place in places[worker::workers]:
            shape = place.weight.shape
            weights = self.memory.weight(place.name).reshape(prod(shape[:-1]), shape[-1])
            room: Array = np.zeros(shape[-1], weights.dtype)
            limit = np.array([self.bounds[place.name]])
            yield self.kernels["bound_norms"], (weights, limit, room)
