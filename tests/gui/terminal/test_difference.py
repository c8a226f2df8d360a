"""`python main.py diff A B`: words on the terminal, and the exit code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.spec import edits
from engine.spec.document import Document, Node, Options
from engine.spec.files import SUFFIX, Saved, write
from gui import words
from gui.terminal.difference import compare_files
from tests.gui.networks import chain


def file(folder: Path, name: str, document: Document) -> Path:
    path = folder / (name + SUFFIX)
    write(path, Saved(document))
    return path


def changed() -> Document:
    """Every kind of change once."""
    document = chain()
    document = edits.set_options(document, "conv2d_1", {"filters": 64, "padding": "same"})
    edge = document.network.into("dense_1")[0]
    dropout = Node("dropout_1", "dropout", Options({"rate": 0.25}))
    document = edits.insert_on_edge(document, dropout, edge)
    document = edits.remove_nodes(document, ("max_pool2d_1",))
    return edits.set_training(document, replace(document.training, batch_size=64))


def test_equal_networks_end_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = file(tmp_path, "a", chain()), file(tmp_path, "b", chain())
    assert compare_files(first, second) == 0
    assert capsys.readouterr().out == "The two networks are the same.\n"


def test_the_changes_are_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = file(tmp_path, "a", chain()), file(tmp_path, "b", changed())
    assert compare_files(first, second) == 1
    assert capsys.readouterr().out.splitlines() == [
        "≠ Conv2D: Filters 32 → 64",
        "≠ Conv2D: Padding valid (no padding) → same (padded)",
        "− MaxPool2D is gone: Window size 2, after Conv2D",
        "+ Dropout is new: Rate 0.25, after Flatten",
        "≠ Training: Batch size 32 → 64",
        "Parameters 54,410 → 502,410",
        "Multiply-adds 248,768 → 953,344",
    ]


def test_in_chinese_and_as_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words.set_language("zh_CN")
    first, second = file(tmp_path, "a", chain()), file(tmp_path, "b", changed())
    assert compare_files(second, first, markdown=True) == 1
    out = capsys.readouterr().out
    assert out.startswith("## b.layerwise → a.layerwise\n\n- ≠ ")
    assert "64 → 32" in out


def test_what_cannot_be_read_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.layerwise"
    broken.write_text("no network")
    assert compare_files(file(tmp_path, "a", chain()), broken) == 2
    assert "broken.layerwise" in capsys.readouterr().err
