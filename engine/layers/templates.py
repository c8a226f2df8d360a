"""Templates: well-known blocks of several boxes, put behind a box, joined and placed.

A template is a function Document → Document, so that it can be undone like any other edit. The
sizes of its boxes follow from what they read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from engine.layers.analysis import Analysis, analyse
from engine.layers.base import CATALOGUE, is_sequence
from engine.layers.drawing import GAP, pushed
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.options import Value
from engine.spec.shapes import REAL, Shape

Box = tuple[str, Mapping[str, Value]]  # kind and options
MOST_HEADS = 4


@dataclass(frozen=True, slots=True)
class Template:
    """A chain of boxes that reads a shape, with jumps over some of them.

    A jump (a, b) joins the result of box a to box b; 0 is the box that the block stands behind.
    """

    icon: str
    fits: Callable[[Shape], bool]
    boxes: Callable[[Shape], tuple[Box, ...]]
    jumps: tuple[tuple[int, int], ...]


def _is_picture(x: Shape) -> bool:
    return x.kind == REAL and len(x.sizes) == 3


def _transformer_block(x: Shape) -> tuple[Box, ...]:
    """Attention and two dense layers, each behind a normalisation and with a jump over it.

    The encoder of Vaswani et al. 2017, normalised before each part and not behind it, as in Xiong
    et al. 2020, which learns more steadily.
    """
    size = x.sizes[-1]
    heads = next(count for count in range(MOST_HEADS, 0, -1) if size % count == 0)
    norm: Box = "layer_norm", {}
    add: Box = "add", {}
    attention: Box = "multi_head_attention", {"heads": heads, "key_dim": size // heads}
    wide: Box = "dense", {"units": 4 * size, "activation": "gelu"}
    back: Box = "dense", {"units": size}
    return norm, attention, add, norm, wide, back, add


def _residual_block(x: Shape) -> tuple[Box, ...]:
    """Two convolutions that keep the size, with a jump over both (He et al. 2016, figure 2)."""
    filters: dict[str, Value] = {"filters": x.sizes[-1], "size": 3, "padding": "same"}
    convolution: Box = "conv2d", {**filters, "bias": False}  # the normalisation has an offset
    norm: Box = "batch_norm", {}
    bend: Box = "activation", {"function": "relu"}
    return convolution, norm, bend, convolution, norm, ("add", {}), bend


TEMPLATES: dict[str, Template] = {
    "transformer_block": Template(
        "mdi6.eye-plus-outline",
        is_sequence,
        _transformer_block,
        ((0, 3), (3, 7)),
    ),
    "residual_block": Template(
        "mdi6.debug-step-over",
        _is_picture,
        _residual_block,
        ((0, 6),),
    ),
}


def template_fits(name: str, analysis: Analysis, after: str) -> bool:
    """Whether a template can stand behind a box."""
    shape = _result(analysis, after)
    return shape is not None and TEMPLATES[name].fits(shape)


def insert_template(document: Document, name: str, after: str) -> Document:
    """Put a template behind a box: what read from that one then reads from the block.

    ValueError if the box gives nothing that the block could work on.
    """
    template, shape = TEMPLATES[name], _result(analyse(document), after)
    if shape is None or not template.fits(shape):
        raise ValueError(f"{name} does not fit behind {after!r}, which gives {shape}")
    boxes = template.boxes(shape)
    feed = document.network.node(after)
    output = CATALOGUE[feed.kind].outputs[0].name
    # a loss that compares with the samples goes on comparing with them
    readers = {e for e in document.network.out_of(after, output) if e.target_port != "target"}
    document = edits.move_nodes(document, _room(document.network, feed, readers, len(boxes)))
    ends = [(after, output)]
    for number, (kind, options) in enumerate(boxes, 1):
        id = edits.new_id(document.network, kind)
        node = Node(id, kind, Options(options), feed.x + number * GAP, feed.y)
        document = edits.add_node(document, node)
        document = edits.connect(document, Edge(*ends[-1], id, "x"))
        ends.append((id, "y"))
    for start, end in template.jumps:
        document = edits.connect(document, Edge(*ends[start], ends[end][0], "x"), many=True)
    last, port = ends[-1]
    moved = (
        replace(e, source=last, source_port=port) if e in readers else e
        for e in document.network.edges
    )
    return replace(document, network=replace(document.network, edges=tuple(moved)))


def _room(
    network: Network, feed: Node, readers: Collection[Edge], boxes: int
) -> dict[str, tuple[float, float]]:
    """New places that make room for a block behind `feed`: what it leads to moves to the right."""
    ahead = [edge for edge in readers if network.node(edge.target).x > feed.x]
    places: dict[str, tuple[float, float]] = {}
    for edge in ahead:
        places |= pushed(network, edge, boxes * GAP)
    if not ahead:
        row = (n for n in network.nodes if n.x > feed.x and abs(n.y - feed.y) < GAP / 2)
        places = {n.id: (n.x + boxes * GAP, n.y) for n in row}
    return places


def _result(analysis: Analysis, id: str) -> Shape | None:
    """What the first output of a box gives, if that is known."""
    fact = analysis.facts.get(id)
    return next(iter(fact.outputs.values()), None) if fact is not None else None
