"""Concatenate: inputs one behind the other along an axis, as in inception networks."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from engine.layers.base import Insert, Layer, Port, Set, Shapes, Sum, Unfit, layer
from engine.layers.merging import joint_mask, need_several
from engine.spec.options import choice
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Ref, Tensor


@layer(
    "concatenate",
    category="merge",
    icon="mdi6.call-merge",
    source="Szegedy et al. 2015",
    first=True,
)
class Concatenate(Layer):
    """y[…, c] runs through the channels of x₁, then of x₂, and so on."""

    inputs = (Port("x", many=True),)
    axis: str = choice("last", "time", "height", "width")

    def output_shape(self, *x: Shape) -> Shape:
        need_several(*x)
        axis = self.axis_of(x[0])
        for other in x[1:]:
            if _without(other.sizes, axis) != _without(x[0].sizes, axis):
                given = {"given": str(x[0]), "other": str(other)}
                if self.axis != "last":
                    raise Unfit("unequal_but_axis", Set("axis", "last"), **given)
                pictures = tuple(i for i, each in enumerate(x) if len(each.sizes) > 1)
                raise Unfit("unequal_but_last", Insert("flatten", pictures), **given)
        sizes = list(x[0].sizes)
        sizes[axis] = sum(shape.sizes[axis] for shape in x)
        return Shape(tuple(sizes), x[0].axes)

    def axis_of(self, x: Shape) -> int:
        """The number of the axis."""
        if self.axis == "last":
            return len(x.sizes) - 1
        if self.axis not in x.axes:
            raise Unfit("no_such_axis", Set("axis", "last"), given=str(x))
        return x.axes.index(self.axis)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        x = inputs["x"]
        axis = self.axis_of(x[0])
        line = " + ".join(f"{shape.sizes[axis]:,}" for shape in x)
        total = sum(shape.sizes[axis] for shape in x)
        return Sum(x[0].axes[axis], f"{line} = {total:,}"), Sum("parameters", "0")

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        y = build.tensor(self.output_shape(*(part.shape for part in x)))
        axis = self.axis_of(y.shape)
        y.mask = _masks_in_a_row(build, x) if y.shape.axes[axis] == "time" else joint_mask(build, x)
        y.has_own_time = True
        # along any axis: each row of y is made of a piece of each input
        rows = prod(y.shape.sizes[:axis])
        whole = rows, y.shape.count // rows
        offset = 0
        places = []
        for part in x:
            size = rows, part.shape.count // rows
            build.forward("put_columns", part.viewed(size), y.viewed(whole), offset)
            places.append((part, size, offset))
            offset += size[1]
        with build.backward(y) as dy:
            for part, size, offset in places:
                if part.needs_gradient:
                    dx = build.gradient(part).viewed(size)
                    build.step("take_columns", dy.viewed(whole), dx, offset)
        return y


def _without(sizes: tuple[int, ...], axis: int) -> tuple[int, ...]:
    """How many axes there are, and the sizes of all but one."""
    return (len(sizes), *sizes[:axis], *sizes[axis + 1 :])


def _masks_in_a_row(build: Build, x: tuple[Tensor, ...]) -> Ref | None:
    """The masks of sequences that follow each other; every step counts where there is none."""
    if all(part.mask is None for part in x):
        return None
    time = sum(part.shape.time for part in x)
    mask = build.room("mask", (time,))
    in_a_row = mask.viewed((1, time))
    build.forward("fill", mask, 1.0)
    offset = 0
    for part in x:
        if part.mask is not None:
            own = part.mask.viewed((1, part.shape.time))
            build.forward("put_columns", own, in_a_row, offset)
        offset += part.shape.time
    return mask
