"""What a card says of an example: its kind, its task, its sizes, and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.data import Data
from engine.spec.codec import to_json
from engine.spec.datasets import CARDS
from engine.spec.document import Document
from engine.spec.files import read
from gui import set_words
from gui.example_files import Promise, path_of, promises
from gui.example_topics import SYSTEMS, topic_of
from gui.formats import count, short
from gui.words import table, tr

# kinds of networks, each told by one of these boxes; the first that is found names it
TOLD_BY = {
    "transformer": ("multi_head_attention",),
    "rnn": ("simple_rnn", "lstm", "gru"),
    "cnn": ("conv2d", "conv1d", "separable_conv2d", "depthwise_conv2d"),
}
KINDS = ("mlp", "cnn", "rnn", "transformer", "autoencoder")


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one example. `stamp` tells its drawing from all others."""

    name: str
    topic: str
    kind: str
    task: str  # "classes", "classes_a_step", "values", "pictures"
    classes: int
    dataset: str
    layers: int
    parameters: int
    systems: tuple[str, ...]  # of the syllabus
    promise: Promise
    stamp: str


@cache
def facts_of(name: str) -> Facts:
    """The facts of an example, read from its file."""
    document = read(path_of(name)).document
    (data,) = (node for node in document.network.nodes if node.kind == Data.kind)
    dataset = str(data.options.get("dataset", ""))
    card = CARDS[dataset]
    boxes = [
        n for n in document.network.nodes if CATALOGUE[n.kind].category not in ("data", "loss")
    ]
    task = "classes_a_step" if card.per_step else "classes" if card.classes else "values"
    if restores(document):
        task = "pictures"
    return Facts(
        name,
        topic_of(name),
        kind_of(document),
        task,
        card.classes,
        dataset,
        len(boxes),
        analyse(document).parameters,
        SYSTEMS.get(name, ()),
        promises()[name],
        to_json(document),
    )


def kind_of(document: Document) -> str:
    """Which of KINDS a network is."""
    if restores(document):
        return "autoencoder"
    kinds = {node.kind for node in document.network.nodes}
    return next((kind for kind, signs in TOLD_BY.items() if kinds & set(signs)), "mlp")


def restores(document: Document) -> bool:
    """Whether a loss compares with the samples themselves, and not with their targets."""
    network = document.network
    data = {node.id for node in network.nodes if node.kind == Data.kind}
    targets = [edge for edge in network.edges if edge.target_port == "target"]
    return any(e.source not in data or e.source_port != "target" for e in targets)


# words


def name_of(name: str) -> str:
    """The name of an example."""
    return tr(f"example.{name}.name")


def task_words(facts: Facts) -> str:
    """What is asked: one of 10 classes."""
    return tr(f"gallery.task.{facts.task}", count=count(facts.classes))


def kind_words(kind: str) -> str:
    """The name of a kind of networks."""
    return tr(f"gallery.kind.{kind}")


def sizes_words(facts: Facts) -> str:
    """How large it is: 8 layers, 61,706 parameters."""
    key = "gallery.sizes" if facts.layers > 1 else "gallery.sizes_of_one"
    return tr(key, layers=count(facts.layers), parameters=count(facts.parameters))


def brief(facts: Facts) -> str:
    """Kind, size and time on one short line."""
    seconds = max(1, round(facts.promise.seconds))
    number = short(facts.parameters)
    return tr("gallery.brief", kind=kind_words(facts.kind), parameters=number, seconds=seconds)


def time_words(facts: Facts) -> str:
    """How long training takes."""
    seconds = round(facts.promise.seconds)
    return tr("gallery.seconds", count=count(seconds)) if seconds > 1 else tr("gallery.second")


def promise_words(facts: Facts) -> str:
    """What training reaches at least; empty where that is not the point."""
    quantity, mark = facts.promise.quantity, facts.promise.mark
    if not quantity:
        return ""
    if quantity == "validation_accuracy":
        return tr("gallery.promise.accuracy", percent=f"{100 * mark:.0f}")
    return tr(f"gallery.promise.{quantity}", value=f"{mark:g}")


def system_words(system: str) -> str:
    """What a mark of the syllabus stands for."""
    return tr(f"gallery.system.{system}")


def searched(facts: Facts) -> str:
    """All that a search looks at, in both languages."""
    keys = [f"example.{facts.name}.{part}" for part in ("name", "line", "watch")]
    keys += [f"menu.examples.{facts.topic}", f"gallery.kind.{facts.kind}"]
    keys += [f"dataset.{facts.dataset}.name", *(f"gallery.system.{s}" for s in facts.systems)]
    found = [table(language).get(key, "") for language in ("en", "zh_CN") for key in keys]
    return " ".join((*found, *facts.systems, facts.name, set_words.name(facts.dataset))).casefold()
