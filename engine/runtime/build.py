"""What a layer talks to when it emits its steps: tensors, weights, forward and backward steps.

A layer writes its forward step and, directly beneath, how the gradient comes back:

    y = build.tensor(shape)
    build.forward("softmax", x.row, y.row)
    with build.backward(y) as dy:
        build.step("softmax_gradient", y.row, dy.row, build.gradient(x).row)

Nothing is computed or allocated here. Blocks of backward steps are turned round when the plan is
finished; a block whose result nobody asks for falls away, and where several layers read the same
tensor their gradients are summed (the multivariate chain rule; see Griewank & Walther 2008, ch. 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import prod

from engine.layers.base import Weight
from engine.runtime.outcome import Outcome
from engine.runtime.product import SMALLER, Lookup, Product
from engine.runtime.scoring import Scoring
from engine.spec.shapes import TOKEN, Shape

# where an array lives: one row a sample, one copy a worker, one for all, in the weights' vector,
# in the gradients' vectors (one a worker), given from outside (a data set), or one row a sample
# that is kept from batch to batch (the state of a stateful layer)
SAMPLE, WORKER, SHARED = "sample", "worker", "shared"
PARAMETER, GRADIENT, SOURCE, KEPT = "parameter", "gradient", "source", "kept"
MEET = "meet"  # in place of a kernel: every worker waits here for the others
REAL, INDEX, WINNER, CLOCK = "real", "index", "winner", "clock"  # number formats, see memory
EVER = ("training", "evaluation", "inference")
CHOSEN = "chosen"  # the array that holds the batch's rows of the data set
UPDATE = "update"  # beside the optimizer's step, by the first worker: running statistics


def _last(shape: Shape) -> tuple[int]:
    """How many numbers lie along the last axis; a token is one number."""
    return (shape.sizes[-1] if shape.kind != TOKEN and shape.sizes else 1,)


@dataclass(frozen=True, slots=True, eq=False)
class Buffer:
    """An array to be allocated. `shape` leaves out the sample or worker axis."""

    name: str
    shape: tuple[int, ...]
    space: str = SAMPLE
    number: str = REAL


@dataclass(frozen=True, slots=True)
class Ref:
    """A buffer as one kernel sees it, in a shape of the same size.

    `stacked` lays the samples' rows under each other: (n, T, F) as (n·T, F), when shape is (F,).
    `everyone` shows a worker's buffer of all workers: (workers, …).
    """

    buffer: Buffer
    shape: tuple[int, ...]
    stacked: bool = False
    everyone: bool = False

    def viewed(self, shape: tuple[int, ...]) -> Ref:
        """In another shape of the same size."""
        assert prod(shape) == prod(self.shape)
        return Ref(self.buffer, shape)

    @property
    def each(self) -> Ref:
        """Of numbers that belong to time steps: the steps of all samples, (n, T) as (n·T,)."""
        return Ref(self.buffer, (), stacked=True)

    @property
    def row(self) -> Ref:
        """As one row a sample."""
        return Ref(self.buffer, (prod(self.shape),))

    @property
    def rows(self) -> Ref:
        """Of rows in each sample: those of all samples under each other, (n, P, K) as (n·P, K)."""
        return Ref(self.buffer, self.shape[-1:], stacked=True)


class Gradient:
    """The gradient at one place. Its buffer is known once the plan is finished."""

    def __init__(self, shape: Shape, buffer: Buffer | None = None) -> None:
        self.shape, self.buffer = shape, buffer

    @property
    def value(self) -> Later:
        """In the tensor's own shape."""
        return Later(self, self.shape.sizes)

    @property
    def row(self) -> Later:
        """As one row a sample."""
        return Later(self, (self.shape.count,))

    @property
    def stacked(self) -> Later:
        """As the last axes of all samples, one row each: (n·T, F) of a sequence."""
        return Later(self, _last(self.shape), stacked=True)

    def viewed(self, shape: tuple[int, ...]) -> Later:
        """In another shape of the same size."""
        return Later(self, shape)


