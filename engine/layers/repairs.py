"""Edits that repair a drawing: what the buttons beside a problem do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from engine.layers.base import CATALOGUE, Exchange, Insert, Layer, Port, Set
from engine.layers.drawing import GAP, join_targets, pushed
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.graph import closes_loop
from engine.spec.options import Value, options_of
from engine.spec.problems import Fix

Fixes = tuple[Fix, ...]
PASSING = (
    "dropout",
    "spatial_dropout",
    "gaussian_noise",
    "augment",
    "activation",
    "prelu",
)  # the size that arrives is the size that leaves
KEEPING_SIZE = (*PASSING, "batch_norm", "layer_norm", "group_norm")


def remove(id: str) -> Fixes:
    """Take the box away, joining its neighbours."""
    return (Fix("remove", partial(edits.remove_nodes, ids=(id,)), {"node": id}),)


def remove_all(ids: Collection[str]) -> Fixes:
    """Take several boxes away, joining nothing."""
    edit = partial(edits.remove_nodes, ids=frozenset(ids), heal=False)
    return (Fix("remove_all", edit, {"count": len(ids)}),)


def set_option(id: str, option: str, value: Value) -> Fixes:
    """Give an option of a box another value."""
    edit = partial(edits.set_options, id=id, values={option: value})
    return (Fix("set", edit, {"option": option, "value": value, "node": id}),)


def disconnect(some: Sequence[Edge]) -> Fixes:
    """Take edges away."""
    return (Fix("disconnect", partial(edits.disconnect, edges=tuple(some))),)


def open_loop(network: Network, id: str) -> Fixes:
    """Take away the newest edge into a box on a loop whose removal opens that loop."""
    for edge in reversed(network.into(id)):
        if closes_loop(network, edge.source, id):
            return disconnect((edge,))
    return ()


def reset_option(id: str, layer: type[Layer], name: str) -> Fixes:
    """Put an option back to its default; an option that does not exist is dropped."""
    options = options_of(layer)
    if name not in options:
        return (Fix("drop_option", partial(_drop_option, id=id, name=name), {"option": name}),)
    return set_option(id, name, options[name].default)


def _drop_option(document: Document, id: str, name: str) -> Document:
    network = document.network
    node = network.node(id)
    kept = Options({k: v for k, v in node.options.items() if k != name})
    nodes = tuple(replace(n, options=kept) if n.id == id else n for n in network.nodes)
    return replace(document, network=replace(network, nodes=nodes))


def feed(document: Document, node: Node, port: Port) -> Fixes:
    """Join an open input to what it may be meant to read: likeliest first, removal last."""
    network = document.network
    data = [other for other in network.nodes if other.kind == "data"]
    if port.name == "target":
        return tuple(_joined(end, "target", node, port) for end in data) or add_data(document)
    found: list[tuple[float, Node, str]] = []
    for other in network.nodes:
        kind = CATALOGUE.get(other.kind)
        if kind is None or not kind.outputs or other.id == node.id:
            continue
        if not network.out_of(other.id, kind.outputs[0].name) and not closes_loop(
            network, other.id, node.id
        ):
            far = abs(other.x - node.x) + abs(other.y - node.y)
            found.append((far, other, kind.outputs[0].name))
    before = [item for item in found if item[1].x <= node.x]
    if before or (found and data):
        _, other, name = min(before or found, key=lambda item: item[0])
        return (_joined(other, name, node, port),)
    if not data:
        edit = partial(_data_before, id=node.id, port=port.name)
        return (Fix("add_before", edit, {"kind": "data", "node": node.id}),)
    # an output may be read twice
    shared = [end for end in data if not closes_loop(network, end.id, node.id)][:1]
    return (*(_joined(end, "x", node, port) for end in shared), *remove(node.id))


def _joined(source: Node, name: str, target: Node, port: Port) -> Fix:
    edge = Edge(source.id, name, target.id, port.name)
    edit = partial(edits.connect, edge=edge, many=port.many)
    return Fix("connect", edit, {"node": source.id})


def _data_before(document: Document, id: str, port: str) -> Document:
    """Put a data box left of a box and join it; targets that are open are joined too."""

    network = document.network
    reader = network.node(id)
    left = min(other.x for other in network.nodes if abs(other.y - reader.y) < GAP / 2)
    data = Node(edits.new_id(network, "data"), "data", Options(), left - GAP, reader.y)
    changed = edits.connect(edits.add_node(document, data), Edge(data.id, "x", id, port))
    return join_targets(changed)


def set_activation(node: Node, function: str) -> Fixes:
    """Give a box another activation, if it offers that one."""
    for name in ("activation", "function"):
        option = options_of(CATALOGUE[node.kind]).get(name)
        if option is not None and option.accepts(function):
            return set_option(node.id, name, function)
    return ()


def from_suggestions(
    document: Document, node: Node, suggestions: Sequence[Insert | Set | Exchange]
) -> Iterator[Fix]:
    """Turn what a shape rule suggests into edits of this document."""
    for suggestion in suggestions:
        match suggestion:
            case Insert(kind, places):
                into = document.network.into(node.id, "x")
                edges = [into[place] for place in places]
                edit = partial(_insert_before_all, edges=edges, kind=kind)
                yield Fix("insert", edit, {"kind": kind})
            case Exchange(kind):
                edit = partial(edits.set_kind, id=node.id, kind=kind)
                yield Fix("exchange", edit, {"kind": kind, "node": node.id})
            case Set(option, value, of):
                id = _owner(document, node.id, of, option)
                if option == "units" and not _ends_with(document, node.id, id):
                    edges = [*document.network.into(node.id, "x")[:1]]
                    given = {option: value}
                    edit = partial(_insert_before_all, edges=edges, kind="dense", values=given)
                    yield Fix("insert", edit, {"kind": "dense"})
                elif id is not None:
                    yield from set_option(id, option, value)


def _ends_with(document: Document, end: str, owner: str | None) -> bool:
    """Whether the size that arrives at `end` is just the number of units of a Dense box."""
    network, id = document.network, end
    while owner is not None and id != owner:
        (edge,) = network.into(id, "x")
        id = edge.source
        if id != owner and network.node(id).kind not in KEEPING_SIZE:
            return False
    return owner is not None and network.node(owner).kind == "dense"


def _owner(document: Document, id: str, port: str, option: str) -> str | None:
    """The nearest box with `option`, going back from `port` of `id`; `id` itself without port."""
    network = document.network
    seen = 0
    while port and seen <= len(network.nodes):
        edges = network.into(id, port)
        if len(edges) != 1:
            return None
        id, seen = edges[0].source, seen + 1
        kind = CATALOGUE.get(network.node(id).kind)
        if kind is None or option in options_of(kind):
            break
        port = "x"
    kind = CATALOGUE.get(network.node(id).kind)
    return id if kind is not None and option in options_of(kind) else None


def _insert_before_all(
    document: Document, edges: Sequence[Edge], kind: str, values: Mapping[str, Value] = {}
) -> Document:
    for edge in edges:
        document = insert_before(document, edge, kind, values)
    return document


def insert_before(
    document: Document, edge: Edge, kind: str, values: Mapping[str, Value] = {}
) -> Document:
    """Put a new box of `kind` into an edge, moving what stands right of it aside."""
    network = document.network
    target = network.node(edge.target)
    x = target.x - GAP
    row = [n for n in network.nodes if abs(n.y - target.y) < GAP / 2]
    is_free = all(abs(n.x - x) >= GAP for n in row if n.id != target.id)
    if not is_free or x < min(n.x for n in network.nodes):
        document = edits.move_nodes(document, pushed(network, edge, GAP))
        x = target.x
    node = Node(edits.new_id(network, kind), kind, Options(values), x, target.y)
    return edits.insert_on_edge(document, node, edge)


def add_data(document: Document) -> Fixes:
    """Put a data box left of everything, joined to the first open input."""
    return (Fix("add", partial(_add_end, kind="data"), {"kind": "data"}),)


def add_loss(document: Document, kind: str) -> Fixes:
    """Put a loss right of everything, joined to the last open output."""
    return (Fix("add", partial(_add_end, kind=kind), {"kind": kind}),)


def _add_end(document: Document, kind: str) -> Document:

    network = document.network
    left = min((n.x for n in network.nodes), default=0.0)
    right = max((n.x for n in network.nodes), default=0.0)
    row = network.nodes[0].y if network.nodes else 0.0
    data = kind == "data"
    at = left - GAP if data else right + GAP
    node = Node(edits.new_id(network, kind), kind, Options(), at, row)
    changed = edits.add_node(document, node)
    edge = _first_open(network, node) if data else _last_open(network, node)
    return join_targets(edits.connect(changed, edge) if edge else changed)


def _first_open(network: Network, data: Node) -> Edge | None:
    for node in sorted(network.nodes, key=lambda n: n.x):
        kind = CATALOGUE.get(node.kind)
        if kind and kind.inputs and not network.into(node.id, kind.inputs[0].name):
            return Edge(data.id, "x", node.id, kind.inputs[0].name)
    return None


def _last_open(network: Network, loss: Node) -> Edge | None:
    for node in sorted(network.nodes, key=lambda n: -n.x):
        kind = CATALOGUE.get(node.kind)
        if kind and kind.outputs and not network.out_of(node.id, kind.outputs[0].name):
            return Edge(node.id, kind.outputs[0].name, loss.id, "x")
    return None
