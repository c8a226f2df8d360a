"""Trying edges must agree with drawing them."""

from __future__ import annotations

from random import Random

import pytest

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.drawing import takes_many
from engine.layers.trial import Trial
from engine.spec import edits
from engine.spec.document import Document, Edge
from engine.spec.graph import closes_loop
from tests.engine.growing import grown
from tests.engine.networks import Boxes, network


@pytest.mark.parametrize("seed", range(12))
def test_an_edge_that_does_not_fit_is_an_error_when_it_is_drawn(seed: int) -> None:
    random = Random(seed)
    document = grown(random, boxes=5)
    trial = Trial(document, analyse(document).facts)
    nodes = document.network.nodes
    for _ in range(40):
        source, target = random.choice(nodes), random.choice(nodes)
        outputs, inputs = CATALOGUE[source.kind].outputs, CATALOGUE[target.kind].inputs
        if not outputs or not inputs or closes_loop(document.network, source.id, target.id):
            continue
        port = random.choice(inputs)
        edge = Edge(source.id, random.choice(outputs).name, target.id, port.name)
        if edge in document.network.edges:
            continue
        after = edits.connect(document, edge, takes_many(document, target.id, port.name))
        wrong = [p for p in analyse(after).errors if p.nodes[:1] == (target.id,)]
        assert trial.fits(edge) == (not [p for p in wrong if p.code not in BY_SAMPLES])


BY_SAMPLES = ("needs_shares", "needs_counts")


def test_what_is_not_known_yet_fits() -> None:
    boxes: Boxes = {"a": ("conv2d", {}), "b": ("dense", {}), "c": ("dense", {"units": 0})}
    loose = network(boxes)
    trial = Trial(loose, analyse(loose).facts)
    assert trial.fits(Edge("a", "y", "b", "x")) and trial.fits(Edge("b", "y", "c", "x"))


def test_a_merge_may_get_its_first_input() -> None:
    boxes: Boxes = {"d": ("data", {}), "a": ("add", {}), "f": ("flatten", {})}
    document: Document = network(boxes)
    assert Trial(document, analyse(document).facts).fits(Edge("d", "x", "a", "x"))
    joined = network(boxes, "d > a", "d > f")
    assert not Trial(joined, analyse(joined).facts).fits(Edge("f", "y", "a", "x"))
