"""Activation: the bend between layers, as a box of its own; other layers offer it built in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Layer, Set, Shapes, Sum, Unfit, layer, need_real
from engine.spec.options import choice, real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor

# functions that a layer's own kernel applies on the way, with the codes that kernels know
FUSED = {"linear": 0, "relu": 1, "tanh": 3}
SIGMOID = 2
# functions that the kernel `nonlinearity` applies, which keeps what went in
KEEPING = {
    "leaky_relu": 4,
    "elu": 5,
    "selu": 6,
    "gelu": 7,
    "silu": 8,
    "softplus": 9,
    "hard_sigmoid": 10,
    "step": 11,
}
LEAK, DEPTH = 0.2, 1.0  # of leaky_relu and elu, where nothing else is chosen
POINTWISE = (
    "linear",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "softplus",
    "sigmoid",
    "hard_sigmoid",
    "tanh",
    "step",
)
ACTIVATION = (*POINTWISE, "softmax")  # of a row


def activated(build: Build, z: Tensor, name: str, alpha: float | None = None) -> Tensor:
    """Record what `name` still asks for after a kernel that applied the FUSED functions itself.

    Softmax and sigmoid remember what went in, so that a cross-entropy behind them can work on
    that: its gradient is then probability minus target, exact where two separate steps would lose
    all digits.
    """
    if name in FUSED:
        return z
    y = build.tensor(z.shape)
    if name in KEEPING:
        usual = LEAK if name == "leaky_relu" else DEPTH
        _keeping(build, z, y, KEEPING[name], usual if alpha is None else float(alpha))
        return y
    if name == "softmax":
        build.forward("softmax", z.stacked, y.stacked)
        with build.backward(y) as dy:
            if z.needs_gradient:
                dz = build.gradient(z)
                build.step("softmax_gradient", y.stacked, dy.stacked, dz.stacked)
    else:
        elementwise(build, z, y, SIGMOID)
    y.before = (name, z)
    return y


def elementwise(build: Build, x: Tensor, y: Tensor, code: int) -> None:
    """Record y = f(x) and its derivative, which is computed from y."""
    build.forward("activate", x.row, y.row, code)
    with build.backward(y) as dy:
        if x.needs_gradient:
            build.step("activate_gradient", y.row, dy.row, build.gradient(x).row, code)


def _keeping(build: Build, x: Tensor, y: Tensor, code: int, alpha: float) -> None:
    """Record y = f(x) and its derivative, which is computed from x."""
    build.forward("nonlinearity", x.row, y.row, code, alpha)
    with build.backward(y) as dy:
        if x.needs_gradient:
            dx = build.gradient(x)
            build.step("nonlinearity_gradient", x.row, dy.row, dx.row, code, alpha)


@layer("activation", category="activation", icon="mdi6.chart-bell-curve-cumulative", first=True)
class Activation(Layer):
    """y = f(x), value by value; softmax over the last axis of a row or sequence."""

    function: str = choice("relu", *(name for name in ACTIVATION if name != "relu"))
    slope: float = real(LEAK, 0.0, 1.0, shown_when=("function", ("leaky_relu",)))
    alpha: float = real(DEPTH, 0.0, 10.0, shown_when=("function", ("elu",)))

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        if self.function == "softmax" and len(x[0].sizes) != (2 if x[0].time else 1):
            raise Unfit("softmax_needs_row", Set("function", "relu"), given=str(x[0]))
        return x[0]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("parameters", "0"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        if self.function not in FUSED:
            alpha = self.slope if self.function == "leaky_relu" else self.alpha
            return activated(build, x0, self.function, alpha)
        y = build.tensor(x0.shape)
        elementwise(build, x0, y, FUSED[self.function])
        return y
