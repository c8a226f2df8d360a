"""Templates: well-known blocks of several boxes, put behind a box, joined and placed.

A template is a function Document → Document, so that it can be undone like any other edit. What
the blocks are made of stands in `blocks`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from engine.layers import blocks
from engine.layers.analysis import Analysis, analyse
from engine.layers.base import CATALOGUE, is_sequence
from engine.layers.blocks import BEFORE, Part, Parts
from engine.layers.drawing import GAP, pushed
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.options import Value
from engine.spec.shapes import REAL, Shape

Box = tuple[str, Mapping[str, Value]]  # kind and options
ROW = 144.0  # scene pixels from one row of a block to the next
MOST_CHANNELS = 512  # of what is doubled: more than 1,024 filters no box can have
MOST_PLACES = 65_536  # of a picture that a vector is repeated for


@dataclass(frozen=True, slots=True)
class Template:
    """A block: its icon, what it can read, and its parts for that."""

    icon: str
    fits: Callable[[Shape], bool]
    parts: Callable[[Shape], Parts]


def _is_picture(x: Shape) -> bool:
    return x.kind == REAL and len(x.sizes) == 3


def _is_moderate(x: Shape) -> bool:
    return _is_picture(x) and x.sizes[2] <= MOST_CHANNELS


def _is_shallow(x: Shape) -> bool:
    return _is_picture(x) and x.sizes[2] <= 2 * MOST_CHANNELS


def _can_be_pooled(x: Shape) -> bool:
    return _is_picture(x) and min(x.sizes[:2]) >= 2


def _can_be_halved(x: Shape) -> bool:
    """An odd size would come back one smaller than it was."""
    return _is_moderate(x) and not any(size % 2 for size in x.sizes[:2])


def _can_be_squeezed(x: Shape) -> bool:
    return _is_picture(x) and x.sizes[0] * x.sizes[1] <= MOST_PLACES


TEMPLATES: dict[str, Template] = {
    "conv_block": Template(
        "mdi6.view-grid-plus-outline", _can_be_pooled, blocks.convolution_and_pooling
    ),
    "residual_block": Template("mdi6.debug-step-over", _is_shallow, blocks.residual),
    "projection_block": Template("mdi6.arrow-collapse-right", _is_moderate, blocks.projection),
    "inception_block": Template("mdi6.source-branch", _is_picture, blocks.inception),
    "dense_block": Template("mdi6.vector-polyline", _is_picture, blocks.dense_connections),
    "squeeze_block": Template("mdi6.tune-variant", _can_be_squeezed, blocks.squeeze_and_excitation),
    "separable_block": Template("mdi6.call-split", _is_shallow, blocks.depthwise_separable),
    "u_block": Template("mdi6.swap-vertical", _can_be_halved, blocks.down_and_up),
    "transformer_block": Template("mdi6.eye-plus-outline", is_sequence, blocks.transformer),
    "directions_block": Template("mdi6.arrow-left-right", is_sequence, blocks.both_directions),
    "translation_block": Template("mdi6.translate", is_sequence, blocks.encoder_and_decoder),
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
    parts = template.parts(shape)
    feed = document.network.node(after)
    output = CATALOGUE[feed.kind].outputs[0].name
    # a loss that compares with the samples goes on comparing with them
    readers = {e for e in document.network.out_of(after, output) if e.target_port != "target"}
    columns = _columns(parts)
    wide = max(columns) * GAP
    document = edits.move_nodes(document, _room(document.network, feed, readers, wide))
    document = edits.move_nodes(document, _height(document.network, feed, wide, parts))
    ends = [(after, output)]
    for part, column in zip(parts, columns, strict=True):
        id = edits.new_id(document.network, part.kind)
        place = feed.x + column * GAP, feed.y + part.row * ROW
        document = edits.add_node(document, Node(id, part.kind, Options(part.options), *place))
        for read in part.reads:
            edge = Edge(*ends[read], id, "x")
            document = edits.connect(document, edge, many=len(part.reads) > 1)
        ends.append((id, "y"))
    last, port = ends[-1]
    moved = (
        replace(e, source=last, source_port=port) if e in readers else e
        for e in document.network.edges
    )
    return replace(document, network=replace(document.network, edges=tuple(moved)))


def _columns(parts: Collection[Part]) -> list[int]:
    """How many columns behind the box each part stands: one behind the last that it reads."""
    columns = [0]
    for part in parts:
        columns.append(1 + max(columns[read] for read in part.reads))
    assert BEFORE == -1  # the last of the list is the part before
    return columns[1:]


def _room(
    network: Network, feed: Node, readers: Collection[Edge], wide: float
) -> dict[str, tuple[float, float]]:
    """New places that make room for a block behind `feed`: what it leads to moves to the right."""
    ahead = [edge for edge in readers if network.node(edge.target).x > feed.x]
    places: dict[str, tuple[float, float]] = {}
    for edge in ahead:
        places |= pushed(network, edge, wide)
    if not ahead:
        row = (n for n in network.nodes if n.x > feed.x and abs(n.y - feed.y) < GAP / 2)
        places = {n.id: (n.x + wide, n.y) for n in row}
    return places


def _height(
    network: Network, feed: Node, wide: float, parts: Collection[Part]
) -> dict[str, tuple[float, float]]:
    """New places for all that stands above or below, if branches of the block would lie on it."""
    rows = [part.row * ROW for part in parts]
    places: dict[str, tuple[float, float]] = {}
    for reach in (min(rows), max(rows)):
        side = -1.0 if reach < 0 else 1.0
        beyond = [n for n in network.nodes if (n.y - feed.y) * side > ROW / 2]
        met = [
            n
            for n in beyond
            if feed.x < n.x + GAP
            and n.x < feed.x + wide + GAP
            and (n.y - feed.y) * side < abs(reach) + ROW
        ]
        if reach and met:
            places |= {n.id: (n.x, n.y + reach) for n in beyond}
    return places


def _result(analysis: Analysis, id: str) -> Shape | None:
    """What the first output of a box gives, if that is known."""
    fact = analysis.facts.get(id)
    return next(iter(fact.outputs.values()), None) if fact is not None else None
