"""A drawing made to answer for other data: as many units at its end as there are classes."""

from __future__ import annotations

from engine.layers.analysis import analyse
from engine.spec.document import Document
from engine.spec.problems import Fix

ROUNDS = 3  # a network may have several answers


def fitted(document: Document) -> tuple[Document, tuple[Fix, ...]]:
    """The document with the sizes of its last layers set, and the repairs that did it.

    Where that is not all that is in its way, it is left as it is.
    """
    changed = document
    done: list[Fix] = []
    for _ in range(ROUNDS):
        errors = analyse(changed).errors
        fixes = [
            fix
            for problem in errors
            for fix in problem.fixes
            if fix.code == "set" and fix.numbers.get("option") == "units"
        ]
        if not errors:
            return changed, tuple(done)
        if not fixes:
            break
        changed = fixes[0].edit(changed)
        done.append(fixes[0])
    return (document, ()) if analyse(changed).errors else (changed, tuple(done))
