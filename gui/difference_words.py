"""What two documents differ in, in words: for the page that compares them, and for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.spec.difference import (
    BoxAdded,
    BoxRemoved,
    Change,
    Difference,
    EdgeAdded,
    EdgeRemoved,
    KindChanged,
    OptionChanged,
    Reordered,
    TrainingChanged,
    values_of,
)
from engine.spec.document import Document, Edge, Node
from engine.spec.options import is_shown, options_of
from engine.spec.training import TrainingOptions
from gui.describe import kind_name, titles, value_text
from gui.formats import count
from gui.option_words import TRAINING, option_name, shown_value
from gui.words import tr

ADDED, REMOVED, CHANGED = "+", "−", "≠"  # doubled by colours on the canvas
MOST_OPTIONS = 3  # of a new box that are told


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words. `first` and `second` are the boxes to look at, if there are any."""

    change: Change
    sign: str
    text: str
    first: str = ""
    second: str = ""


class Teller:
    """Knows the names of the boxes of both documents."""

    def __init__(self, first: Document, second: Document, found: Difference) -> None:
        self.first, self.second, self.found = first, second, found
        self._mine, self._theirs = titles(first), titles(second)
        self._partners = {other: one for one, other in found.pairs.items()}

    def lines(self) -> list[Line]:
        """All changes."""
        return [self._line(change) for change in self.found.changes]

    def _line(self, change: Change) -> Line:
        pairs, partners = self.found.pairs, self._partners
        match change:
            case BoxAdded(id):
                node = self.second.network.node(id)
                text = self._alone("difference.added", self._theirs[id], node, self.second)
                return Line(change, ADDED, text, second=id)
            case BoxRemoved(id):
                return Line(change, REMOVED, self._gone(id), first=id)
            case KindChanged(one, other):
                kind = kind_name(self.second.network.node(other).kind)
                text = tr("difference.kind", box=self._mine[one], kind=kind)
                return Line(change, CHANGED, text, one, other)
            case OptionChanged(one, other):
                return Line(change, CHANGED, self._option(change), one, other)
            case EdgeAdded(edge):
                text = tr("difference.edge_added", **self._ends(edge, self._theirs))
                return Line(change, ADDED, text, partners.get(edge.target, ""), edge.target)
            case EdgeRemoved(edge):
                text = tr("difference.edge_removed", **self._ends(edge, self._mine))
                return Line(change, REMOVED, text, edge.target, pairs.get(edge.target, ""))
            case Reordered(one, other):
                text = tr("difference.reordered", box=self._both(one, other))
                return Line(change, CHANGED, text, one, other)
            case TrainingChanged():
                return Line(change, CHANGED, _training(change))
            case _:
                assert_never(change)

    def _both(self, one: str, other: str) -> str:
        """The name of a box, or both where it has another one in each document."""
        mine, theirs = self._mine[one], self._theirs[other]
        return mine if mine == theirs else f"{mine} / {theirs}"

    def _alone(self, key: str, name: str, node: Node, document: Document) -> str:
        """A box that only one document has: what it is, and where."""
        about = _options(node)
        names = titles(document)
        before = [names[e.source] for e in document.network.into(node.id)]
        if before:
            boxes = tr("difference.and").join(dict.fromkeys(before))
            about.append(tr("difference.after", boxes=boxes))
        text = tr(key, box=name)
        if not about:
            return text
        return tr("difference.about", text=text, about=tr("difference.comma").join(about))

    def _gone(self, id: str) -> str:
        node = self.first.network.node(id)
        return self._alone("difference.removed", self._mine[id], node, self.first)

    def _option(self, change: OptionChanged) -> str:
        kind = self.first.network.node(change.first).kind
        declared = CATALOGUE.get(kind)
        known = options_of(declared).get(change.option) if declared is not None else None
        shown = [
            tr("difference.no_value")
            if value is None
            else shown_value(known, value)
            if known is not None
            else value_text(change.option, value)
            for value in (change.before, change.after)
        ]
        box, option = self._both(change.first, change.second), option_name(kind, change.option)
        if shown[0] == shown[1]:  # values that no short text tells apart
            return tr("difference.other_value", box=box, option=option)
        return tr("difference.option", box=box, option=option, before=shown[0], after=shown[1])

    def _ends(self, edge: Edge, names: dict[str, str]) -> dict[str, str]:
        return {"source": names[edge.source], "target": names[edge.target]}

    def totals(self) -> list[str]:
        """Numbers of the whole that differ."""
        mine, theirs = analyse(self.first), analyse(self.second)
        rows = (
            ("parameters", mine.parameters, theirs.parameters),
            ("multiplications", mine.multiplications, theirs.multiplications),
        )
        return [
            tr(f"difference.{name}", before=count(before), after=count(after))
            for name, before, after in rows
            if before != after
        ]


def _options(node: Node) -> list[str]:
    """What a person chose in a box: the options that are not the default, or else the first."""
    declared = CATALOGUE.get(node.kind)
    if declared is None:
        return []
    values = values_of(node, CATALOGUE.get)
    offered = [o for o in options_of(declared).values() if is_shown(o, values) and not o.advanced]
    plain = [o for o in offered if isinstance(values[o.name], bool | int | float | str)]
    chosen = [o for o in plain if values[o.name] != o.default] or plain[:1]
    return [
        f"{option_name(node.kind, o.name)} {shown_value(o, values[o.name])}"
        for o in chosen[:MOST_OPTIONS]
    ]


def _training(change: TrainingChanged) -> str:
    option = options_of(TrainingOptions)[change.option]
    before, after = (shown_value(option, value) for value in (change.before, change.after))
    name = option_name(TRAINING, change.option)
    return tr("difference.training", option=name, before=before, after=after)


def as_text(lines: Iterable[Line], totals: Iterable[str]) -> str:
    """One line each, the sign first."""
    return "\n".join([*(f"{line.sign} {line.text}" for line in lines), *totals]) + "\n"


def as_markdown(lines: Iterable[Line], totals: Iterable[str], title: str) -> str:
    """A list in Markdown below a heading."""
    rows = [f"- {line.sign} {line.text}" for line in lines]
    return "\n".join([f"## {title}", "", *rows, *(f"- {total}" for total in totals)]) + "\n"
