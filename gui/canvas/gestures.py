"""Gestures of the mouse: each is an object that lives from press to release, or is cancelled.

A gesture shows what would happen, and edits the store once, when it is finished.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsRectItem

from engine.spec import edits
from engine.spec.document import Edge
from gui.box import PortRef
from gui.canvas.edge_item import EdgeItem
from gui.canvas.foresight import Foresight
from gui.canvas.routing import curve
from gui.canvas.scene import CanvasScene
from gui.canvas.wiring import Wiring
from gui.describe import title
from gui.theme import colour
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.surface import Surface

THRESHOLD = 4  # screen pixels before a press becomes a drag
MAGNET = 26.0  # scene pixels within which a loose end jumps to a port
ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
FREE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the mouse is."""

    scene: QPointF
    screen: QPoint  # in the viewport
    adding: bool = False  # Shift or Ctrl is held
    free: bool = False  # Alt or Ctrl is held: nothing snaps
    joins: bool = False  # Shift is held: what is dropped goes into the group there
    reach: float = 0.0  # of a finger, scene pixels


class Gesture:
    """Interface. `move` may come any number of times; then `finish` or `cancel`, once."""

    def __init__(self, view: Surface, start: Pointer) -> None:
        self.view, self.store, self.start = view, view.store, start
        self.scene: CanvasScene = view.canvas
        self.is_drag = False

    def move(self, at: Pointer) -> None:
        """Follow the pointer, once it has gone far enough to mean a drag."""
        if (at.screen - self.start.screen).manhattanLength() >= THRESHOLD:
            self.is_drag = True
        if self.is_drag:
            self.drag(at)

    def drag(self, at: Pointer) -> None:
        """Show what would happen if the button were released here."""

    def finish(self, at: Pointer) -> None:
        """The button was released."""

    def cancel(self) -> None:
        """Leave everything as it was before."""


class Pan(Gesture):
    """Move the paper under the window."""

    def __init__(self, view: Surface, start: Pointer) -> None:
        super().__init__(view, start)
        self._last = start.screen
        view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def drag(self, at: Pointer) -> None:
        self.view.camera.pan(at.screen - self._last)
        self._last = at.screen

    def finish(self, at: Pointer) -> None:
        self.cancel()

    def cancel(self) -> None:
        self.view.viewport().unsetCursor()


class RubberBand(Gesture):
    """Select the boxes that a rectangle touches; a click on empty canvas selects nothing."""

    def __init__(self, view: Surface, start: Pointer) -> None:
        super().__init__(view, start)
        self._before = self.store.selection
        self._kept = self._before if start.adding else ()
        self._notes_before = self.scene.selected_notes
        self._band = QGraphicsRectItem()
        self._band.setZValue(5.0)
        self.scene.addItem(self._band)

    def drag(self, at: Pointer) -> None:
        area = QRectF(self.start.scene, at.scene).normalized()
        tint = colour("accent")
        pen = QPen(tint, 1.0)
        pen.setCosmetic(True)
        self._band.setPen(pen)
        tint.setAlpha(30)
        self._band.setBrush(tint)
        self._band.setRect(area)
        self.store.select((*self._kept, *self.scene.boxes_in(area)))
        kept = self._notes_before if self.start.adding else frozenset()
        self.scene.select_notes(kept | set(self.scene.notes_in(area)))

    def finish(self, at: Pointer) -> None:
        self.scene.removeItem(self._band)
        if not self.start.adding:
            self.scene.select_edges(())
            if not self.is_drag:
                self.store.select(())
                self.scene.select_notes(())

    def cancel(self) -> None:
        self.scene.removeItem(self._band)
        self.store.select(self._before)
        self.scene.select_notes(self._notes_before)


