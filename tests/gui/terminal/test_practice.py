"""Checkpoints, cross-validation and the learning-rate range test in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.runtime.trainer import Trainer
from engine.scripting import chain, load_file
from engine.spec.files import Saved, read, write
from engine.spec.options import Value
from gui import words
from gui.terminal.commands import parse
from gui.terminal.folds import validate_file
from gui.terminal.learning_rate import find_rate
from gui.terminal.train import train_file
from gui.words import LANGUAGES, tr


def file_in(folder: Path, **training: Value) -> Path:
    document = chain(
        ("data", {"dataset": "circles", "samples": 200}),
        ("dense", {"units": 8, "activation": "tanh"}),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 3, "threads": 1, **training},
    )
    path = folder / "small.layerwise"
    write(path, Saved(document))
    return path


def test_every_epoch_is_kept_and_the_best(tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "here"
    assert train_file(file_in(tmp_path, learning_rate=0.05), checkpoints=kept) == 0
    names = sorted(path.name for path in kept.iterdir())
    assert names == ["best.layerwise", *(f"epoch-{i:04}.layerwise" for i in (1, 2, 3))]
    last = read(kept / names[-1])
    losses = [record["validation_loss"] for record in (last.history or {})["epochs"]]
    model = load_file(kept / "best.layerwise")
    assert Trainer(model).evaluate("validation")["loss"] == pytest.approx(min(losses))


def test_going_on_from_a_checkpoint_ends_where_the_whole_run_does(tmp_path: Path) -> None:
    path, kept, last = file_in(tmp_path), tmp_path / "kept", tmp_path / "last.layerwise"
    assert train_file(path, checkpoints=kept) == 0
    assert train_file(kept / "epoch-0001.layerwise", save=last) == 0
    assert read(last).weights == read(kept / "epoch-0003.layerwise").weights


def test_a_folder_that_cannot_be_made_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_in(tmp_path)
    assert train_file(path, checkpoints=path / "kept") == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_early_stopping_says_where_the_best_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    words.set_language(language)
    path = file_in(tmp_path, epochs=200, early_stopping=True, patience=1, learning_rate=3.0)
    assert train_file(path) == 0
    lines = capsys.readouterr().out.splitlines()
    done = sum(
        line.startswith(tr("train.epoch", epoch=i, epochs=200)) for i, line in enumerate(lines)
    )
    assert done < 200
    assert lines[-1] == tr("train.reason.early", epochs=done, best=done - 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_folds_end_with_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    words.set_language(language)
    assert validate_file(file_in(tmp_path), 3, epochs=2) == 0
    out, err = capsys.readouterr()
    assert err == ""
    for key in ("folds.fold", "folds.mean", "folds.deviation"):
        assert tr(key) in out
    assert (
        sum(
            line.startswith(tr("folds.done", fold=i, folds=3, values="").strip())
            for i, line in enumerate(out.splitlines(), 1)
        )
        == 3
    )


def test_more_folds_than_samples_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert validate_file(file_in(tmp_path), 1000) == 2
    assert "1000 folds" in capsys.readouterr().err


def test_folds_keep_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file_in(tmp_path)
    with pytest.raises(SystemExit):
        parse(["train", str(path), "--folds", "3", "--save", str(tmp_path / "out.layerwise")])
    assert "--checkpoints" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_learning_rate_is_suggested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    words.set_language(language)
    path = file_in(tmp_path)
    before = path.read_bytes()
    assert find_rate(path) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("◀") == 1 and "█" in out
    assert out.splitlines()[-1].startswith(
        tr("rate.steepest", value="").split("：")[0].split(":")[0]
    )
    assert path.read_bytes() == before
