"""The way to painting points: from the shelf, and from the page of a data box."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.spec.painting import PAINTED
from gui.canvas.view import CanvasView
from gui.data.paint_window import PaintWindow
from gui.store import DocumentStore


class Painting(QObject):
    """Opens the window in which a box's points are painted; one at a time."""

    def __init__(self, store: DocumentStore, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.store, self.canvas = store, canvas
        self.shown: PaintWindow | None = None

    def use(self, dataset: str) -> None:
        """Put a bundled set into the drawing; one that is painted is painted at once."""
        self.canvas.use_data(dataset)
        if dataset == PAINTED:
            self.open(self.store.selection[0])

    def open(self, box: str) -> None:
        """Show the window for a data box."""
        if self.shown is not None and self.shown.box != box:
            self.shown.close()
            self.shown.deleteLater()
            self.shown = None
        if self.shown is None:
            self.shown = PaintWindow(self.store, box, self.canvas.window())
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()
