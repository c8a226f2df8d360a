"""All arrays of a run, allocated once; and kernel calls bound to them.

Each worker owns a contiguous part of the batch, a row of the gradient matrix and its own scratch
arrays, so that no two workers ever write to the same place. That holds of shared places, too (see
`liveness`): there a worker's samples own a stretch of bytes, and every array that it lays into the
stretch is its own samples' only. How far the other workers have come does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.kernels import Call, Kernel
from engine.runtime.build import (
    CHOSEN,
    CLOCK,
    GRADIENT,
    INDEX,
    KEPT,
    PARAMETER,
    REAL,
    SAMPLE,
    SHARED,
    SOURCE,
    WINNER,
    WORKER,
    Buffer,
    Ref,
    Step,
)
from engine.runtime.liveness import LINE, Layout, aligned, layout, rounded
from engine.runtime.plan import Plan

Array = NDArray[Any]
BYTES = {REAL: 4, INDEX: 8, WINNER: 4, CLOCK: 8}  # of one number; REAL in a run, not in a check
Sources = Mapping[str, Array]  # by "node.port", each (samples, numbers in a sample)


@dataclass(frozen=True, slots=True)
class Share:
    """One worker's part of a batch: samples `first` to `last`, one of so many `workers`."""

    worker: int
    workers: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes that a plan needs, by purpose."""

    parameters: int
    gradients: int  # of the parameters, one vector a worker
    optimizer: int  # what the optimizer keeps between steps
    arrays: int  # results, their gradients, room to work in
    saved: int = 0  # how much more the arrays would need, if none shared its place

    @property
    def total(self) -> int:
        """All of it."""
        return self.parameters + self.gradients + self.optimizer + self.arrays


class Memory:
    """The arrays of one plan for up to `batch` samples at a time and `workers` workers.

    With `reuse`, arrays that are not needed at the same time share a place.
    """

    def __init__(
        self, plan: Plan, batch: int, workers: int, dtype: str = "float32", reuse: bool = True
    ) -> None:
        self.plan, self.batch, self.workers = plan, batch, workers
        self.numbers = {
            REAL: np.dtype(dtype),
            INDEX: np.dtype(np.int64),
            WINNER: np.dtype(np.int32),
            CLOCK: np.dtype(np.uint64),
        }
        self.dtype = self.numbers[REAL]
        self.parameters: Array = aligned((plan.size,), self.dtype)
        wide = rounded(plan.size, LINE // self.dtype.itemsize)
        vectors = aligned((workers if plan.backward else 0, wide), self.dtype)
        self.gradients: Array = vectors[:, : plan.size]
        self.chosen: Array = np.zeros(batch, np.int64)  # rows of the data set in this batch
        self._place = {p.name: p for p in plan.parameters}
        self._arrays: dict[Buffer, Array] = {}
        self.kept: dict[str, Array] = {}  # states that stay from batch to batch, by name
        self._layouts: dict[str, Layout] = {}
        self.common: dict[str, Array] = {}  # bytes that arrays share, by space
        if reuse:
            widths = {name: number.itemsize for name, number in self.numbers.items()}
            for space, rows in ((SAMPLE, batch), (WORKER, workers)):
                found = self._layouts[space] = layout(plan, space, widths)
                self.common[space] = aligned((rows * found.row,), np.dtype(np.uint8))
        for buffer in (*plan.buffers, plan.clock, plan.rows):
            if buffer not in self._arrays and not self.is_common(buffer):
                self._allocate(buffer)
        self.clock: Array = self._arrays[plan.clock]
        self._arrays[plan.rows][:] = np.arange(batch)

    def is_common(self, buffer: Buffer) -> bool:
        """Whether an array shares its place."""
        return buffer.space in self._layouts and buffer in self._layouts[buffer.space].places

    def _allocate(self, buffer: Buffer) -> None:
        number = self.numbers[buffer.number]
        if buffer.name == CHOSEN:
            self._arrays[buffer] = self.chosen
        elif buffer.space in (SAMPLE, KEPT):
            self._arrays[buffer] = aligned((self.batch, *buffer.shape), number)
            if buffer.space == KEPT:
                self.kept[buffer.name] = self._arrays[buffer]
        elif buffer.space == WORKER:
            self._arrays[buffer] = aligned((self.workers, *buffer.shape), number)
        elif buffer.space == SHARED:
            self._arrays[buffer] = aligned(buffer.shape, number)

    @staticmethod
    def need(plan: Plan, batch: int, workers: int, slots: int = 0) -> Need:
        """What a Memory of float32 numbers would allocate, without allocating it.

        `slots` is how many vectors of the parameters' length the optimizer keeps.
        """
        vector = 4 * plan.size
        gradients = vector * workers if plan.backward else 0
        times = {SAMPLE: batch, KEPT: batch, WORKER: workers, SHARED: 1}
        buffers = {buffer for buffer in plan.buffers if buffer.name != CHOSEN}
        arrays = 8 * batch + sum(
            times.get(b.space, 0) * prod(b.shape) * BYTES[b.number]
            for b in buffers | {plan.clock, plan.rows}
        )
        layouts = {space: layout(plan, space, BYTES) for space in (SAMPLE, WORKER)}
        saved = sum(times[space] * (each.apart - each.row) for space, each in layouts.items())
        return Need(vector, gradients, vector * slots, arrays - saved, max(0, saved))

    @property
    def bytes(self) -> int:
        """Memory of all arrays."""
        own = {id(a): a.nbytes for a in (*self._arrays.values(), *self.common.values())}
        return sum(own.values()) + self.parameters.nbytes + self.gradients.nbytes

    def weight(self, name: str) -> Array:
        """A weight by "node/name", as a view into the parameter vector."""
        place = self._place[name]
        return self.parameters[place.start : place.stop].reshape(place.weight.shape)

    def gradient(self, name: str, worker: int = 0) -> Array:
        """A weight's gradient as one worker computed it."""
        place = self._place[name]
        own: Array = self.gradients[worker]
        part: Array = own[place.start : place.stop].reshape(place.weight.shape)
        return part

    def samples(self, ref: Ref, count: int) -> Array:
        """The first `count` samples of an array that has one row a sample, and its own place."""
        return self.shared(ref.buffer)[:count].reshape((count, *ref.shape))

    def clear(self) -> None:
        """Forget what the last pass computed; weights and kept states stay."""
        self.gradients[:] = 0
        for buffer, array in self._arrays.items():
            if buffer.space in (SAMPLE, WORKER) and buffer.number == REAL:
                array[:] = 0
        for array in self.common.values():
            array[:] = 0

    def shared(self, buffer: Buffer) -> Array:
        """An array as a whole. ValueError if its place is another array's by now."""
        if self.is_common(buffer):
            raise ValueError(f"{buffer.name} shares its place: it holds only during its own steps")
        return self._arrays[buffer]

    def bind(self, step: Step, kernel: Kernel, share: Share, sources: Sources) -> Call:
        """One kernel call for one worker and its share of the batch."""
        bound: list[Any] = []
        for argument in step.arguments:
            if isinstance(argument, Ref):
                bound.append(self._view(argument, share, sources))
            else:
                bound.append(argument)
        return kernel, tuple(bound)

    def _view(self, ref: Ref, share: Share, sources: Sources) -> Array:
        buffer, worker = ref.buffer, share.worker
        if self.is_common(buffer):
            return self._common_view(ref, share)
        if buffer.space in (SAMPLE, KEPT):
            rows = self._arrays[buffer][share.first : share.last]
            count = len(rows) * prod(buffer.shape) // prod(ref.shape) if ref.stacked else len(rows)
            return rows.reshape((count, *ref.shape))
        if buffer.space == WORKER and ref.everyone:
            return self._arrays[buffer][: share.workers].reshape((share.workers, *ref.shape))
        if buffer.space == WORKER:
            own: Array = self._arrays[buffer][worker]
            return own.reshape(ref.shape)
        if buffer.space == PARAMETER:
            return self.weight(buffer.name).reshape(ref.shape)
        if buffer.space == GRADIENT:
            return self.gradient(buffer.name, worker).reshape(ref.shape)
        if buffer.space == SOURCE:
            return sources[buffer.name]
        return self._arrays[buffer].reshape(ref.shape)

    def _common_view(self, ref: Ref, share: Share) -> Array:
        """A worker's part of an array that shares its place: within the bytes of its own rows.

        Of n rows each array begins n times as far into them as it does in one row.
        """
        buffer, layout = ref.buffer, self._layouts[ref.buffer.space]
        is_sample = buffer.space == SAMPLE
        first, last = (share.first, share.last) if is_sample else (share.worker, share.worker + 1)
        number, rows, size = self.numbers[buffer.number], last - first, prod(buffer.shape)
        start = first * layout.row + rows * layout.places[buffer]
        stop = start + rows * size * number.itemsize
        own: Array = self.common[buffer.space][start:stop].view(number)
        if not is_sample:
            return own.reshape(ref.shape)
        return own.reshape((rows * size // prod(ref.shape) if ref.stacked else rows, *ref.shape))


def shares_of(count: int, workers: int) -> list[Share]:
    """Cut a batch of `count` samples into the shares of at most `workers` workers."""
    parts = parts_of(count, workers)
    return [Share(worker, len(parts), *part) for worker, part in enumerate(parts)]


def parts_of(count: int, workers: int) -> list[tuple[int, int]]:
    """Cut `count` into at most `workers` contiguous parts (first, last), none of them empty."""
    active = min(workers, count)
    bounds = [count * i // active for i in range(active + 1)]
    return list(pairwise(bounds))
