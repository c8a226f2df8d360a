"""Doubts about training: rates, batches, and weights that cannot learn anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from engine.layers import repairs
from engine.layers.data import Data
from engine.layers.lookup import Lookup
from engine.layers.weighted import Weighted
from engine.spec import edits
from engine.spec.document import Document, Node
from engine.spec.graph import leading
from engine.spec.options import options_of
from engine.spec.problems import WARNING, Fix, Problem
from engine.spec.training import TrainingOptions

# learning rates between which each optimizer is used, and a good one to begin with; Adadelta's own
# is 1 (Zeiler 2012), and Lion's a third to a tenth of Adam's (Chen et al. 2023)
RATES = {
    "sgd": (1e-4, 1.0, 0.01),
    "adam": (1e-6, 0.1, 0.001),
    "adamw": (1e-6, 0.1, 0.001),
    "nadam": (1e-6, 0.1, 0.001),
    "rmsprop": (1e-6, 0.1, 0.001),
    "adagrad": (1e-4, 1.0, 0.01),
    "adadelta": (0.01, 10.0, 1.0),
    "lion": (1e-7, 0.01, 1e-4),
}
ABOUT_TRAINING = ("rate_high", "rate_low", "batch_over_data")  # the problems of no box
ALIKE = ("zeros", "ones", "constant")  # ways to begin that make all units the same
MOST_DROPPED, USUALLY_DROPPED = 0.8, 0.5
BATCH = 32


def asked(training: TrainingOptions) -> tuple[object, ...]:
    """What of the training the analysis looks at."""
    return training.optimizer, training.learning_rate, training.batch_size


def doubts(drawing: Lookup) -> Iterator[Problem]:
    """All warnings about training; they need data and a loss to train with."""
    ends = {node.id for node, _ in drawing.losses()}
    if ends:
        yield from _rate(drawing.document)
        yield from _batch(drawing)
        yield from _nothing_learns(drawing, ends)
    for node, facts in drawing.known():
        if isinstance(facts.layer, Weighted) and facts.layer.initializer in ALIKE:
            yield from _alike(drawing, node)
        if node.kind in ("dropout", "spatial_dropout"):
            rate = getattr(facts.layer, "rate", 0.0)
            if rate > MOST_DROPPED:
                fixes = repairs.set_option(node.id, "rate", USUALLY_DROPPED)
                numbers = {"given": round(100 * rate)}
                yield Problem("dropout_high", (node.id,), WARNING, numbers, fixes)


def _rate(document: Document) -> Iterator[Problem]:
    training = document.training
    if training.optimizer not in RATES:
        return
    low, high, usual = RATES[training.optimizer]
    rate = training.learning_rate
    if not low <= rate <= high:
        code = "rate_high" if rate > high else "rate_low"
        numbers = {"given": f"{rate:g}", "low": f"{low:g}", "high": f"{high:g}"}
        numbers["optimizer"] = training.optimizer
        fixes = _trained("learning_rate", replace(training, learning_rate=usual))
        yield Problem(code, (), WARNING, numbers, fixes)


def _batch(drawing: Lookup) -> Iterator[Problem]:
    """A batch of more samples than there are: each epoch is one step."""
    layers = (facts.layer for _, facts in drawing.known())
    counts = [layer.part_sizes[0] for layer in layers if isinstance(layer, Data)]
    batch = drawing.document.training.batch_size
    if counts and batch > min(counts):
        fewer = max(1, min(BATCH, min(counts) // 4))
        training = replace(drawing.document.training, batch_size=fewer)
        fixes = _trained("batch_size", training)
        yield Problem("batch_over_data", (), WARNING, {"given": batch, "count": min(counts)}, fixes)


def _trained(option: str, training: TrainingOptions) -> tuple[Fix, ...]:
    """Train with these options, which differ in one."""
    edit = partial(edits.set_training, training=training)
    value = f"{getattr(training, option):g}"
    return (Fix("set_training", edit, {"option": option, "value": value}),)


def _nothing_learns(drawing: Lookup, losses: set[str]) -> Iterator[Problem]:
    """No weight on the way to a loss that training could change."""
    useful = leading(drawing.document.network, losses)
    if not all(id in drawing.facts for id in useful):
        return  # what is not known yet may learn
    trained = [(n, facts) for n, facts in drawing.known() if n.id in useful and facts.weights]
    if any(weight.trainable for _, facts in trained for weight in facts.weights.values()):
        return
    first = next(node for node, _ in drawing.losses())
    held = [n.id for n, facts in trained if getattr(facts.layer, "frozen", False)]
    if held:
        fix = Fix("unfreeze", partial(_unfreeze, ids=tuple(held)), {"count": len(held)})
        yield Problem("all_frozen", (held[0],), WARNING, {}, (fix,))
        return
    edge = drawing.into[first.id][0]
    (shape,) = drawing.facts[first.id].inputs["x"]
    values = {"units": shape.sizes[-1]}
    edit = partial(repairs.insert_before, edge=edge, kind="dense", values=values)
    fix = Fix("insert", edit, {"kind": "dense"})
    yield Problem("nothing_learns", (first.id, edge.source), WARNING, {}, (fix,))


def _unfreeze(document: Document, ids: tuple[str, ...]) -> Document:
    for id in ids:
        document = edits.set_options(document, id, {"frozen": False})
    return document


def _alike(drawing: Lookup, node: Node) -> Iterator[Problem]:
    """Units that all begin alike stay alike, as each gets the same gradient."""
    facts = drawing.facts[node.id]
    kernels = [w for w in facts.weights.values() if len(w.shape) > 1 and w.shape[-1] > 1]
    reads_on = [edge.target for edge in drawing.readers[node.id]]
    if kernels and reads_on and not any(drawing.targets.get(id) for id in reads_on):
        default = options_of(type(facts.layer))["initializer"].default
        numbers = {"initializer": getattr(facts.layer, "initializer", "")}
        fixes = repairs.set_option(node.id, "initializer", default)
        yield Problem("same_start", (node.id,), WARNING, numbers, fixes)
