"""Peers begin with our weights and find our loss, where they are installed."""

from __future__ import annotations

import pytest

from engine.spec.datasets import CARDS
from tests.benchmarks.contestants import ENTRIES, FAMILIES, OURS
from tests.benchmarks.contestants.ours import Ours
from tests.benchmarks.workloads import Workload, characters, cnn, rnn, toy

# what a peer has more than ours: a second bias in recurrent layers, which begins at zero
EXTRA = {"simple_rnn": 1, "lstm": 4}
SMALL = {
    "toy": toy(4),
    "cnn": cnn(2),
    "rnn": rnn(3),
    "lstm": characters("lstm", 2, 5),
    "gru": characters("gru", 2, 5),
}


def test_every_family_is_made_of_contestants() -> None:
    assert {name for names in FAMILIES.values() for name in names} == set(ENTRIES) - {OURS}


@pytest.mark.slow
@pytest.mark.parametrize("workload", SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("name", [name for name in ENTRIES if name != OURS])
def test_a_peer_computes_what_we_do(
    name: str, workload: Workload, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ENTRIES[name].needs:
        pytest.importorskip(package)
    monkeypatch.setitem(CARDS, "alice", CARDS["alice"])
    kind = ENTRIES[name].load()
    ours, peer = Ours(workload, 1), kind(workload, 1)
    more = peer.parameters - ours.parameters
    doubled = sum(EXTRA.get(layer.kind, 0) * layer.units for layer in workload.layers)
    assert more in (0, doubled)
    assert peer.train(1) == pytest.approx(ours.train(1), rel=1e-4)
    # PyTorch's second biases learn as well, and Keras's Adam passes over tokens that do not occur
    for steps in (1, 3):
        assert peer.train(steps) == pytest.approx(ours.train(steps), rel=0.02)
