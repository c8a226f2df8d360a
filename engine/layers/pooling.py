"""What pooling layers share: options and shape rule of a window over a picture or a sequence.

A sequence is to the kernels a picture of height 1, of which a window sees all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, need_image, need_sequence
from engine.layers.window import Window
from engine.spec.options import choice, whole
from engine.spec.shapes import Shape, image, sequence

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor

Area = tuple[int, int, int]  # height, width, channels


@dataclass(frozen=True)
class Pool(Layer):
    """Interface of a layer that makes each window one value, channel by channel."""

    size: int = whole(2, 1, 31, unit="cells")
    stride: int = whole(2, 1, 31, unit="cells")
    padding: str = choice("valid", "same")

    @property
    def window(self) -> Window:
        """The window's geometry."""
        return Window(self.size, self.stride, self.padding)

    def geometry(self, x: Shape) -> tuple[int, int, int, int]:
        """Size, stride, and padding above and left, as the kernels take them."""
        above = self.window.before(x.sizes[0]) if len(x.sizes) == 3 else 0
        return self.size, self.stride, above, self.window.before(x.sizes[-2])


@dataclass(frozen=True)
class Pool2D(Pool):
    """Interface of a layer that makes each window of a picture one value, channel by channel."""

    def output_shape(self, *x: Shape) -> Shape:
        height, width, channels = need_image(x[0], of_sequence=self.kind.replace("2d", "1d"))
        return image(*self.window.over(height, width), channels)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        sums = self.window.arithmetic(height, width)
        return (*sums, Sum("channels", f"{channels:,}"), Sum("parameters", "0"))


@dataclass(frozen=True)
class Pool1D(Pool):
    """Interface of a layer that makes each window of a sequence one value, feature by feature."""

    size: int = whole(2, 1, 255, unit="steps")
    stride: int = whole(2, 1, 255, unit="steps")

    def output_shape(self, *x: Shape) -> Shape:
        time, channels = need_sequence(x[0], of_image=self.kind.replace("1d", "2d"))
        return sequence(self.window.along(time), channels)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        time, channels = need_sequence(inputs["x"][0])
        sums = self.window.arithmetic_of_time(time)
        return (*sums, Sum("features", f"{channels:,}"), Sum("parameters", "0"))


def area(shape: Shape) -> Area:
    """A picture's sizes; a sequence's as those of a picture of height 1."""
    width, channels = shape.sizes[-2:]
    return shape.sizes[0] if len(shape.sizes) == 3 else 1, width, channels


def pooled_maximum(pool: Pool, build: Build, x: Tensor) -> Tensor:
    """Record that each window keeps its largest value."""
    y, where = build.tensor(pool.output_shape(x.shape)), pool.geometry(x.shape)
    seen, made, winner = area(x.shape), area(y.shape), build.index(area(y.shape))
    build.forward("max_pool2d", x.viewed(seen), y.viewed(made), winner, *where)
    with build.backward(y) as dy:
        if x.needs_gradient:
            ends = dy.viewed(made), winner, build.gradient(x).viewed(seen)
            build.step("max_pool2d_gradient", *ends, *where)
    return y


def pooled_mean(pool: Pool, build: Build, x: Tensor) -> Tensor:
    """Record that each window keeps its mean."""
    y, where = build.tensor(pool.output_shape(x.shape)), pool.geometry(x.shape)
    seen, made = area(x.shape), area(y.shape)
    build.forward("average_pool2d", x.viewed(seen), y.viewed(made), *where)
    with build.backward(y) as dy:
        if x.needs_gradient:
            ends = dy.viewed(made), build.gradient(x).viewed(seen)
            build.step("average_pool2d_gradient", *ends, *where)
    return y
