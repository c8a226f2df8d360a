"""What was worked out of a box before: while a person types into one, all others stay as they are.

Documents share what they have in common, so a box that did not change has the very same options
object. That is asked, and not whether options are equal: 1, 1.0 and True are equal too.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from engine.spec.document import Node
from engine.spec.options import Options

MOST = 4096  # entries, of a few hundred bytes each

T = TypeVar("T")


class Memo(Generic[T]):
    """Results by layer type, options and anything else that they depend on."""

    def __init__(self) -> None:
        # the options are kept, so that no other object can have their identity
        self._found: dict[tuple[object, ...], tuple[Options, T]] = {}

    def find(self, node: Node, *beside: object) -> T | None:
        """What was kept for a box with these options, or None."""
        found = self._found.get((node.kind, id(node.options), *beside))
        return found[1] if found is not None else None

    def keep(self, result: T, node: Node, *beside: object) -> T:
        """Keep a result, and hand it back."""
        if len(self._found) >= MOST:
            self._found.clear()
        self._found[(node.kind, id(node.options), *beside)] = node.options, result
        return result
