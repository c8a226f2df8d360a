"""Repairs of sizes that do not fit, where the cause lies in boxes before the one that is marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, pairwise
from typing import Any, Protocol

from engine.layers import repairs
from engine.layers.base import CATALOGUE, Layer, Unfit
from engine.layers.repairs import PASSING
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node
from engine.spec.problems import Fix
from engine.spec.shapes import TOKEN, Shape

# of what a box can take, by the problem that it has with something else: a picture has height,
# width and channels, a sequence time and features
LOSING_STEPS = ("flatten", "global_average_pool", "global_max_pool")  # of a sequence
AXES = {"needs_image": (3,), "needs_sequence": (2,), "needs_places": (2, 3)}


class Known(Protocol):
    """What is known of a box: see `analysis.NodeFacts`."""

    @property
    def layer(self) -> Layer:
        """The layer with its options."""

    @property
    def inputs(self) -> dict[str, tuple[Shape, ...]]:
        """The shapes that arrive, by port."""


Facts = Mapping[str, Known]


def rerouted(document: Document, node: Node, code: str, facts: Facts) -> Iterator[Fix]:
    """Repairs of the problem `code` of `node` that a shape rule cannot know of."""
    match code:
        case "needs_image" | "needs_sequence" | "needs_places":
            yield from _before_flatten(document.network, node, AXES[code], facts)
        case "unequal" | "unequal_but_last":
            yield from _padded(document.network, node, facts)
        case "rows_not_targets":
            yield from _keeping_steps(document.network, node, facts)
        case "more_than_two":
            yield from repairs.disconnect(document.network.into(node.id, "x")[2:])
        case "needs_real":
            yield from _to_samples(document.network, node)
        case "state_size" | "state_twice":
            edges = (document.network.into(node.id, port) for port in ("state", "cell"))
            yield from repairs.disconnect([*chain.from_iterable(edges)])


def _way_back(network: Network, id: str) -> Iterator[Node]:
    """The boxes before `id`, nearest first, as long as each has one input and one reader."""
    seen = {id}
    while len(edges := network.into(id, "x")) == 1 and edges[0].source not in seen:
        id = edges[0].source
        seen.add(id)
        yield network.node(id)
        if len(network.out_of(id)) != 1:
            return


def _before_flatten(
    network: Network, node: Node, axes: tuple[int, ...], facts: Facts
) -> Iterator[Fix]:
    """Take the Flatten before a box away, or put the box before it, if as many axes are there."""
    path: list[str] = []
    only_passing = True
    for feed in _way_back(network, node.id):
        path.append(feed.id)
        known = facts.get(feed.id)
        if feed.kind == "flatten" and known and len(known.inputs["x"][0].sizes) in axes:
            if only_passing:
                yield repairs.remove(feed.id)[0]
            numbers = {"node": node.id, "before": feed.id}
            if CATALOGUE[node.kind].outputs and len(network.out_of(feed.id)) == 1:
                edit = partial(moved_before, path=tuple(path), id=node.id)
                yield Fix("move_before", edit, numbers)
            return
        only_passing = only_passing and feed.kind in PASSING


def moved_before(document: Document, path: tuple[str, ...], id: str) -> Document:
    """Take the box `id` to the beginning of `path`, the boxes before it, nearest first."""
    network = document.network
    chain = [network.node(each) for each in (*reversed(path), id)]
    moved = chain[-1]
    places = {moved.id: (chain[0].x, chain[0].y)}
    for box, following in pairwise(chain):
        places[box.id] = (following.x, following.y)
    (edge,) = network.into(chain[0].id, "x")
    document = edits.move_nodes(edits.remove_nodes(document, (id,)), places)
    node = replace(moved, x=places[id][0], y=places[id][1])
    return edits.insert_on_edge(document, node, edge)


@dataclass(frozen=True, slots=True)
class _Window:
    """A box before a merge whose padding could keep height and width."""

    id: str
    place: int  # in the chain that leads to the merge


def _padded(network: Network, node: Node, facts: Facts) -> Iterator[Fix]:
    """Pad the windows that make one input of a merge smaller than the others."""
    feeds = [edge.source for edge in network.into(node.id, "x")]
    shapes = [_output(id, facts) for id in feeds]
    for place, (id, shape) in enumerate(zip(feeds, shapes, strict=True)):
        others = {s.sizes[:-1] for i, s in enumerate(shapes) if s is not None and i != place}
        if shape is None or len(shape.sizes) < 2 or len(others) != 1:
            continue
        (wanted,) = others
        chain = _chain_to(network, id, facts)
        windows = [_Window(n.id, i) for i, n in enumerate(chain) if _is_open(n, facts)]
        for some in [(window,) for window in windows] + [tuple(windows)]:
            if some and _size_with(chain, some, facts) == wanted != shape.sizes[:-1]:
                yield _padding(node.id, some)
                break


def _chain_to(network: Network, id: str, facts: Facts) -> list[Node]:
    """The box `id` and those before it that nothing else reads, furthest first."""
    chain = [network.node(id)] if len(network.out_of(id)) == 1 else []
    for feed in _way_back(network, id) if chain else ():
        if feed.id not in facts or len(network.out_of(feed.id)) != 1:
            break
        chain.insert(0, feed)
    return [node for node in chain if "x" in facts[node.id].inputs]


def _is_open(node: Node, facts: Facts) -> bool:
    return getattr(facts[node.id].layer, "padding", None) == "valid"


def _output(id: str, facts: Facts) -> Shape | None:
    known = facts.get(id)
    return known.layer.output_shapes(known.inputs).get("y") if known is not None else None


def _size_with(chain: list[Node], padded: tuple[_Window, ...], facts: Facts) -> object:
    """All sizes but the last at the end of `chain` if these windows were padded; None if unfit."""
    first = min(window.place for window in padded)
    (shape,) = facts[chain[first].id].inputs["x"]
    for node in chain[first:]:
        layer: Any = facts[node.id].layer  # a dataclass, as all layers are
        if node.id in {window.id for window in padded}:
            layer = replace(layer, padding="same")
        try:
            shape = layer.output_shapes({**facts[node.id].inputs, "x": (shape,)})["y"]
        except Unfit:
            return None
    return shape.sizes[:-1]


def _padding(merge: str, windows: tuple[_Window, ...]) -> Fix:
    ids = tuple(window.id for window in windows)
    edit = partial(_pad, ids=ids)
    code, node = ("set", ids[0]) if len(ids) == 1 else ("set_all", merge)
    return Fix(code, edit, {"option": "padding", "value": "same", "node": node})


def _pad(document: Document, ids: tuple[str, ...]) -> Document:
    for id in ids:
        document = edits.set_options(document, id, {"padding": "same"})
    return document


def _keeping_steps(network: Network, node: Node, facts: Facts) -> Iterator[Fix]:
    """Keep the time steps where they were lost, or hand the same row out at each of them."""
    arriving, targets = network.into(node.id, "x"), network.into(node.id, "target")
    given, wanted = _shape(arriving[0], facts), _shape(targets[0], facts)
    if given is None or wanted is None:
        return
    lead = wanted.sizes if wanted.kind == TOKEN else wanted.sizes[:-1]
    if len(given.sizes) != 1:
        edit = partial(repairs.insert_before, edge=arriving[0], kind="flatten")
        yield Fix("insert", edit, {"kind": "flatten"})
        return
    for feed in _way_back(network, node.id):
        known = facts.get(feed.id)
        arrived = known.inputs.get("x", ()) if known else ()
        if len(arrived) == 1 and arrived[0].time and arrived[0].sizes[:1] == lead:
            if getattr(known and known.layer, "returns", "") == "last":
                yield from repairs.set_option(feed.id, "returns", "sequence")
            elif feed.kind in LOSING_STEPS:
                yield repairs.remove(feed.id)[0]
            break
    if len(lead) == 1:
        values = {"repeats": lead[0]}
        edit = partial(repairs.insert_before, edge=arriving[0], kind="repeat_vector", values=values)
        yield Fix("insert", edit, {"kind": "repeat_vector"})


def _shape(edge: Edge, facts: Facts) -> Shape | None:
    """The size that flows along an edge, if it is known."""
    known = facts.get(edge.source)
    return known.layer.output_shapes(known.inputs).get(edge.source_port) if known else None


def _to_samples(network: Network, node: Node) -> Iterator[Fix]:
    """Read the samples of the data box whose class labels arrive."""
    for edge in network.into(node.id):
        source = network.node(edge.source)
        if source.kind == "data" and edge.source_port == "target":
            if CATALOGUE[node.kind].category == "loss":
                yield repairs.disconnect((edge,))[0]
            else:
                edit = partial(_exchange, old=edge, new=replace(edge, source_port="x"))
                yield Fix("connect_samples", edit, {"node": source.id})


def _exchange(document: Document, old: Edge, new: Edge) -> Document:
    network = document.network
    if new in network.edges:
        return edits.disconnect(document, (old,))
    exchanged = tuple(new if edge == old else edge for edge in network.edges)
    return replace(document, network=replace(network, edges=exchanged))
