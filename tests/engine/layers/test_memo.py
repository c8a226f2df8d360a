"""What was worked out before is found again, for the very same options only."""

from __future__ import annotations

import pytest

from engine.layers import memo
from engine.layers.analysis import analyse
from engine.layers.memo import Memo
from engine.spec.document import Node, Options
from engine.spec.edits import set_options
from tests.engine.networks import article


def test_only_the_same_options_are_found_again() -> None:
    kept: Memo[str] = Memo()
    one = Node("a", "dense", Options({"units": 1}))
    assert kept.find(one, 3) is None
    assert kept.keep("one", one, 3) == "one"
    assert kept.find(one, 3) == "one"
    assert kept.find(one, 4) is None
    assert kept.find(Node("b", "dense", one.options), 3) == "one"
    assert kept.find(Node("a", "dense", Options({"units": True})), 3) is None


def test_it_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "MOST", 2)
    kept: Memo[int] = Memo()
    nodes = [Node("a", "dense", Options({"units": number})) for number in range(3)]
    for number, node in enumerate(nodes):
        kept.keep(number, node)
    assert [kept.find(node) for node in nodes] == [None, None, 2]


def test_a_box_that_did_not_change_has_the_same_facts() -> None:
    before = article()
    after = set_options(before, "dense_1", {"units": 32})
    old, new = analyse(before).facts, analyse(after).facts
    same = [id for id in old if old[id] is new[id]]
    assert set(old) - set(same) == {"dense_1", "dense_2"}
