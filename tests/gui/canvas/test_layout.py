"""Automatic arrangement: columns in the direction of the data, nothing covered, chains level."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.layers.drawing import GAP
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node
from engine.spec.files import read
from engine.spec.graph import loops
from gui.box import HEIGHT, WIDTH
from gui.canvas.layout import arranged
from tests.gui.networks import CHAIN, chain

EXAMPLES = Path(__file__).resolve().parents[3] / "resources" / "examples"


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


LONG = ("data", *("conv2d", "max_pool2d") * 4, "flatten", "dense", "dense", "cross_entropy")


def test_a_long_chain_is_wrapped_into_rows_like_text() -> None:
    places = list(arranged(shuffled(chain(LONG).network)).values())
    left, top = min(x for x, _ in places), min(y for _, y in places)
    cells = [((x - left) / GAP, (y - top) / 160.0) for x, y in places]
    sizes = [sum(row == wanted for _, row in cells) for wanted in (0, 1, 2)]
    assert sizes == [5, 4, 4]
    assert cells == sorted(cells, key=lambda cell: (cell[1], cell[0]))


def test_branches_stay_whole_when_rows_are_wrapped() -> None:
    pairs = [(0, 1), (1, 2), (2, 3), (2, 4), (3, 5), (4, 6), (5, 7), (6, 7), (7, 8), (8, 9)]
    network = drawn(pairs, 10)
    places = arranged(network)
    rows = {i: places[f"add_{i}"] for i in range(10)}
    assert rows[3][0] == rows[4][0] and rows[5][0] == rows[6][0]
    assert max(y for x, y in rows.values()) - min(y for x, y in rows.values()) < 400.0
    assert rows[9][1] > rows[0][1] + HEIGHT and rows[9][0] < rows[7][0] + 3 * GAP
    last = [y for i, (_, y) in rows.items() if y > rows[0][1] + 150.0]
    assert last and len(set(last)) == 1


def test_a_wrapped_drawing_stays_as_it_is() -> None:
    once = edits.move_nodes(document := chain(LONG), arranged(document.network))
    assert edits.move_nodes(once, arranged(once.network)) == once


@pytest.mark.parametrize("name", ["residual", "inception", "welcome"])
def test_examples_open_as_they_are_arranged(name: str) -> None:
    network = read(EXAMPLES / f"{name}.json").document.network
    assert arranged(network) == {node.id: (node.x, node.y) for node in network.nodes}
    assert max(node.x for node in network.nodes) <= 5 * GAP


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
            (x, y), (u, v) = places[edge.source], places[edge.target]
            assert x < u or y + HEIGHT < v  # to the right, or in a row below
