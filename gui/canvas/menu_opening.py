"""A right click, or the menu key: what is there is selected, and its menu opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QContextMenuEvent

from engine.spec.document import Edge
from gui.box import PortRef
from gui.canvas.frame_item import GroupRef
from gui.canvas.menus import menu_for
from gui.canvas.note_arrow import ArrowRef
from gui.canvas.note_item import NoteRef

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


def open_menu(view: CanvasView, event: QContextMenuEvent) -> None:
    """Open the menu of what was clicked on; with the key, of what is selected."""
    place, chosen = event.pos(), view.store.selection
    target = view.target_at(place)
    if event.reason() == QContextMenuEvent.Reason.Keyboard and chosen:
        target = chosen[-1]
        place = view.mapFromScene(view.canvas.nodes[target].body.center())
    meant = target.node if isinstance(target, PortRef) else target
    _select(view, meant)
    menu = menu_for(view, meant, view.mapToScene(place))
    menu.popup(view.viewport().mapToGlobal(place))


def _select(view: CanvasView, target: str | Edge | NoteRef | ArrowRef | GroupRef | None) -> None:
    """Select what the menu is about; boxes that are selected with others stay so."""
    match target:
        case str() if target not in view.store.selection:
            view.store.select((target,))
        case GroupRef():
            view.store.select(view.canvas.grouped.boxes[target.id])
        case Edge():
            view.select_edge(target)
        case NoteRef() if target.id not in view.canvas.selected_notes:
            view.store.select(())
            view.canvas.select_edges(())
            view.canvas.select_notes((target.id,))
        case ArrowRef():
            view.store.select(())
            view.canvas.select_edges(())
            view.canvas.select_notes(())
            view.canvas.arrows.select(target)
