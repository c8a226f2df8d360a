"""Peers begin with our weights and find our loss, where they are installed."""

from __future__ import annotations

from typing import Any

import pytest

from engine.spec.datasets import CARDS
from tests.benchmarks.contestants import ANSWERING, ENTRIES, FAMILIES, OURS, TRAINING, Entry
from tests.benchmarks.contestants.ours import Ours
from tests.benchmarks.races import present
from tests.benchmarks.workloads import Workload, characters, cnn, rnn, toy, workload_called

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
    for section, entries in ENTRIES.items():
        names = (name for family in FAMILIES.values() for name in family.get(section, ()))
        assert set(names) == set(entries) - {OURS}


@pytest.mark.slow
@pytest.mark.parametrize("workload", SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("name", [name for name in TRAINING if name != OURS])
def test_a_peer_computes_what_we_do(
    name: str, workload: Workload, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in TRAINING[name].needs:
        pytest.importorskip(package)
    monkeypatch.setitem(CARDS, "alice", CARDS["alice"])
    kind = TRAINING[name].load()
    ours, peer = Ours(workload, 1), kind(workload, 1)
    more = peer.parameters - ours.parameters
    doubled = sum(EXTRA.get(layer.kind, 0) * layer.units for layer in workload.layers)
    assert more in (0, doubled)
    assert peer.run(1) == pytest.approx(ours.run(1), rel=1e-4)
    # PyTorch's second biases learn as well, and Keras's Adam passes over tokens that do not occur
    for steps in (1, 3):
        assert peer.run(steps) == pytest.approx(ours.run(steps), rel=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["mlp", "cnn", "lstm"])
@pytest.mark.parametrize("name", [name for name in ANSWERING if name != OURS])
def test_a_peer_answers_what_we_do(name: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ANSWERING[name].needs:
        pytest.importorskip(package)
    monkeypatch.setitem(CARDS, "alice", CARDS["alice"])
    workload = workload_called(f"{kind} batch=2")
    ours, peer = ANSWERING[OURS].load()(workload, 1), ANSWERING[name].load()(workload, 1)
    assert peer.check() == pytest.approx(ours.check(), abs=1e-4)


def test_whoever_is_absent_is_told_with_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, dict[str, Any]]] = []

    def tell(event: str, **values: Any) -> None:
        told.append((event, values))

    compiled = Entry("torch_compiled", ("json",), ("no-such-compiler",))
    monkeypatch.setitem(TRAINING, "torch", Entry("torch_eager", ("json",)))
    monkeypatch.setitem(TRAINING, "torch_compiled", compiled)
    monkeypatch.setitem(TRAINING, "jax", Entry("jax_jit", ("no_such_package",)))
    families = ("torch", "jax", "onnxruntime")
    assert list(present("steps", families, tell)) == ["torch"]
    assert told == [
        ("lacks", {"contestant": "torch_compiled", "programs": ("no-such-compiler",)}),
        ("absent", {"family": "jax", "packages": ["no_such_package"]}),
    ]
