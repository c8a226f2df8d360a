"""What may be dropped on the window: a drawing, or files to learn from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from gui.window.filing import is_ours


def dropped_path(data: QMimeData) -> Path | None:
    """What was dropped: a document of ours, or files to import."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    documents = [path for path in paths if is_document(path)]
    return next(iter(documents or (path for path in paths if path.exists())), None)


def is_document(path: Path) -> bool:
    """Whether this is a file named as a drawing is."""
    return (is_ours(path) or path.suffix.lower() == ".json") and path.is_file()
