"""Classical methods in the terminal, beside the network's own scores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.scripting import chain
from engine.spec.files import Saved, read, write
from gui.terminal.baseline import compare_file
from gui.terminal.train import train_file

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    document = chain(
        ("data", {"dataset": "iris"}),
        ("dense", {"units": 3, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 30, "learning_rate": 0.05, "threads": 1},
    )
    path = tmp_path / "iris.layerwise"
    write(path, Saved(document))
    return path


def test_methods_stand_in_a_table(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_file(file) == 0
    out, err = capsys.readouterr()
    assert err == ""
    for words in ("accuracy", "linear model", "random forest", "most frequent", "validation"):
        assert words in out
    assert "this network" not in out


def test_a_trained_network_stands_below(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train_file(file, save=file)
    capsys.readouterr()
    assert compare_file(file) == 0
    line = next(x for x in capsys.readouterr().out.splitlines() if "this network" in x)
    assert line.count("%") == 3


def test_values_have_a_table_for_each_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_file(ROOT / "resources" / "examples" / "wave.json") == 0
    out = capsys.readouterr().out
    assert out.count("random forest") == 3
    assert "R²" in out
    assert "accuracy" not in out
    assert "…" not in out  # nothing is cut off


def test_what_cannot_be_compared_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "bare.layerwise"
    write(bare, Saved(chain(("dense", {"units": 3}))))
    assert compare_file(bare) == 2
    assert "no data box" in capsys.readouterr().err
    train_file(file, epochs=1, save=file)
    saved = read(file)
    wider = chain(
        ("data", {"dataset": "iris"}),
        ("dense", {"units": 4}),
        ("dense", {"units": 3, "activation": "softmax"}),
        ("cross_entropy", {}),
    )
    write(file, replace(saved, document=wider))
    assert compare_file(file) == 2


def test_data_of_ones_own_need_no_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))
    table = tmp_path / "marks.csv"
    table.write_text("a,b,kind\n" + "".join(f"{i % 2},{i},{'xy'[i % 2]}\n" for i in range(60)))
    assert compare_file(table) == 0
    line = next(x for x in capsys.readouterr().out.splitlines() if "linear model" in x)
    assert line.count("100.0 %") == 3
    assert compare_file(tmp_path) == 2
    assert "nothing that Layerwise can learn from" in capsys.readouterr().err
