"""Which layer types usually follow a box, or feed one: the order of the list to choose from.

First comes what fits the shape and is usual in practice, then what fits, then everything else.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers.analysis import Analysis
from engine.layers.base import CATALOGUE, CATEGORIES, Layer, Unfit
from engine.spec.document import Document
from engine.spec.shapes import TOKEN, Shape

LOSSES = (
    "cross_entropy", "mean_squared_error", "binary_cross_entropy", "mean_absolute_error",
)  # fmt: skip
LOSS_AFTER = {"softmax": "cross_entropy", "sigmoid": "binary_cross_entropy"}
RECURRENT = ("lstm", "gru", "simple_rnn")

# what usually comes after a box, by the form of what it hands on and by its category
USUAL: dict[tuple[str, str], tuple[str, ...]] = {
    ("picture", "data"): ("conv2d", "flatten", "augment", "separable_conv2d", "dense"),
    ("picture", "convolution"): (
        "max_pool2d", "conv2d", "batch_norm", "average_pool2d", "global_average_pool", "flatten",
        "activation", "dropout",
    ),
    ("picture", "pooling"): (
        "conv2d", "flatten", "global_average_pool", "dropout", "batch_norm", "separable_conv2d",
    ),
    ("picture", "normalisation"): ("activation", "conv2d", "max_pool2d", "flatten"),
    ("picture", "activation"): ("max_pool2d", "conv2d", "flatten", "global_average_pool"),
    ("picture", "merge"): ("activation", "conv2d", "batch_norm", "max_pool2d"),
    ("picture", ""): ("conv2d", "max_pool2d", "flatten", "global_average_pool", "dense"),
    ("words", "data"): ("embedding", "positional_embedding"),
    ("words", ""): ("embedding", "positional_embedding"),
    ("sequence", "data"): ("lstm", "gru", "conv1d", "simple_rnn", "dense", "flatten"),
    ("sequence", "sequence"): (
        *RECURRENT[:2], "multi_head_attention", "conv1d", "dense", "global_average_pool",
        "layer_norm", "add", "simple_rnn", "dropout",
    ),
    ("sequence", "convolution"): (
        "max_pool1d", "conv1d", "global_average_pool", "flatten", *RECURRENT, "batch_norm",
    ),
    ("sequence", "pooling"): ("conv1d", *RECURRENT, "flatten", "global_average_pool", "dense"),
    ("sequence", ""): ("dense", *RECURRENT, "conv1d", "multi_head_attention", "layer_norm"),
    ("row", "data"): ("dense", "batch_norm", "gaussian_noise", "dropout"),
    ("row", "core"): ("dense", "dropout", "activation", "batch_norm", *LOSSES),
    ("row", "regularisation"): ("dense", *LOSSES),
    ("row", ""): ("dense", "dropout", *LOSSES),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A layer type, and whether it can take what it would get (as far as that is known)."""

    kind: str
    fits: bool = True


def suggestions(
    document: Document, analysis: Analysis, id: str, port: str = ""
) -> tuple[Suggestion, ...]:
    """All layer types that can be joined to an output of a box, the usual ones first.

    Without `port`, its first output is meant.
    """
    node = document.network.node(id)
    layer = CATALOGUE.get(node.kind)
    port = port or (layer.outputs[0].name if layer is not None and layer.outputs else "")
    facts = analysis.facts.get(id)
    shape = facts.outputs.get(port) if facts is not None else None
    targets = _targets(document, analysis)
    usual = _usual(shape, layer, facts.layer if facts is not None else None)
    if port == "target":
        usual = LOSSES
    found = []
    for kind, other in CATALOGUE.items():
        if any(_stream(p.name) == _stream(port) for p in other.inputs):
            found.append(Suggestion(kind, _fits(other, port, shape, targets)))
    return tuple(sorted(found, key=lambda s: (not s.fits, *_place(s.kind, usual))))


def feeders(kind: str, port: str) -> tuple[Suggestion, ...]:
    """All layer types that can be joined to an input of a box of `kind`, the usual ones first."""

    def rank(other: str) -> tuple[bool, int, int]:
        category = CATALOGUE[other].category
        places = [
            names.index(kind) for (_, after), names in USUAL.items()
            if after == category and kind in names
        ]  # fmt: skip
        common = sum(other in names for names in USUAL.values())
        return category != "data", min(places, default=len(CATALOGUE)), -common

    found = (
        name
        for name, layer in CATALOGUE.items()
        if any(_stream(p.name) == _stream(port) for p in layer.outputs)
    )
    return tuple(Suggestion(name) for name in sorted(found, key=rank))


def _targets(document: Document, analysis: Analysis) -> tuple[Shape, ...]:
    """The right answers that a new loss would be joined to."""
    found = [
        facts.outputs["target"]
        for node in document.network.nodes
        if (facts := analysis.facts.get(node.id)) and "target" in facts.outputs
    ]
    return tuple(found) if len(found) == 1 else ()


def _fits(layer: type[Layer], port: str, shape: Shape | None, targets: tuple[Shape, ...]) -> bool:
    """Whether a new box takes `shape` without complaint; yes where that is not known."""
    if shape is None or _stream(port) != "data":
        return True
    inputs: dict[str, tuple[Shape, ...]] = {each.name: () for each in layer.inputs}
    inputs["x"] = (shape, shape) if layer.inputs[0].many else (shape,)
    if any(port.name == "target" for port in layer.inputs):
        if not targets:
            return True
        inputs["target"] = targets
    try:
        layer().output_shapes(inputs)
    except Unfit:
        return False
    return True


def _form(shape: Shape) -> str:
    if shape.kind == TOKEN:
        return "words"
    if "height" in shape.axes:
        return "picture"
    return "sequence" if shape.time else "row"


def _usual(shape: Shape | None, layer: type[Layer] | None, built: Layer | None) -> tuple[str, ...]:
    """The usual followers, first the loss that belongs to the activation of a last layer."""
    if shape is None:
        return ()
    form, category = _form(shape), layer.category if layer is not None else ""
    usual = USUAL.get((form, category)) or USUAL.get((form, ""), ())
    bend = getattr(built, "activation", "")
    if form == "row" and bend in LOSS_AFTER:
        return LOSS_AFTER[bend], *usual
    return usual


def _place(kind: str, usual: tuple[str, ...]) -> tuple[int, int]:
    first = usual.index(kind) if kind in usual else len(usual)
    return first, CATEGORIES.index(CATALOGUE[kind].category)


def _stream(port: str) -> str:
    """What flows there: data from x and y, and by name targets, states and the like."""
    return "data" if port in ("x", "y") else port
