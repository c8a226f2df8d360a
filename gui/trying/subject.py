"""What may be given to the network on the canvas: a picture, a row, a point, or tokens."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers.analysis import Analysis
from engine.layers.data import Data
from engine.spec.datasets import CARDS, frame_of
from engine.spec.document import Document
from engine.spec.options import Options
from engine.spec.shapes import TOKEN, Shape
from gui.class_names import DataName, name_of

PICTURE, PLANE, TABLE, TOKENS = "picture", "plane", "table", "tokens"


@dataclass(frozen=True, slots=True)
class Subject:
    """The one data box of a drawing, and the kind of its samples.

    frame : of pictures, their height, width and channels
    """

    kind: str
    id: str
    box: Data
    options: Options
    dataset: DataName
    frame: Shape | None = None


def subject_of(document: Document, analysis: Analysis) -> Subject | None:
    """None without a data box that works, with several, and for measured sequences."""
    nodes = [node for node in document.network.nodes if node.kind == Data.kind]
    if len(nodes) != 1 or nodes[0].id not in analysis.facts:
        return None
    box = analysis.facts[nodes[0].id].layer
    assert isinstance(box, Data)
    kind = _kind(box)
    if not kind:
        return None
    node = nodes[0]
    return Subject(kind, node.id, box, Options(node.options), name_of(node), frame_of(box.card))


def _kind(box: Data) -> str:
    card = box.card
    if frame_of(card) is not None:
        return PICTURE
    if card.shape.kind == TOKEN:
        return TOKENS
    if card.shape.axes != ("features",):
        return ""
    is_plane = box.dataset in CARDS and CARDS[box.dataset].category == "plane"
    return PLANE if is_plane and card.shape.count == 2 else TABLE
