"""Templates: blocks of boxes put behind a box, joined, placed, and ready to be trained."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.drawing import GAP
from engine.layers.templates import TEMPLATES, template_fits
from engine.runtime.model import Model
from engine.scripting import chain, insert_template
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.graph import loops
from tests.engine.gradients import assert_gradients, samples
from tests.engine.networks import Box, Boxes, network


def before(name: str, size: int = 6) -> tuple[Document, str]:
    """A network that the template fits into, and the box to put it behind."""
    is_picture = name == "residual_block"
    first: Box = ("conv2d", {"filters": size}) if is_picture else ("dense", {"units": size})
    data: Box = "data", {"dataset": "digits_8" if is_picture else "digit_rows"}
    last: Box = "dense", {"units": 10, "activation": "softmax"}
    flat: Box = "flatten", {}
    loss: Box = "cross_entropy", {}
    boxes = data, first, flat, last, loss
    return chain(*boxes, training={"learning_rate": 0.01}), f"{first[0]}_1"


templates = pytest.mark.parametrize("name", TEMPLATES)


@templates
def test_a_template_keeps_the_shape_and_brings_no_problem(name: str) -> None:
    document, after = before(name)
    grown = insert_template(document, name, after)
    analysis = analyse(grown)
    assert not analysis.problems
    assert not loops(grown.network)
    new = [node for node in grown.network.nodes if not document.network.has(node.id)]
    assert len(new) == 7
    (reader,) = grown.network.into("flatten_1")
    assert reader.source == next(n.id for n in reversed(new) if n.kind in ("add", "activation"))
    given, made = (analysis.facts[id].outputs["y"] for id in (after, reader.source))
    assert given == made


@templates
def test_its_boxes_stand_in_a_row_and_nothing_overlaps(name: str) -> None:
    document, after = before(name)
    grown = insert_template(insert_template(document, name, after), name, after)
    from_data = insert_template(document, name, "data_1")
    for drawn in (grown, from_data):
        places = [(node.x, node.y) for node in drawn.network.nodes]
        assert all(abs(a[0] - b[0]) >= GAP or a[1] != b[1] for a, b in combinations(places, 2))
        at = {node.id: node.x for node in drawn.network.nodes}
        assert all(at[edge.source] < at[edge.target] for edge in drawn.network.edges)


def test_all_that_read_from_the_box_reads_from_the_block() -> None:
    """In its old order, and but for a loss that compares with the samples."""
    boxes: Boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        "other": ("dense", {"units": 8}),
        "all": ("concatenate", {}),
        "flat": ("flatten", {}),
        "last": ("dense", {"units": 64}),
        "loss": ("mean_squared_error", {}),
    }
    joins = "data > all", "other > all", "data > other", "all > flat", "flat > last", "last > loss"
    document = network(boxes, *joins, "data.x > loss.target")
    grown = insert_template(document, "transformer_block", "data")
    assert not analyse(grown).errors
    assert [edge.source for edge in grown.network.into("all")] == ["add_2", "other"]
    assert [edge.source for edge in grown.network.into("other")] == ["add_2"]
    assert [edge.source for edge in grown.network.into("loss", "target")] == ["data"]


def test_a_block_behind_the_last_box_takes_the_place_of_nothing() -> None:
    document, after = before("transformer_block")
    free = edits.disconnect(document, document.network.out_of(after))
    grown = insert_template(free, "transformer_block", after)
    assert grown.network.out_of("add_2") == ()
    places = [(node.x, node.y) for node in grown.network.nodes]
    assert len(set(places)) == len(places)


@templates
@pytest.mark.parametrize("size", [1, 6, 8])
def test_two_in_a_row_have_the_right_gradients(name: str, size: int) -> None:
    document, after = before(name, size)
    grown = insert_template(insert_template(document, name, after), name, after)
    assert_gradients(grown, count=4, threads=2)


@templates
def test_it_learns(name: str) -> None:
    document, after = before(name)
    model = Model(insert_template(document, name, after), batch_size=16, threads=2, seed=1)
    x, y = samples(document, 16, np.random.default_rng(0))
    losses = [model.train_step(x, y)["loss"] for _ in range(60)]
    assert losses[-1] < 0.2 * losses[0]


@pytest.mark.parametrize(("size", "heads"), [(8, 4), (6, 3), (10, 2), (7, 1), (1, 1)])
def test_heads_share_the_numbers_of_a_step(size: int, heads: int) -> None:
    document, after = before("transformer_block", size)
    grown = insert_template(document, "transformer_block", after)
    options = grown.network.node("multi_head_attention_1").options
    assert (options["heads"], options["key_dim"]) == (heads, size // heads)


@templates
def test_where_it_does_not_fit_it_is_refused(name: str) -> None:
    document, after = before(name)
    analysis = analyse(document)
    other = next(each for each in TEMPLATES if each != name)
    assert template_fits(name, analysis, after)
    for id in ("flatten_1", "cross_entropy_1", "nowhere"):
        assert not template_fits(name, analysis, id)
        with pytest.raises(ValueError, match="does not fit"):
            insert_template(document, name, id)
    assert not template_fits(other, analysis, after)


@templates
def test_its_boxes_are_of_the_catalogue(name: str) -> None:
    document, after = before(name)
    shape = analyse(document).facts[after].outputs["y"]
    assert {kind for kind, _ in TEMPLATES[name].boxes(shape)} <= set(CATALOGUE)
