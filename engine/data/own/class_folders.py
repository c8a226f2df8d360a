"""Files sorted by the folder they lie in: one folder for each class, and perhaps tests apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from engine.data.own.archives import is_archive, opened
from engine.data.own.files import Files
from engine.data.own.refusal import Refusal
from engine.data_protocol import Complaint

SUFFIXES = {
    "pictures": frozenset(
        {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff"}
        | {".avif", ".pgm", ".ppm", ".pbm"}
    ),
    "sounds": frozenset({".wav", ".wave"}),
    "texts": frozenset({".txt"}),
}
# of the same kinds, but not to be read: from telephones, and compressed as music is
FOREIGN = {
    "pictures": frozenset({".heic", ".heif", ".svg"}),
    "sounds": frozenset({".mp3", ".m4a", ".ogg", ".opus", ".flac", ".aac", ".wma"}),
    "texts": frozenset[str](),
}
TRAINING, TEST = {"train", "training"}, {"test", "testing"}
VALIDATION = {"val", "valid", "validation"}
FEW = 5  # names that a complaint tells

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sorted:
    """Files by class, those for the test at the end.

    names, labels : of each file, and its class
    class_names : in natural order, so that 10 comes after 9
    test : so many at the end are for the test
    """

    names: tuple[str, ...]
    labels: tuple[int, ...]
    class_names: tuple[str, ...]
    test: int = 0
    complaints: tuple[Complaint, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """Files of each class."""
        found = Counter(self.labels)
        return tuple(found[i] for i in range(len(self.class_names)))

    @property
    def tested(self) -> int:
        """How many are for the test; none where nothing would be left to learn from."""
        return self.test if self.test < len(self.names) else 0

    def spread(self, count: int) -> list[int]:
        """At most so many file numbers, spread evenly over classes, and over the files of each."""
        rows: list[list[int]] = [[] for _ in self.class_names]
        for row, label in enumerate(self.labels):
            rows[label].append(row)
        of_few = _evenly(rows, count)
        share = -(-count // len(of_few))
        of_few = [_evenly(of_one, share) for of_one in of_few]
        in_turns = [of_one[i] for i in range(share) for of_one in of_few if i < len(of_one)]
        return sorted(in_turns[:count])

    def without(self, broken: Iterable[int]) -> Sorted:
        """What is left when files proved to be broken; classes that lost all of theirs go too."""
        gone = set(broken)
        left = [i for i in range(len(self.names)) if i not in gone]
        test = sum(i >= len(self.names) - self.test for i in left)
        named = [(self.names[i], self.class_names[self.labels[i]]) for i in left]
        return _numbered(named, test, self.complaints)


def _evenly(items: list[T], count: int) -> list[T]:
    """At most so many of them, at even distances."""
    return [items[i * len(items) // count] for i in range(count)] if count < len(items) else items


def prevailing(path: Path) -> str:
    """What most files at a path are, a key of SUFFIXES; empty if none is one of them."""
    if path.is_dir() or is_archive(path):
        with opened(path) as files:
            suffixes = Counter(_suffix(name) for name in files.sizes)
    else:
        suffixes = Counter([path.suffix.casefold()])
    found = {kind: sum(suffixes[s] for s in SUFFIXES[kind] | FOREIGN[kind]) for kind in SUFFIXES}
    most = max(found, key=lambda kind: found[kind])
    return most if found[most] else ""


@contextmanager
def sorted_files(path: Path, kind: str) -> Iterator[tuple[Files, Sorted]]:
    """The files of a kind in a folder or a .zip, and how they are sorted; see `by_class`."""
    if path.is_file() and not is_archive(path):
        raise Refusal("one_file", name=path.name)
    with opened(path) as files:
        yield files, by_class(files, kind)


def listed(found: Sorted, rows: list[int]) -> dict[str, object]:
    """How many files, and the first names of them, for a complaint."""
    names = ", ".join(found.names[row] for row in rows[:FEW])
    return {"count": len(rows), "names": names if len(rows) <= FEW else f"{names}, …"}


def by_class(files: Files, kind: str) -> Sorted:
    """Sort the files of a kind by the folders they lie in.

    Refusal "no_class_folders" if they lie side by side, "only_class" if all are of one class,
    "foreign_pictures" or "foreign_sounds" if all are in formats that are not read.
    """
    every = [name for name in files.sizes if _suffix(name) in SUFFIXES[kind]]
    foreign = [name for name in files.sizes if _suffix(name) in FOREIGN[kind]]
    if foreign and not every:
        raise Refusal(f"foreign_{kind}", count=len(foreign), name=foreign[0])
    top = _shared_folder(every)
    training: list[tuple[str, str]] = []
    test: list[tuple[str, str]] = []
    held = _held_out({name[len(top) :].split("/")[0].casefold() for name in every})
    alone = 0
    for name in every:
        *folders, _ = name[len(top) :].split("/")
        place, folders = (folders[:1], folders[1:]) if held else ([], folders)
        if not folders:
            alone += 1
        elif place and place[0].casefold() in held:
            test.append((name, _name(folders[0])))
        elif not place or place[0].casefold() in TRAINING | VALIDATION:
            training.append((name, _name(folders[0])))
        else:
            alone += 1
    if not training:
        raise Refusal("no_class_folders", count=len(every))
    found = _numbered([*_in_order(training), *_in_order(test)], len(test), ())
    complaints = _complaints(files, top, found, alone)
    if foreign:
        numbers: dict[str, object] = {"count": len(foreign), "name": foreign[0]}
        complaints = (*complaints, Complaint(f"foreign_{kind}", numbers))
    return Sorted(found.names, found.labels, found.class_names, found.test, complaints)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()


def _shared_folder(names: list[str]) -> str:
    """The folders around the folders of classes, which every file lies in."""
    top = ""
    while names:
        rest = names[0][len(top) :].split("/")
        step = top + rest[0] + "/"
        if not all(name.startswith(step) and "/" in name[len(step) :] for name in names):
            break
        top = step
    return top


def _held_out(folders: set[str]) -> set[str]:
    """Which folders are for the test: those called so, beside one called training."""
    if not folders & TRAINING:
        return set()
    return folders & TEST or folders & VALIDATION


def _name(folder: str) -> str:
    """A folder's name in one spelling: macOS takes letters and their accents apart."""
    whole = folder.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", whole)


def natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """What to sort names by, so that 10 comes after 9."""
    steps = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(0, int(s[:18]), s) if s[0] in "0123456789" else (1, 0, s) for s in steps], name


def _in_order(named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(named, key=lambda pair: (natural(pair[1]), natural(pair[0])))


def _numbered(named: list[tuple[str, str]], test: int, complaints: tuple[Complaint, ...]) -> Sorted:
    classes = tuple(sorted({name for _, name in named}, key=natural))
    if len(classes) == 1:
        raise Refusal("only_class", name=classes[0])
    number = {name: i for i, name in enumerate(classes)}
    names = tuple(name for name, _ in named)
    return Sorted(names, tuple(number[c] for _, c in named), classes, test, complaints)


def _complaints(files: Files, top: str, found: Sorted, alone: int) -> tuple[Complaint, ...]:
    said = []
    if alone:
        said.append(Complaint("without_class", {"count": alone}))
    used = {step for name in found.names for step in _around(name)}
    depth = top.count("/") + (2 if found.test else 1)
    level = (f for f in files.folders if f.startswith(top) and f.count("/") + 1 == depth)
    empty = sorted(f[len(top) :] for f in level if f not in used)
    if empty:
        names = ", ".join(_name(f) for f in empty[:FEW])
        said.append(Complaint("empty_folders", {"count": len(empty), "names": names}))
    return tuple(said)


def _around(name: str) -> Iterable[str]:
    steps = name.split("/")
    return ("/".join(steps[:i]) for i in range(1, len(steps)))
