"""The undo stack as a value that a file can hold, and back.

Names of steps are kept as keys with what is filled in, so that they are said in the reader's
language whenever they are read.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from engine.spec.past import Past, Step
from gui.words import Words, has, tr

if TYPE_CHECKING:
    from gui.store import DocumentStore

DEEPEST = 3  # names within names


def past_of(store: DocumentStore) -> Past:
    """The document as it was opened, all steps since, and how many of them are done."""
    edits = store.edits()
    first = edits[0].before if edits else store.document
    steps = tuple(Step(_written(edit.label), edit.after) for edit in edits)
    return Past(first, steps, store.undo_stack.index())


def _written(label: object) -> Any:
    if isinstance(label, Words):
        return {"key": label.key, "values": {n: _written(v) for n, v in label.values.items()}}
    return label if isinstance(label, int | float) else str(label)


def said(name: object, depth: int = 0) -> str:
    """The name of a step in a file, which may be of a later version: then it is any change."""
    if isinstance(name, str):
        return name
    match name:
        case {"key": str(key), "values": dict(values)} if has(key) and depth < DEEPEST:
            with contextlib.suppress(KeyError, IndexError, ValueError, TypeError, AttributeError):
                words = tr(key, **{str(n): _value(v, depth) for n, v in values.items()})
                if "{" not in words:  # else this version wants other values
                    return words
    return tr("history.step")


def _value(value: object, depth: int) -> object:
    return value if isinstance(value, int | float) else said(value, depth + 1)
