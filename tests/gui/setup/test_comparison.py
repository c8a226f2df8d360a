"""`python main.py test --against`: the table, the sentences and the exit code, without a peer."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator

import pytest

from gui.setup.comparison import NETWORKS, PEERS, compare_with
from gui.terminal.commands import AGAINST

AGREE = {"answer": 1e-16, "loss": 2e-16, "gradient": 3e-15, "after": 4e-15}


def lines(**odd: object) -> Iterator[str]:
    for seed in range(NETWORKS):
        network = {"seed": seed, "kinds": ["data", "dense"], "limit": 1e-9, "apart": AGREE}
        yield json.dumps(network | (odd if seed == 7 else {}))


def test_the_command_line_offers_all_peers() -> None:
    assert set(AGAINST) == set(PEERS)


def test_agreement_is_told_with_the_largest_differences(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_with("torch", lines(apart=AGREE | {"gradient": 5e-13})) == 0
    told = capsys.readouterr().out
    assert "5.0×10⁻¹³" in told
    assert "200 networks: Layerwise and PyTorch agree." in told


@pytest.mark.parametrize("apart", [1e-3, float("nan"), float("inf")])
def test_a_difference_is_a_failure(apart: float, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_with("torch", lines(apart=AGREE | {"loss": apart})) == 1
    assert "Network 7 differs by" in capsys.readouterr().out


def test_an_error_is_told_with_its_network(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_with("keras", lines(error="ValueError: no")) == 1
    assert "Network 7 could not be compared: ValueError: no" in capsys.readouterr().out


def test_a_comparison_that_broke_off_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_with("torch", list(lines())[:9]) == 1
    assert "ended after 9 of 200" in capsys.readouterr().out


def test_an_absent_peer_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert compare_with("keras") == 1
    told = capsys.readouterr().out
    assert "Keras is not installed here" in told
    assert "-m pip install keras torch" in told
