"""The document is an immutable value: the network as drawn, and how it is to be trained.

Frozen dataclasses without arrays. Every change is a function Document → Document (see `edits`),
which is what makes undo, comparison and saving simple.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.spec.options import NO_OPTIONS, Options
from engine.spec.training import TrainingOptions

__all__ = ["NO_OPTIONS", "Arrow", "Document", "Edge", "Group", "Network", "Node", "Note", "Options"]


@dataclass(frozen=True, slots=True)
class Node:
    """One box. `kind` names a layer type; options that are not given have their defaults."""

    id: str
    kind: str
    options: Options = NO_OPTIONS
    x: float = 0.0  # left edge on the canvas, in scene pixels
    y: float = 0.0  # top edge
    tag: str = ""  # a colour for people, see `tags`


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
    # made when first asked for: views ask for each of hundreds of boxes after every edit
    _by_id: dict[str, Node] = field(default_factory=dict, init=False, repr=False, compare=False)

    def node(self, id: str) -> Node:
        """The node called `id`; KeyError if there is none."""
        return self._known()[id]

    def has(self, id: str) -> bool:
        """Whether there is a node called `id`."""
        return id in self._known()

    def _known(self) -> dict[str, Node]:
        if not self._by_id:
            self._by_id.update((node.id, node) for node in reversed(self.nodes))  # the first counts
        return self._by_id

    def into(self, id: str, port: str | None = None) -> tuple[Edge, ...]:
        """The edges that end at a node (at one of its ports)."""
        return tuple(e for e in self.edges if e.target == id and port in (None, e.target_port))

    def out_of(self, id: str, port: str | None = None) -> tuple[Edge, ...]:
        """The edges that begin at a node (at one of its ports)."""
        return tuple(e for e in self.edges if e.source == id and port in (None, e.source_port))


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a comment to a box, or without a box to a place on the canvas."""

    box: str = ""
    x: float = 0.0  # scene pixels
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on the canvas, and what it points at; for people only."""

    id: str
    text: str
    x: float = 0.0  # left edge on the canvas, in scene pixels
    y: float = 0.0  # top edge
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that belong together and have a name, for people only; see `groups`.

    `members` are ids of boxes, and of groups inside this one. Ids of groups begin with "group:",
    which no box is called.
    """

    id: str
    name: str
    members: tuple[str, ...] = ()
    is_folded: bool = False  # drawn as one box


@dataclass(frozen=True, slots=True)
class Document:
    """All that a person made: network, positions, data choice (in the data node), training."""

    network: Network = Network()
    training: TrainingOptions = field(default_factory=TrainingOptions)
    notes: tuple[Note, ...] = ()
    groups: tuple[Group, ...] = ()
