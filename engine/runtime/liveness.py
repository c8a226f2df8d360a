"""Which arrays may lie in the same place: those whose numbers are never needed at the same time.

A pass is a fixed list of steps, so that before anything runs it is known which step touches an
array first, and which last. Before and after, its place is free for others: most gradients live
for two steps only. A compiler gives registers to variables in the same way (Poletto & Sarkar
1999, "Linear scan register allocation"); for networks see Chen et al. 2016, "Training deep nets
with sublinear memory cost", section 3.

An array that somebody may look at after a pass, as a box's output, keeps a place of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from engine.runtime.build import CHOSEN, SAMPLE, UPDATE, WORKER, Buffer, Ref, Step
from engine.runtime.plan import Plan

LINE = 64  # bytes that a processor fetches at once: vectors that cross the border cost twice
SHORT = 8 * LINE  # a row of fewer bytes begins anywhere: the rest of a line would cost too much


@dataclass(frozen=True, slots=True)
class Layout:
    """Where arrays begin in a row of bytes that they share; one row a sample, or one a worker."""

    places: Mapping[Buffer, int]
    row: int  # bytes
    apart: int  # bytes, if each array had a place of its own


def lifetimes(plan: Plan, space: str) -> dict[Buffer, tuple[int, int]]:
    """The first and the last step that touch each array nobody looks at afterwards.

    Steps are counted through the forward and the backward pass. The passes without a way back are
    parts of that list, in the same order: what is apart in the whole is apart in each.
    """
    steps = (*plan.forward, *plan.backward)
    wanted = plan.looked_at | _of_many(steps)
    found: dict[Buffer, tuple[int, int]] = {}
    for time, step in enumerate(steps):
        for buffer in (a.buffer for a in step.arguments if isinstance(a, Ref)):
            if buffer.space == space and buffer not in wanted and 0 not in buffer.shape:
                found[buffer] = found.get(buffer, (time, time))[0], time
    return found


def _of_many(steps: Iterable[Step]) -> set[Buffer]:
    """What a worker's own list of steps does not tell all about.

    Others read it when they come to a meeting, or the optimizer's step does, or it is set from
    outside.
    """
    found = set()
    for step in steps:
        for argument in step.arguments:
            if isinstance(argument, Ref) and (
                argument.everyone or UPDATE in step.modes or argument.buffer.name == CHOSEN
            ):
                found.add(argument.buffer)
    return found


def layout(plan: Plan, space: str, width: Mapping[str, int]) -> Layout:
    """Lay the arrays of a space, behind or over each other, into the row that they share.

    space : SAMPLE or WORKER
    width : bytes of one number, by number format

    The largest come first, each as far to the front as it meets no array that lives at the same
    time. (Pisarchyk & Lee 2020, "Efficient memory management for deep neural net inference",
    section 5: greedy by size.)
    """
    assert space in (SAMPLE, WORKER)
    lives = lifetimes(plan, space)
    sizes = {buffer: prod(buffer.shape) * width[buffer.number] for buffer in lives}
    units = {b: width[b.number] if sizes[b] < SHORT else LINE for b in lives}
    places: dict[Buffer, int] = {}
    for buffer in sorted(lives, key=lambda buffer: -sizes[buffer]):
        first, last = lives[buffer]
        taken = sorted(
            (place, place + sizes[other])
            for other, place in places.items()
            if lives[other][0] <= last and first <= lives[other][1]
        )
        begin = 0
        for start, stop in taken:
            if begin + sizes[buffer] <= start:
                break
            begin = max(begin, rounded(stop, units[buffer]))
        places[buffer] = begin
    row = max((places[buffer] + sizes[buffer] for buffer in lives), default=0)
    return Layout(places, rounded(row, max(units.values(), default=1)), sum(sizes.values()))


def rounded(size: int, unit: int) -> int:
    """The next multiple of `unit`."""
    return -(-size // unit) * unit


def aligned(shape: tuple[int, ...], number: np.dtype[Any]) -> np.ndarray[Any, np.dtype[Any]]:
    """An array of zeros that begins with a line. What is never touched costs no memory."""
    size = prod(shape) * number.itemsize
    whole = np.zeros(size + LINE, np.uint8)
    start = -whole.ctypes.data % LINE
    return whole[start : start + size].view(number).reshape(shape)
