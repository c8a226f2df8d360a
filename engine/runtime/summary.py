"""What a network is made of and what it costs, box by box: the table that `summary` prints.

Every total is the one that the engine allocates: a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers.analysis import analyse
from engine.optimizers import OPTIMIZERS
from engine.runtime.crew import Crew
from engine.runtime.memory import Memory, Need
from engine.runtime.plan import make_plan
from engine.runtime.update import is_treated
from engine.spec.document import Document
from engine.spec.shapes import Shape


@dataclass(frozen=True, slots=True)
class Row:
    """One box."""

    node: str
    kind: str
    reads: tuple[str, ...]  # "node.port" of what flows in
    outputs: dict[str, Shape]  # by port
    parameters: int
    trainable: int  # how many of them the optimizer changes
    arithmetic: str  # how the number of parameters follows: "3·3·1·32 + 32 = 320"
    multiplications: int  # multiply-adds of one sample's forward pass


@dataclass(frozen=True, slots=True)
class Summary:
    """The boxes in the order of computation, and the totals. Memory is in bytes."""

    rows: tuple[Row, ...]
    batch_size: int
    threads: int
    training: Need
    inference: Need

    @property
    def parameters(self) -> int:
        """Numbers that the layers keep."""
        return sum(row.parameters for row in self.rows)

    @property
    def trainable(self) -> int:
        """How many of them the optimizer changes."""
        return sum(row.trainable for row in self.rows)

    @property
    def multiplications(self) -> int:
        """Multiply-adds of one sample's forward pass."""
        return sum(row.multiplications for row in self.rows)

    def __str__(self) -> str:
        lines = [(r.node, r.kind, _shapes(r), f"{r.parameters:,}", r.arithmetic) for r in self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(4)]
        text = [
            "  ".join([*(cell.ljust(w) for cell, w in zip(line, widths, strict=False)), line[4]])
            for line in lines
        ]
        total = f"{self.parameters:,} parameters, {self.multiplications:,} multiply-adds a sample"
        return "\n".join([*(line.rstrip() for line in text), total])


def summarise(document: Document) -> Summary:
    """Work out the table of a document; NotReady (see `plan`) if the drawing has errors."""
    plan = make_plan(document)
    analysis = analyse(document)
    network, training = document.network, document.training
    rows = []
    for id in analysis.order:
        fact = analysis.facts[id]
        line = next((s.text for s in fact.arithmetic if s.key == "parameters"), "")
        rows.append(
            Row(
                id,
                network.node(id).kind,
                tuple(f"{e.source}.{e.source_port}" for e in network.into(id)),
                fact.outputs,
                fact.parameters,
                sum(w.count for w in fact.weights.values() if w.trainable),
                line if fact.parameters else "",
                fact.multiplications,
            )
        )
    batch = training.batch_size
    threads = Crew(plan, batch, "float32", "cpu", training.threads).workers
    # a gradient that is treated has a vector of its own
    slots = len(OPTIMIZERS[training.optimizer].slots) + is_treated(plan, training)
    return Summary(
        tuple(rows),
        batch,
        threads,
        Memory.need(plan, batch, threads, slots),
        Memory.need(plan.for_inference(), batch, threads),
    )


def _shapes(row: Row) -> str:
    return ", ".join(str(shape) for shape in row.outputs.values())