class Connect(Gesture):
    """Draw an edge from a port; or take the end of an edge off its input port."""

    def __init__(
        self, view: Surface, start: Pointer, port: PortRef, moved: Edge | None = None
    ) -> None:
        super().__init__(view, start)
        self._wiring = Wiring(self.store.document, port, moved)
        self._loose = EdgeItem(None)
        self._accepting: frozenset[PortRef] | None = None
        self._unfit: frozenset[PortRef] = frozenset()
        self._foresight: Foresight[PortRef] = Foresight(self.store.analysis)
        self._end: PortRef | None = None
        self._refused: PortRef | None = None
        self._over_box = False
        self.scene.addItem(self._loose)

    def drag(self, at: Pointer) -> None:
        port = self._wiring.start
        if self._wiring.moved is not None:
            self.scene.edges[self._wiring.moved].setVisible(False)
        if self._accepting is None:
            self._accepting = self._wiring.accepting() | {port}
            others = self._accepting - {port}
            self._unfit = self._wiring.unfit(others, self.store.analysis.facts)
        self._look(at)
        for id, item in self.scene.nodes.items():
            ends = (self._end, self._refused, port)
            hot = next((p for p in ends if p and p.node == id), None)
            item.show_state(open=self._accepting, unfit=self._unfit, hot=hot)
        fixed = self._place(port)
        free = self._place(self._end) if self._end else at.scene
        self._loose.follow(curve(fixed, free) if port.is_output else curve(free, fixed))
        text, tone = self._words()
        self._loose.show_state(mark="warning" if tone == "warning" else "")
        self._loose.update()
        if text:
            self.view.say(text, at.screen, tone)
        else:
            self.view.hush()

    def _words(self) -> tuple[str, str]:
        """What is to be said about this end, and in which colour."""
        end, wiring = self._end, self._wiring
        if self._refused is not None:
            return tr(f"canvas.refused.{wiring.refusal(self._refused)}"), "error"
        if end is None:
            return (tr("canvas.refused.no_port"), "error") if self._over_box else ("", "")
        wrong = self._foresight.at(end, lambda: wiring.joined(end))
        old = wiring.replaced(end)
        replaced = tr("canvas.replaces", box=title(wiring.document, old.source)) if old else ""
        text = "\n".join(part for part in (wrong, replaced) if part)
        return text, "warning" if wrong else "accent"

    def _look(self, at: Pointer) -> None:
        """Find what the loose end would be joined to here: a port nearby, or a port of the box."""
        refusal, start = self._wiring.refusal, self._wiring.start
        box = self.scene.box_at(at.scene)
        port = self.scene.port_near(at.scene, max(MAGNET, at.reach))
        self._over_box = box is not None and start.node not in self.scene.grouped.unit(box)
        if port == start:
            port = None
        if box is not None and self._over_box and (port is None or refusal(port)):
            shown = [p for id in self.scene.grouped.unit(box) for p in self.scene.nodes[id].ports]
            port = self._wiring.fitting(box, shown)
        refused = port is not None and bool(refusal(port))
        self._end, self._refused = (None, port) if refused else (port, None)

    def _place(self, port: PortRef) -> QPointF:
        return self.scene.nodes[port.node].port_scene_position(port.port, port.is_output)

    def finish(self, at: Pointer) -> None:
        if self.is_drag:
            self._look(at)
        end, refused, moved = self._end, self._refused, self._wiring.moved
        self._tidy()
        if not self.is_drag:
            self._select()
        elif end is not None:
            label = tr("edit.reconnect") if moved else tr("edit.connect")
            self.store.edit(label, self._wiring.joined(end))
        elif moved is None and refused is None and not self._over_box and not self._at_home(at):
            self.view.end_dropped(self._wiring.start, at.scene)
        elif moved is not None and refused is None and not self._over_box:
            self.store.edit(tr("edit.disconnect"), lambda d: edits.disconnect(d, (moved,)))
        self.view.let_fade()

    def _at_home(self, at: Pointer) -> bool:
        """Whether the end came back to the box that it was drawn from: that means nothing."""
        home = self.scene.nodes[self._wiring.start.node].body
        return home.adjusted(-MAGNET, -MAGNET, MAGNET, MAGNET).contains(at.scene)

    def _select(self) -> None:
        """A click: select the box of the port, or the edge that ends there."""
        moved = self._wiring.moved
        self.store.select(() if moved else (self._wiring.start.node,))
        self.scene.select_notes(())
        self.scene.select_edges((moved,) if moved else ())

    def cancel(self) -> None:
        self._tidy()
        self.view.hush()

    def _tidy(self) -> None:
        self.scene.removeItem(self._loose)
        for item in self.scene.nodes.values():
            item.show_state(open=None, unfit=frozenset(), hot=None)
        if self._wiring.moved in self.scene.edges:
            self.scene.edges[self._wiring.moved].setVisible(True)
