"""A few kept samples of every bundled data set, from which the shelf paints its pictures.

They lie in a small file of their own, read when the shelf is first shown: no data set is loaded
for it. `tests/datasets/specimens.py` takes them from the data sets.
"""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from functools import cache

from gui.theme import RESOURCES

FILE = RESOURCES / "datasets" / "specimens.json"
Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Specimen:
    """What is shown of one data set. `form` says how, and which of the others are given.

    rows : points (x, y), rows of a table, courses of values, or tokens; 0 to 1, but for tokens
    marks : of each row (or, where there is one row, of each value): a class, or a value 0 to 1
    sizes : height, width and channels of the `pictures`, which are their bytes
    """

    form: str
    rows: tuple[Row, ...] = ()
    marks: Row = ()
    sizes: tuple[int, ...] = ()
    pictures: tuple[bytes, ...] = ()
    text: str = ""


@cache
def specimens() -> dict[str, Specimen]:
    """All specimens, by the name of the data set."""
    kept = json.loads(FILE.read_text("utf-8"))
    return {name: _specimen(values) for name, values in kept.items()}


def _specimen(values: dict[str, list[list[float]]]) -> Specimen:
    return Specimen(
        form=str(values["form"]),
        rows=tuple(tuple(row) for row in values.get("rows", ())),
        marks=tuple(values.get("marks", ())),  # type: ignore[arg-type]  # numbers, as written
        sizes=tuple(values.get("sizes", ())),  # type: ignore[arg-type]
        pictures=tuple(b64decode(str(each)) for each in values.get("pictures", ())),
        text=str(values.get("text", "")),
    )
