"""Walking through a drawing with the keys: from box to box, and along the edges of a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from engine.spec.document import Edge
from gui.announcing import announce
from gui.box import TARGET
from gui.canvas import actions
from gui.describe import title
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

WAYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ASIDE = 2.0  # how much more a pixel aside counts than one ahead


class Walking:
    """Where the keys are. An edge that they have met is chosen in place of its box."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._home = ""  # the box whose edges are being walked through

    def step(self, x: int, y: int) -> None:
        """To the box before or behind along an edge, or to the nearest one that way."""
        view, edge = self._view, self._edge()
        if edge is not None and x:  # off the edge at one of its ends
            self._go(edge.target if x > 0 else edge.source)
            return
        here = view.store.selection[-1] if view.store.selection else ""
        if not here:
            actions.step(view.store, x >= 0 and y >= 0)
            view.reveal_selection()
            return
        found = (self._along(here, x > 0) if x else "") or self._nearest(here, x, y)
        if found:
            self._go(found)

    def _go(self, id: str) -> None:
        self._home = ""
        self._view.canvas.select_edges(())
        self._view.store.select((id,))
        self._view.reveal_selection()

    def _middle(self, id: str) -> QPointF:
        return self._view.canvas.nodes[id].body.center()

    def _shown(self, id: str) -> bool:
        return self._view.canvas.nodes[id].isVisible()

    def _along(self, id: str, forward: bool) -> str:
        """The box at the other end of an edge: of several, the one most level with this one."""
        network = self._view.store.document.network
        edges = network.out_of(id) if forward else network.into(id)
        main = [edge for edge in edges if edge.target_port != TARGET] or list(edges)
        ends = [edge.target if forward else edge.source for edge in main]
        level = self._middle(id).y()
        shown = [end for end in ends if self._shown(end)]
        return min(shown, key=lambda end: abs(self._middle(end).y() - level), default="")

    def _nearest(self, id: str, x: int, y: int) -> str:
        """The nearest box in a direction; those aside count as farther away."""
        here, best, found = self._middle(id), float("inf"), ""
        for other in self._view.canvas.nodes:
            way = self._middle(other) - here
            ahead, aside = (way.x() * x, abs(way.y())) if x else (way.y() * y, abs(way.x()))
            cost = ahead + ASIDE * aside
            if other != id and ahead > 1.0 and cost < best and self._shown(other):
                best, found = cost, other
        return found

    # the edges of a box

    def _edge(self) -> Edge | None:
        """The one edge that is chosen."""
        chosen = self._view.canvas.selected_edges
        return next(iter(chosen)) if len(chosen) == 1 else None

    def turn(self, forward: bool) -> None:
        """Choose the next edge of the box, or the one before; after the last comes the box."""
        view, edge = self._view, self._edge()
        if edge is None or self._home not in (edge.source, edge.target):
            self._home = view.store.selection[-1] if view.store.selection else ""
        if not self._home or not view.store.document.network.has(self._home):
            return
        network = view.store.document.network
        edges = [*network.into(self._home), *network.out_of(self._home)]
        places = [None, *(each for each in edges if view.canvas.edges[each].isVisible())]
        place = places.index(edge) if edge in places else 0
        chosen = places[(place + (1 if forward else -1)) % len(places)]
        if chosen is None:
            self._go(self._home)
        else:
            view.select_edge(chosen)
            document = view.store.document
            names = (title(document, chosen.source), title(document, chosen.target))
            announce(view, tr("walk.edge", source=names[0], target=names[1]))

    def come_home(self) -> None:
        """The edge that was chosen is gone: back to its box."""
        home, self._home = self._home, ""
        if home and not self._view.store.selection and self._view.store.document.network.has(home):
            self._view.store.select((home,))
