"""Reports in the terminal: what the tables say, in both languages."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator

import numpy as np
import pytest
from rich.console import Console

from engine.scripting import ClassFigures, Report
from gui import words
from gui.terminal.report import MOST_CLASSES, MOST_PAIRS, tables


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    words.set_language("en")


def printed(reports: list[Report], dataset: str = "iris", told: tuple[str, ...] = ()) -> str:
    console = Console(file=io.StringIO(), width=120, markup=False, emoji=False, highlight=False)
    for table in tables(reports, dataset, told):
        console.print(table)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def made(part: str, classes: int) -> Report:
    confusion = np.eye(classes, dtype=np.int64) * 5
    confusion[0, 1:] = np.arange(1, classes)
    rows = tuple(ClassFigures(c, 0.5, 0.25, 1 / 3, math.nan, 5 + c) for c in range(classes))
    figures = {"loss": 0.5, "accuracy": 0.75, "roc_auc": math.nan}
    return Report(part, "loss", "classes", 40, 40, figures, rows, confusion)


def test_figures_classes_and_confusions() -> None:
    text = printed([made("validation", 3), made("test", 3)], told=("loss",))
    assert "loss" not in text
    assert "accuracy" in text and "75.0 %" in text
    assert text.count("By class") == text.count("Confusions") == 2
    lines = [line for line in text.splitlines() if line.lower().startswith("│ setosa")]
    assert "0.5000" in lines[0] and "0.2500" in lines[0] and "–" in lines[0]
    assert [cell.strip() for cell in lines[1].split("│")[2:5]] == ["5", "1", "2"]


def test_of_many_classes_only_what_is_confused_most() -> None:
    text = printed([made("validation", MOST_CLASSES + 5)], "")
    assert "Confusions" not in text
    most = text[text.index("What is confused most") :].splitlines()
    rows = [line for line in most if line.startswith("│")]
    assert len(rows) == MOST_PAIRS
    assert [cell.strip() for cell in rows[0].split("│")[1:4]] == ["0", "16", "16"]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_word_is_there_in_both_languages(language: str) -> None:
    words.set_language(language)
    text = printed([made("validation", 3)]) + printed([made("test", 20)], "")
    figures = {"loss": 1.0, "r2": 0.5, "mean_absolute_error": 2.0}
    text += printed([Report("test", "loss", "values", 3, 3, figures)])
    for key in ("report.", "metric.", "train."):
        assert key not in text
    assert ("混淆" in text) == (language == "zh_CN")
