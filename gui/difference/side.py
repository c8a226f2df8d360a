"""One of the two documents that are compared: an open one, a file, or a step of the past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.store import DocumentStore


@dataclass(frozen=True, eq=False)
class Side:
    """`name` says in the language of the moment which document it is.

    `is_open` : whether changes can be taken over into it, as it is open and can be saved
    """

    name: Callable[[], str]
    store: DocumentStore
    is_open: bool
