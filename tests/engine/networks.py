"""Networks for the tests of the engine: chains, branches, and drawings that cannot work."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from random import Random
from typing import Any

from hypothesis import strategies as st

from engine.data.bundled import load
from engine.data.samples import Array
from engine.layers import CATALOGUE
from engine.layers.data import Data
from engine.layers.doors import NoPassage
from engine.layers.drawing import append, join_targets, place, takes_many
from engine.layers.repeating import repeated
from engine.scripting import chain
from engine.spec import edits, groups
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


def arrays(box: Data) -> tuple[Array, Array]:
    """x and target of a bundled set, as they are before they are prepared."""
    samples = load(box)
    return samples.x, samples.target


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
    choice = random.randrange(12)
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
    if choice >= 10:
        return _regrouped(document, random, random.sample(ids, random.randint(1, len(ids))))
    if random.random() < 0.5:
        return edits.move_nodes(document, {id: (random.uniform(-9, 9), 0.5)})
    return join_targets(edits.set_kind(document, id, random.choice(KINDS)))


def _regrouped(document: Document, random: Random, ids: list[str]) -> Document:
    """Any one thing that a person can do with groups."""
    if not document.groups or random.random() < 0.4:
        return groups.group(document, ids, groups.new_group_id(document), "block")
    id = random.choice(document.groups).id
    match random.randrange(6):
        case 0:
            return groups.ungroup(document, id)
        case 1:
            return groups.rename(document, id, random.choice(("", "  stem ", "编码器")))
        case 2:
            return groups.fold(document, id, random.random() < 0.7)
        case 3:
            return groups.put_into(document, ids, random.choice((id, id, "")))
        case 4 if len(document.network.nodes) < 20:
            with suppress(NoPassage):
                return repeated(document, id, random.randint(1, 3))
    return groups.take_out(document, ids)


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
