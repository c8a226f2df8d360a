"""The rows of groups in the outline: each stands where the first of its boxes would."""

from __future__ import annotations

from collections.abc import Iterator

from engine.layers.analysis import Analysis
from engine.spec.document import Document
from engine.spec.groups import all_boxes, chain, group_of, parents
from gui.formats import count
from gui.words import tr


class Around:
    """Which groups begin at a box, on the way through the boxes in their order."""

    def __init__(self, document: Document, analysis: Analysis) -> None:
        self._document, self._analysis = document, analysis
        self.parent = parents(document)
        self._boxes = all_boxes(document) if document.groups else {}
        self._begun: set[str] = set()

    def begun_at(self, id: str) -> Iterator[tuple[str, str, str, str]]:
        """The groups whose first box this is, outermost first: id, name, about it, parameters."""
        for group in reversed(chain(self.parent, id) if self._boxes else []):
            if group not in self._begun:
                self._begun.add(group)
                yield group, group_of(self._document, group).name, *self._sums(group)

    def _sums(self, group: str) -> tuple[str, str]:
        boxes, facts = self._boxes[group], self._analysis.facts
        learns = sum(facts[id].parameters for id in boxes if id in facts)
        return tr("outline.group.boxes", count=count(len(boxes))), count(learns) if learns else ""
