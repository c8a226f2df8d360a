"""The document is an immutable value: the network as drawn, and how it is to be trained.

Frozen dataclasses without arrays. Every change is a function Document → Document (see `edits`),
which is what makes undo, comparison and saving simple.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.spec.options import Value
from engine.spec.training import TrainingOptions


class Options(Mapping[str, Value]):
    """The options of one node: a mapping that never changes and can be compared and hashed."""

    __slots__ = ("_items",)

    def __init__(self, values: Mapping[str, Value] = {}) -> None:  # never changed
        self._items = dict(values)

    def __getitem__(self, name: str) -> Value:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"Options({self._items!r})"

    def replace(self, **values: Value) -> Options:
        """The same options with some values exchanged."""
        return Options(self._items | values)


NO_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Node:
    """One box. `kind` names a layer type; options that are not given have their defaults."""

    id: str
    kind: str
    options: Options = NO_OPTIONS
    x: float = 0.0  # left edge on the canvas, in scene pixels
    y: float = 0.0  # top edge


@dataclass(frozen=True, slots=True)
class Edge:
    """One connection, from an output port to an input port."""

    source: str
    source_port: str
    target: str
    target_port: str


@dataclass(frozen=True, slots=True)
class Network:
    """Boxes and connections, in the order in which they were made.

    The order of edges is the order in which a box with many inputs (Concatenate) reads them.
    """

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    def node(self, id: str) -> Node:
        """The node called `id`; KeyError if there is none."""
        for node in self.nodes:
            if node.id == id:
                return node
        raise KeyError(id)

    def has(self, id: str) -> bool:
        """Whether there is a node called `id`."""
        return any(node.id == id for node in self.nodes)

    def into(self, id: str, port: str | None = None) -> tuple[Edge, ...]:
        """The edges that end at a node (at one of its ports)."""
        return tuple(e for e in self.edges if e.target == id and port in (None, e.target_port))

    def out_of(self, id: str, port: str | None = None) -> tuple[Edge, ...]:
        """The edges that begin at a node (at one of its ports)."""
        return tuple(e for e in self.edges if e.source == id and port in (None, e.source_port))


@dataclass(frozen=True, slots=True)
class Document:
    """All that a person made: network, positions, data choice (in the data node), training."""

    network: Network = Network()
    training: TrainingOptions = field(default_factory=TrainingOptions)
