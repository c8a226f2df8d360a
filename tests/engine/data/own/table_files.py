"""Tables that tests write, and the usual ways to read them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.data.own import tables
from engine.data.own.forms import Take
from engine.data_protocol import TableGlimpse
from engine.spec.options import NO_OPTIONS, Options, Value


def put(
    folder: Path, content: str | bytes, name: str = "table.csv", encoding: str = "utf-8"
) -> Path:
    """Write a file as it stands, without translating line ends."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def glimpse(path: Path, recipe: Options = NO_OPTIONS) -> TableGlimpse:
    """What is seen of a table."""
    found = tables.look(path, recipe).glimpse
    assert isinstance(found, TableGlimpse)
    return found


def taken(path: Path, recipe: Options = NO_OPTIONS) -> Take:
    """All of a table, read as it is proposed; and the proposal stays the same when asked again."""
    proposal = glimpse(path, recipe).recipe
    read = tables.take(path, proposal)
    assert read.recipe == proposal == glimpse(path, proposal).recipe
    return read


def columns(recipe: Options, key: str) -> dict[str, Value]:
    """One property of a recipe's columns, by name."""
    given = recipe["columns"]
    assert isinstance(given, tuple)
    return {str(c["name"]): c[key] for c in given if isinstance(c, Options)}


def with_columns(recipe: Options, **changes: dict[str, Value]) -> Options:
    """A recipe with some columns changed, by name."""
    given = recipe["columns"]
    assert isinstance(given, tuple)
    changed = [
        c.replace(**changes.get(str(c["name"]), {})) for c in given if isinstance(c, Options)
    ]
    return recipe.replace(columns=tuple(changed))


def codes(complaints: Iterable[object]) -> list[str]:
    """The codes of complaints."""
    return [str(getattr(complaint, "code", "")) for complaint in complaints]
