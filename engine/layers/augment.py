"""Augment: during training, show each picture a little differently every time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, layer, need_image
from engine.spec.options import choice, flag, real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor

LANES = 16  # places are found for so many cells at once: rows of room end with whole vectors
EDGES = {"constant": 0, "nearest": 1, "reflect": 2}  # as the kernels number them


@layer(
    "augment",
    category="regularisation",
    icon="mdi6.image-refresh-outline",
    source="Simard, Steinkraus & Platt 2003; DeVries & Taylor 2017",
)
class Augment(Layer):
    """Training: moved, turned, bent, brighter or darker, in part hidden. Otherwise y = x."""

    keeps_sums = True

    flip_left_right: bool = flag(False)
    flip_up_down: bool = flag(False)
    shift: float = real(0.1, 0.0, 0.5)
    rotation: float = real(10.0, 0.0, 180.0, unit="degrees")
    zoom: float = real(0.1, 0.0, 0.9)
    elastic: float = real(0.0, 0.0, 0.5)
    smoothness: float = real(0.25, 0.05, 1.0, advanced=True)
    edge: str = choice(*EDGES)
    brightness: float = real(0.0, 0.0, 1.0)
    contrast: float = real(0.0, 0.0, 1.0)
    noise: float = real(0.0, 0.0, 1.0)
    cutout: float = real(0.0, 0.0, 1.0)

    def output_shape(self, *x: Shape) -> Shape:
        need_image(x[0])
        return x[0]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("parameters", "0"),)

    @property
    def flips(self) -> int:
        """Which ways pictures are flipped: 1 left and right, 2 up and down, 3 both."""
        return self.flip_left_right + 2 * self.flip_up_down

    @property
    def points(self) -> int:
        """How many points the grid of pulls has along each side; 0 if nothing is bent."""
        return 3 + round(1 / self.smoothness) if self.elastic else 0

    @property
    def moves(self) -> bool:
        """Whether cells change their places."""
        return bool(self.flips or self.shift or self.rotation or self.zoom or self.elastic)

    @property
    def retouches(self) -> bool:
        """Whether cells change their values."""
        return bool(self.brightness or self.contrast or self.noise or self.cutout)

    def held(self, outputs: Mapping[str, Shape]) -> tuple[Shape, ...]:
        return tuple(outputs.values()) if self.moves or self.retouches else ()

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        # numbers of their own for all purposes: none depends on which others are switched on
        streams = build.stream(), build.stream(), build.stream(), build.stream()
        y = x[0]
        if self.moves:
            y = self._moved(build, y, streams[:2])
        if self.retouches:
            y = self._retouched(build, y, streams[2:])
        if y is x[0]:
            return build.reshaped(y, y.shape)  # nothing changes: no step
        build.forward("copy", x[0].row, y.row, when=("evaluation", "inference"))
        return y

    def _moved(self, build: Build, x: Tensor, streams: tuple[int, ...]) -> Tensor:
        """Where the cells of each picture come from, and the picture drawn anew."""
        height, width, _ = x.shape.sizes
        size, y = (height, width), build.tensor(x.shape)
        maps, pulls = build.room("maps", (6,)), build.nothing(3)
        ranges = self.flips, float(self.shift), float(self.rotation), float(self.zoom)
        chance, when = (build.rows, build.clock), ("training",)
        build.forward("draw_maps", *chance, maps, size, *ranges, streams[0], when=when)
        if self.points:
            pulls = build.room("pulls", (2, self.points, self.points))
            strength = float(self.elastic)
            build.forward("draw_pulls", *chance, pulls, size, strength, streams[1], when=when)
        room = build.scratch("places", (2 + self.points, -(-width // LANES) * LANES))
        moves, edge = (maps, pulls, room), EDGES[self.edge]
        build.forward("warp", x.value, *moves, y.value, edge, when=when)
        with build.backward(y) as dy:
            if x.needs_gradient:
                build.step("warp_gradient", dy.value, *moves, build.gradient(x).value, edge)
        return y

    def _retouched(self, build: Build, x: Tensor, streams: tuple[int, ...]) -> Tensor:
        """Pictures with other values at the same places."""
        height, width, _ = x.shape.sizes
        y, chance = build.tensor(x.shape), (build.rows, build.clock)
        tones = x.shape.sizes, float(self.contrast), float(self.brightness)
        side = round(self.cutout * min(height, width))
        rest = float(self.noise), side, streams
        build.forward("retouch", x.row, *chance, y.row, *tones, *rest, when=("training",))
        with build.backward(y) as dy:
            if x.needs_gradient:
                dx = build.gradient(x).row
                build.step("retouch_gradient", dy.row, *chance, dx, *tones, side, streams[0])
        return y
