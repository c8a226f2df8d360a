"""Random networks without errors, from the whole catalogue: branches, merges, several losses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from random import Random

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.base import Layer, Port
from engine.layers.drawing import append, place
from engine.spec import edits
from engine.spec.document import Document, Edge, Node, Options
from engine.spec.options import Choice, Flag, Value, Whole, options_of

GROWING = tuple(kind for kind, layer in CATALOGUE.items() if layer.outputs and layer.inputs)
LOSSES = tuple(kind for kind, layer in CATALOGUE.items() if layer.category == "loss")
UNSLOPED = ("step",)  # choices with a slope that is not the derivative: for lessons, not for tests
RARE = ("frozen", "stateful")  # flags that mostly stay off
DATA = ("digits_8", "iris", "spirals", "wave", "digit_rows")


def grown(
    random: Random,
    boxes: int = 7,
    kinds: Collection[str] = CATALOGUE,
    data: Sequence[str] = DATA,
) -> Document:
    """A random network of boxes of these kinds for one of these data sets, with some losses."""
    dataset = random.choice(data)
    target = random.choice(("labels", "labels", "one_hot"))
    document, data = place(Document(), "data", 0.0, 0.0)
    document = edits.set_options(document, data, {"dataset": dataset, "target": target})
    growing = [kind for kind in GROWING if kind in kinds]
    for _ in range(boxes):
        document = _tried(document, random, random.choice(growing))
    wanted, losses = random.choice((1, 1, 2, 3)), 0
    endings = [kind for kind in LOSSES if kind in kinds]
    while losses < wanted:
        with_loss = _with_loss(document, random, random.choice(endings))
        losses += with_loss is not document
        document = with_loss
    return document


def drawn(kind: type[Layer], random: Random) -> dict[str, Value]:
    """Options at random: small whole numbers, any choice; real numbers as they are by default."""
    found: dict[str, Value] = {}
    for name, option in options_of(kind).items():
        if name == "truncate":  # it cuts the gradient off, which then is not the derivative
            continue
        if isinstance(option, Whole):
            found[name] = min(option.low + random.randrange(4), option.high)
        elif isinstance(option, Choice) and not option.advanced:
            found[name] = random.choice([c for c in option.choices if c not in UNSLOPED])
        elif isinstance(option, Flag):
            found[name] = random.random() < (0.1 if name in RARE else 0.5)
    return found


def _tried(document: Document, random: Random, kind: str) -> Document:
    """One box more, reading from boxes before it; the document unchanged if it does not fit."""
    layer = CATALOGUE[kind]
    id = edits.new_id(document.network, kind)
    changed = edits.add_node(document, Node(id, kind, Options(drawn(layer, random))))
    for port in layer.inputs:
        if not port.optional or random.random() < 0.3:
            changed = _fed(changed, random, id, port)
    return document if analyse(changed).problems_of(id) else changed


def _fed(document: Document, random: Random, id: str, port: Port) -> Document:
    """One port joined to outputs of other boxes, each to any of its outputs."""
    feeds = [n for n in document.network.nodes if CATALOGUE[n.kind].outputs and n.id != id]
    count = random.choice((2, 3)) if port.many else 1
    for feed in random.sample(feeds, min(len(feeds), count)):
        outputs = CATALOGUE[feed.kind].outputs
        output = outputs[0] if feed.kind == "data" else random.choice(outputs)
        document = edits.connect(document, Edge(feed.id, output.name, id, port.name), port.many)
    return document


def _with_loss(document: Document, random: Random, loss: str) -> Document:
    """A loss at the end of a random box, with what must come between."""
    feeds = [n.id for n in document.network.nodes if n.kind != "data" and CATALOGUE[n.kind].outputs]
    feed = random.choice(feeds or [document.network.nodes[0].id])
    flat = edits.new_id(document.network, "flatten")
    port = CATALOGUE[document.network.node(feed).kind].outputs[0].name
    changed = edits.add_node(document, Node(flat, "flatten"))
    changed = edits.connect(changed, Edge(feed, port, flat, "x"))
    last = flat
    if random.random() < 0.9:
        changed, last = append(changed, "dense", flat)
        options = drawn(CATALOGUE["dense"], random) | {"units": random.choice((1, 2, 3, 10))}
        changed = edits.set_options(changed, last, options)
    changed, id = append(changed, loss, last)
    changed = edits.set_options(changed, id, {"weight": random.choice((1.0, 0.3))})
    return document if analyse(changed).errors else changed
