"""Doubts about sizes: windows that skip cells or see one only, and layers that hold everything."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from engine.layers import repairs
from engine.layers.base import CATALOGUE
from engine.layers.lookup import Lookup
from engine.layers.window import Window
from engine.spec import edits
from engine.spec.document import Node
from engine.spec.options import options_of
from engine.spec.problems import WARNING, Fix, Problem

LARGE, SHARE = 1_000_000, 0.95  # parameters; of all that the network has
FEWEST = 8  # units or filters that a repair leaves
WHOLE = ("global_average_pool", "global_max_pool")  # what leaves no places at all
COUNTED = ("units", "filters")


def doubts(drawing: Lookup) -> Iterator[Problem]:
    """All warnings about sizes."""
    for node, facts in drawing.known():
        window = getattr(facts.layer, "window", None)
        if isinstance(window, Window) and node.kind != "conv2d_transpose":
            yield from _skipping(node, window)
            yield from _on_one_cell(drawing, node, window)
    yield from _large(drawing)


def _skipping(node: Node, window: Window) -> Iterator[Problem]:
    """Cells between one window and the next; windows of one cell are meant to pick some."""
    if 1 < window.extent < window.stride:
        fixes: tuple[Fix, ...] = ()
        for option, value in (("stride", window.size), ("size", window.stride)):
            if options_of(CATALOGUE[node.kind])[option].accepts(value):
                fixes += repairs.set_option(node.id, option, value)
        numbers = {"size": window.extent, "stride": window.stride}
        yield Problem("stride_over_size", (node.id,), WARNING, numbers, fixes)


def _on_one_cell(drawing: Lookup, node: Node, window: Window) -> Iterator[Problem]:
    """A window around the only cell that is left: all the rest of it is padding."""
    (shape,) = drawing.facts[node.id].inputs["x"]
    if window.extent == 1 or any(size > 1 for size in shape.sizes[:-1]):
        return
    fixes: tuple[Fix, ...] = ()
    for before in drawing.back(node.id):
        facts = drawing.facts[before.id]
        sizes = [s for each in facts.inputs.get("x", ()) for s in each.sizes[:-1]]
        if any(size > 1 for size in sizes):
            is_pool = facts.layer.category == "pooling" and before.kind not in WHOLE
            fixes = repairs.remove(before.id) if is_pool else ()
            break
    weighs = drawing.layer(node.id).weights(drawing.facts[node.id].inputs)
    own = repairs.set_option(node.id, "size", 1) if weighs else repairs.remove(node.id)
    feed = drawing.into[node.id][0].source
    numbers = {"size": window.extent}
    yield Problem("window_on_one", (node.id, feed), WARNING, numbers, (*fixes, *own))


def _large(drawing: Lookup) -> Iterator[Problem]:
    """One layer with nearly all parameters of a network that has several with some."""
    counts = {node.id: facts.parameters for node, facts in drawing.known()}
    most = max(counts, key=counts.__getitem__, default="")
    total = sum(counts.values())
    if not most or counts[most] <= LARGE or counts[most] <= SHARE * total:
        return
    if sum(count > 0 for count in counts.values()) < 2:
        return
    node = drawing.nodes[most]
    numbers = {"count": counts[most], "share": round(100 * counts[most] / total)}
    fixes = (*_fewer_inputs(drawing, node), *_fewer_units(drawing, node))
    yield Problem("large_layer", (most,), WARNING, numbers, fixes)


def _fewer_inputs(drawing: Lookup, node: Node) -> Iterator[Fix]:
    """The mean of each channel instead of all its cells, or a pooling before they are a row."""
    feed = drawing.feed(node.id)
    if feed is None or feed.kind != "flatten":
        return
    (shape,) = drawing.facts[feed.id].inputs["x"]
    if len(shape.sizes) != 3:
        return
    height, width, channels = shape.sizes
    count = drawing.facts[node.id].parameters
    if height >= 2 and width >= 2 and count // 4 <= LARGE:
        edge = drawing.into[feed.id][0]
        edit = partial(repairs.insert_before, edge=edge, kind="max_pool2d")
        yield Fix("insert_at", edit, {"kind": "max_pool2d", "node": feed.id})
    if channels > 1 and count // (height * width) <= LARGE:
        edit = partial(edits.set_kind, id=feed.id, kind="global_average_pool")
        yield Fix("exchange_at", edit, {"kind": "global_average_pool", "node": feed.id})


def _fewer_units(drawing: Lookup, node: Node) -> Iterator[Fix]:
    """The largest power of two of units that keeps below the bound, unless they are the answers."""
    answers = any(drawing.targets.get(edge.target) for edge in drawing.readers[node.id])
    layer, count = drawing.layer(node.id), drawing.facts[node.id].parameters
    for option in COUNTED:
        value = getattr(layer, option, 0)
        if value and not answers:
            fewer = 1 << max((value * LARGE // count).bit_length() - 1, 0)
            if fewer >= FEWEST:
                yield from repairs.set_option(node.id, option, fewer)
