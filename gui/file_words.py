"""Sentences about files, for the window and the terminal alike."""

from __future__ import annotations

from pathlib import Path

from engine.spec.codec import Unreadable
from gui.words import tr


def read_error(path: Path, error: Exception) -> str:
    """One sentence on why a file could not be read."""
    name = path.name
    if isinstance(error, Unreadable):
        return tr(f"file.{error.code}", name=name, **error.numbers)
    if isinstance(error, FileNotFoundError):
        return tr("file.missing", name=name)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return tr("file.unreadable", name=name, reason=reason)
