"""Arrangement of a drawing with groups: a folded one is a box, an open one stays together.

From the innermost groups to the outermost, each is arranged for itself, and then is one item of
what lies around it. So frames never overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRectF

from engine.spec.document import Document, Edge
from engine.spec.groups import chain, hiding, parents
from gui.box import HEIGHT
from gui.canvas.frame_item import HEAD, RIM, SIDE, TITLE
from gui.canvas.layout import DOWN, RIGHT, Item, layered, on_grid
from gui.canvas.units import Place, bodies, places


@dataclass(frozen=True, slots=True)
class _Laid:
    """A group that was arranged: where its boxes are from its corner, and its size as an item."""

    inside: dict[str, Place]  # (along, across) of each box and folded group
    item: Item


def arranged_places(document: Document, is_down: bool = False) -> dict[str, Place]:
    """New places (left, top) of all boxes; the first one stays in its row, or column.

    is_down : the data flows from the top to the bottom, and not to the right
    """
    seen = bodies(document)
    if not seen:
        return {}
    found = _Arrangement(document, seen, is_down).places()
    first = next(iter(seen))
    turned = {id: (at[1], at[0]) if is_down else at for id, at in found.items()}
    left, top = min(b.left() for b in seen.values()), min(b.top() for b in seen.values())
    x, y = turned[first]
    goals = {
        id: (
            seen[first].left() + on_grid(at[0] - x) if is_down else left + at[0],
            top + at[1] if is_down else seen[first].top() + on_grid(at[1] - y),
        )
        for id, at in turned.items()
    }
    return places(document, goals)


class _Arrangement:
    def __init__(self, document: Document, seen: dict[str, QRectF], is_down: bool) -> None:
        self._document, self._seen, self._is_down = document, seen, is_down
        self._flow = DOWN if is_down else RIGHT
        home, parent = hiding(document), parents(document)
        self._unit = {n.id: home.get(n.id, n.id) for n in document.network.nodes}
        self._around = {unit: chain(parent, unit) for unit in seen}
        self._laid: dict[str, _Laid] = {}
        self._members: dict[str, dict[str, None]] = defaultdict(dict)  # "" holds the outermost
        for unit, groups in self._around.items():
            path = [unit, *groups, ""]
            for inner, outer in pairwise(path):
                self._members[outer][inner] = None

    def places(self) -> dict[str, Place]:
        """Where each box and folded group goes, (along, across)."""
        depth = {g: len(a) - i for a in self._around.values() for i, g in enumerate(a)}
        for group in sorted(depth, key=depth.__getitem__, reverse=True):
            self._laid[group] = self._lay(group)
        return self._spread(layered(self._items(""), self._edges(""), self._flow))

    def _items(self, level: str) -> list[Item]:
        return [
            self._laid[id].item if id in self._laid else self._item(id)
            for id in self._members[level]
        ]

    def _item(self, unit: str) -> Item:
        body = self._seen[unit]
        if self._is_down:
            return Item(unit, body.left(), length=body.height())
        return Item(unit, body.top(), after=body.height() - HEIGHT)

    def _at_level(self, box: str, level: str) -> str:
        """What stands for a box among the members of a group; empty if it lies elsewhere."""
        path = [self._unit[box], *self._around[self._unit[box]], ""]
        return path[path.index(level) - 1] if level in path[1:] else ""

    def _edges(self, level: str) -> list[Edge]:
        """The edges between the members of a group, each once."""
        found: dict[Edge, None] = {}
        for edge in self._document.network.edges:
            source, target = (self._at_level(box, level) for box in (edge.source, edge.target))
            if source and target and source != target:
                found[Edge(source, "", target, edge.target_port)] = None
        return list(found)

    def _lay(self, group: str) -> _Laid:
        """Arrange the members of a group: its entrance is level with what it reads from."""
        items = {item.id: item for item in self._items(group)}
        at = layered(list(items.values()), self._edges(group), self._flow, wraps=len(items) > 6)
        level = at[self._entrance(group, at)][1]
        head, foot = (SIDE, SIDE) if self._is_down else (HEAD + TITLE, RIM)
        start, stop = (HEAD + TITLE, RIM) if self._is_down else (SIDE, SIDE)
        low = min(across - items[id].before for id, (_, across) in at.items()) - head
        high = max(across + items[id].after for id, (_, across) in at.items()) + foot
        end = max(along + items[id].length for id, (along, _) in at.items()) + stop
        moved = {id: (along + start, across - level) for id, (along, across) in at.items()}
        now = min(items[id].across for id in at)
        item = Item(group, now, start + end, level - low, high - level)
        return _Laid(self._spread(moved), item)

    def _entrance(self, group: str, at: dict[str, Place]) -> str:
        """The member that reads from outside and stands first."""
        reading = {
            self._at_level(edge.target, group)
            for edge in self._document.network.edges
            if self._at_level(edge.target, group) and not self._at_level(edge.source, group)
        }
        offered: Sequence[str] = [id for id in at if id in reading] or list(at)
        return min(offered, key=lambda id: at[id][0])

    def _spread(self, at: dict[str, Place]) -> dict[str, Place]:
        """Places of boxes and folded groups, from those of boxes and groups."""
        found: dict[str, Place] = {}
        for id, (along, across) in at.items():
            inside = self._laid[id].inside if id in self._laid else {id: (0.0, 0.0)}
            for unit, (further, beside) in inside.items():
                found[unit] = along + further, across + beside
        return found
