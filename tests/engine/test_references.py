"""The engine against PyTorch and Keras: every reference case, in double and in single precision.

The cases were computed in double precision by `tests/references/make_torch.py` and
`make_keras.py` and are kept in single precision, so double precision here must come as near as that
rounding allows.
"""

from __future__ import annotations

from functools import cache

import pytest

from engine.layers import CATALOGUE
from engine.optimizers import OPTIMIZERS
from tests.references.cases import CASES
from tests.references.experiment import Experiment, Results, difference, own_results
from tests.references.storage import read_given, read_results

PEERS = ("pytorch", "keras")
ROUNDING = 3e-7  # of the kept results, relative to the largest value of an array
SINGLE = {"answer": 1e-5, "loss": 1e-4, "gradient": 1e-4, "after": 1e-4}


@cache
def given() -> dict[str, Experiment]:
    return read_given()


@cache
def results(peer: str) -> dict[str, Results]:
    return read_results(peer)


@cache
def own(name: str, dtype: str) -> Results:
    return own_results(given()[name], dtype, threads=2)


@pytest.mark.parametrize("name", CASES)
def test_the_engine_computes_what_its_peers_compute(name: str) -> None:
    asked = [peer for peer in PEERS if name in results(peer)]
    assert asked, f"{name}: run tests/references/make_torch.py and make_keras.py again"
    assert given()[name].document == CASES[name], f"{name} was kept with another network"
    for peer in asked:
        for key, value in results(peer)[name].items():
            assert difference(own(name, "float64")[key], value) < ROUNDING, (peer, key)
            most = SINGLE[key.partition(" ")[0]]
            assert difference(own(name, "float32")[key], value) < most, (peer, key)


def test_every_layer_and_every_optimizer_has_a_case() -> None:
    kinds = {node.kind for document in CASES.values() for node in document.network.nodes}
    assert set(CATALOGUE) - kinds == set()
    assert set(OPTIMIZERS) == {document.training.optimizer for document in CASES.values()}
