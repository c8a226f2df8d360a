"""Problems are data: what is wrong, where, with which numbers, and what would repair it.

No prose here: the words come from the interface's tables, by `code`. A fix is an edit, so that
every problem can carry buttons that repair it, can be previewed and undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.spec.document import Document

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to repair a problem; `numbers` fill the words of its button."""

    code: str
    edit: Callable[[Document], Document]
    numbers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a network from working (ERROR) or makes it doubtful (WARNING).

    `nodes` are the boxes concerned, the one to mark first.
    """

    code: str
    nodes: tuple[str, ...]
    severity: str = ERROR
    numbers: Mapping[str, object] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()
