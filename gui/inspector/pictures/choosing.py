"""Which pictures a box has, made from what is known of it: its layer, its shapes."""

from __future__ import annotations

from collections.abc import Callable

from engine.layers.activation import Activation
from engine.layers.analysis import NodeFacts
from engine.layers.base import Layer
from engine.layers.concatenate import Concatenate
from engine.layers.conv2d_transpose import Conv2DTranspose
from engine.layers.curves import CURVES
from engine.layers.data import Data
from engine.layers.loss_curves import loss_curve
from engine.layers.permute import Permute
from engine.layers.up_sampling2d import UpSampling2D
from engine.spec.shapes import Shape
from gui.describe import value_text
from gui.inspector.pictures.averaging import Averaging
from gui.inspector.pictures.border import Border
from gui.inspector.pictures.collapsing import Collapsing
from gui.inspector.pictures.connections import Connections
from gui.inspector.pictures.curve import Curve, bell
from gui.inspector.pictures.dropping import Dropping
from gui.inspector.pictures.enlarging import Enlarging
from gui.inspector.pictures.heads import Heads
from gui.inspector.pictures.joining import Joining
from gui.inspector.pictures.order import Order
from gui.inspector.pictures.pairing import OPERATIONS, Pairing
from gui.inspector.pictures.picture import Picture
from gui.inspector.pictures.products import Products
from gui.inspector.pictures.repeating import Repeating
from gui.inspector.pictures.shares import Shares
from gui.inspector.pictures.sharing import Sharing
from gui.inspector.pictures.sliding import Sliding
from gui.inspector.pictures.stamping import Stamping
from gui.inspector.pictures.steps import Steps
from gui.inspector.pictures.table_row import TableRow
from gui.inspector.pictures.unrolled import Unrolled
from gui.inspector.pictures.waves import Waves
from gui.words import tr

Maker = Callable[[NodeFacts], Picture | None]


def pictures_of(facts: NodeFacts | None) -> tuple[Picture, ...]:
    """The pictures of a box whose sizes are known, the main one first."""
    if facts is None:
        return ()
    kind = facts.layer.kind
    maker = MAKERS.get(kind, _merge if kind in OPERATIONS else _loss)
    found = (maker(facts), _bend(facts.layer))
    return tuple(picture for picture in found if picture is not None)


def _x(facts: NodeFacts) -> Shape:
    return facts.inputs["x"][0]


def _plane(shape: Shape) -> tuple[int, int]:
    """Height and width of a picture."""
    return shape.sizes[0], shape.sizes[1]


def _sliding(facts: NodeFacts) -> Picture:
    window = facts.layer.window  # type: ignore[attr-defined]
    return Sliding(window, _plane(_x(facts)), _plane(facts.outputs["y"]))


def _steps(facts: NodeFacts) -> Picture:
    window = facts.layer.window  # type: ignore[attr-defined]
    return Steps(window, _x(facts).time, facts.outputs["y"].time)


def _stamping(facts: NodeFacts) -> Picture:
    assert isinstance(facts.layer, Conv2DTranspose)
    return Stamping(facts.layer, _plane(_x(facts)), _plane(facts.outputs["y"]))


def _enlarging(facts: NodeFacts) -> Picture:
    assert isinstance(facts.layer, UpSampling2D)
    return Enlarging(facts.layer, _plane(_x(facts)), _plane(facts.outputs["y"]))


def _border(facts: NodeFacts) -> Picture:
    layer = facts.layer
    sides = tuple(getattr(layer, side) for side in ("top", "bottom", "left", "right"))
    is_added = layer.kind == "zero_padding2d"
    return Border(_plane(_x(facts)), _plane(facts.outputs["y"]), sides, is_added)


def _dense(facts: NodeFacts) -> Picture:
    inputs, units = _x(facts).sizes[-1], facts.outputs["y"].sizes[-1]
    return Connections(inputs, units, "bias" in facts.weights, facts.parameters)


def _dropping(facts: NodeFacts) -> Picture:
    rate: float = facts.layer.rate  # type: ignore[attr-defined]
    return Dropping(rate, facts.layer.kind == "spatial_dropout")


def _noise(facts: NodeFacts) -> Picture:
    deviation: float = facts.layer.deviation  # type: ignore[attr-defined]
    reach = max(1.0, 3 * deviation)
    text = tr("picture.noise", deviation=f"{deviation:g}")
    return Curve(
        ("noise", deviation),
        -reach,
        reach,
        bell(deviation),
        tr("picture.noise.axis"),
        tr("picture.noise.value"),
        text=text,
    )


def _averaging(facts: NodeFacts) -> Picture:
    x = _x(facts)
    groups: int = getattr(facts.layer, "groups", 1)
    return Averaging(facts.layer.kind, x.sizes[-1], len(x.sizes) > 1, groups)


def _embedding(facts: NodeFacts) -> Picture:
    return TableRow(_x(facts).limit, facts.outputs["y"].sizes[-1])


def _recurrent(facts: NodeFacts) -> Picture:
    x, y, layer = _x(facts), facts.outputs["y"], facts.layer
    direction: str = layer.direction  # type: ignore[attr-defined]
    return Unrolled(x.time, x.sizes[-1], y.sizes[-1], direction, len(y.sizes) > 1)


