"""Brings pictures of samples from where they are found out to the boxes on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.canvas.scene import CanvasScene
from gui.class_names import name_of
from gui.data.glimpse_picture import glimpse_picture
from gui.data.glimpses import Glimpses, data_boxes
from gui.data_client import DataClient
from gui.theme import theme
from gui.words import on_language_change


class Glimpsing(QObject):
    """Paints the picture of a data box when there is news of it, and all when colours change."""

    def __init__(self, scene: CanvasScene, client: DataClient, parent: QObject) -> None:
        super().__init__(parent)
        self.glimpses, self.scene = Glimpses(scene.store, client, self), scene
        self.glimpses.changed.connect(self.paint)
        theme.changed.connect(self.paint_all)
        self.destroyed.connect(on_language_change(self.paint_all))  # tokens are words

    def paint(self, id: str) -> None:
        """Show the newest samples of a box; older ones stay while those are on their way."""
        network = self.scene.store.document.network
        sight = self.glimpses.of(id)
        if not network.has(id):
            return
        if sight is None or sight.shown is None:
            self.scene.show_glimpse(id, None)
        elif not sight.is_old and sight.question.part == "training" and not sight.question.sample:
            picture = glimpse_picture(sight.shown, name_of(network.node(id)))
            self.scene.show_glimpse(id, picture)

    def paint_all(self) -> None:
        """Paint every box anew."""
        for id in data_boxes(self.scene.store.document):
            self.paint(id)
