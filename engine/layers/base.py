"""What a layer type is: one frozen dataclass that declares everything the product knows about it.

The palette, the inspector, the shape rule, the parameter count, the file format and the engine's
steps all come from that one class. A layer does not compute: `emit` records steps (see
`engine.runtime.build`), and holds no weights, so that it can be compared, saved and shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

from engine.spec.options import Value
from engine.spec.shapes import REAL, Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor

Shapes = Mapping[str, tuple[Shape, ...]]  # by input port
CATEGORIES = (
    "data",
    "core",
    "convolution",
    "pooling",
    "sequence",
    "normalisation",
    "activation",
    "regularisation",
    "merge",
    "loss",
)


@dataclass(frozen=True, slots=True)
class Port:
    """A place where edges begin or end.

    An input port with `many` takes any number of edges. An `optional` port usually stays open.
    """

    name: str
    many: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """An array that a layer keeps, and how it begins.

    `fan_in` and `fan_out` are the numbers of inputs and outputs of one unit, which the
    initializers of Glorot and He need. What is not `trainable` is left alone by the optimizer:
    running statistics, and weights that a person froze. `constant` is where the initializer of
    that name begins. `l1` and `l2` are penalties on the size of the values, and `max_norm` bounds
    the length of the vector of weights into one unit; 0 means none.
    """

    shape: tuple[int, ...]
    initializer: str
    fan_in: int = 1
    fan_out: int = 1
    trainable: bool = True
    constant: float = 0.0
    l1: float = 0.0
    l2: float = 0.0
    max_norm: float = 0.0

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True)
class Sum:
    """A line of arithmetic with this layer's numbers: ("parameters", "3·3·1·32 + 32 = 320")."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Insert:
    """Suggests a new box of `kind` before the one that does not fit, at these edges of port x."""

    kind: str
    places: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Set:
    """Suggests another value for an option: of this box, or of the box that feeds port `of`."""

    option: str
    value: Value
    of: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Suggests another layer type for this box."""

    kind: str


class Unfit(Exception):
    """Raised by a shape rule: these inputs cannot enter this layer. Words come from `code`."""

    def __init__(self, code: str, *suggestions: Insert | Set | Exchange, **numbers: object) -> None:
        super().__init__(code, numbers)
        self.code, self.suggestions, self.numbers = code, suggestions, numbers


@dataclass(frozen=True)
class Layer:
    """Interface of a layer type. Subclasses are final, and declare options as fields."""

    kind: ClassVar[str]
    category: ClassVar[str]
    icon: ClassVar[str]  # a name of the icon set, see gui.theme
    source: ClassVar[str] = ""  # paper or book, shown with the explanation
    first: ClassVar[bool] = False  # whether a beginner is shown it
    inputs: ClassVar[tuple[Port, ...]] = (Port("x"),)
    outputs: ClassVar[tuple[Port, ...]] = (Port("y"),)
    # whether the result, apart from an activation, is a weighted sum: two in a row are only one
    weighs: ClassVar[bool] = False
    # whether a weighted sum that comes in is still one when it leaves
    keeps_sums: ClassVar[bool] = False

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        """Shapes at the output ports; raises Unfit. Layers with ports x and y override the next."""
        return {"y": self.output_shape(*inputs["x"])}

    def output_shape(self, *x: Shape) -> Shape:
        """The shape at port y, given the shapes at port x."""
        raise NotImplementedError(type(self))

    def applies(self, option: str) -> bool:
        """Whether an option has a meaning beside the others, beyond what `shown_when` can say."""
        return True

    def held(self, outputs: Mapping[str, Shape]) -> tuple[Shape, ...]:
        """The arrays that results need: none where the one that came in is handed on as it is."""
        return tuple(outputs.values())

    def weights(self, inputs: Shapes) -> dict[str, Weight]:
        """The arrays that training changes, by name."""
        return {}

    def multiplications(self, inputs: Shapes) -> int:
        """Multiply-add operations of the forward pass for one sample."""
        return 0

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        """How output size and parameter count follow, with this layer's numbers."""
        return ()

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        """Record this layer's steps; layers with ports x and y override `steps`."""
        return {"y": self.steps(build, *inputs["x"])}

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        """Record the steps from port x to port y."""
        raise NotImplementedError(type(self))


CATALOGUE: dict[str, type[Layer]] = {}
L = TypeVar("L", bound=type[Layer])


@dataclass_transform(frozen_default=True)
def layer(
    kind: str, category: str, icon: str, source: str = "", first: bool = False
) -> Any:  # a class decorator
    """Enter a class into the catalogue and make it a frozen dataclass.

    first : whether it is among the few layer types that a beginner is shown
    """
    assert category in CATEGORIES, category

    def register(cls: L) -> L:
        cls.kind, cls.category, cls.icon, cls.source = kind, category, icon, source
        cls.first = first
        dataclass(frozen=True)(cls)  # works in place
        assert kind not in CATALOGUE, kind
        CATALOGUE[kind] = cls
        return cls

    return register


def times(*factors: int | str) -> str:
    """A product as it is written: 3·3·32·64."""
    return "·".join(f"{f:,}" if isinstance(f, int) else f for f in factors)


def need_real(*inputs: Shape) -> None:
    """Refuse tokens and class numbers, which are not measured values: Unfit."""
    for place, x in enumerate(inputs):
        if x.kind != REAL and x.time:
            raise Unfit("needs_embedding", Insert("embedding", (place,)), given=str(x))
        if x.kind != REAL:
            raise Unfit("needs_real", given=str(x))


def need_image(x: Shape, of_sequence: str = "") -> tuple[int, int, int]:
    """Height, width and channels of `x`, or Unfit.

    of_sequence : the layer type that does the same to a sequence, if there is one
    """
    need_real(x)
    if len(x.sizes) != 3:
        instead = (Exchange(of_sequence),) if of_sequence and is_sequence(x) else ()
        raise Unfit("needs_image", *instead, given=str(x))
    height, width, channels = x.sizes
    return height, width, channels


def is_sequence(x: Shape) -> bool:
    """Whether `x` is a row of numbers at each time step."""
    return x.kind == REAL and len(x.sizes) == 2 and x.time > 0


def need_sequence(x: Shape, of_image: str = "") -> tuple[int, int]:
    """Time steps and numbers at each step of `x`, or Unfit.

    of_image : the layer type that does the same to a picture, if there is one
    """
    need_real(x)
    if not is_sequence(x):
        instead = (Exchange(of_image),) if of_image and len(x.sizes) == 3 else ()
        raise Unfit("needs_sequence", *instead, given=str(x))
    return x.sizes[0], x.sizes[1]


def need_row_or_sequence(x: Shape) -> None:
    """Refuse what is neither a row of numbers nor a row at each time step: Unfit."""
    need_real(x)
    if len(x.sizes) != (2 if x.time else 1):
        raise Unfit("needs_row", Insert("flatten"), given=str(x))


def need_row(x: Shape) -> int:
    """The length of `x`, a row of numbers, or Unfit with a Flatten to insert."""
    need_real(x)
    if len(x.sizes) != 1:
        raise Unfit("needs_row", Insert("flatten"), given=str(x))
    return x.sizes[0]
