"""Reading the command line into what was asked for, and argparse speaking both languages."""

from __future__ import annotations

import argparse
import inspect
from pathlib import Path

import pytest

from gui import words
from gui.terminal.arguments import WORDS, columns, wrapped
from gui.terminal.bench_options import QUICK, Bench
from gui.terminal.commands import (
    Command,
    Compare,
    CompareMethods,
    FindRate,
    InstallLauncher,
    OpenWindow,
    RunChecks,
    ShowData,
    Summarise,
    Train,
    asked_language,
    parse,
)

FILE = Path(__file__)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], OpenWindow()),
        ([str(FILE)], OpenWindow((FILE,))),
        (["--language", "zh_CN", str(FILE)], OpenWindow((FILE,))),
        ([str(FILE), str(FILE)], OpenWindow((FILE, FILE))),
        (["diff", str(FILE), str(FILE)], Compare(FILE, FILE)),
        (["diff", str(FILE), str(FILE), "--markdown"], Compare(FILE, FILE, markdown=True)),
        (["train", str(FILE)], Train(FILE)),
        (["--language", "en", "train", str(FILE), "--seed", "0"], Train(FILE, seed=0)),
        (
            ["train", "--epochs", "3", "--threads=2", "--device", "cpu", str(FILE)],
            Train(FILE, epochs=3, threads=2, device="cpu"),
        ),
        (["train", str(FILE), "--save", "out.layerwise"], Train(FILE, save=Path("out.layerwise"))),
        (["train", str(FILE), "--checkpoints", "kept"], Train(FILE, checkpoints=Path("kept"))),
        (["train", str(FILE), "--folds", "5"], Train(FILE, folds=5)),
        (
            ["train", str(FILE), "--data", str(FILE.parent), "--target", "age"],
            Train(FILE, data=FILE.parent, target="age"),
        ),
        (["baseline", str(FILE)], CompareMethods(FILE)),
        (["baseline", str(FILE), "--seed", "4"], CompareMethods(FILE, 4)),
        (["data", str(FILE.parent)], ShowData(FILE.parent)),
        (
            ["data", str(FILE), "--target", "age", "--out", "a.layerwise"],
            ShowData(FILE, "age", Path("a.layerwise")),
        ),
        (["learning-rate", str(FILE), "--seed", "2"], FindRate(FILE, seed=2)),
        (["test"], RunChecks()),
        (["test", "--fast", "-k", "canvas", "-x"], RunChecks(("-k", "canvas", "-x"), fast=True)),
        (["test", "--", "-k", "a"], RunChecks(("-k", "a"))),
        (["test", "--against", "torch"], RunChecks(against="torch")),
        (["summary", str(FILE)], Summarise(FILE)),
        (["summary", "--csv", str(FILE)], Summarise(FILE, csv=True)),
        (
            ["bench", "--against", "torch,jax", "--workloads", "lstm,cnn", "--threads", "1,4"],
            Bench(("torch", "jax"), ("char_lstm", "cnn_32", "cnn_128"), (1, 4)),
        ),
        (
            ["bench", "--quick", "--workloads", "toy", "--threads", "2", "--output", "a.json"],
            Bench((), ("toy",), (2,), rounds=QUICK, quick=True, output=Path("a.json")),
        ),
        (
            ["bench", "--section", "inference", "--against", "onnxruntime", "--threads", "1"],
            Bench(("onnxruntime",), sections=("inference",)),
        ),
        (["install-launcher"], InstallLauncher()),
    ],
)
def test_parse(arguments: list[str], command: Command) -> None:
    assert parse(arguments) == command


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], None),
        (["--language", "zh_CN"], "zh_CN"),
        (["train", "--language=en"], "en"),
        (["--language", "xx"], None),
        (["--language"], None),
    ],
)
def test_asked_language(arguments: list[str], language: str | None) -> None:
    assert asked_language(arguments) == language


def test_argparse_still_asks_for_the_words_that_we_know() -> None:
    source = inspect.getsource(argparse)
    for message in WORDS:
        assert message in source, f"argparse no longer says {message!r}"


def test_argparse_is_left_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    words.set_language("zh_CN")
    with pytest.raises(SystemExit):
        parse(["--help"])
    assert "用法" in capsys.readouterr().out
    assert argparse.ArgumentParser("other").format_usage().startswith("usage: ")


def test_lines_are_cut_by_columns_and_never_begin_with_a_full_stop() -> None:
    text = "画一个神经网络，按下播放，看它学习。" * 4
    lines = wrapped(text, 21)
    assert "".join(lines) == text
    assert all(columns(line) <= 21 for line in lines)
    assert not any(line[0] in "，。" for line in lines)


def test_english_is_cut_at_spaces() -> None:
    assert wrapped("draw a  neural network", 8) == ["draw a", "neural", "network"]
