"""Collections of pictures as they are distributed: MNIST and its kin in IDX, and CIFAR.

A folder, or a .zip, may hold several of them (EMNIST has six): the recipe's `member` says which.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data.own import cifar
from engine.data.own.archives import is_archive, opened
from engine.data.own.files import Files
from engine.data.own.forms import Look, Take
from engine.data.own.idx import read_idx
from engine.data.own.refusal import Refusal, Report, silent
from engine.data.samples import Samples
from engine.data_protocol import Complaint, PictureGlimpse
from engine.spec.options import Options, checked
from engine.spec.recipes import Collection
from engine.spec.sources import Facts

SHOWN = 24  # pictures of a glimpse
OUTSIDE = "."  # what a collection is called that lies in no folder of its own and has no prefix
MOST_BESIDE = 50  # other files in the folder of a chosen one
IDX = re.compile(
    r"(?P<before>.*?)(?P<part>train|t10k|test)-(?P<what>images|labels)[-.]idx[13]-ubyte(\.gz)?",
    re.IGNORECASE,
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# the 11 small letters that EMNIST does not take for their capitals (Cohen et al. 2017)
DISTINCT = "abdefghnqrt"
NAMES = {
    "fashion": (
        *("T-shirt", "trousers", "pullover", "dress", "coat"),
        *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
    ),
    "kmnist": tuple("おきすつなはまやれを"),
    "byclass": tuple("0123456789" + LETTERS + LETTERS.lower()),
    "bymerge": tuple("0123456789" + LETTERS + DISTINCT),
    "balanced": tuple("0123456789" + LETTERS + DISTINCT),
    "letters": tuple(LETTERS),
}

Bytes = NDArray[np.uint8]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Member:
    """The IDX files of one collection: (pictures, classes) for training, and perhaps for a test."""

    training: tuple[str, str]
    test: tuple[str, str] | None
    folder: str  # around all collections, by whatever name
    words: str  # of the files' own names and folders

    @property
    def is_turned(self) -> bool:
        """Whether rows stand in place of columns, as in EMNIST."""
        return "emnist" in self.words

    @property
    def class_names(self) -> tuple[str, ...]:
        """The usual names; empty where the names of files tell nothing."""
        words = f"{self.folder}/{self.words}".replace("kuzushiji", "kmnist")
        return next((names for key, names in NAMES.items() if key in words), ())


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a collection; of `counts` pictures in each class, perhaps only a few."""

    recipe: Options
    x: Bytes
    target: Labels
    test: int
    class_names: tuple[str, ...]
    complaints: tuple[Complaint, ...]


def place(path: Path) -> Path:
    """A collection is all files of its folder, whichever of them was chosen.

    Refusal "no_collection" for a file that is none of them, "crowded_folder" where many others lie
    beside it, which would be watched for changes.
    """
    if path.is_dir() or is_archive(path):
        return path
    if not _is_one(path.name):
        raise Refusal("no_collection", path=str(path))
    beside = [name for name in os.listdir(path.parent) if not _is_one(name)]
    if len(beside) > MOST_BESIDE:
        raise Refusal("crowded_folder", path=str(path.parent), count=len(beside))
    return path.parent


def recognises(path: Path) -> bool:
    """Whether files are called as those of the known collections are."""
    if path.is_dir() or is_archive(path):
        with opened(path) as files:
            last = [name.rpartition("/")[2] for name in files.sizes]
            return any(map(IDX.fullmatch, last)) or bool(cifar.find(files) or cifar.pickled(files))
    if not _is_one(path.name):
        return False
    with path.open("rb") as file:
        return not cifar.BATCH.fullmatch(path.name) or file.read(1) == cifar.PICKLED


def _is_one(name: str) -> bool:
    forms = IDX, cifar.TRAINING, cifar.TEST, cifar.BATCH
    return any(form.fullmatch(name) for form in forms)


def look(path: Path, recipe: Options) -> Look:
    """Some of the first pictures, and how many there are of each class."""
    read = _read(path, recipe, silent, SHOWN)
    counts = np.bincount(read.target, minlength=len(read.class_names))
    rows = np.arange(min(SHOWN, len(read.x)))
    glimpse = PictureGlimpse(
        read.recipe,
        read.x[rows],
        tuple(read.target[rows].tolist()),
        read.class_names,
        tuple(counts.tolist()),
    )
    return Look(glimpse, read.complaints)


def take(path: Path, recipe: Options, report: Report) -> Take:
    """All pictures, (N, height, width, 1 or 3) uint8, those for the test at the end."""
    read = _read(path, recipe, report)
    samples = Samples(read.x, read.target, test=read.test)
    facts = Facts(
        read.x.shape[1:],
        ("height", "width", "channels"),
        len(read.x),
        classes=len(read.class_names),
        test_samples=read.test,
        class_names=read.class_names,
    )
    return Take(samples, facts, read.recipe, read.complaints)


