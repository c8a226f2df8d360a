"""The samples of one's own data that were read once and kept: how much they take, and clearing."""

from __future__ import annotations

from pathlib import Path

from engine.spec.places import data_cache


def cached_files() -> list[Path]:
    """The files kept; not those that documents carried, which an open document may still need."""
    folder = data_cache() / "samples"
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []


def total(files: list[Path]) -> int:
    """How many bytes the files take; one that is gone meanwhile takes none."""
    held = 0
    for path in files:
        try:
            held += path.stat().st_size
        except OSError:
            continue
    return held


def clear(files: list[Path]) -> None:
    """Delete the files; one that is in use stays."""
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue
