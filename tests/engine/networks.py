"""Networks for the tests of the engine: chains, branches, and drawings that cannot work."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import strategies as st

from engine.layers import CATALOGUE
from engine.layers.activation import ACTIVATION
from engine.layers.analysis import analyse
from engine.layers.data import Data
from engine.layers.drawing import append, join_targets, place, takes_many
from engine.scripting import chain
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.options import Value, checked, options_of
from engine.spec.training import TrainingOptions

# kind and options of a box; Any, because tests also hand over what is wrong
Box = tuple[str, Mapping[str, Any]]
Boxes = Mapping[str, Box]

SOFTMAX: dict[str, Value] = {"units": 10, "activation": "softmax"}

ARTICLE: tuple[Box, ...] = (
    ("data", {"dataset": "digits_28"}),
    ("conv2d", {"filters": 32, "activation": "relu"}),
    ("max_pool2d", {}),
    ("conv2d", {"filters": 64, "activation": "relu"}),
    ("max_pool2d", {}),
    ("flatten", {}),
    ("dense", {"units": 64, "activation": "relu"}),
    ("dense", SOFTMAX),
    ("cross_entropy", {}),
)


def data_box(**options: Value) -> Data:
    """A data box with some options."""
    return checked(Data, options)


def article() -> Document:
    """The convolutional network of the first lesson."""
    return chain(*ARTICLE)


def small_cnn(**training: Value) -> Document:
    """A convolutional network on 8×8 digits, with dropout."""
    return chain(
        ("data", {"dataset": "digits_8"}),
        ("conv2d", {"filters": 4, "activation": "relu"}),
        ("max_pool2d", {}),
        ("flatten", {}),
        ("dropout", {"rate": 0.3}),
        ("dense", SOFTMAX),
        ("cross_entropy", {}),
        training=training,
    )


def spiral_mlp(**training: Value) -> Document:
    """A small network on the plane, with dropout."""
    return chain(
        ("data", {"dataset": "spirals", "samples": 100}),
        ("dense", {"units": 16, "activation": "tanh"}),
        ("dropout", {"rate": 0.2}),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training=training,
    )


def network(boxes: Boxes, *joins: str, training: TrainingOptions | None = None) -> Document:
    """A document from boxes by id and joins like "a.y > b.x"; ports x and y may be left out.

    Joins are taken as they are: an input may get too many, and a loop is possible.
    """
    nodes = tuple(Node(id, kind, Options(options)) for id, (kind, options) in boxes.items())
    edges = []
    for join in joins:
        source, _, target = join.partition(" > ")
        edges.append(Edge(*_end(source, _output(boxes, source)), *_end(target, "x")))
    return Document(Network(nodes, tuple(edges)), training or TrainingOptions())


def _output(boxes: Boxes, end: str) -> str:
    return "x" if boxes[end.partition(".")[0]][0] == "data" else "y"


def _end(text: str, port: str) -> tuple[str, str]:
    id, _, given = text.partition(".")
    return id, given or port


KINDS = tuple(CATALOGUE)


def random_edit(document: Document, random: Random) -> Document:
    """Any one thing that a person can do to a drawing."""
    ids = [node.id for node in document.network.nodes]
    edges = document.network.edges
    choice = random.randrange(10)
    if not ids or choice <= 1:
        kind = random.choice((*KINDS, "unheard_of"))
        return place(document, kind, random.uniform(-500, 500), random.uniform(-500, 500))[0]
    id, other = random.choice(ids), random.choice(ids)
    if choice == 2:
        return append(document, random.choice(KINDS), id)[0]
    if choice == 3:
        some = random.sample(ids, random.randint(1, min(3, len(ids))))
        return edits.remove_nodes(document, some, heal=random.random() < 0.7)
    if choice in (4, 5):
        edge = Edge(id, random.choice("xy"), other, random.choice(("x", "x", "target")))
        return edits.connect(document, edge, takes_many(document, other, edge.target_port))
    if choice == 6 and edges:
        return edits.disconnect(document, random.sample(edges, 1))
    if choice == 7 and edges:
        kind = random.choice(KINDS)
        node = Node(edits.new_id(document.network, kind), kind)
        return edits.insert_on_edge(document, node, random.choice(edges))
    if choice == 8:
        values = random.choice(({"units": 3}, {"rate": 0.1}, {"bias": False}, {"size": 1}))
        return edits.set_options(document, id, values)
    if random.random() < 0.5:
        return edits.move_nodes(document, {id: (random.uniform(-9, 9), 0.5)})
    return join_targets(edits.set_kind(document, id, random.choice(KINDS)))


def drawings() -> st.SearchStrategy[Document]:
    """Drawings as nobody should make them: wrong ports, bad options, loops, missing inputs."""
    return st.integers(0, 2**32).map(lambda seed: _drawing(Random(seed)))


PORTS = ("x", "x", "x", "y", "y", "y", "target", "nowhere")
OPTION_NAMES = sorted({name for kind in CATALOGUE.values() for name in options_of(kind)})
ODD_VALUES = ["softmax", "relu", "same", "valid", "one_hot", "iris", "wave", "spirals", "??"]


def _drawing(random: Random) -> Document:
    ids = [f"box_{i}" for i in range(random.randint(0, 8))]
    nodes = tuple(Node(id, random.choice((*KINDS, "unheard_of")), _some(random)) for id in ids)
    edges = [
        Edge(random.choice(ids), random.choice(PORTS), random.choice(ids), random.choice(PORTS))
        for _ in range(random.randint(0, 16) if ids else 0)
    ]
    return Document(Network(nodes, tuple(dict.fromkeys(edges))))


def _some(random: Random) -> Options:
    """Options as a file may hold them: mostly known names, some with values out of bounds."""
    values = (random.choice(ODD_VALUES), random.randint(0, 40), 10**400, random.random(), True)
    names = random.sample((*OPTION_NAMES, "secret"), random.choice((0, 0, 0, 1, 2)))
    return Options({name: random.choice(values) for name in names})


def grown(random: Random, boxes: int = 7) -> Document:
    """A random network without errors: branches, merges, one to three losses."""
    dataset = random.choice(("digits_8", "iris", "spirals", "wave"))
    target = random.choice(("labels", "labels", "one_hot"))
    document, data = place(Document(), "data", 0.0, 0.0)
    document = edits.set_options(document, data, {"dataset": dataset, "target": target})
    for _ in range(boxes):
        document = _tried(document, random, random.choice(GROWING))
    losses = 0
    while losses < random.choice((1, 1, 2, 3)):
        with_loss = _with_loss(document, random)
        losses += len(with_loss.network.nodes) > len(document.network.nodes)
        document = with_loss
    return document


GROWING = tuple(kind for kind, layer in CATALOGUE.items() if layer.outputs and layer.inputs)
SLOPED = tuple(name for name in ACTIVATION if name != "step")
SMALL: dict[str, tuple[dict[str, Value], ...]] = {
    "dense": ({"units": 3}, {"units": 4, "activation": "relu", "bias": False}, {"units": 4}),
    "conv2d": (
        {"filters": 2, "size": 2, "activation": "sigmoid"},
        {"filters": 3, "padding": "same", "stride": 2, "bias": False},
        {"filters": 3, "padding": "same", "activation": "tanh"},
    ),
    "conv1d": ({"filters": 3, "padding": "causal", "dilation": 2}, {"filters": 4, "size": 2}),
    "conv2d_transpose": ({"filters": 2, "size": 2, "stride": 2}, {"filters": 3, "padding": "same"}),
    "depthwise_conv2d": ({"size": 2, "depth_multiplier": 2}, {"padding": "same", "stride": 2}),
    "separable_conv2d": ({"filters": 3, "size": 2, "activation": "relu"}, {"filters": 2}),
    "max_pool2d": ({}, {"size": 3, "stride": 2, "padding": "same"}, {"size": 2, "stride": 1}),
    "average_pool2d": ({}, {"size": 3, "stride": 1, "padding": "same"}),
    "activation": ({"function": "tanh"}, {"function": "softmax"}, {"function": "relu"}),
}


def _tried(document: Document, random: Random, kind: str) -> Document:
    """One box more, reading from boxes before it; the document unchanged if it does not fit."""
    feeds = [n.id for n in document.network.nodes if CATALOGUE[n.kind].outputs]
    options = random.choice(SMALL.get(kind, ({},)))
    id = edits.new_id(document.network, kind)
    changed = edits.add_node(document, Node(id, kind, Options(options)))
    many = CATALOGUE[kind].inputs[0].many
    for feed in random.sample(feeds, min(len(feeds), random.choice((2, 3)) if many else 1)):
        port = CATALOGUE[document.network.node(feed).kind].outputs[0].name
        changed = edits.connect(changed, Edge(feed, port, id, "x"), many)
    return document if analyse(changed).problems_of(id) else changed


def _with_loss(document: Document, random: Random) -> Document:
    """A loss at the end of a random box, with what must come between."""
    feeds = [n.id for n in document.network.nodes if n.kind != "data" and CATALOGUE[n.kind].outputs]
    feed = random.choice(feeds or [document.network.nodes[0].id])
    flat = edits.new_id(document.network, "flatten")
    port = CATALOGUE[document.network.node(feed).kind].outputs[0].name
    changed = edits.add_node(document, Node(flat, "flatten"))
    changed = edits.connect(changed, Edge(feed, port, flat, "x"))
    last = flat
    if random.random() < 0.9:
        units = {"units": random.choice((1, 2, 3, 10)), "activation": random.choice(SLOPED)}
        changed, last = append(changed, "dense", flat)
        changed = edits.set_options(changed, last, units)
    loss = random.choice(("cross_entropy", "binary_cross_entropy", "mean_squared_error"))
    changed, id = append(changed, loss, last)
    changed = edits.set_options(changed, id, {"weight": random.choice((1.0, 0.3))})
    return document if analyse(changed).errors else changed
