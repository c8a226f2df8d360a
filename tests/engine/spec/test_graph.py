"""Order and loops of a network."""

from __future__ import annotations

from hypothesis import given

from engine.spec.document import Document, Edge, Network, Node
from engine.spec.graph import closes_loop, loops, order, reachable
from tests.engine.networks import drawings


def network(nodes: str, *edges: str) -> Network:
    """Boxes named by letters, joined like "ab"."""
    return Network(
        tuple(Node(id, "add") for id in nodes),
        tuple(Edge(each[0], "y", each[1], "x") for each in edges),
    )


def test_each_node_comes_after_what_it_reads() -> None:
    assert order(network("dcba", "ab", "bc", "cd", "ac")) == ("a", "b", "c", "d")


def test_ties_keep_the_order_of_drawing() -> None:
    assert order(network("cabd", "cd", "ad", "bd")) == ("c", "a", "b", "d")


def test_what_lies_on_or_behind_a_loop_has_no_place() -> None:
    looped = network("abcde", "ab", "bc", "cb", "cd", "ae")
    assert order(looped) == ("a", "e")
    assert loops(looped) == {"b", "c"}


def test_a_box_that_reads_itself_is_a_loop() -> None:
    assert loops(network("ab", "aa", "ab")) == {"a"}


def test_two_loops_are_both_found_and_what_joins_them_is_not() -> None:
    looped = network("abcde", "ab", "ba", "bc", "cd", "de", "ed")
    assert loops(looped) == {"a", "b", "d", "e"}


def test_reachable_includes_the_start() -> None:
    assert reachable(network("abc", "ab"), ("a",)) == {"a", "b"}
    assert reachable(network("abc", "ab"), ()) == frozenset()


def test_an_edge_back_or_to_itself_would_close_a_loop() -> None:
    chain = network("abc", "ab", "bc")
    assert closes_loop(chain, "c", "a")
    assert closes_loop(chain, "b", "b")
    assert not closes_loop(chain, "a", "c")


@given(drawings())
def test_order_and_loops_agree_in_any_drawing(document: Document) -> None:
    net = document.network
    sequence, circle = order(net), loops(net)
    place = {id: i for i, id in enumerate(sequence)}
    assert len(place) == len(sequence)
    for edge in net.edges:
        if edge.target in place:
            assert place[edge.source] < place[edge.target]
    behind = reachable(net, circle) - circle
    assert set(place) | circle | behind == {node.id for node in net.nodes}
    for id in circle:
        assert any(closes_loop(net, edge.source, id) for edge in net.into(id))
