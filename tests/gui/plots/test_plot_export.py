"""Saving curves: a picture, and tables that a spreadsheet can read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from gui.plots.curves import CurvesPanel
from gui.run import Run
from tests.gui.plots.feeding import BATCHES, prepare, settle, train


@pytest.fixture
def trained(curves: CurvesPanel, run: Run, qtbot: QtBot) -> CurvesPanel:
    prepare(run)
    train(run, 2)
    settle(curves, qtbot)
    return curves


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_a_table_of_epochs(
    trained: CurvesPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, tmp_path / "epochs")
    trained.controls.actions_by_name["epochs"].trigger()
    table = rows(tmp_path / "epochs.csv")
    assert table[0] == ["epoch", "loss", "accuracy", "validation_loss", "validation_accuracy"]
    assert [float(cell) for cell in table[2]] == pytest.approx([2, 1.0, 0.55, 1.1, 0.5])
    assert len(table) == 3


def test_a_table_of_batches(
    trained: CurvesPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, tmp_path / "batches.csv")
    trained.controls.actions_by_name["batches"].trigger()
    table = rows(tmp_path / "batches.csv")
    assert table[0] == ["batch", "epoch", "loss", "accuracy"]
    assert table[1][:3] == ["1", "1", "2.0"]
    assert table[-1][:2] == ["20", "2"]
    assert len(table) == 1 + 2 * BATCHES


def test_a_picture(trained: CurvesPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, tmp_path / "curves.png")
    trained.controls.actions_by_name["picture"].trigger()
    assert QImage(str(tmp_path / "curves.png")).size() == trained.size()


def test_cancelling_writes_nothing(
    trained: CurvesPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, "")
    trained.controls.actions_by_name["epochs"].trigger()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["picture", "epochs"])
def test_a_place_that_cannot_be_written_is_said(
    trained: CurvesPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _, __, text: said.append(text))
    choose(monkeypatch, tmp_path / "nowhere" / "file.png")
    trained.controls.actions_by_name[kind].trigger()
    assert len(said) == 1 and "file.png could not be written" in said[0]
