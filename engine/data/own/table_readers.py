"""What reads all cells of one column, piece by piece: numbers, dates, categories, groups, texts."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from engine.data.own.refusal import Refusal
from engine.data.own.table_values import Days, Notation, gaps_among, is_gap
from engine.data.samples import Array
from engine.spec.sources import Names

MOST_CATEGORIES = 1000
LONGEST_CATEGORY = 200  # characters by which categories are told apart
MOST_TOKENS = 1000  # of one text, as many as a data box takes
PADDING, UNKNOWN = 0, 1
SPECIAL = ("", "\ufffd")  # what stands for them in a vocabulary
WORDS = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+|[^\w\s]")


class Reader(Protocol):
    """Reads the cells of one column."""

    example: str  # of what it can read, for messages

    def add(self, cells: Sequence[str]) -> list[int]:
        """Read more cells; returns the places of those that cannot be read."""

    def values(self) -> Array:
        """All values, (N,) float64 with NaN for gaps."""


class Numbers:
    """Reads numbers."""

    def __init__(self, notation: Notation) -> None:
        self.example = notation.example
        self._notation = notation
        self._found = array("d")  # which grows in place

    def add(self, cells: Sequence[str]) -> list[int]:
        """Read more cells; returns the places of what is no number."""
        values, wrong = self._notation.numbers(cells)
        self._found.frombytes(values.tobytes())
        return wrong

    def values(self) -> Array:
        """All numbers, (N,) float64 with NaN for gaps."""
        return np.frombuffer(self._found) if self._found else np.zeros(0)


class Dates(Days):
    """Reads dates as days since 1970."""

    example = "2024-03-05"


class Categories:
    """Numbers the different texts of a column, in their order: of numbers, or of the alphabet."""

    example = ""

    def __init__(self, column: str, limit: int = MOST_CATEGORIES) -> None:
        self._column, self._limit = column, limit
        self._numbers: dict[str, int] = {}  # of texts as they stand there
        self._pieces: list[Array] = []

    def add(self, cells: Sequence[str]) -> list[int]:
        """Read more cells; Refusal "too_many_categories"."""
        numbers = self._numbers
        found = [numbers.setdefault(cell, len(numbers)) for cell in cells]
        self._pieces.append(np.array(found, dtype=np.int32))
        if len(numbers) > self._limit and len(self.names()) > self._limit:
            raise Refusal("too_many_categories", column=self._column, limit=self._limit)
        return []

    def names(self) -> Names:
        """The different texts."""
        gaps = gaps_among(self._numbers)
        texts = {_shown(text) for text in self._numbers if text not in gaps}
        return tuple(sorted(texts, key=_order_among(texts)))

    def values(self) -> Array:
        """The number of each cell's text among `names`, (N,) float64 with NaN for gaps."""
        places = {name: i for i, name in enumerate(self.names())}
        gaps = gaps_among(self._numbers)
        new = [np.nan if t in gaps else places[_shown(t)] for t in self._numbers]
        return np.array(new, dtype=float)[np.concatenate(self._pieces)]


def _shown(text: str) -> str:
    return text.strip()[:LONGEST_CATEGORY]


def _order_among(texts: set[str]) -> Callable[[str], tuple[float, str]]:
    """By value if all of them are numbers, so that 2 comes before 10; otherwise by text."""
    if all(re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", text) for text in texts):
        return lambda text: (float(text.replace(",", ".")), text)
    return lambda text: (0.0, text)


class Groups:
    """Reads which rows belong together; a row with a gap is alone."""

    example = ""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._pieces: list[Array] = []
        self._alone = 0

    def add(self, cells: Sequence[str]) -> list[int]:
        """Read more cells."""
        found = []
        for cell in cells:
            key: object = cell.strip()
            if is_gap(cell):
                self._alone += 1
                key = self._alone
            found.append(self._numbers.setdefault(key, len(self._numbers)))
        self._pieces.append(np.array(found, dtype=np.int64))
        return []

    def values(self) -> Array:
        """The number of each row's group, (N,) int64."""
        return np.concatenate(self._pieces)


class Texts:
    """Reads texts as tokens: the most frequent ones have numbers, in the order of frequency."""

    example = ""

    def __init__(self, by: str, vocabulary: int) -> None:
        self._words = by == "words"
        self._limit = vocabulary
        self._numbers: dict[str, int] = {}
        self._tokens = array("i")
        self._lengths: list[int] = []
        self._empty: list[bool] = []

    def add(self, cells: Sequence[str]) -> list[int]:
        """Read more cells."""
        numbers = self._numbers
        for cell in cells:
            empty = is_gap(cell)
            text = "" if empty else cell.strip()
            tokens = (WORDS.findall(text) if self._words else text)[:MOST_TOKENS]
            self._tokens.extend([numbers.setdefault(t, len(numbers)) for t in tokens])
            self._lengths.append(len(tokens))
            self._empty.append(empty)
        return []

    def values(self) -> Array:
        """0 for each text, NaN for each gap: (N,) float64."""
        return np.where(self._empty, np.nan, 0.0)

    def _order(self) -> list[str]:
        """The tokens that get a number of their own, the most frequent first."""
        tokens = np.array(self._tokens, dtype=np.int32)
        counts = np.bincount(tokens, minlength=len(self._numbers))
        order = sorted(self._numbers.items(), key=lambda item: (-counts[item[1]], item[0]))
        return [text for text, _ in order[: self._limit - len(SPECIAL)]]

    def vocabulary(self) -> Names:
        """Every token's text by its number; 0 is padding and 1 whatever has no number."""
        return (*SPECIAL, *self._order())

    def longest(self, rows: Array) -> int:
        """How many tokens the longest of some texts has, at least 1."""
        return int(np.array(self._lengths, dtype=np.int64)[rows].max(initial=1))

    def sequences(self, rows: Array) -> Array:
        """The tokens of some texts, padded with 0 to the longest one: (n, L) int64."""
        new = np.full(max(1, len(self._numbers)), UNKNOWN, dtype=np.int64)
        for i, text in enumerate(self._order()):
            new[self._numbers[text]] = i + len(SPECIAL)
        lengths = np.array(self._lengths, dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        tokens = np.array(self._tokens, dtype=np.int32)
        result = np.full((len(rows), self.longest(rows)), PADDING, dtype=np.int64)
        for i, row in enumerate(rows):
            result[i, : lengths[row]] = new[tokens[starts[row] : starts[row + 1]]]
        return result
