"""What a repair would do, shown on the canvas before it is done: new boxes and edges in the accent
colour, what would go faded, sizes and options with what they would become.

Nothing of it is in the document, and none of it can be clicked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.layers import CATALOGUE
from engine.layers.analysis import Analysis, analyse
from engine.spec.document import Document, Edge, Node
from engine.spec.options import options_of
from gui.box import TARGET, Face, body_of, paint_box, port_point
from gui.canvas.edge_item import EdgeItem
from gui.canvas.faces import faces
from gui.canvas.routing import Router
from gui.describe import output_text, value_text
from gui.words import has, tr

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

FADED = 0.25  # of what would be gone
MARGIN = 12.0


class GhostBox(QGraphicsItem):
    """A box that is not there yet."""

    def __init__(self, node: Node, face: Face) -> None:
        super().__init__()
        self.node, self.face = node, replace(face, is_thought=True)
        self.setPos(node.x, node.y)
        self.setZValue(3.0)

    def boundingRect(self) -> QRectF:
        return body_of(self.node.kind).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.85)
        paint_box(painter, self.face)


class Ghosts:
    """Shows one thought at a time on a canvas."""

    def __init__(self, scene: CanvasScene) -> None:
        self.scene = scene
        self.boxes: dict[str, GhostBox] = {}
        self.lines: dict[Edge, EdgeItem] = {}
        self.faded: list[QGraphicsItem] = []
        self.is_shown = False
        scene.store.considered.connect(self.show)

    def show(self, after: Document | None) -> None:
        """Show what the document would become, or with None the document itself again."""
        self._clear()
        self.is_shown = after is not None
        scene, now = self.scene, self.scene.store.document
        if after is None:
            scene.put(now)
            scene.refresh_words()
            return
        analysis = analyse(after)
        found = faces(after, analysis, scene.habits.quantity)
        self._change_faces(after, analysis, found)
        scene.put(after)
        for node in after.network.nodes:
            if node.id not in scene.nodes:
                self.boxes[node.id] = GhostBox(node, found[node.id])
                scene.addItem(self.boxes[node.id])
        self._fade(now, after)
        self._draw_new_edges(now, after)

    def _clear(self) -> None:
        for item in (*self.boxes.values(), *self.lines.values()):
            self.scene.removeItem(item)
        self.boxes, self.lines = {}, {}
        for item in self.faded:
            item.setOpacity(1.0)
        self.faded = []

    def _change_faces(self, after: Document, analysis: Analysis, found: dict[str, Face]) -> None:
        """Boxes that change say what they have and what they would have."""
        before = self.scene.store.document.network
        for node in after.network.nodes:
            item = self.scene.nodes.get(node.id)
            if item is None or not before.has(node.id):
                continue
            old, new = item.face, found[node.id]
            changes = changed_options(before.node(node.id), node)
            line = self._sizes(node.id, analysis) or new.line
            note = changes[0] if changes else new.note
            is_other = bool(changes) or (line, new.mark) != (old.line, old.mark)
            is_other = is_other or before.node(node.id).kind != node.kind
            face = replace(new, line=line, note=note, is_thought=is_other)
            item.show_state(face=face)

    def _sizes(self, id: str, analysis: Analysis) -> str:
        """The size that a box hands on and the one that it would, if both are known and differ."""
        old, new = self.scene.store.analysis.facts.get(id), analysis.facts.get(id)
        if old is None or new is None or output_text(old) == output_text(new):
            return ""
        return tr("canvas.becomes", old=output_text(old), new=output_text(new))

    def _fade(self, now: Document, after: Document) -> None:
        kept, edges = {node.id for node in after.network.nodes}, set(after.network.edges)
        gone = [item for id, item in self.scene.nodes.items() if id not in kept]
        lost = [line for edge, line in self.scene.edges.items() if edge not in edges]
        self.faded = [*gone, *lost]
        for item in self.faded:
            item.setOpacity(FADED)

    def _draw_new_edges(self, now: Document, after: Document) -> None:
        nodes = {node.id: node for node in after.network.nodes}
        router = Router({id: body_of(n.kind).translated(n.x, n.y) for id, n in nodes.items()})
        present = set(now.network.edges)
        for edge in after.network.edges:
            if edge in present:
                continue
            start = self._port(nodes[edge.source], edge.source_port, True)
            end = self._port(nodes[edge.target], edge.target_port, False)
            self.lines[edge] = line = EdgeItem(None)
            line.is_thought = True
            ends, below = (edge.source, edge.target), edge.target_port == TARGET
            line.follow(router.way(start, end, ends, below))
            self.scene.addItem(line)

    def _port(self, node: Node, port: str, is_output: bool) -> QPointF:
        item = self.scene.nodes.get(node.id)
        if item is not None:
            return item.port_scene_position(port, is_output)
        return QPointF(node.x, node.y) + port_point(node.kind, port, is_output)


def changed_options(old: Node, new: Node) -> list[str]:
    """What becomes of a box's options, as "Units 7 → 10"."""
    if old.kind != new.kind or old.options is new.options:
        return []
    options = options_of(CATALOGUE[old.kind]) if old.kind in CATALOGUE else {}
    found = []
    for name in dict.fromkeys([*old.options, *new.options]):
        default = options[name].default if name in options else ""
        was, now = old.options.get(name, default), new.options.get(name, default)
        if was != now:
            key = f"option.{name}.name"
            words = value_text(name, was), value_text(name, now)
            title = tr(key) if has(key) else name
            found.append(tr("canvas.option_becomes", option=title, old=words[0], new=words[1]))
    return found
