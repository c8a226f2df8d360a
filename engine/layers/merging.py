"""What layers that merge share: how many inputs, of one size, and which time steps still count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.layers.base import Exchange, Layer, Port, Shapes, Sum, Unfit, need_real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Ref, Tensor


def need_several(*x: Shape) -> None:
    """Refuse fewer than two inputs: Unfit."""
    if len(x) < 2:
        raise Unfit("needs_two", given=len(x))
    need_real(*x)


def need_pair(*x: Shape) -> None:
    """Refuse all but two inputs: Unfit."""
    need_several(*x)
    if len(x) > 2:
        raise Unfit("more_than_two", given=len(x))


def need_equal(*x: Shape) -> None:
    """Refuse inputs of different sizes: Unfit."""
    for other in x[1:]:
        if other.sizes != x[0].sizes:
            same_rest = all(each.sizes[:-1] == x[0].sizes[:-1] for each in x)
            repair = (Exchange("concatenate"),) if same_rest else ()
            raise Unfit("unequal", *repair, given=str(x[0]), other=str(other))


def joint_mask(build: Build, x: tuple[Tensor, ...]) -> Ref | None:
    """A time step counts if it counts in every input; None if all do."""
    masks = list({each.mask.buffer: each.mask for each in x if each.mask is not None}.values())
    if len(masks) < 2:
        return masks[0] if masks else None
    both = build.room("mask", masks[0].shape)
    build.forward("multiply", masks[0], masks[1], both)
    for other in masks[2:]:
        build.forward("multiply", both, other, both)
    return both


@dataclass(frozen=True)
class Merge(Layer):
    """Interface of a layer that makes one of several inputs of the same size, value by value."""

    inputs: ClassVar[tuple[Port, ...]] = (Port("x", many=True),)

    def output_shape(self, *x: Shape) -> Shape:
        need_several(*x)
        need_equal(*x)
        return x[0]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("parameters", "0"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        y = build.tensor(x[0].shape)
        y.mask = joint_mask(build, x)
        self.merge(build, x, y)
        return y

    def merge(self, build: Build, x: tuple[Tensor, ...], y: Tensor) -> None:
        """Record the steps from the inputs to `y`."""
        raise NotImplementedError(type(self))
