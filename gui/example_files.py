"""The bundled examples as files, and their comments in the language of the moment.

An example's own comments are English. Their words in both languages are `example.<name>.<id>`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from engine.spec.document import Document
from engine.spec.files import read
from gui.words import has, tr

EXAMPLES = Path(__file__).resolve().parent.parent / "resources" / "examples"
WELCOME = EXAMPLES / "welcome.json"
MEASURED = EXAMPLES / "measured.toml"


@dataclass(frozen=True, slots=True)
class Promise:
    """What was measured of an example, trained to its end with its own settings.

    seconds : of one processor, without the time in which kernels are compiled
    quantity : what is promised, such as "validation_accuracy"; empty where nothing is
    mark : that an accuracy reaches, and a loss or perplexity does not exceed, with other seeds too
    """

    seconds: float
    quantity: str = ""
    mark: float = 0.0


def path_of(name: str) -> Path:
    """The file of an example."""
    return EXAMPLES / f"{name}.json"


def read_example(path: Path) -> Document:
    """An example as it is shown: with its comments in the language of the moment."""
    document = read(path).document
    notes = tuple(
        replace(note, text=tr(key)) if has(key := f"example.{path.stem}.{note.id}") else note
        for note in document.notes
    )
    return replace(document, notes=notes)


@cache
def promises() -> dict[str, Promise]:
    """What was measured of each example, by name."""
    table = tomllib.loads(MEASURED.read_text("utf-8"))
    return {name: _promise(row) for name, row in table.items()}


def _promise(row: dict[str, float]) -> Promise:
    quantity, mark = next(((k, v) for k, v in row.items() if k != "seconds"), ("", 0.0))
    return Promise(row["seconds"], quantity, mark)
