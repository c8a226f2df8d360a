"""The vocabulary between the window and the data process.

The window asks (`Look`, `Take`, `Show`, `Compare`), each with a `task` number of its own; the
answer carries the same number, with any number of `Working` before it. A question that takes too
long is dropped by ending the process. Words come from the codes of refusals and complaints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.spec.options import Options
from engine.spec.sources import Facts, Source

Bytes = NDArray[np.uint8]
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something about files that a person should know, though they can be read."""

    code: str  # words: complaint.<code>
    numbers: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableGlimpse:
    """The first rows of a table. `recipe` has columns and no "auto" any more.

    cells : texts as they stand in the file, row by row, at most some hundred rows
    wrong : (row, column) of cells that are not what their column's type says
    gaps : by column, empty cells among all rows that were looked at
    categories : by column, how many different texts there are among those rows
    sheets : of a workbook
    """

    recipe: Options
    cells: tuple[tuple[str, ...], ...]
    wrong: frozenset[tuple[int, int]]
    gaps: tuple[int, ...]
    categories: tuple[int, ...]
    rows: int  # looked at
    is_all: bool  # whether those were all rows
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureGlimpse:
    """A few pictures as the network would receive them: (N, H, W, 1 or 3), with their classes."""

    recipe: Options
    pictures: Bytes
    labels: tuple[int, ...]
    class_names: tuple[str, ...]
    counts: tuple[int, ...]  # pictures of each class
    originals: tuple[tuple[int, int], ...] = ()  # width and height in the files


@dataclass(frozen=True, slots=True)
class ArrayGlimpse:
    """The arrays of a file: names, shapes and kinds of numbers, and the first samples."""

    recipe: Options
    arrays: tuple[tuple[str, tuple[int, ...], str], ...]
    first: Array  # (up to 8, …) of the samples
    targets: Array


@dataclass(frozen=True, slots=True)
class TextGlimpse:
    """The beginning of a text, as a text and as its tokens, and how many different there are."""

    recipe: Options
    text: str
    tokens: tuple[str, ...]
    count: int  # tokens in all
    vocabulary: tuple[tuple[str, int], ...]  # the most frequent ones, with their numbers


@dataclass(frozen=True, slots=True)
class SoundGlimpse:
    """A few recordings: what the network would receive, (N, T, F), with their classes."""

    recipe: Options
    sounds: Array
    labels: tuple[int, ...]
    class_names: tuple[str, ...]
    counts: tuple[int, ...]
    seconds: tuple[float, ...]  # how long the recordings are


Glimpse = TableGlimpse | PictureGlimpse | ArrayGlimpse | TextGlimpse | SoundGlimpse


# questions


@dataclass(frozen=True, slots=True)
class Look:
    """What is in these files? Quick, whatever their size; answered by Seen."""

    task: int
    path: str
    form: str = ""  # a key of RECIPES; empty: find out
    recipe: Options | None = None  # None: what is usual


@dataclass(frozen=True, slots=True)
class Take:
    """Read all of it, and keep it ready for training; answered by Taken."""

    task: int
    path: str
    form: str
    recipe: Options


# answers


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer to Look. `facts` are of a complete reading, where that was quick, else None."""

    task: int
    form: str
    glimpse: Glimpse
    facts: Facts | None = None
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to Take: what a data box keeps."""

    task: int
    source: Source
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class Working:
    """How far a task is."""

    task: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a task has no answer. Words: refusal.<code>."""

    task: int
    code: str
    numbers: dict[str, object] = field(default_factory=dict)
    detail: str = ""  # for the log


Question = Look | Take
Answer = Seen | Taken | Working | Refused