@dataclass(frozen=True, slots=True)
class Later:
    """A Ref whose buffer is not known yet."""

    gradient: Gradient
    shape: tuple[int, ...]
    stacked: bool = False

    def now(self) -> Ref:
        """The Ref, after the plan is finished."""
        assert self.gradient.buffer is not None
        return Ref(self.gradient.buffer, self.shape, self.stacked)


Argument = Ref | Later | int | float | tuple[int, ...]


class Tensor:
    """What flows along an edge: one row a sample."""

    def __init__(self, shape: Shape, buffer: Buffer, needs_gradient: bool) -> None:
        self.shape, self.buffer, self.needs_gradient = shape, buffer, needs_gradient
        self.before: tuple[str, Tensor] | None = None  # function and its input: layers.activation
        self.lookup: Lookup | None = None  # of an embedding's result: which rows of which table
        # of a sequence: (T,) with 1 at each time step that counts and 0 where it is only padded
        self.mask: Ref | None = None
        self.has_own_time = False  # its time steps are not those of the inputs: no mask goes on
        self.parts: list[Gradient] = []  # one from each reader
        self.total = Gradient(shape)

    @property
    def value(self) -> Ref:
        """In its own shape."""
        return Ref(self.buffer, self.shape.sizes)

    @property
    def row(self) -> Ref:
        """As one row a sample."""
        return Ref(self.buffer, (self.shape.count,))

    @property
    def stacked(self) -> Ref:
        """As the last axes of all samples, one row each: (n·T, F) of a sequence."""
        return Ref(self.buffer, _last(self.shape), stacked=True)

    @property
    def lead(self) -> tuple[int, ...]:
        """The axes before the last; a token is a number of its own."""
        return self.shape.sizes if self.shape.kind == TOKEN else self.shape.sizes[:-1]

    def viewed(self, shape: tuple[int, ...]) -> Ref:
        """In another shape of the same size."""
        assert prod(shape) == self.shape.count
        return Ref(self.buffer, shape)


@dataclass(frozen=True, slots=True)
class WeightRefs:
    """One weight and its gradient; a weight that a layer leaves out has size 0."""

    shape: tuple[int, ...]
    value: Ref
    gradient: Ref

    def viewed(self, shape: tuple[int, ...]) -> WeightRefs:
        """In another shape of the same size."""
        assert prod(shape) == prod(self.shape)
        value, gradient = (replace(ref, shape=shape) for ref in (self.value, self.gradient))
        return WeightRefs(shape, value, gradient)


@dataclass(frozen=True, slots=True)
class Step:
    """One kernel call. `modes` are the kinds of pass it belongs to.

    The kernel MEET is no call, but a place where the workers wait for each other.
    """

    node: str
    kernel: str
    arguments: tuple[Argument, ...]
    modes: tuple[str, ...] = EVER


@dataclass(slots=True)
class Block:
    """Backward steps that belong together: they turn gradients of `outputs` into others."""

    node: str
    outputs: tuple[Tensor, ...]
    steps: list[Step] = field(default_factory=list)
    given: list[tuple[Tensor, Gradient]] = field(default_factory=list)
    alias: tuple[Tensor, Gradient] | None = None


