"""What layers with weights share: how their kernels begin, and what holds them back in training.

A layer declares its arrays in `arrays`; what a person chose in the form is put onto them here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, final

from engine.layers.base import Layer, Shapes, Weight
from engine.spec.options import choice, flag, real

if TYPE_CHECKING:
    from engine.runtime.build import Build, Later, Ref

_TURNED = 64  # rows of weights turned at once for the way back: as many as a product takes at once

# how a kernel may begin, see engine.runtime.initializers
INITIALIZERS = (
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "orthogonal",
    "uniform",
    "normal",
    "truncated_normal",
    "identity",
    "zeros",
    "ones",
    "constant",
)


def initializer(default: str = "glorot_uniform") -> Any:  # typed as the field, as in spec.options
    """Declare how a kernel begins, for a layer whose default is another one than Glorot's."""
    others = (name for name in INITIALIZERS if name != default)
    return choice(default, *others, advanced=True)


@dataclass(frozen=True)
class Trained(Layer):
    """Interface of a layer that keeps arrays. Subclasses override `arrays`, not `weights`."""

    frozen: bool = flag(False, advanced=True)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        """The arrays of this layer by name, as they are without the options of this class."""
        raise NotImplementedError(type(self))

    @final
    def weights(self, inputs: Shapes) -> dict[str, Weight]:
        return {name: self._chosen(each) for name, each in self.arrays(inputs).items()}

    def _chosen(self, weight: Weight) -> Weight:
        """The weight with what was chosen for this layer."""
        return replace(weight, trainable=weight.trainable and not self.frozen)


@dataclass(frozen=True)
class Weighted(Trained):
    """Interface of a layer with kernels: arrays with two axes or more, which weigh its inputs.

    Penalties and the bound on the norm are meant for kernels: biases and gains are left alone.
    """

    initializer: str = initializer()
    initial_value: float = real(
        0.0, -100.0, 100.0, advanced=True, shown_when=("initializer", ("constant",))
    )
    l1: float = real(0.0, 0.0, 10.0, logarithmic=True, advanced=True)
    l2: float = real(0.0, 0.0, 10.0, logarithmic=True, advanced=True)
    max_norm: float = real(0.0, 0.0, 100.0, advanced=True)

    def _chosen(self, weight: Weight) -> Weight:
        weight = super()._chosen(weight)
        if len(weight.shape) < 2:
            return weight
        return replace(
            weight,
            constant=self.initial_value,
            l1=self.l1,
            l2=self.l2,
            max_norm=self.max_norm,
        )


def send_back(build: Build, dz: Ref | Later, w: Ref, dx: Ref | Later) -> None:
    """Record how the gradient by rows x W goes back to the rows x."""
    room = build.scratch("turned", (_TURNED * w.shape[-1],))
    build.step("dense_input_gradient", dz, w, room, dx)
