"""Every way in which reading and writing fails has a sentence in both languages."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path

import pytest

from engine.spec.codec import Unreadable
from gui import words
from gui.file_words import REASONS, read_error, write_error
from gui.words import LANGUAGES, tr

NAME = Path("netz [red] {0} 手写.layerwise")


def raised_codes() -> set[str]:
    """The codes of Unreadable in the code that reads files."""
    found = set()
    for path in Path("engine/spec").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="Unreadable"), args=[ast.Constant(value=str(code)), *_]
                ):
                    found.add(code)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(raised_codes()))
def test_every_mistake_in_a_file_has_a_sentence(code: str, language: str) -> None:
    words.set_language(language)
    numbers = {"place": "nodes[3]", "value": "{0}", "allowed": "1 … 3", "version": 9, "known": 1}
    sentence = read_error(NAME, Unreadable(code, **numbers, size=9, limit=3))
    assert NAME.name in sentence
    assert sentence != read_error(NAME, Unreadable("not_layerwise")) or code == "not_layerwise"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_file_is_named(language: str) -> None:
    words.set_language(language)
    assert read_error(NAME, FileNotFoundError(errno.ENOENT, "gone")) == tr(
        "file.missing", name=NAME.name
    )


@pytest.mark.parametrize("code", REASONS)
def test_the_usual_reasons_are_said_in_chinese(code: int) -> None:
    words.set_language("zh_CN")
    error = OSError(code, os.strerror(code))
    for sentence in (read_error(NAME, error), write_error(NAME, error)):
        assert os.strerror(code) not in sentence
        assert NAME.name in sentence


def test_other_reasons_are_said_in_the_words_of_the_system() -> None:
    assert "Too many open files" in read_error(NAME, OSError(errno.EMFILE, "Too many open files"))
    assert "odd" in read_error(NAME, OSError("odd"))
    assert "odd" in read_error(NAME, ValueError("odd"))
