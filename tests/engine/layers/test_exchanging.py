"""Another layer type in a box's place keeps what fits; neighbours change places."""

from __future__ import annotations

import pytest

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.exchanging import exchanged, follower, swapped
from engine.spec import edits
from engine.spec.document import Document, Edge, Node, Options
from tests.gui.networks import chain, edges

CONV = "conv2d_1"


def with_options(document: Document, id: str, **values: object) -> Document:
    return edits.set_options(document, id, values)  # type: ignore[arg-type]


def test_edges_and_options_with_the_same_name_stay() -> None:
    before = with_options(chain(), CONV, activation="tanh", padding="same", filters=7)
    after = exchanged(before, CONV, "dense")
    assert after is not None
    node = after.network.node(CONV)
    assert node.kind == "dense"
    assert node.options == Options({"activation": "tanh"})
    assert edges(after) == edges(before)
    old = before.network.node(CONV)
    assert (node.x, node.y) == (old.x, old.y)


def test_a_value_that_the_new_type_does_not_know_goes() -> None:
    before = with_options(chain(), "dense_1", units=1_000_000)
    after = exchanged(before, "dense_1", "lstm")
    assert after is not None
    assert "units" not in after.network.node("dense_1").options


def test_first_ports_take_each_others_place_and_others_go() -> None:
    document = chain(("data", "lstm", "lstm", "cross_entropy"))
    document = edits.connect(document, Edge("lstm_1", "state", "lstm_2", "state"))
    document = edits.connect(document, Edge("lstm_1", "cell", "lstm_2", "cell"))
    after = exchanged(document, "lstm_2", "gru")
    assert after is not None
    assert "lstm_1.state > lstm_2.state" in edges(after)
    assert not any("cell" in edge for edge in edges(after))
    after = exchanged(document, "lstm_2", "dense")
    assert after is not None and edges(after) == edges(
        chain(("data", "lstm", "lstm", "cross_entropy"))
    )


def test_of_many_inputs_the_first_stays_where_one_is_taken() -> None:
    document = chain(("data", "dense", "dense", "add"))
    document = edits.connect(document, Edge("dense_1", "y", "add_1", "x"), many=True)
    after = exchanged(document, "add_1", "dense")
    assert after is not None
    assert [e.source for e in after.network.into("add_1")] == ["dense_2"]
    several = exchanged(document, "add_1", "concatenate")
    assert several is not None and len(several.network.into("add_1")) == 2


def test_a_loss_takes_the_place_of_a_loss_and_keeps_the_answers() -> None:
    after = exchanged(chain(), "cross_entropy_1", "mean_squared_error")
    assert after is not None and edges(after) == edges(chain())


@pytest.mark.parametrize(
    ("id", "kind"),
    [(CONV, "conv2d"), (CONV, "data"), (CONV, "cross_entropy"), ("data_1", "cross_entropy")],
)
def test_what_would_lose_all_edges_of_a_side_is_refused(id: str, kind: str) -> None:
    assert exchanged(chain(), id, kind) is None


@pytest.mark.parametrize("kind", CATALOGUE)
def test_whatever_is_exchanged_is_still_a_document(kind: str) -> None:
    unknown = edits.add_node(chain(), Node("later_1", "of_a_later_version"))
    unknown = edits.connect(unknown, Edge("dense_1", "odd", "later_1", "way_in"))
    for node in unknown.network.nodes:
        after = exchanged(unknown, node.id, kind)
        if after is None:
            continue
        assert [n.id for n in after.network.nodes] == [n.id for n in unknown.network.nodes]
        ends = [(e.target, e.target_port) for e in after.network.edges]
        own = [end for end in ends if end[0] == node.id]
        many = any(port.many for port in CATALOGUE[kind].inputs)
        assert many or len(own) == len(set(own))
        analyse(after)  # never raises


def test_neighbours_change_places() -> None:
    after = swapped(chain(), CONV)
    assert after is not None
    kinds = ("data", "max_pool2d", "conv2d", "flatten", "dense", "cross_entropy")
    assert edges(after) == edges(chain(kinds))
    before = chain().network
    assert after.network.node(CONV).x == before.node("max_pool2d_1").x
    assert after.network.node("max_pool2d_1").x == before.node(CONV).x
    again = swapped(after, "max_pool2d_1")
    assert again is not None and edges(again) == edges(chain())


def test_ends_branches_and_other_ports_have_no_one_to_change_with() -> None:
    assert follower(chain(), "data_1") is None
    assert follower(chain(), "dense_1") is None  # before the loss
    assert follower(chain(), "cross_entropy_1") is None
    branched = edits.add_node(chain(), Node("dense_2", "dense"))
    branched = edits.connect(branched, Edge(CONV, "y", "dense_2", "x"))
    assert follower(branched, CONV) is None and swapped(branched, CONV) is None
    merged = chain(("data", "dense", "add", "cross_entropy"))
    merged = edits.connect(merged, Edge("data_1", "x", "add_1", "x"), many=True)
    assert follower(merged, "dense_1") is None
    states = chain(("data", "lstm", "lstm", "cross_entropy"))
    assert follower(states, "lstm_1") == "lstm_2"
    states = edits.connect(states, Edge("lstm_1", "state", "lstm_2", "state"))
    assert follower(states, "lstm_1") is None


def test_a_loop_of_two_is_left_alone() -> None:
    loop = edits.add_node(edits.add_node(Document(), Node("a", "dense")), Node("b", "dense"))
    loop = edits.connect(edits.connect(loop, Edge("a", "y", "b", "x")), Edge("b", "y", "a", "x"))
    assert swapped(loop, "a") is None
    self_loop = edits.connect(
        edits.add_node(Document(), Node("a", "dense")), Edge("a", "y", "a", "x")
    )
    assert swapped(self_loop, "a") is None
