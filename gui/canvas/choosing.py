"""What the list of layer types is opened for: a box to stand behind, or a loose end to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF

from engine.layers import CATALOGUE, drawing
from engine.layers.data import Data
from engine.layers.following import Suggestion, feeders, suggestions
from engine.layers.templates import TEMPLATES
from gui.box import MAIN_PORT, WIDTH, PortRef
from gui.canvas import actions
from gui.canvas.chooser import SIZE, Chooser
from gui.canvas.scene import snapped
from gui.canvas.wiring import Wiring
from gui.describe import kind_name
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class Choosing:
    """Opens the list, and does what was chosen, in one step of undo."""

    def __init__(self, view: CanvasView) -> None:
        self._view, self.list = view, Chooser(view)

    def begin(self, text: str = "") -> None:
        """Offer what can be done here: behind the selected box, or on an empty paper."""
        if actions.last_chosen(self._view.store):
            self.behind(text)
        elif not self._view.canvas.nodes:
            self.first(text)

    def behind(self, text: str = "") -> None:
        """Offer what usually follows the selected box, beside it: layers, then whole blocks."""
        view = self._view
        id = actions.last_chosen(view.store)
        layers = suggestions(view.store.document, view.store.analysis, id)
        offered = [*layers, *(Suggestion(name) for name in TEMPLATES if view.can_insert(name))]
        body = view.canvas.nodes[id].body
        at = view.mapFromScene(body.topRight()) + QPoint(12, 0)
        self.list.offer(offered, self._put_behind, at, text)

    def _put_behind(self, name: str) -> None:
        put = self._view.insert if name in TEMPLATES else self._view.append
        put(name)

    def first(self, text: str = "") -> None:
        """Offer all layer types, data first, in the middle of the view."""
        kinds = sorted(CATALOGUE, key=lambda kind: kind != Data.kind)
        at = self._view.viewport().rect().center() - QPoint(SIZE.width() // 2, 40)
        self.list.offer([Suggestion(kind) for kind in kinds], self._view.append, at, text)

    def at_end(self, port: PortRef, place: QPointF) -> None:
        """Offer what can be joined to a port, where its loose end was dropped."""
        view = self._view
        document = view.store.document
        if port.is_output:
            offered = suggestions(document, view.store.analysis, port.node, port.port)
        else:
            offered = feeders(document.network.node(port.node).kind, port.port)
        at = view.mapFromScene(place)
        self.list.offer(offered, lambda kind: self._join(kind, port, place), at)

    def _join(self, kind: str, port: PortRef, place: QPointF) -> None:
        """Put a box where the end was dropped, and join it to the port that it came from."""
        store = self._view.store
        if not store.document.network.has(port.node):
            return  # undone meanwhile
        x = place.x() if port.is_output else place.x() - WIDTH
        at = snapped(x), snapped(place.y() - MAIN_PORT)
        after, id = drawing.place(store.document, kind, *at)
        wiring = Wiring(after, port)
        end = wiring.fitting(id)
        if end is not None and not wiring.refusal(end):
            after = wiring.joined(end)
        store.edit(tr("edit.add", name=kind_name(kind)), drawing.join_targets(after))
        store.select((id,))
