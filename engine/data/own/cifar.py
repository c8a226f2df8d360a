"""CIFAR-10 and CIFAR-100 in the version for C programs: records of labels and a picture.

A picture is 1024 red values, 1024 green and 1024 blue, row by row; before it stands its class, in
CIFAR-100 the coarse and then the fine one (Krizhevsky 2009, cs.toronto.edu/~kriz/cifar.html).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.own.files import Files
from engine.data.own.refusal import Refusal

PICTURE = 3 * 32 * 32  # bytes
PICKLED = b"\x80"  # how Python's own format begins, which can run programs and is never read
BATCH = re.compile(r"(data|test)_batch(_\d+)?$|(train|test|meta|batches\.meta)$")
TRAINING = re.compile(r"data_batch_\d+\.bin|train\.bin")
TEST = re.compile(r"test_batch\.bin|test\.bin")
NAMES = tuple(
    ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
)
COARSE, FINE = 20, 100  # classes of CIFAR-100
MOST_NAMES = 10_000  # bytes of a file with names

Bytes = NDArray[np.uint8]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batches:
    """Files of one folder: names with their folder, in order."""

    folder: str  # with "/" at its end, or empty
    training: tuple[str, ...]
    test: tuple[str, ...]

    @property
    def has_two_labels(self) -> bool:
        """Whether it is CIFAR-100, with coarse and fine classes."""
        return f"{self.folder}train.bin" in self.training


def find(files: Files) -> dict[str, Batches]:
    """CIFAR's files by the folder they lie in."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for name in sorted(files.sizes, key=lambda name: (len(name), name)):
        folder, _, last = name.rpartition("/")
        training, test = found.setdefault(folder, ([], []))
        if TRAINING.fullmatch(last):
            training.append(name)
        elif TEST.fullmatch(last):
            test.append(name)
    return {
        folder: Batches(folder + "/" if folder else "", tuple(training), tuple(test))
        for folder, (training, test) in found.items()
        if training
    }


def pickled(files: Files) -> str:
    """The name of a batch in the version for Python, which is not read; empty if there is none."""
    for name in sorted(files.sizes):
        if BATCH.fullmatch(name.rpartition("/")[2]):
            try:
                if files.head(name, 1) == PICKLED:
                    return name
            except OSError:
                continue
    return ""


def read(files: Files, batches: Batches, coarse: bool) -> tuple[Bytes, Labels, int]:
    """Pictures (N, 32, 32, 3), their classes (N,), and how many at the end are for the test.

    Refusal "wrong_length" if a file holds no whole number of records, "wrong_label" for a class
    that there is not, "unreadable".
    """
    pictures, labels, test = [], [], 0
    for name in (*batches.training, *batches.test):
        x, target = _read_batch(files, name, batches.has_two_labels, coarse)
        pictures.append(x)
        labels.append(target)
        test += len(x) if name in batches.test else 0
    return np.concatenate(pictures), np.concatenate(labels), test


def _read_batch(files: Files, name: str, two: bool, coarse: bool) -> tuple[Bytes, Labels]:
    try:
        data = files.read(name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal("unreadable", path=name, reason=reason) from error
    before = 2 if two else 1
    record = before + PICTURE
    if not data or len(data) % record:
        expected = -(-max(1, len(data)) // record) * record
        raise Refusal("wrong_length", name=name, given=len(data), expected=expected)
    records = np.frombuffer(data, np.uint8).reshape(-1, record)
    target = records[:, 0 if coarse or not two else 1]
    classes = 10 if not two else COARSE if coarse else FINE
    if target.max() >= classes:
        raise Refusal("wrong_label", name=name, label=int(target.max()), most=classes - 1)
    x = records[:, before:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    return np.ascontiguousarray(x), target.astype(np.int64)


def class_names(files: Files, batches: Batches, coarse: bool) -> tuple[str, ...]:
    """The classes' names, from the file beside the batches; else those well known, or numbers."""
    kind = ("coarse_label_names" if coarse else "fine_label_names") + ".txt"
    kind = kind if batches.has_two_labels else "batches.meta.txt"
    count = (COARSE if coarse else FINE) if batches.has_two_labels else len(NAMES)
    try:
        text = files.head(batches.folder + kind, MOST_NAMES).decode("utf-8", "replace")
    except (OSError, KeyError):
        text = ""
    told = tuple(line.strip() for line in text.splitlines() if line.strip())
    if len(told) == count:
        return told
    return tuple(map(str, range(count))) if batches.has_two_labels else NAMES
