"""A text of one's own, or a folder of them, as one row of tokens to be continued.

A token's number is its place in the vocabulary: all characters in the order of Unicode, or all
words, the most frequent first. Where there are more than the vocabulary may hold, token 0 stands
for the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data.own.archives import is_archive, opened
from engine.data.own.class_folders import SUFFIXES, natural, prevailing
from engine.data.own.encodings import decoded
from engine.data.own.files import Files
from engine.data.own.forms import Look, Take
from engine.data.own.refusal import Refusal, Report, silent
from engine.data.own.table_readers import WORDS
from engine.data.samples import Samples
from engine.data_protocol import Complaint, TextGlimpse
from engine.spec.datasets import LENGTH
from engine.spec.options import Options, checked
from engine.spec.recipes import Passage
from engine.spec.sources import Facts

ENDINGS = SUFFIXES["texts"] | {".text", ".md"}  # of a single file
MOST_BYTES = 100_000_000  # of all texts together
LOOKED_AT = 4_000_000  # bytes of which a glimpse tells
FEWEST = 30  # tokens of which a network could learn anything
REST = "\ufffd"  # what stands for tokens that have no number of their own
SHOWN_TEXT, SHOWN_TOKENS, SHOWN_KINDS = 2000, 300, 40
LINE_OR_WORD = re.compile(rf"\n|{WORDS.pattern}")


@dataclass(frozen=True, slots=True)
class Read:
    """A text, and the recipe with the encoding in which it proved to be."""

    text: str
    recipe: Passage
    complaints: tuple[Complaint, ...]

    @property
    def options(self) -> Options:
        """The recipe as plain values; "auto" stays where files differ in their encodings."""
        recipe = self.recipe
        return Options(
            {
                "encoding": recipe.encoding,
                "tokens": recipe.tokens,
                "lower": recipe.lower,
                "vocabulary": recipe.vocabulary,
            }
        )


def recognises(path: Path) -> bool:
    """Whether this is a text by its name, or a folder or .zip of texts mostly."""
    if path.is_dir() or is_archive(path):
        return prevailing(path) == "texts"
    return path.suffix.casefold() in ENDINGS


def look(path: Path, recipe: Options) -> Look:
    """The beginning of the text, and its most frequent tokens."""
    read = _read(path, recipe, silent, LOOKED_AT)
    tokens = _tokens(read.text, read.recipe.tokens)
    shown = tokens[:SHOWN_TOKENS]
    glimpse = TextGlimpse(
        read.options,
        read.text[:SHOWN_TEXT],
        tuple(shown),
        len(tokens),
        tuple(_by_frequency(Counter(tokens))[:SHOWN_KINDS]),
    )
    return Look(glimpse, read.complaints)


def take(path: Path, recipe: Options, report: Report) -> Take:
    """All tokens in one row: x and target are both (tokens,) int64.

    Refusal "short_text" if there are too few to learn from.
    """
    read = _read(path, recipe, report)
    tokens, vocabulary = _numbered(read.text, read.recipe)
    if len(tokens) < FEWEST or len(vocabulary) < 2:
        raise Refusal("short_text", count=len(tokens), fewest=FEWEST)
    facts = Facts(
        (LENGTH,),
        ("time",),
        len(tokens),
        limit=len(vocabulary),
        classes=len(vocabulary),
        per_step=True,
        any_length=True,
        vocabulary=vocabulary,
    )
    return Take(Samples(tokens, tokens), facts, read.options, read.complaints)


def _read(path: Path, recipe: Options, report: Report, most: int | None = None) -> Read:
    """All texts one after the other, in natural order of their names, or their beginning."""
    chosen = checked(Passage, recipe)
    pieces, sizes = _pieces(path, report, most)
    if most is None and sizes > MOST_BYTES:
        raise Refusal("too_much", size=sizes / 1e9, most=MOST_BYTES / 1e9)
    found = [decoded(piece, chosen.encoding) for piece in pieces]
    encodings = {encoding for _, encoding in found}
    text = "\n".join(text for text, _ in found).replace("\r\n", "\n").replace("\r", "\n")
    complaints = []
    if damaged := text.count("\ufffd"):
        complaints.append(Complaint("damaged_text", {"count": damaged}))
    if most is not None and sizes > most:
        numbers: dict[str, object] = {"size": most / 1e6, "all": sizes / 1e6}
        complaints.append(Complaint("first_part", numbers))
    encoding = encodings.pop() if len(encodings) == 1 else chosen.encoding
    if chosen.lower:
        text = text.lower()
    told = Passage(encoding, chosen.tokens, chosen.lower, chosen.vocabulary)
    return Read(text, told, tuple(complaints))


def _pieces(path: Path, report: Report, most: int | None) -> tuple[list[bytes], int]:
    """The bytes of every text, or the first of them, and how many there are in all."""
    if not path.is_dir() and not is_archive(path):
        folder = path.parent
        files = Files(
            {path.name: _size(path)}, frozenset(), lambda name, n: _head(folder / name, n)
        )
        return _all_of(files, [path.name], report, most)
    with opened(path) as files:
        suffixes = SUFFIXES["texts"]
        names = [n for n in files.sizes if Path(n).suffix.casefold() in suffixes]
        if not names:
            raise Refusal("no_texts", path=str(path))
        return _all_of(files, sorted(names, key=natural), report, most)


def _all_of(
    files: Files, names: list[str], report: Report, most: int | None
) -> tuple[list[bytes], int]:
    total = sum(files.sizes[name] for name in names)
    left = MOST_BYTES + 1 if most is None else most
    pieces = []
    for done, name in enumerate(names):
        report(done, len(names))
        try:
            pieces.append(files.head(name, left))
        except OSError as error:
            reason = error.strerror or str(error)
            raise Refusal("unreadable", path=name, reason=reason) from error
        left -= len(pieces[-1])
        if left <= 0:
            break
    return pieces, total


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise Refusal("missing", path=str(path)) from error


def _head(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _tokens(text: str, by: str) -> list[str] | str:
    """The text's tokens: characters; or words, Chinese characters, signs and ends of lines."""
    return LINE_OR_WORD.findall(text) if by == "words" else text


def _numbered(text: str, recipe: Passage) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Every token's number, (tokens,), and the tokens by their numbers."""
    if recipe.tokens == "words":
        words = _tokens(text, recipe.tokens)
        counts = Counter(words)
        vocabulary = [token for token, _ in _by_frequency(counts)]
        kinds, places = vocabulary, {token: i for i, token in enumerate(vocabulary)}
        where = np.fromiter((places[token] for token in words), np.int64, len(words))
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        known, where, count = np.unique(codes, return_inverse=True, return_counts=True)
        kinds = [chr(code) for code in known]
        counts = Counter(dict(zip(kinds, count.tolist(), strict=True)))
    if len(kinds) <= recipe.vocabulary:
        return where.astype(np.int64), tuple(kinds)
    kept = [token for token, _ in _by_frequency(counts) if token != REST]
    vocabulary = [REST, *kept[: recipe.vocabulary - 1]]
    number = {token: i for i, token in enumerate(vocabulary)}
    new = np.array([number.get(token, 0) for token in kinds], np.int64)
    return new[where], tuple(vocabulary)


def _by_frequency(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first; in the order of Unicode where they are equally frequent."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
