"""What would be wrong after an edge is drawn or a box is dropped: said before the mouse lets go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from engine.layers.analysis import Analysis, analyse
from engine.spec.document import Document
from engine.spec.problems import Problem
from gui.describe import fix_text, problem_text
from gui.words import tr

K = TypeVar("K")


def foreseen(before: Analysis, after: Document) -> str:
    """A sentence about the first error that a change would bring, and what repairs it; or none."""
    known = {_name(problem) for problem in before.errors}
    for problem in analyse(after).errors:
        if _name(problem) not in known:
            text = problem_text(after, problem)
            if not problem.fixes:
                return text
            return tr("canvas.foreseen", problem=text, repair=fix_text(after, problem.fixes[0]))
    return ""


def _name(problem: Problem) -> tuple[object, ...]:
    return problem.code, problem.nodes, tuple(map(str, problem.numbers.values()))


class Foresight(Generic[K]):
    """Remembers what was foreseen at each place, while the mouse moves around in it."""

    def __init__(self, before: Analysis) -> None:
        self.before = before
        self._told: dict[K, str] = {}

    def at(self, place: K, make: Callable[[], Document | None]) -> str:
        """What would be wrong if `make` were done at a place."""
        if place not in self._told:
            after = make()
            self._told[place] = foreseen(self.before, after) if after is not None else ""
        return self._told[place]
