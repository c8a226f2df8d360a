"""Templates: blocks of boxes put behind a box, joined, placed, and ready to be trained."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from engine.layers.analysis import analyse
from engine.layers.drawing import GAP, append
from engine.layers.templates import ROW, TEMPLATES, template_fits
from engine.runtime.model import Model
from engine.scripting import chain, insert_template
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.graph import loops
from engine.spec.options import Value
from tests.engine.gradients import assert_gradients, samples
from tests.engine.networks import Box, Boxes, network

OF_SEQUENCES = ("transformer_block", "directions_block", "translation_block")
KEEPING = ("residual_block", "squeeze_block", "transformer_block")  # what it reads and gives is one


def before(name: str, size: int = 6) -> tuple[Document, str]:
    """A network that the template fits into, and the box to put it behind."""
    is_picture = name not in OF_SEQUENCES
    options = {"activation": "relu"}
    first: Box = (
        ("conv2d", {"filters": size, **options})
        if is_picture
        else ("dense", {"units": size, **options})
    )
    data: Box = "data", {"dataset": "digits_8" if is_picture else "digit_rows"}
    last: Box = "dense", {"units": 10, "activation": "softmax"}
    flat: Box = "flatten", {}
    loss: Box = "cross_entropy", {}
    boxes = data, first, flat, last, loss
    return chain(*boxes, training={"learning_rate": 0.01}), f"{first[0]}_1"


templates = pytest.mark.parametrize("name", TEMPLATES)


@templates
def test_a_template_brings_no_problem_and_is_read_from_its_end(name: str) -> None:
    document, after = before(name)
    grown = insert_template(document, name, after)
    analysis = analyse(grown)
    assert not analysis.problems
    assert not loops(grown.network)
    new = [node for node in grown.network.nodes if not document.network.has(node.id)]
    given = analysis.facts[after].outputs["y"]
    assert [(n.kind, dict(n.options)) for n in new] == [
        (part.kind, dict(part.options)) for part in TEMPLATES[name].parts(given)
    ]
    (reader,) = grown.network.into("flatten_1")
    assert reader.source == new[-1].id
    if name in KEEPING:
        assert analysis.facts[reader.source].outputs["y"] == given


@templates
def test_nothing_overlaps_and_edges_go_to_the_right(name: str) -> None:
    document, after = before(name)
    (flat,) = (n for n in document.network.nodes if n.kind == "flatten")
    below = edits.move_nodes(document, {"dense_1": (flat.x - GAP, flat.y + ROW)})
    twice = insert_template(document, name, after)
    if template_fits(name, analyse(twice), after):
        twice = insert_template(twice, name, after)
    from_data = insert_template(document, name, "data_1")
    for drawn in (twice, from_data, insert_template(below, name, after)):
        places = [(node.x, node.y) for node in drawn.network.nodes]
        assert all(
            abs(a[0] - b[0]) >= GAP or abs(a[1] - b[1]) >= ROW for a, b in combinations(places, 2)
        )
    at = {node.id: node.x for node in twice.network.nodes}
    assert all(at[edge.source] < at[edge.target] for edge in twice.network.edges)


@pytest.mark.parametrize(
    ("name", "sizes", "given"),
    [
        ("conv_block", (6, 6, 6), (3, 3, 16)),
        ("projection_block", (6, 6, 6), (3, 3, 12)),
        ("inception_block", (6, 6, 6), (6, 6, 32)),
        ("dense_block", (6, 6, 6), (6, 6, 42)),
        ("separable_block", (6, 6, 6), (6, 6, 16)),
        ("u_block", (6, 6, 6), (6, 6, 8)),
        ("directions_block", (8, 6), (8, 16)),
        ("translation_block", (8, 6), (8, 32)),
    ],
)
def test_what_a_block_gives(name: str, sizes: tuple[int, ...], given: tuple[int, ...]) -> None:
    document, after = before(name)
    grown = insert_template(document, name, after)
    facts = analyse(grown).facts
    (reader,) = grown.network.into("flatten_1")
    assert facts[after].outputs["y"].sizes == sizes
    assert facts[reader.source].outputs["y"].sizes == given


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
def test_it_has_the_right_gradients(name: str, size: int) -> None:
    document, after = before(name, size)
    assert_gradients(insert_template(document, name, after), count=4, threads=2)


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
    is_of_sequences = name in OF_SEQUENCES
    others = [each for each in TEMPLATES if (each in OF_SEQUENCES) != is_of_sequences]
    assert template_fits(name, analysis, after)
    for id in ("flatten_1", "cross_entropy_1", "nowhere"):
        assert not template_fits(name, analysis, id)
        with pytest.raises(ValueError, match="does not fit"):
            insert_template(document, name, id)
    assert not any(template_fits(other, analysis, after) for other in others)


def test_the_two_lstms_of_a_pair_read_in_opposite_directions() -> None:
    """Side by side they give what one bidirectional layer with the same weights gives."""
    document, after = before("directions_block")
    pair = Model(insert_template(document, "directions_block", after), threads=1, seed=4)
    options: dict[str, Value] = {"units": 8, "returns": "sequence", "direction": "bidirectional"}
    one, id = append(document, "lstm", after)
    both = Model(edits.set_options(one, id, options), threads=1, seed=4)
    for name, value in both.parameters.items():
        other = name.replace("lstm_1/backward_", "lstm_2/")
        value[...] = pair.parameters[other]
    x, _ = samples(document, 3, np.random.default_rng(1))
    np.testing.assert_allclose(pair.predict(x), both.predict(x), rtol=1e-5)
    pair.close()
    both.close()
