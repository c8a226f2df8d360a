"""Reshape: the same numbers, in the same order, as a picture or as a sequence."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import TYPE_CHECKING

from engine.layers.base import Exchange, Layer, Set, Shapes, Sum, Unfit, layer, need_real, times
from engine.spec.options import choice, whole
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor

AXES = {"image": ("height", "width", "channels"), "sequence": ("time", "features")}
IMAGE, SEQUENCE = ("form", ("image",)), ("form", ("sequence",))
REST = 0  # stands for a size that follows from the others


@layer("reshape", category="core", icon="mdi6.shape-outline")
class Reshape(Layer):
    """y[i,j,c] = x[(i·W + j)·C + c]: nothing is computed and nothing is copied."""

    keeps_sums = True
    form: str = choice(*AXES)
    height: int = whole(1, REST, 4096, shown_when=IMAGE)
    width: int = whole(1, REST, 4096, shown_when=IMAGE)
    channels: int = whole(REST, REST, 65_536, shown_when=IMAGE)
    time: int = whole(1, REST, 65_536, shown_when=SEQUENCE)
    features: int = whole(REST, REST, 65_536, shown_when=SEQUENCE)

    def held(self, outputs: Mapping[str, Shape]) -> tuple[Shape, ...]:
        return ()

    @property
    def wanted(self) -> dict[str, int]:
        """The sizes that were asked for, by axis."""
        return {axis: getattr(self, axis) for axis in AXES[self.form]}

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        count, wanted = x[0].count, self.wanted
        known = prod(size for size in wanted.values() if size != REST)
        open = [axis for axis, size in wanted.items() if size == REST]
        if len(open) > 1:
            repairs = (Set(axis, 1) for axis in open[:-1])
            raise Unfit("two_sizes_left_open", *repairs)
        if count % known or (not open and count != known):
            text = "×".join("?" if size == REST else f"{size:,}" for size in wanted.values())
            raise Unfit("other_count", *self._repairs(count), count=count, wanted=text)
        sizes = tuple(count // known if size == REST else size for size in wanted.values())
        return Shape(sizes, tuple(wanted))

    def _repairs(self, count: int) -> list[Set | Exchange]:
        """Each size alone, changed so that all fit."""
        found: list[Set | Exchange] = []
        for axis, size in self.wanted.items():
            others = prod(s for a, s in self.wanted.items() if a != axis and s != REST)
            if size != REST and count % others == 0:
                found.append(Set(axis, REST if REST not in self.wanted.values() else 1))
        return found or [Exchange("flatten")]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        x = inputs["x"][0]
        y = self.output_shape(x)
        sums = []
        for axis, size in zip(y.axes, y.sizes, strict=True):
            rest = times(*(s for a, s in zip(y.axes, y.sizes, strict=True) if a != axis))
            division = f"{x.count:,} / ({rest}) = {size:,}"
            sums.append(Sum(axis, division if self.wanted[axis] == REST else f"{size:,}"))
        return (*sums, Sum("parameters", "0"))

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        return build.reshaped(x[0], self.output_shape(x[0].shape))
