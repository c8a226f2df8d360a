"""The command line as a person meets it: real processes, their sentences and exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).resolve().parent.parent / "main.py"


def run_main(*arguments: str, language: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": language, "PYTHONUTF8": "1", "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, str(MAIN), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


def test_help_explains_every_command() -> None:
    done = run_main("--help")
    assert done.returncode == 0
    for part in ("[FILE ...]", "main.py train", "--epochs N", "main.py test", "install-launcher"):
        assert part in done.stdout


def test_help_in_chinese_has_no_english_words_of_argparse() -> None:
    done = run_main("--help", language="zh_CN.UTF-8")
    assert done.returncode == 0
    assert "用法：python main.py" in done.stdout
    assert "轮次" in done.stdout
    for word in ("usage", "options", "positional", "show", "exit"):
        assert word not in done.stdout


def test_language_option_beats_the_system() -> None:
    assert "usage: " in run_main("--language", "en", "--help", language="zh_CN.UTF-8").stdout
    assert "用法：" in run_main("train", "--help", "--language=zh_CN").stdout


def test_version_is_the_one_of_the_project() -> None:
    assert run_main("--version").stdout.strip() == "Layerwise 0.1.0"


BAD = {
    "unknown option": ("--frobnicate",),
    "unknown language": ("--language", "xx"),
    "missing file": ("no-such-file.layerwise",),
    "folder for a file": (str(MAIN.parent),),
    "train without a file": ("train",),
    "train a missing file": ("train", "no-such-file.layerwise"),
    "no epochs": ("train", str(MAIN), "--epochs", "0"),
    "half a thread": ("train", str(MAIN), "--threads", "0.5"),
    "negative seed": ("train", str(MAIN), "--seed", "-1"),
    "unknown device": ("train", str(MAIN), "--device", "abacus"),
    "value forgotten": ("train", str(MAIN), "--epochs"),
    "save nowhere": ("train", str(MAIN), "--save", str(MAIN.parent / "no-such" / "out.layerwise")),
    "save over a folder": ("train", str(MAIN), "--save", str(MAIN.parent)),
    "race an unknown library": ("bench", "--against", "torch,abacus"),
    "race an unknown network": ("bench", "--workloads", "perceptron"),
    "race on half a thread": ("bench", "--threads", "1,0.5"),
    "results in no folder": ("bench", "--output", str(MAIN.parent / "no-such" / "out.json")),
    "launcher with a word": ("install-launcher", "please"),
}


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD)
@pytest.mark.parametrize("language", ["en_GB.UTF-8", "zh_CN.UTF-8"])
def test_bad_arguments_give_one_sentence_and_exit_code_2(
    arguments: tuple[str, ...], language: str
) -> None:
    done = run_main(*arguments, language=language)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_importing_main_again_does_nothing() -> None:
    """The engine process imports main.py once more when it is spawned."""
    code = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__mp_main__')"
    done = subprocess.run(
        [sys.executable, "-c", code, str(MAIN)], capture_output=True, text=True, check=True
    )
    assert done.stdout + done.stderr == ""