def _read(path: Path, recipe: Options, report: Report, first: int | None = None) -> Read:
    chosen = checked(Collection, recipe)
    with opened(place(path)) as files:
        if not (found := _members(files, place(path).name)):
            if name := cifar.pickled(files):
                raise Refusal("pickled", name=name)
            raise Refusal("no_collection", path=str(path))
        name = _chosen(found, chosen.member, path.name if path.is_file() else "")
        others = [other for other in found if other != name]
        names: dict[str, object] = {"names": ", ".join(others), "chosen": name}
        complaints = (Complaint("other_members", names),) if others and not chosen.member else ()
        member = found[name]
        # a name would only be in the way of a single one, whose folder may be called anew
        told = Options({"member": name if others else "", "labels": chosen.labels})
        if isinstance(member, cifar.Batches):
            coarse = chosen.labels == "coarse"
            x, target, test = cifar.read(files, member, coarse)
            classes = cifar.class_names(files, member, coarse)
            return Read(told, x, target, test, classes, complaints)
        x, target, test = _read_member(files, member, report, first)
    target, classes = _named(target, member.class_names)
    return Read(told, x, target, test, classes, complaints)


def _members(files: Files, top: str) -> dict[str, Member | cifar.Batches]:
    """The collections among files, by a name for each, the usual choice first."""
    parts: dict[str, dict[tuple[bool, str], str]] = {}
    for name in sorted(files.sizes):
        folder, _, last = name.rpartition("/")
        if fits := IDX.fullmatch(last):
            key = "/".join(filter(None, (folder, fits["before"].strip("-_."))))
            part = fits["part"].casefold() != "train", fits["what"].casefold()
            parts.setdefault(key, {}).setdefault(part, name)
    found: dict[str, Member | cifar.Batches] = {}
    for key, of_key in parts.items():
        both = [_pair(of_key, test) for test in (False, True)]
        training, test = both if both[0] else both[::-1]
        if training:
            member = re.sub(r"^emnist-", "", key.rpartition("/")[2], flags=re.IGNORECASE)
            member = member if member not in found else key
            found[member or OUTSIDE] = Member(training, test, top.casefold(), key.casefold())
    for folder, batches in cifar.find(files).items():
        found[folder.rpartition("/")[2] or OUTSIDE] = batches
    return dict(sorted(found.items(), key=lambda pair: (pair[0] != "balanced", pair[0])))


def _pair(names: dict[tuple[bool, str], str], test: bool) -> tuple[str, str] | None:
    """Pictures and classes; Refusal "half_collection" where only one of the files is there."""
    pictures, labels = (names.get((test, what)) for what in ("images", "labels"))
    if pictures and labels:
        return pictures, labels
    if alone := pictures or labels:
        raise Refusal("half_collection", name=alone)
    return None


def _chosen(found: dict[str, Member | cifar.Batches], member: str, file: str) -> str:
    """Which is meant: the one that was named, or to which the chosen file belongs, or the first."""
    if member:
        if member not in found:
            raise Refusal("no_member", member=member, names=", ".join(found))
        return member
    for name, files in found.items():
        if isinstance(files, Member) and file in (*files.training, *(files.test or ())):
            return name
    return next(iter(found))


def _read_member(
    files: Files, member: Member, report: Report, first: int | None
) -> tuple[Bytes, Labels, int]:
    """Pictures (N, H, W, 1), the labels in the files (N,), and how many are for the test."""
    pictures: list[Bytes] = []
    labels: list[Bytes] = []
    test = 0
    pairs = [pair for pair in (member.training, member.test) if pair]
    for done, (of_pictures, of_labels) in enumerate(pairs):
        report(done, len(pairs))
        x = read_idx(files, of_pictures, 3, first)
        of_each = read_idx(files, of_labels, 1)
        if first is None and len(x) != len(of_each):
            raise Refusal("counts_differ", name=of_pictures, pictures=len(x), labels=len(of_each))
        if pictures and x.shape[1:] != pictures[0].shape[1:]:
            sizes = ["×".join(map(str, shape.shape[1:])) for shape in (pictures[0], x)]
            raise Refusal("sizes_differ", name=of_pictures, one=sizes[0], other=sizes[1])
        pictures.append(x)
        labels.append(of_each)
        test = len(of_each) if done else 0
    report(len(pairs), len(pairs))
    x = np.concatenate(pictures)
    if not x.size:
        raise Refusal("no_samples", name=member.training[0])
    upright = x.transpose(0, 2, 1) if member.is_turned else x
    target: Labels = np.concatenate(labels).astype(np.int64)
    return np.ascontiguousarray(upright)[..., None], target, test if test < len(target) else 0


def _named(target: Labels, usual: tuple[str, ...]) -> tuple[Labels, tuple[str, ...]]:
    """Class numbers from 0 on, and a name for each: the usual ones where they fit.

    EMNIST's letters are numbered from 1 on.
    """
    numbers, counted = np.unique(target, return_inverse=True)
    if len(numbers) < 2:
        raise Refusal("only_class", name=str(numbers[0]))
    usual = usual or tuple("0123456789")
    start = 1 if numbers[0] == 1 and len(usual) == len(LETTERS) else 0
    if numbers[-1] - start < len(usual):
        return target - start, usual
    return counted.reshape(-1).astype(np.int64), tuple(map(str, numbers.tolist()))
