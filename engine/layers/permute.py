"""Permute: the axes in another order, as when rows are to be read as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, Unfit, layer, need_real
from engine.spec.options import choice
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor

# for each axis of the result the axis of the picture it is, as numbers from 0
ORDERS = {
    "width_height_channels": (1, 0, 2),
    "channels_height_width": (2, 0, 1),
    "channels_width_height": (2, 1, 0),
    "height_channels_width": (0, 2, 1),
    "width_channels_height": (1, 2, 0),
}


@layer("permute", category="core", icon="mdi6.swap-horizontal")
class Permute(Layer):
    """y[i,j,c] = x[j,i,c], or another order; of a sequence y[i,t] = x[t,i]."""

    keeps_sums = True
    order: str = choice(*ORDERS)

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        (x0,) = x
        if len(x0.sizes) < 2:
            raise Unfit("one_axis", given=str(x0))
        return Shape(tuple(x0.sizes[axis] for axis in self.axes_of(x0)), x0.axes)

    def axes_of(self, x: Shape) -> tuple[int, ...]:
        return (1, 0) if len(x.sizes) == 2 else ORDERS[self.order]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        y = self.output_shape(*inputs["x"])
        sizes = (Sum(axis, f"{size:,}") for axis, size in zip(y.axes, y.sizes, strict=True))
        return (*sizes, Sum("parameters", "0"))

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        axes, y = self.axes_of(x0.shape), build.tensor(self.output_shape(x0.shape))
        y.has_own_time = True
        there = _strides(x0.shape.sizes, axes)
        back = _strides(y.shape.sizes, tuple(axes.index(axis) for axis in range(len(axes))))
        build.forward("permute", x0.row, y.viewed(_three(y.shape.sizes)), there)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                dx = build.gradient(x0).viewed(_three(x0.shape.sizes))
                build.step("permute", dy.row, dx, back)
        return y


def _three(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """The sizes of one sample, with an axis of size 1 before them if there are only two."""
    return (1,) * (3 - len(sizes)) + sizes


def _strides(sizes: tuple[int, ...], axes: tuple[int, ...]) -> tuple[int, ...]:
    """How far apart in x two values lie that are neighbours along each axis of y."""
    steps = [1] * len(sizes)
    for axis in reversed(range(len(sizes) - 1)):
        steps[axis] = steps[axis + 1] * sizes[axis + 1]
    return (0,) * (3 - len(sizes)) + tuple(steps[axis] for axis in axes)