class Build:
    """Collects the steps of all layers, in the order of the network."""

    def __init__(self, input_gradients: bool = False, batch: int = 1) -> None:
        self.input_gradients, self.batch = input_gradients, batch
        self.clock = Ref(Buffer("clock", (2,), SHARED, CLOCK), (2,))
        self.rows = Ref(Buffer("rows", (), SAMPLE, INDEX), ())
        self.forwards: list[Step] = []
        self.blocks: list[Block] = []
        self.parameters: dict[str, Weight] = {}
        self.shown: dict[str, Ref] = {}  # by "node.name"
        self.fed_tensors: dict[tuple[str, str], Tensor] = {}
        self.outcomes: list[Outcome] = []
        self._node, self._weights = "", dict[str, Weight]()
        self._block: Block | None = None
        self._streams = 0

    @property
    def node(self) -> str:
        """The layer whose steps are being recorded."""
        return self._node

    def begin(self, node: str, weights: dict[str, Weight], inputs: Iterable[Tensor] = ()) -> None:
        """Turn to the next layer, which reads `inputs`."""
        self._node, self._weights = node, weights
        self._is_trained = any(weight.trainable for weight in weights.values())
        before = self.input_gradients or any(x.needs_gradient for x in inputs)
        self._is_reached = self._is_trained or before
        for name, weight in weights.items():
            self.parameters[f"{node}/{name}"] = weight

    # arrays

    def tensor(self, shape: Shape, needs_gradient: bool = True) -> Tensor:
        """A new tensor. Its gradient is of use if something is trained in its layer or before."""
        y = self._buffer("y", shape.sizes, INDEX if shape.kind == TOKEN else REAL)
        return Tensor(shape, y, needs_gradient and self._is_reached)

    def reshaped(self, x: Tensor, shape: Shape) -> Tensor:
        """The same numbers under another shape: no step, no copy."""
        y = Tensor(shape, x.buffer, x.needs_gradient)
        y.mask = x.mask if shape.time == x.shape.time else None
        # a softmax is one of the whole last axis, which must still be the last
        rows = x.before is not None and (x.before[0] != "softmax" or _last(x.shape) == _last(shape))
        if x.before is not None and rows and x.before[1].shape.count == shape.count:
            y.before = (x.before[0], self.reshaped(x.before[1], shape))
        if x.needs_gradient:
            part = Gradient(x.shape)
            x.parts.append(part)
            self.blocks.append(Block(self._node, (y,), given=[(x, part)], alias=(y, part)))
        return y

    def weight(self, name: str) -> WeightRefs:
        """A weight declared by the layer; one that it does not declare is empty."""
        if name not in self._weights:
            empty = Ref(Buffer(f"{self._node}/no {name}", (0,), WORKER), (0,))
            return WeightRefs((0,), empty, empty)
        shape, full = self._weights[name].shape, f"{self._node}/{name}"
        value = Ref(Buffer(full, shape, PARAMETER), shape)
        return WeightRefs(shape, value, Ref(Buffer(full, shape, GRADIENT), shape))

    def scratch(self, name: str, shape: tuple[int, ...]) -> Ref:
        """Room to work in, one for each worker."""
        return Ref(self._buffer(name, shape, REAL, WORKER), shape)

    def room(self, name: str, shape: tuple[int, ...]) -> Ref:
        """Numbers of each sample that the forward pass keeps for the backward pass."""
        return Ref(self._buffer(name, shape), shape)

    def shared(self, name: str, shape: tuple[int, ...]) -> Ref:
        """Numbers that all workers share, and the model sets."""
        return Ref(self._buffer(name, shape, REAL, SHARED), shape)

    def show(self, name: str, numbers: Ref) -> None:
        """Offer numbers of each sample to whoever wants to look inside, as attention weights."""
        self.shown[f"{self._node}.{name}"] = numbers

    def nothing(self, axes: int = 1) -> Ref:
        """An array without numbers, for what a kernel may do without: a mask, a bias."""
        shape = (0,) * axes
        return Ref(self._buffer("nothing", shape), shape)

    def kept(self, name: str, shape: tuple[int, ...]) -> Ref:
        """Numbers of each place in the batch that stay from one batch to the next, first zero."""
        return Ref(self._buffer(name, shape, REAL, KEPT), shape)

    def everyone(self, own: Ref) -> Ref:
        """What all workers have in their own `scratch`, to be read after a `meet`."""
        return Ref(own.buffer, own.shape, everyone=True)

    def index(self, shape: tuple[int, ...]) -> Ref:
        """Small whole numbers kept from the forward pass for the backward pass."""
        return Ref(self._buffer("winner", shape, WINNER), shape)

    def stream(self) -> int:
        """A number that no other source of randomness in this plan has."""
        self._streams += 1
        return self._streams

    def fed(self, port: str, shape: Shape, when: tuple[str, ...] = EVER) -> Tensor:
        """A tensor filled from the data set before each pass, at the rows of the batch."""
        y = self.tensor(shape, needs_gradient=self.input_gradients and shape.kind != TOKEN)
        source = Buffer(f"{self._node}.{port}", (shape.count,), SOURCE, y.buffer.number)
        chosen = Ref(Buffer(CHOSEN, (), SAMPLE, INDEX), ())
        self.forward("gather", Ref(source, source.shape), chosen, y.row, when=when)
        self.fed_tensors[self._node, port] = y
        return y

    def _buffer(
        self, name: str, shape: tuple[int, ...], number: str = REAL, space: str = SAMPLE
    ) -> Buffer:
        return Buffer(f"{self._node}.{name}", shape, space, number)

    # steps

    def forward(self, kernel: str, *arguments: Argument, when: tuple[str, ...] = EVER) -> None:
        """A step of the forward pass."""
        self.forwards.append(Step(self._node, kernel, arguments, when))

    def meet(self, when: tuple[str, ...] = EVER) -> None:
        """From here on each worker may read what the others have written before.

        Only steps that mix samples (batch statistics) need it. Within `backward` it belongs to the
        backward pass.
        """
        if self._block is not None:
            self.step(MEET)
        else:
            self.forward(MEET, when=when)

    @contextmanager
    def backward(self, *outputs: Tensor) -> Iterator[Gradient]:
        """Steps that turn the gradient of `outputs` into gradients of inputs and weights.

        Yields the gradient of the first output. With no outputs the block always runs (a loss).
        Of several outputs, those that nobody reads have a gradient of zeros.
        """
        self._block = block = Block(self._node, outputs)
        yield outputs[0].total if outputs else Gradient(Shape((), ()))
        self._block = None
        self.blocks.append(block)

    def step(self, kernel: str, *arguments: Argument) -> None:
        """A step of the backward pass, inside `backward`."""
        assert self._block is not None, "step() belongs inside `with build.backward(…)`"
        self._block.steps.append(Step(self._node, kernel, arguments, ("training",)))

    def learn(self, kernel: str, *arguments: Argument) -> None:
        """A step that gives gradients of weights and nothing else: a frozen layer needs none."""
        if self._is_trained:
            self.step(kernel, *arguments)

    def gradient(self, x: Tensor) -> Gradient:
        """Where this layer writes its share of the gradient of `x`."""
        assert self._block is not None and x.needs_gradient
        space = WORKER if x.buffer.space == PARAMETER else SAMPLE
        part = Gradient(x.shape, self._buffer("dx", x.shape.sizes, space=space))
        x.parts.append(part)
        self._block.given.append((x, part))
        return part

    def through_activation(self, y: Tensor, dy: Gradient, code: int) -> Gradient:
        """The gradient before an activation that the layer's kernel applied itself."""
        if code == 0:
            return dy
        dz = Gradient(y.shape, self._buffer("dz", y.shape.sizes))
        self.step("activate_gradient", y.row, dy.row, dz.row, code)
        return dz

    def lookup(self, tokens: Tensor, table: WeightRefs) -> Lookup:
        """Says where a tensor's rows come from; who reads it may read the table instead."""
        form, own = Shape(table.shape, ("rows", "features")), table.value.buffer
        whole = Tensor(form, own, self._is_trained)
        with self.backward(whole) as total:  # the sum of what its readers give
            self.step("copy", total.value, table.gradient)
        places = self.batch * (tokens.shape.time or 1)
        return Lookup(tokens.stacked, whole, pays=table.shape[0] * SMALLER <= places)

    def product(self, x: Tensor, w: WeightRefs, b: WeightRefs) -> Product:
        """The rows of `x` times a weight; see `engine.runtime.product`."""
        return Product(self, x, w, b)

    # losses

    def before(self, x: Tensor, function: str) -> Tensor:
        """What went into `function`, if `x` came out of it; otherwise `x` itself."""
        return x.before[1] if x.before is not None and x.before[0] == function else x

    def scoring(self, x: Tensor, target: Tensor, weight: float) -> Scoring:
        """Compares outputs with a target, row by row; see `engine.runtime.scoring`."""
        return Scoring(self, x, target, weight)
