"""What the columns of a table are for, and how a person changes that: functions on values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any

from engine.data_protocol import TableGlimpse
from engine.spec.options import Options, Value, checked
from engine.spec.recipes import Column

Columns = tuple[Column, ...]


def columns_of(recipe: Options) -> Columns:
    """The columns that a recipe lists."""
    given = recipe.get("columns", ())
    assert isinstance(given, tuple)
    return tuple(checked(Column, options) for options in given if isinstance(options, Options))


def as_value(columns: Columns) -> tuple[Value, ...]:
    """Columns as a recipe keeps them."""
    names = [field.name for field in fields(Column)]
    return tuple(Options({name: getattr(c, name) for name in names}) for c in columns)


def with_option(columns: Columns, which: Collection[int], name: str, value: Value) -> Columns:
    """The same columns, with one of their options changed in some of them.

    A table has one column of classes to be predicted, or several of numbers: another target takes
    the place of the one before wherever one of them is a class.
    """
    given: dict[str, Any] = {name: value}
    changed = [replace(c, **given) if i in which else c for i, c in enumerate(columns)]
    if name == "role" and value == "target":
        targets = [i for i, c in enumerate(changed) if c.role == "target"]
        if any(changed[i].type != "number" for i in targets):
            for i in targets:
                if i not in which:
                    changed[i] = replace(changed[i], role="input")
    return tuple(changed)


def shared(columns: Columns, which: Collection[int], name: str) -> Value | None:
    """The value that all of some columns have in an option, or None if they differ."""
    values = {getattr(columns[i], name) for i in which if i < len(columns)}
    return values.pop() if len(values) == 1 else None


def places(columns: Columns, role: str) -> list[int]:
    """Where the columns with a role stand."""
    return [i for i, column in enumerate(columns) if column.role == role]


def classes_of(glimpse: TableGlimpse, columns: Columns) -> int:
    """How many classes are to be predicted; 0 for numbers, or where nothing is."""
    targets = places(columns, "target")
    if len(targets) != 1 or columns[targets[0]].type != "category":
        return 0
    return glimpse.categories[targets[0]] if targets[0] < len(glimpse.categories) else 0
