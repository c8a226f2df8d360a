"""The scene mirrors the document: one item per box and edge, kept in step by id.

It decides nothing and changes nothing: gestures and actions edit the store, and the scene follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsScene

from engine.spec.document import Document, Edge
from gui.box import HEIGHT, TARGET, WIDTH, PortRef, Strip
from gui.canvas.edge_item import EdgeItem, width_for
from gui.canvas.faces import box_tip, edge_shape, edge_tip, faces, port_tip
from gui.canvas.fold_item import FoldItem
from gui.canvas.frame_item import GroupRef
from gui.canvas.ghosts import Ghosts
from gui.canvas.grouped import Grouped
from gui.canvas.habits import Habits
from gui.canvas.marks import concerned, mark_at, worst
from gui.canvas.node_item import NodeItem
from gui.canvas.note_arrow import ArrowItem, ArrowRef, NoteArrows
from gui.canvas.note_item import HANDLE, NoteItem, NoteRef
from gui.canvas.routing import Router
from gui.store import DocumentStore
from gui.words import tr

# what is under the pointer: a port, a box (its id; of a folded group the first), an edge, a
# comment, its arrow, the title or button of a group
Target = PortRef | str | Edge | NoteRef | ArrowRef | GroupRef | None
OUTSIDE, INSIDE = 12.0, 9.0  # how far from its middle a port is met, beside and on its box
EVERYWHERE = QRectF(-2e7, -2e7, 4e7, 4e7)  # documents may place boxes up to 1e7


class CanvasScene(QGraphicsScene):
    """Items for `store.document`. `nodes` and `edges` give the item of each id and edge."""

    edges_selected = Signal()
    laid_out = Signal()  # boxes came, went or stand elsewhere
    stepped = Signal(int)  # a person wants the sample before (-1) or the next one (1)

    def __init__(
        self, store: DocumentStore, habits: Habits | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.habits = habits or Habits()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)  # items move all the time
        self.setSceneRect(EVERYWHERE)
        self.store = store
        self.nodes: dict[str, NodeItem] = {}
        self.edges: dict[Edge, EdgeItem] = {}
        self.notes: dict[str, NoteItem] = {}
        self.arrows = NoteArrows(self)
        self.grouped = Grouped(self)
        self.selected_edges: frozenset[Edge] = frozenset()
        self.selected_notes: frozenset[str] = frozenset()
        self._hovered: Target = None
        store.changed.connect(self._document_changed)
        store.selection_changed.connect(self._selection_changed)
        self.sync()
        self.ghosts = Ghosts(self)

    # following the document

    def _document_changed(self, old: Document, new: Document) -> None:
        if (old.network, old.notes, old.groups) != (new.network, new.notes, new.groups):
            if _layout(old) != _layout(new):
                self.sync()
            else:  # a key pressed in the field of an option moves nothing
                self.refresh_words()
        elif old.training != new.training:
            self.refresh_words()  # memory depends on the batch and on the optimizer

    def sync(self) -> None:
        """Make the items show the document as it is now."""
        network = self.store.document.network
        kinds = {node.id: node.kind for node in network.nodes}
        for id in [i for i, item in self.nodes.items() if kinds.get(i) != item.kind]:
            self.removeItem(self.nodes.pop(id))
        shown = set(network.edges)
        for edge in [e for e in self.edges if e not in shown]:
            self.removeItem(self.edges.pop(edge))
        for node in network.nodes:
            if node.id not in self.nodes:
                self.nodes[node.id] = item = NodeItem(node)
                self.addItem(item)
        for edge in network.edges:
            if edge not in self.edges:
                self.edges[edge] = line = EdgeItem(edge)
                self.addItem(line)
        self.grouped.sync()
        self._sync_notes()
        self._sync_joined()
        self.refresh_words()
        self.put(self.store.document)
        kept = self.selected_edges & shown
        self.select_edges({edge for edge in kept if not self.grouped.hides(edge)})
        self._selection_changed(self.store.selection)

    def _sync_notes(self) -> None:
        notes = self.store.document.notes
        present = {note.id for note in notes}
        for id in [id for id in self.notes if id not in present]:
            self.removeItem(self.notes.pop(id))
        for note in notes:
            if note.id not in self.notes:
                self.notes[note.id] = item = NoteItem(note)
                self.addItem(item)
            self.notes[note.id].tell(note.text)
        self.arrows.sync()
        self.select_notes(self.selected_notes & present)

    def _sync_joined(self) -> None:
        joined: dict[str, set[tuple[str, bool]]] = defaultdict(set)
        for edge in self.edges:
            joined[edge.source].add((edge.source_port, True))
            joined[edge.target].add((edge.target_port, False))
        for id, item in self.nodes.items():
            item.show_state(joined=frozenset(joined[id]))

    def refresh_words(self) -> None:
        """Show names, sizes and problems as they are now, in the present language."""
        found = faces(self.store.document, self.store.analysis, self.habits.quantity)
        for id, face in found.items():
            self.nodes[id].show_state(face=face)
        wrong = concerned(self.store.document.network, self.store.analysis.problems)
        for edge, line in self.edges.items():
            shape = edge_shape(self.store.analysis, edge) if self.habits.widths else None
            marked = worst(wrong.get(edge, []))
            line.show_state(width=width_for(shape.count if shape else 0), mark=marked)
        self.grouped.refresh_words()

    def show_glimpse(self, id: str, glimpse: QPixmap | None) -> None:
        """Show a picture of a few samples in a data box, or none."""
        if id in self.nodes:
            self.nodes[id].show_state(glimpse=glimpse)

    def show_strips(self, strips: Mapping[str, Strip]) -> None:
        """Show what flows through the boxes; those that are not named show nothing."""
        for id, item in self.nodes.items():
            item.show_state(strip=strips.get(id))

    def refresh_outlines(self) -> None:
        """Give all boxes the height that they have now, and lay the edges anew."""
        if any([item.refresh_outline() for item in self.nodes.values()]):
            self.put(self.store.document)

    def step_at(self, place: QPointF) -> int:
        """Whether an arrow in a data box is there: -1 to the sample before, 1 to the next one."""
        id = self.box_at(place)
        item = self.nodes.get(id) if id is not None else None
        return item.step_at(place) if item is not None else 0

    def refresh_colours(self) -> None:
        """Paint everything again, after a change of theme."""
        for item in self.items():
            item.update()

    def put(self, document: Document) -> None:
        """Put the boxes where `document` has them: the present one, or one that is thought of."""
        for node in document.network.nodes:
            if node.id in self.nodes:
                self.nodes[node.id].setPos(node.x, node.y)
        for note in document.notes:
            if note.id in self.notes:
                self.notes[note.id].setPos(note.x, note.y)
        self.route()
        self.laid_out.emit()

    def route(self, moved: Collection[str] | None = None) -> None:
        """Lay the edges anew: all of them, or only those at boxes being `moved`."""
        self.grouped.follow()
        router, home = Router(self.grouped.obstacles()), self.grouped.home
        for edge, item in self.edges.items():
            if self.grouped.hides(edge):
                continue
            if moved is None or edge.source in moved or edge.target in moved:
                start = self.nodes[edge.source].port_scene_position(edge.source_port, True)
                end = self.nodes[edge.target].port_scene_position(edge.target_port, False)
                below = edge.target_port == TARGET
                ends = home.get(edge.source, edge.source), home.get(edge.target, edge.target)
                item.follow(router.way(start, end, ends, below))
        self.arrows.route()

    # selection

    def _selection_changed(self, ids: Iterable[str]) -> None:
        chosen = set(ids)
        for id, item in self.nodes.items():
            item.show_state(is_selected=id in chosen)
        self.grouped.show_selection(chosen)

    def select_edges(self, edges: Collection[Edge]) -> None:
        """Select these edges and no others."""
        chosen = frozenset(edges)
        for edge, item in self.edges.items():
            item.show_state(is_selected=edge in chosen)
        if chosen != self.selected_edges:
            self.selected_edges = chosen
            self.edges_selected.emit()

    def select_notes(self, ids: Collection[str]) -> None:
        """Select these comments and no others."""
        self.selected_notes = frozenset(id for id in ids if id in self.notes)
        for id, item in self.notes.items():
            item.mark(id in self.selected_notes)
        self.arrows.select(None)

    # what is where

    def target_at(self, pos: QPointF, reach: float = OUTSIDE) -> Target:
        """The port, box or edge at a place; boxes lie above edges."""
        above = self.port_near(pos, reach) or self.grouped.button_at(pos)
        if above is not None:
            return above
        box = self.box_at(pos)
        if box is not None:
            return box
        found = self.handle_at(pos) or self.grouped.title_at(pos) or self.edge_at(pos)
        return found or self.note_at(pos) or self.arrow_at(pos)

    def port_near(self, pos: QPointF, reach: float = OUTSIDE) -> PortRef | None:
        """The nearest port within `reach` scene pixels."""
        best, found = reach, None
        for item in self.nodes.values():
            body = item.body
            if not body.adjusted(-reach, -reach, reach, reach).contains(pos):
                continue
            limit = min(reach, INSIDE) if body.contains(pos) and reach <= OUTSIDE else reach
            for port in item.ports:
                away = item.port_scene_position(port.port, port.is_output) - pos
                distance = (away.x() ** 2 + away.y() ** 2) ** 0.5
                if distance <= min(best, limit):
                    best, found = distance, port
        return found

    def box_at(self, pos: QPointF) -> str | None:
        """The id of the box at a place, the topmost if several overlap; of a fold the first."""
        for item in self.items(pos):
            if isinstance(item, NodeItem):
                return item.id
            if isinstance(item, FoldItem):
                return item.nodes[0].id
        return None

    def edge_at(self, pos: QPointF) -> Edge | None:
        """The edge at a place, met within a few pixels."""
        for item in self.items(pos):
            if isinstance(item, EdgeItem) and item.edge is not None and item.isVisible():
                return item.edge
        return None

    def mark_at(self, pos: QPointF) -> str | Edge | None:
        """The box or edge whose sign of a problem is at a place."""
        return mark_at(pos, self.nodes, self.edges)

    def note_at(self, pos: QPointF) -> NoteRef | None:
        """The comment at a place."""
        for item in self.items(pos):
            if isinstance(item, NoteItem):
                return NoteRef(item.id)
        return None

    def handle_at(self, pos: QPointF) -> ArrowRef | None:
        """The comment whose disc for a new arrow is at a place, while it is shown."""
        for id, item in self.notes.items():
            away = item.handle - pos
            if item.has_handle and away.x() ** 2 + away.y() ** 2 <= HANDLE**2:
                return ArrowRef(id)
        return None

    def arrow_at(self, pos: QPointF) -> ArrowRef | None:
        """The arrow of a comment at a place, met within a few pixels."""
        for item in self.items(pos):
            if isinstance(item, ArrowItem):
                return item.ref
        return None

    def notes_in(self, area: QRectF) -> tuple[str, ...]:
        """The ids of the comments that touch an area."""
        return tuple(id for id, item in self.notes.items() if item.body.intersects(area))

    def boxes_in(self, area: QRectF) -> tuple[str, ...]:
        """The ids of the boxes that touch an area."""
        return tuple(id for id, item in self.nodes.items() if item.body.intersects(area))

    def bounds(self, ids: Iterable[str] | None = None) -> QRectF:
        """The rectangle around all boxes and comments, or some boxes; empty if there are none."""
        chosen = self.nodes if ids is None else [id for id in ids if id in self.nodes]
        area = QRectF()
        for id in chosen:
            area = area.united(self.nodes[id].body)
        if ids is None:
            for note in self.notes.values():
                area = area.united(note.body)
            for frame in self.grouped.frames.values():
                area = area.united(frame.area)
        return area

    # hovering

    def hover(self, target: Target) -> None:
        """Show what the pointer is over."""
        if target == self._hovered:
            return
        before, self._hovered = self._hovered, target
        for place, is_over in ((before, False), (target, True)):
            match place:
                case PortRef() if place.node in self.nodes:
                    hot = place if is_over else None
                    self.nodes[place.node].show_state(is_hovered=is_over, hot=hot)
                case str() if place in self.nodes:
                    self.nodes[place].show_state(is_hovered=is_over)
                case Edge() if place in self.edges:
                    self.edges[place].show_state(is_hovered=is_over)
                case NoteRef(id) | ArrowRef(id, None) if id in self.notes:
                    self.notes[id].hover(is_over)
                case GroupRef() if place.id in self.grouped.frames:
                    self.grouped.frames[place.id].show_state(is_hovered=is_over)

    def highlight(self, edge: Edge | None) -> None:
        """Show that a layer dropped now goes into `edge`."""
        for each, line in self.edges.items():
            line.show_state(is_highlighted=each == edge)

    def tip(self, target: Target) -> str:
        """The hover text for a port, a box or an edge; empty elsewhere."""
        document, analysis = self.store.document, self.store.analysis
        match target:
            case PortRef():
                return port_tip(document, analysis, target)
            case str() if target in self.grouped.home:
                return self.grouped.tip(self.grouped.home[target])
            case GroupRef():
                return self.grouped.tip(target.id)
            case str():
                strip = self.nodes[target].strip if self.habits.flow else None
                return box_tip(document, analysis, target, strip.tip() if strip else ())
            case Edge():
                return edge_tip(document, analysis, target)
            case NoteRef():
                return tr("note.tip")
            case ArrowRef(_, arrow):
                return tr("arrow.tip" if arrow is not None else "arrow.handle.tip")
        return ""


def snapped(value: float, step: float = 8.0) -> float:
    """The nearest line of the grid."""
    return round(value / step) * step


def corner(centre: QPointF) -> QPointF:
    """The left top corner, on the grid, of a box whose middle is at `centre`."""
    return QPointF(snapped(centre.x() - WIDTH / 2), snapped(centre.y() - HEIGHT / 2))


def _layout(document: Document) -> object:
    """What is where: all of a drawing but options and colours of boxes."""
    network = document.network
    boxes = [(node.id, node.kind, node.x, node.y) for node in network.nodes]
    return boxes, network.edges, document.notes, document.groups
