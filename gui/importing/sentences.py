"""Sentences of the import page about what was found in files."""

from __future__ import annotations

from engine.data_protocol import (
    ArrayGlimpse,
    Glimpse,
    PictureGlimpse,
    SoundGlimpse,
    TableGlimpse,
    TextGlimpse,
)
from gui.formats import count
from gui.importing.columns import Columns, classes_of, places
from gui.words import tr


def table_summary(glimpse: TableGlimpse, columns: Columns) -> str:
    """A table in a line: 150 rows · 4 inputs → 3 classes."""
    inputs, targets = places(columns, "input"), places(columns, "target")
    rows = _many("rows" if glimpse.is_all else "first_rows", glimpse.rows)
    read = _many("inputs", len(inputs))
    classes = classes_of(glimpse, columns)
    if not targets:
        sought = tr("import.no_target")
    elif classes:
        sought = _many("classes", classes)
    else:
        sought = _many("numbers", len(targets))
    return tr("import.summary", samples=rows, inputs=read, target=sought)


def summary(glimpse: Glimpse) -> str:
    """What was found, in a line."""
    match glimpse:
        case PictureGlimpse():
            pictures, classes = sum(glimpse.counts), len(glimpse.class_names)
            size = "×".join(str(n) for n in glimpse.pictures.shape[1:])
            many = _many("pictures", pictures)
            return tr("import.summary", samples=many, inputs=size, target=_many("classes", classes))
        case SoundGlimpse():
            many, classes = _many("recordings", sum(glimpse.counts)), len(glimpse.class_names)
            size = "×".join(str(n) for n in glimpse.sounds.shape[1:])
            return tr("import.summary", samples=many, inputs=size, target=_many("classes", classes))
        case TextGlimpse():
            return _many("tokens", glimpse.count)
        case ArrayGlimpse():
            return _array_summary(glimpse)
        case _:
            return ""


def _array_summary(glimpse: ArrayGlimpse) -> str:
    shapes = {name: shape for name, shape, _ in glimpse.arrays}
    shape = shapes.get(str(glimpse.recipe.get("x", "")), ())
    target = str(glimpse.recipe.get("target", ""))
    if not shape or not target:
        return _many("arrays", len(glimpse.arrays))
    size = "×".join(str(n) for n in shape[1:]) or "1"
    return tr("import.summary", samples=_many("samples", shape[0]), inputs=size, target=target)


def _many(what: str, number: int) -> str:
    """A number of things, in the singular for 1."""
    key = f"import.{what}.one" if number == 1 else f"import.{what}"
    return tr(key, count=count(number))
