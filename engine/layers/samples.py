"""What does not fit about the samples themselves, found before any of them is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from engine.layers import repairs
from engine.layers.data import Data
from engine.layers.lookup import Facts, Lookup
from engine.spec import edits
from engine.spec.datasets import CHOSEN_SIZE
from engine.spec.document import Document, Node
from engine.spec.problems import Fix, Problem
from engine.spec.shapes import REAL

ABOUT_SAMPLES = ("unequal_data", "needs_shares", "needs_counts")  # the errors found here
# losses that have a meaning only for targets between 0 and 1 (or -1 and 1), and from 0 upwards
BETWEEN = ("binary_cross_entropy", "hinge", "categorical_hinge", "cross_entropy", "kl_divergence")
COUNTING = ("poisson",)
HANDING_ON = ("flatten", "reshape")  # whose numbers are those that came in
SUMS = "adding"  # the set whose values to predict are never below 0
SHARES = (SUMS, "digit_rows", "digit_rows_28", "digit_pixels")  # whose samples lie between 0 and 1
SWINGING = "sines"  # whose samples go below 0, as those of the plane do


def mismatches(document: Document, facts: Facts) -> Iterator[Problem]:
    """Errors that no shape tells."""
    drawing = Lookup(document, facts)
    data = [(node, f.layer) for node, f in drawing.known() if isinstance(f.layer, Data)]
    for node, layer in data[1:]:
        if layer.part_sizes != data[0][1].part_sizes:
            yield _unequal(drawing, node, layer, data[0])
    for loss, _ in drawing.losses():
        if loss.kind in (*BETWEEN, *COUNTING):
            yield from _out_of_range(drawing, loss)


def _unequal(drawing: Lookup, node: Node, layer: Data, first: tuple[Node, Data]) -> Problem:
    """Batches take the same places of all data boxes, so these need as many samples."""
    fixes: list[Fix] = []
    if not drawing.readers[node.id]:
        fixes += repairs.remove(node.id)
    else:
        both = layer.dataset in CHOSEN_SIZE and first[1].dataset in CHOSEN_SIZE
        same = replace(layer, samples=first[1].samples) if both else layer
        if same.part_sizes == first[1].part_sizes:
            fixes += repairs.set_option(node.id, "samples", first[1].samples)
        edit = partial(_read_from, old=node.id, new=first[0].id)
        fixes.append(Fix("read_from", edit, {"node": first[0].id}))
    numbers = {"given": layer.total, "other": first[1].total}
    return Problem("unequal_data", (node.id, first[0].id), numbers=numbers, fixes=tuple(fixes))


def _read_from(document: Document, old: str, new: str) -> Document:
    """Let all that reads from one data box read from another, and take the first away."""
    network = document.network
    moved = (replace(e, source=new) if e.source == old else e for e in network.edges)
    joined = replace(network, edges=tuple(dict.fromkeys(moved)))
    return edits.remove_nodes(replace(document, network=joined), (old,))


def _out_of_range(drawing: Lookup, loss: Node) -> Iterator[Problem]:
    """Targets that certainly lie where a loss has no meaning for them."""
    edges = drawing.targets[loss.id]
    seen: set[str] = set()
    while len(edges) == 1 and edges[0].source not in seen:
        edge = edges[0]
        source = drawing.nodes[edge.source]
        layer = drawing.layer(source.id)
        if isinstance(layer, Data):
            if _leaves_range(loss.kind, layer, edge.source_port):
                yield _beyond(loss, source, layer, edge.source_port)
            return
        seen.add(edge.source)
        edges = drawing.into[edge.source] if source.kind in HANDING_ON else []


def _leaves_range(loss: str, data: Data, port: str) -> bool:
    card = data.card
    if port == "target":
        return not card.classes and (below_zero(data) or (loss in BETWEEN and not data.is_own))
    if card.shape.kind != REAL or data.is_own or card.category == "image":
        return card.shape.kind == REAL and data.scaling_way == "standardise"
    if data.scaling_way != "none":
        return data.scaling_way == "standardise"
    if data.dataset in SHARES:
        return False
    return loss in BETWEEN or card.category == "plane" or data.dataset == SWINGING


def below_zero(data: Data) -> bool:
    """Whether values to predict certainly go below zero."""
    scaled = data.target_scaling_way == "standardise"
    return not data.card.classes and (scaled or not (data.is_own or data.dataset == SUMS))


def _beyond(loss: Node, source: Node, data: Data, port: str) -> Problem:
    """The error, with repairs: another loss, or for one's own values no scaling."""
    option = "target_scaling" if port == "target" else "scaling"
    fixes: list[Fix] = []
    edit = partial(edits.set_kind, id=loss.id, kind="mean_squared_error")
    fixes.append(Fix("exchange", edit, {"kind": "mean_squared_error", "node": loss.id}))
    unscaled = replace(data, scaling="none", target_scaling="none")
    if not _leaves_range(loss.kind, unscaled, port):
        fixes += repairs.set_option(source.id, option, "none")
    code = "needs_counts" if loss.kind in COUNTING else "needs_shares"
    return Problem(code, (loss.id, source.id), fixes=tuple(fixes))
