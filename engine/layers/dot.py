"""Dot: how alike two inputs are, as their scalar product; of sequences, a product of matrices."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from engine.layers.base import Insert, Layer, Port, Set, Shapes, Sum, Unfit, layer, times
from engine.layers.merging import need_pair
from engine.spec.options import choice, flag
from engine.spec.shapes import Shape, features, sequence

if TYPE_CHECKING:
    from engine.runtime.build import Build, Ref, Tensor

# for each choice the axes of the first and of the second sequence that are summed over
AXES = {"features": (1, 1), "time": (0, 0), "features_time": (1, 0)}


@layer("dot", category="merge", icon="mdi6.multiplication-box", source="Salton et al. 1975")
class Dot(Layer):
    """y[i,j] = Σ a[i,k]·b[j,k] over the features k; of two rows y = Σ a[k]·b[k]."""

    inputs = (Port("x", many=True),)
    axes: str = choice(*AXES)
    normalize: bool = flag(False)

    def output_shape(self, *x: Shape) -> Shape:
        need_pair(*x)
        for i, each in enumerate(x):
            if len(each.sizes) != (2 if each.time else 1):
                raise Unfit("needs_row", Insert("flatten", (i,)), given=str(each))
        a, b = x
        if len(a.sizes) != len(b.sizes) or (not a.time and a.sizes != b.sizes):
            raise Unfit("unequal", given=str(a), other=str(b))
        if not a.time:
            return features(1)
        left, right = AXES[self.axes]
        if a.sizes[left] != b.sizes[right]:
            fitting = (name for name, (p, q) in AXES.items() if a.sizes[p] == b.sizes[q])
            repairs = (Set("axes", name) for name in fitting)
            raise Unfit("unequal_axes", *repairs, given=str(a), other=str(b))
        return sequence(a.sizes[1 - left], b.sizes[1 - right])

    def multiplications(self, inputs: Shapes) -> int:
        a, b = inputs["x"]
        return a.count * (b.sizes[1 - AXES[self.axes][1]] if a.time else 1)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        a, b = inputs["x"]
        product = times(*a.sizes, *((b.sizes[1 - AXES[self.axes][1]],) if a.time else ()))
        total = self.multiplications(inputs)
        return Sum("multiplications", f"{product} = {total:,}"), Sum("parameters", "0")

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        a, b = x
        y = build.tensor(self.output_shape(a.shape, b.shape))
        y.has_own_time = True
        if a.shape.time and self.axes != "time":
            y.mask = a.mask  # each step of the result is one of the first input
        left, right = AXES[self.axes] if a.shape.time else (1, 1)
        first = self._length_one(build, a, left) if self.normalize else a
        second = self._length_one(build, b, right) if self.normalize else b
        # y = A B with A = a or aᵀ, B = b or bᵀ
        turned = (int(left == 0), int(right == 1))
        p, q, out = _matrix(first), _matrix(second), y.viewed(_sizes(y))
        build.forward("matrix_product", p, q, out, *turned)
        with build.backward(y) as dy:
            dz = dy.viewed(_sizes(y))
            if first.needs_gradient:
                da = build.gradient(first).viewed(_sizes(first))
                order = (q, dz, da, turned[1], 1) if turned[0] else (dz, q, da, 0, 1 - turned[1])
                build.step("matrix_product", *order)
            if second.needs_gradient:
                db = build.gradient(second).viewed(_sizes(second))
                order = (dz, p, db, 1, turned[0]) if turned[1] else (p, dz, db, 1 - turned[0], 0)
                build.step("matrix_product", *order)
        return y

    def _length_one(self, build: Build, x: Tensor, axis: int) -> Tensor:
        """The vectors along an axis, each of length 1, so that the product is a cosine."""
        sizes = _sizes(x)
        view = prod(sizes[:axis]), sizes[axis], prod(sizes[axis + 1 :])
        y = build.tensor(x.shape)
        build.forward("unit_vectors", x.viewed(view), y.viewed(view))
        with build.backward(y) as dy:
            if x.needs_gradient:
                dx = build.gradient(x).viewed(view)
                build.step("unit_vectors_gradient", x.viewed(view), dy.viewed(view), dx)
        return y


def _sizes(x: Tensor) -> tuple[int, ...]:
    """A row counts as a matrix with one row."""
    return x.shape.sizes if x.shape.time else (1, x.shape.count)


def _matrix(x: Tensor) -> Ref:
    return x.viewed(_sizes(x))
