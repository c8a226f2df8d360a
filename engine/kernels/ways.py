"""Steps that more than one kernel can compute; which is the fastest depends on sizes and machine.

All ways of a step take the same arguments and compute the same, up to rounding. The first is the
one that a plan names, and always possible. `engine.runtime.choice` measures and remembers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.kernels import Array

Arguments = tuple[Any, ...]  # arrays and numbers, as the kernel takes them


@dataclass(frozen=True, slots=True)
class Way:
    """A kernel that may compute a step in place of the one that the plan names."""

    kernel: str
    suits: Callable[[Arguments], bool]  # whether it can take these arguments


def _winograd(filters: int, room: int, stride: int) -> Callable[[Arguments], bool]:
    """Winograd's way takes filters of 3 by 3 and stride 1, and needs room; where they stand."""

    def suits(arguments: Arguments) -> bool:
        w: Array = arguments[filters]
        inputs, outputs = w.shape[2:]
        least = 36 * (inputs * outputs + inputs + outputs + 32)  # for one square
        space: int = arguments[room].size
        return w.shape[:2] == (3, 3) and arguments[stride] == 1 and space >= least

    return suits


def _wide(weights: int) -> Callable[[Arguments], bool]:
    """A library's product can only win with many outputs; where the weights stand."""

    def suits(arguments: Arguments) -> bool:
        w: Array = arguments[weights]
        return w.shape[1] >= 512 and w.size >= 512 * 512

    return suits


OTHERS: dict[str, tuple[Way, ...]] = {
    "dense": (Way("blas_dense", _wide(1)),),
    "dense_weight_gradient": (Way("blas_dense_weight_gradient", _wide(2)),),
    "conv2d": (Way("winograd_conv2d", _winograd(1, 4, 5)),),
    "conv2d_weight_gradient": (Way("winograd_conv2d_weight_gradient", _winograd(2, 4, 5)),),
    "conv2d_input_gradient": (Way("winograd_conv2d_input_gradient", _winograd(1, 2, 4)),),
}


def ways_of(kernel: str, arguments: Arguments) -> tuple[str, ...]:
    """Names of all kernels that can do what a kernel does with these arguments, its own first."""
    others = OTHERS.get(kernel, ())
    return kernel, *(way.kernel for way in others if way.suits(arguments))
