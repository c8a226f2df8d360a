"""Runs of a document that are over, kept in its file: what was trained, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.spec.codec import Unreadable, from_json, to_json
from engine.spec.document import Document
from engine.spec.history import History
from engine.spec.sources import placed_in, relative_to

MOST = 60  # runs
WITH_WEIGHTS = 8  # of the newest, beside those with a star
ROOM = 128 << 20  # bytes of all weights together
LONGEST = 2_000  # characters of a note


@dataclass(frozen=True, slots=True)
class Record:
    """One run that is over.

    number : from 1, in the order of the runs
    history : JSON values, see engine.spec.history; "place" says where the weights were taken
    began : local time, ISO 8601
    weights : safetensors, or None where there was no room for them
    """

    number: int
    document: Document
    history: dict[str, Any]
    began: str = ""
    note: str = ""
    is_starred: bool = False
    weights: bytes | None = None

    @property
    def entry(self) -> str:
        """The name of its weights in a file."""
        return f"runs/{self.number}.safetensors"

    def to_json(self, folder: Path) -> dict[str, Any]:
        """As JSON values, without the weights, for a file in `folder`."""
        return {
            "number": self.number,
            "document": to_json(relative_to(self.document, folder)),
            "history": self.history,
            "began": self.began,
            "note": self.note,
            "is_starred": self.is_starred,
        }


def bounded(records: Sequence[Record]) -> tuple[Record, ...]:
    """The same runs, without more than there is room for: old ones without a star give way."""
    kept = list(records)
    while len(kept) > MOST:
        kept.remove(next((r for r in kept if not r.is_starred), kept[0]))
    newest = {record.number for record in kept[-WITH_WEIGHTS:]}
    room = ROOM
    found = []
    for record in sorted(reversed(kept), key=lambda r: not r.is_starred):
        size = len(record.weights or b"")
        fits = size <= room and (record.is_starred or record.number in newest)
        room -= size if fits else 0
        found.append(record if fits else replace(record, weights=None))
    return tuple(sorted(found, key=lambda record: record.number))


def record_of(place: int, value: Any, folder: Path) -> Record:
    """Read the JSON values of a run in a file in `folder`; Unreadable says which one is wrong."""
    match value:
        case {
            "number": int(number),
            "document": str(document),
            "history": dict(history),
            "began": str(began),
            "note": str(note),
            "is_starred": bool(is_starred),
        } if number > 0:
            History.from_json(history)
            drawn = placed_in(from_json(document), folder)
            return Record(number, drawn, history, began[:40], note[:LONGEST], is_starred)
    raise Unreadable("value", place=f"runs[{place}]", value=type(value).__name__)
