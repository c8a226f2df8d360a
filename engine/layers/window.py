"""Sliding windows: the geometry that convolution and pooling share."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers.base import Set, Sum, Unfit
from engine.spec.options import Value


@dataclass(frozen=True, slots=True)
class Window:
    """A square window of `size` that moves by `stride` over a picture.

    With "valid" padding it stays inside; with "same" the picture is padded so that stride 1 keeps
    its size, the odd cell going to the end (TensorFlow's convention).
    """

    size: int
    stride: int
    padding: str

    def positions(self, length: int) -> int:
        """How many places the window takes along an axis of `length` cells."""
        if self.padding == "same":
            return -(-length // self.stride)
        return (length - self.size) // self.stride + 1

    def before(self, length: int) -> int:
        """Cells of padding before the first of an axis of `length` cells."""
        if self.padding == "valid":
            return 0
        total = (self.positions(length) - 1) * self.stride + self.size - length
        return max(total, 0) // 2

    def over(self, height: int, width: int) -> tuple[int, int]:
        """Positions down and across; Unfit if the window is larger than the picture."""
        smallest = min(height, width)
        if self.padding == "valid" and self.size > smallest:
            shrink: Value = smallest
            raise Unfit(
                "window_too_large",
                Set("padding", "same"),
                Set("size", shrink),
                size=self.size,
                given=f"{height}×{width}",
            )
        return self.positions(height), self.positions(width)

    def arithmetic(self, height: int, width: int) -> tuple[Sum, Sum]:
        """The output height and width as sums."""
        return Sum("height", self._line(height)), Sum("width", self._line(width))

    def _line(self, length: int) -> str:
        count = self.positions(length)
        if self.padding == "same":
            return f"⌈{length} / {self.stride}⌉ = {count}"
        if self.stride == 1:
            return f"{length} − {self.size} + 1 = {count}"
        return f"⌊({length} − {self.size}) / {self.stride}⌋ + 1 = {count}"
