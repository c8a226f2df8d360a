"""What a drawing means: shapes at every port, parameters, and everything that is wrong with it.

Used by the window after each edit (it must be fast and never raise, whatever was drawn) and by the
engine before it plans a run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.layers import repairs
from engine.layers.base import CATALOGUE, Layer, Sum, Unfit, Weight
from engine.layers.data import Data
from engine.layers.doubts import doubts
from engine.layers.lookup import category
from engine.layers.memo import Memo
from engine.layers.rerouting import rerouted
from engine.layers.samples import ABOUT_SAMPLES, mismatches
from engine.spec.document import Document, Edge, Node
from engine.spec.graph import loops, order
from engine.spec.options import BadOption, checked
from engine.spec.problems import ERROR, Problem
from engine.spec.shapes import Shape


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """What is known of one box whose inputs are known."""

    layer: Layer
    inputs: dict[str, tuple[Shape, ...]]
    outputs: dict[str, Shape]
    weights: dict[str, Weight]
    multiplications: int
    arithmetic: tuple[Sum, ...]

    @property
    def parameters(self) -> int:
        """How many numbers training changes in this box."""
        return sum(weight.count for weight in self.weights.values())


@dataclass(frozen=True, slots=True)
class Analysis:
    """The result: facts by node id (only where shapes could be worked out), and the problems."""

    order: tuple[str, ...] = ()
    facts: dict[str, NodeFacts] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def parameters(self) -> int:
        """Total of all boxes."""
        return sum(fact.parameters for fact in self.facts.values())

    @property
    def multiplications(self) -> int:
        """Multiply-adds of one sample's forward pass."""
        return sum(fact.multiplications for fact in self.facts.values())

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep it from running."""
        return tuple(p for p in self.problems if p.severity == ERROR)

    @property
    def obstacles(self) -> tuple[Problem, ...]:
        """The errors that remain whatever samples are handed in: no plan can be made."""
        return tuple(p for p in self.errors if p.code not in ABOUT_SAMPLES)

    def problems_of(self, id: str) -> tuple[Problem, ...]:
        """The problems to mark on one box."""
        return tuple(p for p in self.problems if p.nodes and p.nodes[0] == id)


_LAYERS: Memo[Layer] = Memo()
_FACTS: Memo[NodeFacts] = Memo()


def build_layer(node: Node) -> Layer:
    """The layer of a box; KeyError for an unknown kind, BadOption for a value out of bounds."""
    known = _LAYERS.find(node)
    return known or _LAYERS.keep(checked(CATALOGUE[node.kind], node.options), node)


def analyse(document: Document) -> Analysis:
    """Work out all shapes and find all problems."""
    return _Analyser(document).run()


class _Analyser:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.network = document.network
        self.facts: dict[str, NodeFacts] = {}
        self.problems: list[Problem] = []
        self.incoming: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        for edge in self.network.edges:
            self.incoming[edge.target][edge.target_port].append(edge)

    def run(self) -> Analysis:
        nodes = {node.id: node for node in self.network.nodes}
        sequence = order(self.network)
        circle = loops(self.network)
        for id in (id for id in nodes if id in circle):
            self.add("loop", id, fixes=repairs.open_loop(self.network, id))
        for id in sequence:
            self.visit(nodes[id])
        self.problems += _whole(self.document, self.facts)
        self.problems += mismatches(self.document, self.facts)
        self.problems += doubts(self.document, self.facts)
        return Analysis(sequence, self.facts, tuple(self.problems))

    def add(self, code: str, *nodes: str, fixes: repairs.Fixes = (), **numbers: object) -> None:
        self.problems.append(Problem(code, nodes, ERROR, numbers, fixes))

    def visit(self, node: Node) -> None:
        try:
            layer = build_layer(node)
        except KeyError:
            self.add("unknown_kind", node.id, fixes=repairs.remove(node.id), kind=node.kind)
            return
        except BadOption as error:
            fixes = repairs.reset_option(node.id, CATALOGUE[node.kind], error.name)
            numbers = {"option": error.name, "given": error.value, "allowed": error.allowed}
            self.add("bad_option", node.id, fixes=fixes, **numbers)
            return
        inputs = self.inputs(node, layer)
        if inputs is None:
            return
        arriving = tuple(inputs.items())
        known = _FACTS.find(node, arriving)
        try:
            self.facts[node.id] = known or _FACTS.keep(_facts(layer, inputs), node, arriving)
        except Unfit as error:
            feeds = [e.source for port in layer.inputs for e in self.incoming[node.id][port.name]]
            fixes = (
                *rerouted(self.document, node, error.code, self.facts),
                *repairs.from_suggestions(self.document, node, error.suggestions),
            ) or repairs.remove(node.id)  # the last resort, so that no problem is a dead end
            self.add(error.code, node.id, *feeds, fixes=fixes, **error.numbers)

    def inputs(self, node: Node, layer: Layer) -> dict[str, tuple[Shape, ...]] | None:
        """The shapes that arrive; None if some are unknown (the cause is reported once)."""
        found: dict[str, tuple[Shape, ...]] = {}
        known = {port.name for port in layer.inputs}
        for name, edges in self.incoming[node.id].items():
            if name not in known:
                fixes = repairs.disconnect(edges)
                self.add("unknown_port", node.id, fixes=fixes, port=name)
                return None
        complete = True
        for port in layer.inputs:
            edges = self.incoming[node.id][port.name]
            if not edges and not port.optional:
                fixes = repairs.feed(self.document, node, port)
                code = "no_target" if port.name == "target" else "no_input"
                self.add(code, node.id, fixes=fixes)
                complete = False
            elif len(edges) > 1 and not port.many:
                self.add("two_inputs", node.id, fixes=repairs.disconnect(edges[1:]))
                complete = False
            shapes = [self.shape_of(edge) for edge in edges]
            complete = complete and None not in shapes
            found[port.name] = tuple(s for s in shapes if s is not None)
        return found if complete else None

    def shape_of(self, edge: Edge) -> Shape | None:
        fact = self.facts.get(edge.source)
        if fact is None:
            return None
        shape = fact.outputs.get(edge.source_port)
        if shape is None:
            fixes = repairs.disconnect((edge,))
            self.add("unknown_port", edge.target, fixes=fixes, port=edge.source_port)
        return shape


def _facts(layer: Layer, inputs: dict[str, tuple[Shape, ...]]) -> NodeFacts:
    """All about a box whose inputs are known; Unfit if they cannot enter it."""
    outputs = layer.output_shapes(inputs)
    return NodeFacts(
        layer,
        inputs,
        outputs,
        layer.weights(inputs),
        layer.multiplications(inputs),
        layer.arithmetic(inputs),
    )


def _whole(document: Document, facts: dict[str, NodeFacts]) -> Iterator[Problem]:
    """Problems of the drawing as a whole."""
    network = document.network
    data = [node.id for node in network.nodes if category(node) == "data"]
    loss = [node.id for node in network.nodes if category(node) == "loss"]
    if not data:
        yield Problem("no_data", (), fixes=repairs.add_data(document))
    if not loss:
        cards = [fact.layer.card for fact in facts.values() if isinstance(fact.layer, Data)]
        is_regression = bool(cards) and not any(card.classes for card in cards)
        usual = "mean_squared_error" if is_regression else "cross_entropy"
        yield Problem("no_loss", (), fixes=repairs.add_loss(document, usual))