def _heads(facts: NodeFacts) -> Picture:
    x, layer = _x(facts), facts.layer
    others = facts.inputs["context"][0] if facts.inputs.get("context") else x
    heads, key_dim, causal = (getattr(layer, n) for n in ("heads", "key_dim", "causal"))
    return Heads(x.time, others.time, x.sizes[-1], heads, key_dim, causal)


def _waves(facts: NodeFacts) -> Picture | None:
    if facts.layer.positions != "waves":  # type: ignore[attr-defined]
        return None
    return Waves(*_x(facts).sizes)


def _order(facts: NodeFacts) -> Picture:
    x, layer = _x(facts), facts.layer
    axes = layer.axes_of(x) if isinstance(layer, Permute) else ()
    return Order(x.sizes, facts.outputs["y"].sizes, axes)


def _joining(facts: NodeFacts) -> Picture:
    x, layer = facts.inputs["x"], facts.layer
    assert isinstance(layer, Concatenate)
    axis, y = layer.axis_of(x[0]), facts.outputs["y"]
    return Joining(y.axes[axis], tuple(each.sizes[axis] for each in x), y.sizes[axis])


def _products(facts: NodeFacts) -> Picture:
    shapes = (*facts.inputs["x"], facts.outputs["y"])
    one, other, made = ((*s.sizes, 1)[:2] if len(s.sizes) < 2 else s.sizes for s in shapes)
    return Products(((one[0], one[1]), (other[0], other[1]), (made[0], made[1])))


def _repeating(facts: NodeFacts) -> Picture:
    return Repeating(_x(facts).count, facts.outputs["y"].time)


def _collapsing(facts: NodeFacts) -> Picture:
    x = _x(facts)
    channels = facts.outputs["y"].count
    is_max = facts.layer.kind == "global_max_pool"
    return Collapsing(x.count // channels, channels, x.time > 0, is_max)


def _merge(facts: NodeFacts) -> Picture:
    return Pairing(facts.layer.kind, len(facts.inputs["x"]), str(facts.outputs["y"]))


def _data(facts: NodeFacts) -> Picture:
    assert isinstance(facts.layer, Data)
    return Sharing(facts.layer.part_sizes)


def _loss(facts: NodeFacts) -> Picture | None:
    curve = loss_curve(facts.layer)
    if curve is None:
        return None
    axis, options = tr(f"picture.loss.{curve.axis}"), facts.layer
    text = tr(f"picture.loss.{curve.axis}.text", target=f"{curve.target:g}")
    names = tr("picture.loss"), tr("picture.slope")
    return Curve((options,), curve.low, curve.high, curve.at, axis, *names, text)


def _prelu(facts: NodeFacts) -> Picture:
    slope: float = facts.layer.initial_value  # type: ignore[attr-defined]
    return _curve("leaky_relu", slope, tr("picture.prelu", slope=f"{slope:g}"))


def _activation(facts: NodeFacts) -> Picture | None:
    return None  # its function is the bend below


def _bend(layer: Layer) -> Picture | None:
    """The picture of the activation that a layer is, or has built in."""
    if isinstance(layer, Activation):
        alpha = layer.slope if layer.function == "leaky_relu" else layer.alpha
        return Shares() if layer.function == "softmax" else _curve(layer.function, alpha)
    name = getattr(layer, "activation", "linear")
    if name == "softmax":
        return Shares()
    usual = Activation.slope if name == "leaky_relu" else Activation.alpha
    return None if name == "linear" else _curve(name, usual)


def _curve(name: str, alpha: float, text: str = "") -> Curve:
    function = CURVES[name]
    said = text or tr("picture.bend", name=value_text("activation", name))
    names = tr("picture.value"), tr("picture.slope")
    return Curve((name, alpha), -4.0, 4.0, lambda x: function(x, alpha), "x", *names, said)


MAKERS: dict[str, Maker] = {
    **dict.fromkeys(("conv2d", "depthwise_conv2d", "separable_conv2d"), _sliding),
    **dict.fromkeys(("max_pool2d", "average_pool2d"), _sliding),
    **dict.fromkeys(("conv1d", "max_pool1d", "average_pool1d"), _steps),
    "conv2d_transpose": _stamping,
    "up_sampling2d": _enlarging,
    **dict.fromkeys(("zero_padding2d", "cropping2d"), _border),
    **dict.fromkeys(("global_average_pool", "global_max_pool"), _collapsing),
    "dense": _dense,
    **dict.fromkeys(("flatten", "reshape", "permute"), _order),
    "repeat_vector": _repeating,
    "activation": _activation,
    "prelu": _prelu,
    **dict.fromkeys(("dropout", "spatial_dropout"), _dropping),
    "gaussian_noise": _noise,
    **dict.fromkeys(("batch_norm", "layer_norm", "group_norm"), _averaging),
    "embedding": _embedding,
    "positional_embedding": _waves,
    **dict.fromkeys(("simple_rnn", "lstm", "gru"), _recurrent),
    "multi_head_attention": _heads,
    "concatenate": _joining,
    "dot": _products,
    "data": _data,
}
