"""What global pooling layers share: one value of each channel for all places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, Unfit, is_sequence, need_real
from engine.spec.shapes import Shape, features

if TYPE_CHECKING:
    from engine.runtime.build import Build, Ref, Tensor


@dataclass(frozen=True)
class GlobalPool(Layer):
    """Interface of a layer that makes all places of a picture or sequence one row of numbers."""

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        if len(x[0].sizes) != 3 and not is_sequence(x[0]):
            raise Unfit("needs_places", given=str(x[0]))
        return features(x[0].sizes[-1])

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        channels = inputs["x"][0].sizes[-1]
        return Sum("features", f"{channels:,}"), Sum("parameters", "0")


def places(x: Shape) -> tuple[int, int]:
    """Cells or time steps, and channels."""
    channels = x.sizes[-1]
    return x.count // channels, channels


def counting(build: Build, x: Tensor) -> Ref:
    """Which places count: the mask of a sequence, or nothing if all do."""
    return x.mask if x.mask is not None else build.nothing()
