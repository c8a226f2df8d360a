"""Automatic arrangement: columns in the direction of the data, nothing covered, chains level."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from engine.layers.repairs import GAP
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node
from engine.spec.graph import loops
from gui.box import HEIGHT, WIDTH
from gui.canvas.layout import arranged
from tests.gui.networks import CHAIN, chain


def shuffled(network: Network, seed: int = 1) -> Network:
    places = random.Random(seed)
    moved = {n.id: (places.uniform(0, 900), places.uniform(0, 900)) for n in network.nodes}
    return edits.move_nodes(Document(network), moved).network


def drawn(pairs: list[tuple[int, int]], count: int) -> Network:
    nodes = tuple(Node(f"add_{i}", "add") for i in range(count))
    joined = dict.fromkeys(Edge(f"add_{a}", "y", f"add_{b}", "x") for a, b in pairs)
    return Network(nodes, tuple(joined))


def test_a_chain_becomes_a_row() -> None:
    places = arranged(shuffled(chain().network))
    left = min(x for x, _ in places.values())
    assert [places[f"{kind}_1"][0] - left for kind in CHAIN] == [GAP * i for i in range(6)]
    assert len({y for _, y in places.values()}) == 1


def test_a_chain_stays_straight_below_a_skipping_edge() -> None:
    skipping = drawn([(0, 1), (1, 2), (2, 3), (0, 3)], 4)
    places = arranged(shuffled(skipping))
    assert len({y for _, y in places.values()}) == 1


def test_branches_stand_apart_in_a_column() -> None:
    places = arranged(drawn([(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 4)], 5))
    middle = sorted(places[f"add_{i}"][1] for i in (1, 2, 3))
    assert len({places[f"add_{i}"][0] for i in (1, 2, 3)}) == 1
    assert middle[1] - middle[0] >= HEIGHT and middle[2] - middle[1] >= HEIGHT


def test_an_arranged_drawing_stays_as_it_is() -> None:
    network = drawn([(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (0, 4)], 5)
    once = edits.move_nodes(Document(network), arranged(network))
    assert edits.move_nodes(once, arranged(once.network)) == once


def test_nothing_to_arrange() -> None:
    assert arranged(Network()) == {}


PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20)


@given(pairs=PAIRS, seed=st.integers(0, 3))
def test_no_box_covers_another_and_edges_go_right(pairs: list[tuple[int, int]], seed: int) -> None:
    """Holds for any drawing, loops and loose boxes included."""
    network = shuffled(drawn([pair for pair in pairs if pair[0] != pair[1]], 10), seed)
    places = arranged(network)
    assert places.keys() == {node.id for node in network.nodes}
    boxes = list(places.values())
    for i, (x, y) in enumerate(boxes):
        assert all(abs(x - u) >= WIDTH or abs(y - v) >= HEIGHT for u, v in boxes[:i])
    if not loops(network):
        for edge in network.edges:
            assert places[edge.source][0] < places[edge.target][0]
