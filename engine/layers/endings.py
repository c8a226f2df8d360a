"""Doubts about the end of a network: what stands between its last layer and the loss."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from engine.layers import repairs
from engine.layers.data import Data
from engine.layers.lookup import Lookup
from engine.layers.repairs import KEEPING_SIZE
from engine.layers.rerouting import moved_before
from engine.spec import edits
from engine.spec.document import Document, Node
from engine.spec.problems import WARNING, Fix, Problem

NOISES = ("dropout", "spatial_dropout", "gaussian_noise")
NORMS = ("batch_norm", "layer_norm", "group_norm")
BETWEEN = {*KEEPING_SIZE, "flatten"}


def doubts(drawing: Lookup) -> Iterator[Problem]:
    """All warnings about ends."""
    for node, _ in drawing.losses():
        yield from _behind_output(drawing, node)
        if node.kind == "binary_cross_entropy":
            yield from _many_questions(drawing, node)


def _behind_output(drawing: Lookup, loss: Node) -> Iterator[Problem]:
    """Noise or a norm that works on the answers themselves."""
    path: list[Node] = []
    for node in drawing.back(loss.id):
        path.append(node)
        if node.kind not in BETWEEN:
            break
    last = path[-1] if path else loss
    if not path or not drawing.layer(last.id).weighs:
        return
    for place, node in enumerate(path):
        fixes = repairs.remove(node.id)
        if node.kind == "dropout":
            before = tuple(each.id for each in path[place + 1 :])
            edit = partial(moved_before, path=before, id=node.id)
            numbers = {"node": node.id, "before": last.id}
            moves = drawing.into[last.id] and len(drawing.into[last.id]) == 1
            fixes = (Fix("move_before", edit, numbers), *fixes) if moves else fixes
        if node.kind in NOISES:
            yield Problem("noise_at_end", (node.id, last.id), WARNING, {}, fixes)
        elif node.kind in NORMS:
            yield Problem("norm_at_end", (node.id, last.id), WARNING, {}, fixes)


def _many_questions(drawing: Lookup, loss: Node) -> Iterator[Problem]:
    """Classes of which just one is right, asked about one by one."""
    targets, feeds = drawing.targets[loss.id], drawing.into[loss.id]
    data = drawing.layer(targets[0].source) if len(targets) == 1 else None
    if not isinstance(data, Data) or targets[0].source_port != "target" or len(feeds) != 1:
        return
    if data.target == "one_hot" and data.card.classes > 2:
        edit = partial(_asked_together, loss=loss.id, feed=feeds[0].source)
        fix = Fix("exchange", edit, {"kind": "cross_entropy", "node": loss.id})
        nodes = (loss.id, feeds[0].source)
        yield Problem("many_questions", nodes, WARNING, {"classes": data.card.classes}, (fix,))


def _asked_together(document: Document, loss: str, feed: str) -> Document:
    """The loss for one class out of many, and softmax before it where a sigmoid is."""
    document = edits.set_kind(document, loss, "cross_entropy")
    node = document.network.node(feed)
    options = {**node.options}
    for fix in repairs.set_activation(node, "softmax"):
        if "sigmoid" in (options.get("activation"), options.get("function")):
            document = fix.edit(document)
    return document
