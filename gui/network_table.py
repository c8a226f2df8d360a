"""A network as a table: every box in the order of computing, its size, and what it costs.

For the page that analyses a drawing, and to be taken away as Markdown or for a spreadsheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.layers import CATALOGUE
from engine.layers.analysis import Analysis, NodeFacts
from engine.layers.costs import NOTHING, Cost, costs
from engine.layers.data import Data
from engine.spec.document import Document
from engine.spec.groups import chain, parents
from engine.spec.shapes import TOKEN, Shape
from gui import formats
from gui.describe import titles
from gui.words import has, tr

COLUMNS = (
    "number",
    "name",
    "category",
    "group",
    "output",
    "sizes",
    "parameters",
    "how",
    "multiplications",
    "memory",
)
NUMBERS = ("number", "parameters", "multiplications", "memory")  # what is aligned at the right


@dataclass(frozen=True, slots=True)
class Row:
    """One box. What is not known, because an input is wrong, is None or empty."""

    number: int  # place in the order of computing, from 1
    id: str
    name: str
    kind: str
    output: str  # with the meaning of each axis: height 26 × width 26 × channels 32
    sizes: str  # how the output's size follows
    parameters: int | None
    how: str  # how their number follows
    multiplications: int | None  # multiply-adds of one sample
    memory: int | None  # bytes, in training: see engine.layers.costs
    memory_how: str
    group: str = ""  # the groups that it lies in, from the outermost

    @property
    def category(self) -> str:
        """The layer category in words."""
        layer = CATALOGUE.get(self.kind)
        return tr(f"category.{layer.category}") if layer else tr("canvas.unknown_kind")

    def text(self, column: str) -> str:
        """What a column shows."""
        value = getattr(self, column)
        if value is None:
            return "–"
        if column == "memory":
            return formats.size(value)
        return formats.count(value) if isinstance(value, int) else str(value)


def rows_of(document: Document, analysis: Analysis) -> list[Row]:
    """All boxes in the order of computing; those in a circle, which have no place in it, last."""
    network, names = document.network, titles(document)
    known = set(analysis.order)
    order = (*analysis.order, *(n.id for n in network.nodes if n.id not in known))
    kinds = {node.id: node.kind for node in network.nodes}
    found, around = costs(document, analysis), _groups(document)
    rows = [
        _row((number, id, names[id], kinds[id]), analysis.facts.get(id), found.get(id, NOTHING))
        for number, id in enumerate(order, 1)
    ]
    return [replace(row, group=around.get(row.id, "")) for row in rows]


def _groups(document: Document) -> dict[str, str]:
    """The names of the groups around each box, Encoder › Block 2; nothing for boxes in none."""
    if not document.groups:
        return {}
    names, parent = {group.id: group.name for group in document.groups}, parents(document)
    nodes = (node.id for node in document.network.nodes if node.id in parent)
    return {id: " › ".join(names[g] for g in reversed(chain(parent, id))) for id in nodes}


def columns_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """The columns that say something: without groups there is none for them."""
    grouped = any(row.group for row in rows)
    return tuple(column for column in COLUMNS if grouped or column != "group")


def _row(box: tuple[int, str, str, str], facts: NodeFacts | None, cost: Cost) -> Row:
    number, id, name, kind = box
    if facts is None:
        unknown = tr("canvas.unknown_size")
        return Row(number, id, name, kind, unknown, "", None, "", None, None, "")
    sums = {} if isinstance(facts.layer, Data) else {s.key: s.text for s in facts.arithmetic}
    how = sums.pop("parameters", "") if facts.parameters else ""
    sums.pop("parameters", None)
    parts = (cost.activations, cost.weights, cost.gradients, cost.optimizer)
    told = " + ".join(formats.count(part) for part in parts)
    return Row(
        number,
        id,
        name,
        kind,
        "; ".join(named_shape(shape) for shape in facts.outputs.values()) or "–",
        "; ".join(f"{tr(f'sum.{key}')} {text}" for key, text in sums.items()),
        facts.parameters,
        how,
        facts.multiplications,
        cost.memory,
        f"{told} = {formats.count(cost.memory)} B",
    )


def named_shape(shape: Shape) -> str:
    """A shape with the meaning of each axis: height 26 × width 26 × channels 32."""
    if shape.kind == TOKEN and not shape.sizes:
        return tr("canvas.label_shape", count=formats.count(shape.limit))
    pairs = zip(shape.axes, shape.sizes, strict=True)
    return " × ".join(f"{_axis(axis)} {formats.count(size)}" for axis, size in pairs)


def _axis(axis: str) -> str:
    return tr(f"axis.{axis}") if has(f"axis.{axis}") else axis


def headings(columns: Iterable[str] = COLUMNS) -> list[str]:
    """The names of the columns."""
    return [tr(f"analysis.{column}") for column in columns]


def total_cells(rows: Iterable[Row], columns: Iterable[str] = COLUMNS) -> list[str]:
    """A last line: the sums of those columns that can be added."""
    known = [row for row in rows if row.memory is not None]
    sums = {
        "name": tr("analysis.total"),
        "parameters": formats.count(sum(row.parameters or 0 for row in known)),
        "multiplications": formats.count(sum(row.multiplications or 0 for row in known)),
        "memory": formats.size(sum(row.memory or 0 for row in known)),
    }
    return [sums.get(column, "") for column in columns]


def as_markdown(rows: Sequence[Row], title: str = "") -> str:
    """A table in Markdown; with a title, a heading above it."""
    columns = columns_of(rows)
    lines = [[row.text(column) for column in columns] for row in rows]
    rules = ["---:" if column in NUMBERS else "---" for column in columns]
    last = total_cells(rows, columns)
    table = [_pipes(headings(columns)), _pipes(rules), *map(_pipes, lines), _pipes(last)]
    head = [f"## {title}", ""] if title else []
    return "\n".join([*head, *table]) + "\n"


def _pipes(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def as_csv(rows: Sequence[Row]) -> str:
    """Comma-separated values with plain numbers, memory in bytes, as spreadsheets read them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = columns_of(rows)
    writer.writerow(headings(columns))
    for row in rows:
        values = (getattr(row, column) for column in columns)
        writer.writerow(["" if value is None else value for value in values])
    return out.getvalue()
