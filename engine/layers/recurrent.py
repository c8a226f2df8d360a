"""What recurrent layers share: they read a sequence step by step, and hand a state from each step
to the next.

The products with the input need no state, so they are made for all time steps at once, by the
kernel of Dense. Then one kernel for each direction walks along the sequence. The way back is
alike: one walk from the last step to the first gives the gradients at all steps, and every
gradient by a weight is one product over all of them.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.layers.activation import FUSED, SIGMOID
from engine.layers.base import Port, Set, Shapes, Sum, Unfit, Weight, need_sequence, times
from engine.layers.weighted import Weighted
from engine.spec.options import choice, flag, real, whole
from engine.spec.shapes import Shape, features, sequence

if TYPE_CHECKING:
    from engine.runtime.build import Argument, Build, Ref, Tensor, WeightRefs
    from engine.runtime.product import Product

# functions whose derivative follows from their result: nothing else is kept of each time step
CODES = FUSED | {"sigmoid": SIGMOID}


@dataclass(frozen=True, slots=True)
class Walk:
    """One direction of one layer: its arrays, on the way forward. States lie side by side.

    `product` is that with the input; `first` and `last` are the states (and cells) before and after
    the sequence, by name.
    """

    product: Product
    gates: Ref
    recurrent: WeightRefs
    recurrent_bias: WeightRefs
    mask: Ref
    first: dict[str, Ref]
    states: Ref
    last: dict[str, Ref]
    how: tuple[int, int, int, int]  # see engine.kernels.plain._recurrent


@dataclass(frozen=True, slots=True)
class WayBack:
    """The same direction's arrays on the way back.

    `dlast` is by name the gradient by the last states, which becomes that by the first ones.
    """

    turned: Ref
    dy: Argument
    dlast: dict[str, Argument]
    dz: Ref


Back = Callable[[WayBack], None]


@dataclass(frozen=True)
class Recurrent(Weighted):
    """Interface of a layer that reads a sequence in the order of time, or against it."""

    inputs: ClassVar[tuple[Port, ...]] = (Port("x"), Port("state", optional=True))
    outputs: ClassVar[tuple[Port, ...]] = (Port("y"), Port("state", optional=True))
    parts: ClassVar[int] = 1  # columns of the weights for each unit: its gates

    units: int = whole(32, 1, 4096, unit="units")
    activation: str = choice("tanh", "relu", "sigmoid", "linear")
    returns: str = choice("last", "sequence")
    direction: str = choice("forward", "backward", "bidirectional")
    dropout: float = real(0.0, 0.0, 0.95, advanced=True)
    truncate: int = whole(0, 0, 10_000, unit="steps", advanced=True)
    stateful: bool = flag(False, advanced=True)
    bias: bool = flag(True, advanced=True)

    @property
    def memories(self) -> tuple[str, ...]:
        """What goes from each time step to the next, by port: the state, of some layers a cell."""
        return tuple(port.name for port in self.outputs[1:])

    @property
    def ways(self) -> dict[str, bool]:
        """The directions by the prefix of their weights, and whether each reads backwards."""
        if self.direction == "bidirectional":
            return {"": False, "backward_": True}
        return {"": self.direction == "backward"}

    @property
    def wide(self) -> int:
        """Numbers in a state: those of both directions lie side by side."""
        return len(self.ways) * self.units

    # what the drawing shows

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,) = inputs["x"]
        need_sequence(x)
        for name in self.memories:
            for given in inputs[name]:
                if given != features(self.wide):
                    raise Unfit("state_size", given=str(given), wanted=self.wide)
                if self.stateful:
                    raise Unfit("state_twice", Set("stateful", False))
        return self._outputs(x.time)

    def _outputs(self, time: int) -> dict[str, Shape]:
        state = features(self.wide)
        y = sequence(time, self.wide) if self.returns == "sequence" else state
        return {"y": y} | dict.fromkeys(self.memories, state)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        size, width = inputs["x"][0].sizes[-1], self.parts * self.units
        found = {}
        for prefix in self.ways:
            found[f"{prefix}kernel"] = Weight((size, width), self.initializer, size, width)
            found[f"{prefix}recurrent_kernel"] = Weight((self.units, width), "orthogonal")
            found |= {f"{prefix}{name}": each for name, each in self.biases().items()}
        return found

    def biases(self) -> dict[str, Weight]:
        """The biases of one direction."""
        return {"bias": Weight((self.parts * self.units,), "zeros")} if self.bias else {}

    def multiplications(self, inputs: Shapes) -> int:
        time, size = inputs["x"][0].sizes
        return time * (size + self.units) * self.parts * self.wide

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        size, biases = inputs["x"][0].sizes[-1], len(self.biases())
        inner = f"({size:,} + {self.units:,}{f' + {biases}' if biases else ''})"
        factors = [factor for factor in (len(self.ways), self.parts) if factor > 1]
        total = self.parts * self.wide * (size + self.units + biases)
        return (Sum("parameters", f"{times(*factors, self.units, inner)} = {total:,}"),)

    def held(self, outputs: Mapping[str, Shape]) -> tuple[Shape, ...]:
        # the last output is the final state
        shared = "y" if self.returns == "last" else ""
        return tuple(shape for name, shape in outputs.items() if name != shared)

    # what the engine does

    @abstractmethod
    def walk(self, build: Build, walk: Walk) -> Back:
        """Record the walk of one direction; returns what records its way back.

        That way fills `dz` and the gradients of the recurrent weights.
        """

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,) = inputs["x"]
        shapes, time = self._outputs(x.shape.time), x.shape.time
        read = self._dropped(build, x)
        first, kept = self._beginnings(build, inputs)
        last = {name: build.tensor(shapes[name]) for name in self.memories}
        y = last["state"]  # the last output is the final state
        states = build.room("states", (time, self.wide))
        if self.returns == "sequence":
            y = build.tensor(shapes["y"])
            states = y.value
        backs: list[tuple[Walk, Back]] = []
        for prefix, is_backward in self.ways.items():
            w, b = build.weight(f"{prefix}kernel"), build.weight(f"{prefix}bias")
            gates = build.room("gates", (time, self.parts * self.units))
            product = build.product(read, w, b)
            product.forward(gates.rows, 0)
            column = self.units * len(backs)
            walk = Walk(
                product,
                gates,
                build.weight(f"{prefix}recurrent_kernel"),
                build.weight(f"{prefix}recurrent_bias"),
                x.mask or build.nothing(),
                first,
                states,
                {name: tensor.row for name, tensor in last.items()},
                (CODES[self.activation], int(is_backward), column, self.truncate),
            )
            backs.append((walk, self.walk(build, walk)))
        for name, place in kept.items():
            build.forward("copy", last[name].row, place)
        with build.backward(*dict.fromkeys((y, *last.values()))) as dy:
            dlast = self._dlast(build, inputs, last)
            given = dy.value if self.returns == "sequence" else build.nothing(2)
            for there in backs:
                self._way_back(build, there, (given, dlast))
        return {"y": y, **last}

    def _dropped(self, build: Build, x: Tensor) -> Tensor:
        """Drop features of the input: in each sample the same ones at all time steps."""
        if not self.dropout:
            return x
        y = build.tensor(x.shape, x.needs_gradient)
        chance, options = (build.rows, build.clock), (float(self.dropout), build.stream())
        build.forward("spatial_dropout", x.value, *chance, y.value, *options, when=("training",))
        build.forward("copy", x.row, y.row, when=("evaluation", "inference"))
        with build.backward(y) as dy:
            if x.needs_gradient:
                build.step(
                    "spatial_dropout_gradient", dy.value, *chance, build.gradient(x).value, *options
                )
        return y

    def _beginnings(
        self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]
    ) -> tuple[dict[str, Ref], dict[str, Ref]]:
        """The states before the sequence; and, of a stateful layer, where they are kept."""
        first, kept = {}, {}
        for name in self.memories:
            first[name] = inputs[name][0].row if inputs[name] else build.nothing()
            if self.stateful:
                kept[name] = build.kept(name, (self.wide,))
                # the way back needs the state before, when the one after is kept already
                first[name] = build.room(f"first_{name}", (self.wide,))
                build.forward("copy", kept[name], first[name])
        return first, kept

    def _dlast(
        self,
        build: Build,
        inputs: Mapping[str, tuple[Tensor, ...]],
        last: dict[str, Tensor],
    ) -> dict[str, Argument]:
        """The gradients by the last states, where they may become those by the first ones."""
        found: dict[str, Argument] = {}
        for name, tensor in last.items():
            found[name] = build.room(f"d{name}", (self.wide,))
            if inputs[name] and inputs[name][0].needs_gradient:
                found[name] = build.gradient(inputs[name][0]).row
            build.step("copy", tensor.total.row, found[name])
        return found

    def _way_back(
        self,
        build: Build,
        there: tuple[Walk, Back],
        given: tuple[Argument, dict[str, Argument]],
    ) -> None:
        """Record one direction's way back, with the gradients by its weights and by its input."""
        walk, back = there
        turned = build.scratch("turned", (walk.recurrent.shape[1], self.units))
        dz = build.room("dz", walk.gates.shape)
        build.step("transpose", walk.recurrent.value, turned)
        back(WayBack(turned, *given, dz))
        walk.product.backward(dz.rows)
