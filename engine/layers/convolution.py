"""What convolutions share: options, weights and steps of filters that slide along the axes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd, prod
from typing import TYPE_CHECKING, ClassVar

from engine.layers.activation import FUSED, POINTWISE, activated
from engine.layers.base import Set, Shapes, Sum, Unfit, Weight, times
from engine.layers.weighted import Weighted
from engine.layers.window import Window
from engine.spec.options import choice, flag, options_of, whole

if TYPE_CHECKING:
    from engine.runtime.build import Build, Ref, Tensor, WeightRefs

# For Winograd's way: its filters take four times their room, so that there is an end to it; and as
# many squares are transformed at once as stay in the nearer caches, so many channels in all.
_LARGEST, _SQUARES = 1 << 17, 3640
FEW = 4  # results of a cell that are computed in a way of their own
_FULL = 16  # channels that keep a processor's vectors busy: smaller groups are put together


@dataclass(frozen=True)
class Convolution(Weighted):
    """Interface of a layer whose filters slide over pictures or sequences.

    A sequence is to the kernels a picture of height 1.
    """

    axes: ClassVar[int]  # along which filters slide: 2 of a picture, 1 of a sequence
    weighs = True

    filters: int = whole(32, 1, 1024, unit="filters")
    size: int = whole(3, 1, 31, unit="cells")
    stride: int = whole(1, 1, 8, unit="cells")
    padding: str = choice("valid", "same")
    activation: str = choice(*POINTWISE)
    dilation: int = whole(1, 1, 64, unit="cells", advanced=True)
    groups: int = whole(1, 1, 1024, unit="groups", advanced=True)
    bias: bool = flag(True, advanced=True)

    @property
    def window(self) -> Window:
        """The filter's geometry."""
        return Window(self.size, self.stride, self.padding, self.dilation)

    @property
    def _cells(self) -> tuple[int, ...]:
        """Sizes of a filter along the axes it slides along."""
        return (self.size,) * self.axes

    def _need_groups(self, channels: int) -> None:
        """Refuse channels or filters that cannot be cut into `groups` equal parts: Unfit."""
        groups, fitting = self.groups, gcd(channels, self.filters, self.groups)
        repairs = [Set("groups", fitting)]
        if channels % groups:
            numbers = {"groups": groups, "given": channels}
            raise Unfit("channels_not_in_groups", *repairs, **numbers)
        if self.filters % groups:
            enough = -(-self.filters // groups) * groups
            if options_of(type(self))["filters"].accepts(enough):
                repairs.append(Set("filters", enough))
            raise Unfit("filters_not_in_groups", *repairs, groups=groups, filters=self.filters)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        channels = inputs["x"][0].sizes[-1] // self.groups
        cells = self._cells
        fans = prod(cells) * channels, prod(cells) * self.filters
        found = {"kernel": Weight((*cells, channels, self.filters), self.initializer, *fans)}
        if self.bias:
            found["bias"] = Weight((self.filters,), "zeros")
        return found

    def multiplications(self, inputs: Shapes) -> int:
        channels = inputs["x"][0].sizes[-1] // self.groups
        return self.output_shape(inputs["x"][0]).count * prod(self._cells) * channels

    def parameter_sum(self, channels: int) -> Sum:
        """How the number of parameters follows."""
        cells, inputs = self._cells, f"{channels:,}"
        if self.groups > 1:
            inputs = f"({channels:,}/{self.groups})"
        total = prod(cells) * (channels // self.groups) * self.filters + self.bias * self.filters
        bias = f" + {self.filters:,}" if self.bias else ""
        return Sum("parameters", f"{times(*cells, inputs, self.filters)}{bias} = {total:,}")

    def _winograd(self, filters: tuple[int, ...], results: tuple[int, ...]) -> int:
        """Room for Winograd's way, see the kernels; 0 where it is out of the question."""
        *cells, channels, count = filters
        if cells != [3, 3] or self.stride > 1 or min(channels, count) < 8 or min(results[:2]) < 3:
            return 0
        if channels * count > _LARGEST:
            return 0
        squares = max(36, _SQUARES // (channels + count))
        return 36 * (channels * count + squares * (channels + count) + 32)

    def _merged(self, build: Build, kernel: WeightRefs) -> tuple[WeightRefs, int]:
        """The filters with small groups put together, and how many groups are left."""
        *cells, channels, filters = kernel.shape
        size = channels * filters // self.groups
        fitting = (m for m in range(1, self.groups + 1) if self.groups % m == 0)
        together = next((m for m in fitting if m * m * size >= _FULL**2), self.groups)
        if together == 1:
            return kernel, self.groups
        shape = *cells, channels * together, filters
        value, gradient = build.scratch("wide", shape), build.scratch("dwide", shape)
        own, wide = kernel.value.viewed(_flat(kernel.shape)), value.viewed(_flat(shape))
        build.forward("merge_groups", own, wide, self.groups)
        return replace(kernel, shape=shape, value=value, gradient=gradient), self.groups // together

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        code = FUSED.get(self.activation, 0)
        y = build.tensor(self.output_shape(x0.shape))
        w, b = build.weight("kernel"), build.weight("bias")
        kernel, seen = w.viewed(_lifted(w.shape, 4)), _lifted(x0.shape.sizes, 3)
        made = _lifted(y.shape.sizes, 3)
        before = _lifted(tuple(map(self.window.before, x0.shape.sizes[:-1])), 2, filler=0)
        merged, groups = self._merged(build, kernel)
        name, where = "conv2d", (self.stride, *before)
        is_plain = self.dilation == groups == 1
        if not is_plain:
            name, where = "dilated_conv2d", (*where, self.dilation, groups)
        fast = self._winograd(merged.shape, made) if is_plain else 0
        size, few = prod(merged.shape), self.filters <= FEW

        def room(least: int) -> tuple[Ref, ...]:  # one a step: those of all layers share a place
            return (build.scratch("room", (max(fast, least),)),) if is_plain else ()

        ends = x0.viewed(seen), merged.value, b.value, y.viewed(made)
        given = size + room_to_give(seen, made, merged.shape) if few and self.stride == 1 else 0
        build.forward(name, *ends, *room(given), *where, code)
        with build.backward(y) as dy:
            dz = build.through_activation(y, dy, code).viewed(made)
            grads = merged.gradient, b.gradient, *room(size * few)
            build.learn(f"{name}_weight_gradient", x0.viewed(seen), dz, *grads, *where)
            if merged is not kernel:
                flat = _flat(merged.shape), _flat(kernel.shape)
                wide, own = merged.gradient.viewed(flat[0]), kernel.gradient.viewed(flat[1])
                build.learn("merge_groups_gradient", wide, own, self.groups)
            if x0.needs_gradient:
                given = room_to_give(made, seen, merged.shape) if is_plain else 0
                turned = build.scratch("turned", (max(fast, size, given),))
                back = merged.value, turned, build.gradient(x0).viewed(seen)
                build.step(f"{name}_input_gradient", dz, *back, *where)
        return activated(build, y, self.activation)


def room_to_give(given: tuple[int, ...], taken: tuple[int, ...], filters: tuple[int, ...]) -> int:
    """Room for the kernels' way with few results: turned cells, shares and sums, or 0 without it.

    given, taken : sizes of the picture that gives, and of the one with few channels that takes
    filters : their sizes, cells first
    """
    if taken[2] > FEW or given[2] < 8:
        return 0
    cells, places = prod(given[:2]), prod(taken[:2])
    return cells * (given[2] + prod(filters[:2]) * taken[2]) + places * taken[2]


def _flat(filters: tuple[int, ...]) -> tuple[int, ...]:
    """Sizes of filters with one axis for all taps."""
    return prod(filters[:-2]), *filters[-2:]


def _lifted(sizes: tuple[int, ...], axes: int, filler: int = 1) -> tuple[int, ...]:
    """Sizes with more axes in front: what a sequence is as a picture."""
    return (filler,) * (axes - len(sizes)) + sizes
