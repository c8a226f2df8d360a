"""What was done to a document, kept in its file, so that it can be undone after reopening.

Each step holds a whole document. In the file it is the JSON of the document before it, with one
stretch replaced: most steps change little, and what comes back is the same to the byte.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from engine.spec.codec import Unreadable, from_json, to_json
from engine.spec.document import Document
from engine.spec.sources import Source, placed_in, relative_to, sources, with_sources

MOST = 200  # steps
LARGEST = 4 << 20  # characters of all documents together


@dataclass(frozen=True, slots=True)
class Step:
    """One change: a name for people as a JSON value, and the document after it."""

    name: Any
    document: Document


@dataclass(frozen=True, slots=True)
class Past:
    """A document, what became of it step by step, and how many of the steps are done now."""

    first: Document
    steps: tuple[Step, ...]
    done: int

    @property
    def present(self) -> Document:
        """The document as it is now."""
        return self.steps[self.done - 1].document if self.done else self.first

    def to_json(self, folder: Path) -> dict[str, Any]:
        """As plain JSON values, for a file in `folder`; the newest steps, as many as there is
        room for."""
        start, texts = self._newest(folder)
        changes = [_change(a, b) for a, b in pairwise(texts)]
        steps = [
            {"name": step.name, "change": change}
            for step, change in zip(self.steps[start : start + len(changes)], changes, strict=True)
        ]
        return {"first": texts[0], "steps": steps, "done": self.done - start}

    def _newest(self, folder: Path) -> tuple[int, list[str]]:
        """How many of the oldest documents are left out, and the others as text.

        Never the present one; the oldest are not even written, however many there are.
        """
        documents = [self.first, *(step.document for step in self.steps)]
        end = min(len(documents), self.done + 1 + MOST)
        texts: list[str] = []
        room = LARGEST
        for i in range(end - 1, -1, -1):
            text = to_json(relative_to(documents[i], folder))
            room -= len(text)
            if i < self.done and (room < 0 or len(texts) > MOST):
                break
            texts.append(text)
        return end - len(texts), texts[::-1]


def _change(before: str, after: str) -> list[Any]:
    """The stretch that differs: how many characters stay at the front and the end, and what is
    between them now."""
    shorter = min(len(before), len(after))
    front = _alike(before, after, shorter)
    back = _alike(before[front:][::-1], after[front:][::-1], shorter - front)
    return [front, back, after[front : len(after) - back]]


def _alike(one: str, other: str, most: int) -> int:
    """How many characters are the same at the front, `most` at most; found by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def past_of(value: Any, document: Document, folder: Path) -> Past | None:
    """The steps that led to `document`, from a file in `folder`.

    None if they do not lead there: somebody changed the document without this program. Unreadable
    if they are none at all.
    """
    if not isinstance(value, dict) or not isinstance(value.get("steps"), list):
        raise Unreadable("value", place="steps.json", value=type(value).__name__)
    text, done = value.get("first"), value.get("done")
    if not isinstance(text, str) or type(done) is not int or not 0 <= done <= len(value["steps"]):
        raise Unreadable("value", place="steps.json", value="first")
    places = {s.fingerprint: s for s in sources(document)}
    room = 4 * LARGEST  # bytes that a file of ours never needs
    first = _read(text, folder, places)
    steps = []
    for i, item in enumerate(value["steps"][:MOST]):
        text = _changed(text, item, f"steps.json[{i}]")
        room -= len(text)
        if room < 0:
            raise Unreadable("value", place="steps.json", value="…")
        steps.append(Step(item.get("name"), _read(text, folder, places)))
    past = Past(first, tuple(steps), min(done, len(steps)))
    return past if past.present == document else None


def _read(text: str, folder: Path, places: dict[str, Source]) -> Document:
    """A document of the past; data that is still used lies where it lies now."""

    def found(source: Source) -> Source:
        now = places.get(source.fingerprint)
        return replace(source, path=now.path) if now is not None else source

    return with_sources(placed_in(from_json(text), folder), found)


def _changed(text: str, item: Any, place: str) -> str:
    change = item.get("change") if isinstance(item, dict) else None
    match change:
        case [int(front), int(back), str(between)] if front >= 0 and back >= 0:
            if front + back <= len(text):
                return text[:front] + between + text[len(text) - back :]
    raise Unreadable("value", place=place, value="change")
