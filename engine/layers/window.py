"""Sliding windows: the geometry that convolution and pooling share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.layers.base import Set, Sum, Unfit


@dataclass(frozen=True, slots=True)
class Window:
    """A square window of `size` that moves by `stride` over a picture, or along a sequence.

    With "valid" padding it stays inside; with "same" the picture is padded so that stride 1 keeps
    its size, the odd cell going to the end (TensorFlow's convention); with "causal" a sequence is
    padded at its beginning only, so that no window sees what comes later. The cells of a window
    lie `dilation` apart.
    """

    size: int
    stride: int
    padding: str
    dilation: int = 1

    @property
    def extent(self) -> int:
        """Cells from one end of the window to the other, gaps included."""
        return (self.size - 1) * self.dilation + 1

    def positions(self, length: int) -> int:
        """How many places the window takes along an axis of `length` cells."""
        if self.padding == "valid":
            return (length - self.extent) // self.stride + 1
        return -(-length // self.stride)

    def before(self, length: int) -> int:
        """Cells of padding before the first of an axis of `length` cells."""
        if self.padding == "valid":
            return 0
        if self.padding == "causal":
            return self.extent - 1
        total = (self.positions(length) - 1) * self.stride + self.extent - length
        return max(total, 0) // 2

    def cells(self, position: int, length: int) -> range:
        """The cells that the window sees at a position; those below 0 or beyond are padding."""
        first = position * self.stride - self.before(length)
        return range(first, first + self.extent, self.dilation)

    def padding_of(self, length: int) -> tuple[int, int]:
        """Cells of padding before an axis of `length` cells and behind it."""
        behind = (self.positions(length) - 1) * self.stride + self.extent - length
        before = self.before(length)
        return before, max(behind - before, 0)

    def over(self, height: int, width: int) -> tuple[int, int]:
        """Positions down and across; Unfit if the window is larger than the picture."""
        self._need_one_step()
        if self._is_longer(smallest := min(height, width)):
            repairs, given = self._smaller(smallest), f"{height}×{width}"
            raise Unfit("window_too_large", *repairs, size=self.extent, given=given)
        return self.positions(height), self.positions(width)

    def along(self, time: int) -> int:
        """Positions along a sequence; Unfit if the window is longer."""
        self._need_one_step()
        if self._is_longer(time):
            raise Unfit("window_too_long", *self._smaller(time), size=self.extent, given=time)
        return self.positions(time)

    def _need_one_step(self) -> None:
        """With gaps, a stride would leave cells out that no window sees: Keras refuses it too."""
        if self.stride > 1 and self.dilation > 1:
            repairs = Set("dilation", 1), Set("stride", 1)
            numbers = {"stride": self.stride, "dilation": self.dilation}
            raise Unfit("stride_and_dilation", *repairs, **numbers)

    def _is_longer(self, length: int) -> bool:
        return self.padding == "valid" and self.extent > length

    def _smaller(self, length: int) -> Iterator[Set]:
        """Repairs of a window that is larger than `length`."""
        yield Set("padding", "same")
        if self.dilation > 1 and self.size <= length:
            yield Set("dilation", (length - 1) // (self.size - 1))
        yield Set("size", (length - 1) // self.dilation + 1)

    def arithmetic(self, height: int, width: int) -> tuple[Sum, ...]:
        """The output height and width as sums."""
        return *self._gaps(), Sum("height", self._line(height)), Sum("width", self._line(width))

    def arithmetic_of_time(self, time: int) -> tuple[Sum, ...]:
        """The number of time steps that come out as a sum."""
        return *self._gaps(), Sum("time", self._line(time))

    def _gaps(self) -> Iterator[Sum]:
        if self.dilation > 1:
            yield Sum("window", f"({self.size} − 1)·{self.dilation} + 1 = {self.extent}")

    def _line(self, length: int) -> str:
        count = self.positions(length)
        if self.padding != "valid":
            return f"⌈{length} / {self.stride}⌉ = {count}"
        if self.stride == 1:
            return f"{length} − {self.extent} + 1 = {count}"
        return f"⌊({length} − {self.extent}) / {self.stride}⌋ + 1 = {count}"
