"""What may be dropped on the window: a drawing, or files to learn from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from gui.window.filing import is_ours


def dropped_paths(data: QMimeData) -> list[Path]:
    """What was dropped: all documents of ours, or the first of the files to import."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    documents = [path for path in paths if is_document(path)]
    return documents or [path for path in paths if path.exists()][:1]


def is_document(path: Path) -> bool:
    """Whether this is a file named as a drawing is."""
    return (is_ours(path) or path.suffix.lower() == ".json") and path.is_file()
