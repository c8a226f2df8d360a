"""A thousand drawings that cannot work: each is told apart by a problem with a box and a repair."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.spec import edits
from engine.spec.datasets import CARDS
from engine.spec.document import Document, Edge, Node
from engine.spec.options import Choice, Flag, Option, Real, Value, Whole, options_of
from tests.engine.growing import grown

COUNT = 1000
CHAINS = 200  # drawings that are repaired to the end
PRESSES = 40


def broken(seed: int) -> Document:
    """A network that worked, spoilt in one way until it does not."""
    random = Random(seed)
    document = grown(random, boxes=random.randint(1, 6))
    while not analyse(document).errors:
        document = random.choice(SPOILING)(document, random)
    return document


def _any(document: Document, random: Random) -> Node:
    return random.choice(document.network.nodes)


def bad_value(document: Document, random: Random) -> Document:
    """A size below zero, a rate of two, a word that is none of the choices."""
    node = _any(document, random)
    option = random.choice([*options_of(CATALOGUE[node.kind]).values()] or [Flag("none", True)])
    return edits.set_options(document, node.id, {option.name: _outside(option, random)})


def _outside(option: Option, random: Random) -> Value:
    match option:
        case Whole(low=low, high=high):
            return random.choice((low - 1, -7, high + 1))
        case Real(low=low, high=high):
            return random.choice((low - 0.5, high * 2 + 1))
        case Choice():
            return "no such choice"
    return "neither yes nor no"


def loop(document: Document, random: Random) -> Document:
    """An edge from a box to one before it."""
    ends = [node for node in document.network.nodes if node.kind != "data"]
    target = random.choice(ends)
    readers = [n for n in ends if CATALOGUE[n.kind].outputs] or ends
    source = random.choice(readers)
    port = CATALOGUE[source.kind].outputs[0].name if CATALOGUE[source.kind].outputs else "y"
    edge = Edge(source.id, port, target.id, CATALOGUE[target.kind].inputs[0].name)
    return edits.connect(document, edge, many=random.random() < 0.5)


def open_input(document: Document, random: Random) -> Document:
    """An edge is missing."""
    return edits.disconnect(document, [random.choice(document.network.edges)])


def other_data(document: Document, random: Random) -> Document:
    """Samples of another size."""
    data = next(node for node in document.network.nodes if node.kind == "data")
    return edits.set_options(document, data.id, {"dataset": random.choice(list(CARDS))})


def other_kind(document: Document, random: Random) -> Document:
    """A box of another type in the same place."""
    node = random.choice([n for n in document.network.nodes if n.kind != "data"])
    kinds = [
        kind for kind in CATALOGUE if bool(CATALOGUE[kind].outputs) == (node.id in _fed(document))
    ]
    return edits.set_kind(document, node.id, random.choice([*kinds, "unheard_of"]))


def _fed(document: Document) -> set[str]:
    return {edge.source for edge in document.network.edges}


def wrong_port(document: Document, random: Random) -> Document:
    """An edge that ends at a port which is not there, or begins at one."""
    edge = random.choice(document.network.edges)
    wrong = (
        Edge(edge.source, "nowhere", edge.target, edge.target_port)
        if random.random() < 0.5
        else Edge(edge.source, edge.source_port, edge.target, "nowhere")
    )
    return edits.connect(edits.disconnect(document, [edge]), wrong, many=True)


def another_feed(document: Document, random: Random) -> Document:
    """A merge, or any box, gets one more input of whatever size."""
    source = random.choice([n for n in document.network.nodes if CATALOGUE[n.kind].outputs])
    target = random.choice([n for n in document.network.nodes if CATALOGUE[n.kind].inputs])
    ends = source.id, CATALOGUE[source.kind].outputs[0].name, target.id
    return edits.connect(document, Edge(*ends, CATALOGUE[target.kind].inputs[0].name), many=True)


SPOILING = (bad_value, loop, open_input, other_data, other_kind, wrong_port, another_feed)


@pytest.mark.parametrize("part", range(4))
def test_an_invalid_drawing_has_a_problem_that_names_a_box_and_a_repair(part: int) -> None:
    bare: Counter[str] = Counter()
    for seed in range(part * COUNT // 4, (part + 1) * COUNT // 4):
        document = broken(seed)
        ids = {node.id for node in document.network.nodes}
        errors = analyse(document).errors
        named = [problem for problem in errors if problem.nodes]
        assert named, f"seed {seed}: {[p.code for p in errors]}"
        for problem in errors:
            assert set(problem.nodes) <= ids
            if not problem.fixes:
                bare[problem.code] += 1
            for fix in problem.fixes:
                analyse(fix.edit(document))
    assert not bare, bare


@pytest.mark.parametrize("part", range(2))
def test_pressing_the_first_button_again_and_again_ends_without_an_error(part: int) -> None:
    """Never in a circle: no drawing comes twice."""
    for seed in range(part * CHAINS // 2, (part + 1) * CHAINS // 2):
        document = broken(seed)
        seen = {document.network}
        while errors := analyse(document).errors:
            document = errors[0].fixes[0].edit(document)
            assert document.network not in seen, f"seed {seed}: {errors[0].code} comes again"
            assert len(seen) < PRESSES, f"seed {seed}: {errors[0].code} after many repairs"
            seen.add(document.network)
