"""Sentences about what just happened, for ears: an edit, a run that goes on, how it ends."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.spec.document import Document, Edge, Node
from engine.spec.history import Record
from engine.spec.problems import Problem
from gui.box import TARGET
from gui.describe import problem_text, title
from gui.formats import count, number, percent
from gui.run import FINISHED, PAUSED, RUNNING, Run
from gui.words import tr

LOOK_BACK = 3  # epochs between which a loss is compared
CHANGE = 0.02  # share of the loss below which it stays level
MOST = 3  # boxes that are named; more are counted
SHARES = ("accuracy", "validation_accuracy")
SAID = (RUNNING, PAUSED, FINISHED)  # a failure has a sentence of its own


def edit_text(old: Document, new: Document) -> str:
    """What an edit did to boxes and connections; empty if it did nothing to them."""
    before, after = old.network, new.network
    came = [node for node in after.nodes if not before.has(node.id)]
    gone = [node for node in before.nodes if not after.has(node.id)]
    parts = []
    if came:
        parts.append(_came(new, came))
    if gone:
        names = _names(old, gone)
        parts.append(tr("spoken.removed", names=names))
    if not came and not gone:
        there, here = set(before.edges), set(after.edges)
        parts += [_joined(new, edge, "reads") for edge in after.edges if edge not in there]
        left = [edge for edge in before.edges if edge not in here]
        parts += [_joined(new, edge, "reads_no_more") for edge in left]
    return " ".join(parts[:MOST])


def _came(document: Document, nodes: Sequence[Node]) -> str:
    sources = [e for e in document.network.into(nodes[0].id) if e.target_port != TARGET]
    if len(nodes) == 1 and sources:
        other = title(document, sources[0].source)
        return tr("spoken.added.behind", name=title(document, nodes[0].id), other=other)
    return tr("spoken.added", names=_names(document, nodes))


def _names(document: Document, nodes: Sequence[Node]) -> str:
    if len(nodes) > MOST:
        return tr("spoken.boxes", count=count(len(nodes)))
    return tr("outline.and").join(title(document, node.id) for node in nodes)


def _joined(document: Document, edge: Edge, words: str) -> str:
    name, other = title(document, edge.target), title(document, edge.source)
    return tr(f"spoken.{words}", name=name, other=other)


def problems_text(
    document: Document, before: Sequence[Problem], after: Sequence[Problem]
) -> tuple[str, bool]:
    """What went wrong or right by an edit, and whether something went wrong."""
    known = {(problem.code, problem.nodes) for problem in before}
    new = [problem for problem in after if (problem.code, problem.nodes) not in known]
    if new:
        text = problem_text(document, new[0])
        more = len(after) - 1
        return (tr("spoken.more", text=text, count=count(more)) if more else text), True
    if before and not after:
        return tr("spoken.no_problem"), False
    return "", False


def run_text(run: Run) -> str:
    """That a run began, waits or ended, with what it has reached."""
    if run.status not in SAID:
        return ""
    words = tr(f"spoken.{run.status}")
    reached = epoch_text(run) if run.status != RUNNING else ""
    return f"{words} {reached}".strip()


def epoch_text(run: Run) -> str:
    """The last epoch in one sentence: its losses, and whether they fall."""
    epochs = run.history.epochs
    if not epochs:
        return ""
    values = tr("outline.separator").join(_values(epochs))
    planned = max(run.store.document.training.epochs, len(epochs))
    return tr("spoken.epoch", epoch=count(len(epochs)), epochs=count(planned), values=values)


def _values(epochs: Sequence[Record]) -> list[str]:
    found = []
    for name in ("loss", "validation_loss", "accuracy", "validation_accuracy"):
        value = epochs[-1].get(name)
        if value is None or math.isnan(value):
            continue
        shown = percent(value) if name in SHARES else number(value)
        words = f"{tr(f'spoken.{name}')} {shown}"
        way = _way(epochs, name) if name in ("loss", "validation_loss") else ""
        found.append(tr("spoken.way", value=words, way=tr(f"spoken.{way}")) if way else words)
    return found


def _way(epochs: Sequence[Record], name: str) -> str:
    """ "falling", "rising" or "level"; empty before there is anything to compare with."""
    if len(epochs) < 2:
        return ""
    before = epochs[-min(LOOK_BACK, len(epochs) - 1) - 1].get(name)
    now = epochs[-1].get(name)
    if before is None or now is None or not math.isfinite(before) or not math.isfinite(now):
        return ""
    if abs(now - before) <= CHANGE * abs(before):
        return "level"
    return "falling" if now < before else "rising"
