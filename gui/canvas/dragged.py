"""What is being dragged over the canvas, and what would become of it there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from engine.layers import CATALOGUE
from engine.spec.datasets import CARDS
from gui.box import BLOCK_MIME, DATA_MIME, MIME
from gui.canvas.block_drops import BlockDrop
from gui.canvas.drops import DataDrop, LayerDrop
from gui.canvas.scene import CanvasScene
from gui.my_blocks import block_in

Drop = LayerDrop | DataDrop | BlockDrop


def drop_for(scene: CanvasScene, data: QMimeData) -> Drop | None:
    """The drop of a layer, a data set or a block; None if it is none of ours."""
    kind, dataset, text = (_text(data, mime) for mime in (MIME, DATA_MIME, BLOCK_MIME))
    if kind in CATALOGUE:
        return LayerDrop(scene, kind)
    if dataset in CARDS:
        return DataDrop(scene, dataset)
    block = block_in(text, Path()) if text else None
    return BlockDrop(scene, block) if block is not None else None


def _text(data: QMimeData, mime: str) -> str:
    return bytes(data.data(mime).data()).decode("utf-8", "replace")
