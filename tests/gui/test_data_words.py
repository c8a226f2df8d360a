"""Whatever the engine refuses or finds odd about files has words, with the numbers it tells."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui import words

ROOT = Path(__file__).resolve().parent.parent.parent
SAID_BY = {"Refusal": "refusal", "Complaint": "complaint"}


def said() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where, the key of the words, and the names of its numbers where they stand in the code."""
    for path in sorted((ROOT / "engine").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), *rest]):
                    if name not in SAID_BY:
                        continue
                case _:
                    continue
            names: set[str] | None = {keyword.arg or "" for keyword in node.keywords}
            match rest:
                case [ast.Dict(keys=keys)]:
                    names = {str(key.value) for key in keys if isinstance(key, ast.Constant)}
                case [_]:
                    names = None
            where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
            yield where, f"{SAID_BY[name]}.{code}", names


@pytest.mark.parametrize(("where", "key", "names"), list(said()))
def test_there_are_words_for_it(where: str, key: str, names: set[str] | None) -> None:
    english = words.table("en")
    assert key in english, f"{where}: no words for {key!r}"
    needed = {name for _, name, _, _ in string.Formatter().parse(english[key]) if name}
    assert names is None or needed <= names, f"{where}: {key!r} needs {needed - names}"
