"""Steps put together more cheaply, where the result stays the same.

A plan is first written down as the layers tell it. Then pairs of steps that hand an array to each
other, which nobody else reads, are rewritten. What counts is how often large arrays pass through
memory: computing a slope takes a tenth of the time that it takes to fetch the numbers for it.

Whoever wants to see each layer's own steps asks for `make_plan(document, fused=False)`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import prod

from engine.runtime.build import SAMPLE, Buffer, Ref, Step

Uses = dict[Buffer, list[int]]  # the numbers of the steps that touch an array, forward ones first


class WayBack:
    """The steps of a pass forward and back, and who touches which array."""

    def __init__(
        self, forward: Sequence[Step], backward: Sequence[Step], wanted: Iterable[Buffer]
    ) -> None:
        self.forward, self.wanted = forward, frozenset(wanted)
        self.backward: list[Step | None] = list(backward)  # None: made superfluous
        self.uses: Uses = defaultdict(list)
        for number, step in enumerate((*forward, *backward)):
            for buffer in {a.buffer for a in step.arguments if isinstance(a, Ref)}:
                self.uses[buffer].append(number)

    def reader(self, place: int, buffer: Buffer) -> tuple[int, Step] | None:
        """The only other step that touches an array of which a backward step is the first."""
        here = place + len(self.forward)
        if buffer in self.wanted or self.uses[buffer][0] != here or len(self.uses[buffer]) != 2:
            return None
        other = self.uses[buffer][1] - len(self.forward)
        step = self.backward[other]
        return None if step is None else (other, step)

    def ends_at(self, place: int, buffer: Buffer) -> bool:
        """Whether a backward step is the last that touches an array."""
        return buffer not in self.wanted and self.uses[buffer][-1] == place + len(self.forward)


def fused(
    forward: Sequence[Step], backward: Sequence[Step], wanted: Iterable[Buffer]
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps of the forward and of the backward pass, rewritten.

    wanted : arrays that are looked at between passes
    """
    whole = _activated_at_once(WayBack(forward, backward, wanted))
    steps = tuple(backward)
    for rule in RULES:
        steps = rule(WayBack(whole, steps, wanted))
    return whole, steps


# pairs of steps, the second of which is an activation, that one kernel does as well
AT_ONCE = {"normalise_features": "normalise_and_activate", "add": "add_and_activate"}


def _activated_at_once(way: WayBack) -> tuple[Step, ...]:
    """Apply an activation while what it is applied to is still at hand, in training.

    What lies between is not written then. Other passes do write it, for whoever looks at a box.
    """
    result: list[Step] = []
    done: set[int] = set()
    for place, step in enumerate(way.forward):
        after = _activation_after(way, place, step)
        if after is not None:
            last = way.forward[after]
            y = replace(_ref(step.arguments[2]), buffer=_ref(last.arguments[1]).buffer)
            both = (*step.arguments[:2], y, last.arguments[2])
            result.append(Step(last.node, AT_ONCE[step.kernel], both, ("training",)))
            done |= {place, after}
        modes = tuple(mode for mode in step.modes if mode != "training" or place not in done)
        result += [replace(step, modes=modes)] if modes else []
    return tuple(result)


def _activation_after(way: WayBack, place: int, step: Step) -> int | None:
    """The number of the activation that alone reads what a step of AT_ONCE writes, if so."""
    if step.kernel not in AT_ONCE or "training" not in step.modes:
        return None
    first, *others = way.uses[_ref(step.arguments[2]).buffer]
    if first != place or len(others) != 1 or others[0] >= len(way.forward):
        return None
    after = way.forward[others[0]]
    return others[0] if after.kernel == "activate" and after.modes == step.modes else None


def _slope_before_unpooling(way: WayBack) -> tuple[Step, ...]:
    """Multiply by an activation's slope before a pooling's gradient is spread, not afterwards.

    In the cell that won, the activation's result is the pooled value itself. So the slope, which is
    computed from the result, is known from the pooled picture, which is four times smaller with
    windows of 2 × 2; and the large picture is not read again at all:

        f'(y) · unpool(dy) = unpool(f'(max y) · dy)
    """
    pooled = {s.arguments[2]: s for s in way.forward if s.kernel == "max_pool2d"}
    result: list[Step] = []
    for place, step in enumerate(way.backward):
        if step is None:
            continue
        found = None
        if step.kernel == "max_pool2d_gradient":
            dy, where, dx = (_ref(a) for a in step.arguments[:3])
            found = way.reader(place, dx.buffer)
        if found is None or found[1].kernel != "activate_gradient":
            result.append(step)
            continue
        (x, y), (result_of, _, dz, code) = pooled[where].arguments[:2], found[1].arguments
        if _ref(result_of).buffer is not _ref(x).buffer:
            result.append(step)
            continue
        slope = Ref(Buffer(f"{step.node}.dz", dy.shape), dy.shape)
        through = _ref(y).row, dy.row, slope.row, code
        spread = _ref(dz).viewed(dx.shape)
        result += [
            Step(found[1].node, "activate_gradient", through, step.modes),
            replace(step, arguments=(slope, where, spread, *step.arguments[3:])),
        ]
        way.backward[found[0]] = None
    return tuple(result)


def _slope_in_place(way: WayBack) -> tuple[Step, ...]:
    """Write gradients times a slope over the gradients, where nobody needs those any more."""
    result: list[Step] = []
    renamed: dict[Buffer, Buffer] = {}
    for place, step in enumerate(way.backward):
        if step is None:
            continue
        if step.kernel == "activate_gradient":
            dy, dz = _ref(step.arguments[1]).buffer, _ref(step.arguments[2]).buffer
            alike = dy.space == dz.space == SAMPLE and prod(dy.shape) == prod(dz.shape)
            is_free = way.ends_at(place, dy) and dz not in way.wanted
            if alike and is_free and way.uses[dz][0] == place + len(way.forward):
                renamed[dz] = renamed.get(dy, dy)
        result.append(_with(step, renamed))
    return tuple(result)


def _with(step: Step, renamed: dict[Buffer, Buffer]) -> Step:
    """A step with other arrays in the place of some."""
    arguments = tuple(
        replace(a, buffer=renamed.get(a.buffer, a.buffer)) if isinstance(a, Ref) else a
        for a in step.arguments
    )
    return replace(step, arguments=arguments)


def _ref(argument: object) -> Ref:
    assert isinstance(argument, Ref)
    return argument


RULES: tuple[Callable[[WayBack], tuple[Step, ...]], ...] = (
    _slope_before_unpooling,
    _slope_in_place,
)
