"""NumPy's own format: what arrays there are in a file, a .npz or a folder, and their numbers.

Nothing is unpickled: arrays of Python objects are not read. What a header says is compared with
the length of its file before anything is allocated (NEP 1 describes the format).
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.data.own.archives import is_archive, opened
from engine.data.own.files import MOST_IN_FILE, Files
from engine.data.own.refusal import Refusal
from engine.data.samples import Array

ENDING = ".npy"
HEADER = 20_000  # bytes in which a header surely ends
MOST_AXES = 8
MOST_CODE = 0x10FFFF  # the last character of Unicode
READABLE = "biufUS"  # truth values, numbers, texts


@dataclass(frozen=True, slots=True)
class Stored:
    """One array as its header describes it, and where it lies.

    start : bytes of the header
    path : of a file that can be mapped into memory; None inside of an archive
    """

    file: str
    shape: tuple[int, ...]
    dtype: np.dtype
    start: int
    turned: bool  # the first axis changes fastest, as in Fortran
    files: Files
    path: Path | None

    @property
    def size(self) -> int:
        """Bytes of its numbers."""
        return math.prod(self.shape) * self.dtype.itemsize

    @property
    def is_readable(self) -> bool:
        """Whether it holds numbers or texts, and no Python objects or rows of several kinds."""
        return self.dtype.kind in READABLE and self.dtype.itemsize > 0

    def read(self, first: int | None = None) -> Array:
        """Its numbers, mapped where that is possible; only the `first` rows if that is told."""
        self.check()
        if self.path is not None and self.size:
            found: Array = np.load(self.path, mmap_mode="r", allow_pickle=False)[:first]
        else:
            found = self._unpacked(first)
        if self.dtype.kind == "U" and _strange(np.ascontiguousarray(found)):
            raise Refusal("not_npy", name=self.file)
        return found

    def _unpacked(self, first: int | None) -> Array:
        shape = self.shape
        if first is not None and not self.turned and shape:
            shape = (min(first, shape[0]), *shape[1:])
        count = math.prod(shape)
        wanted = self.start + count * self.dtype.itemsize
        try:
            data = self.files.head(self.file, wanted)
        except OSError as error:
            raise _unreadable(self.file, error) from error
        if len(data) < wanted:
            raise self._wrong_length(len(data) - self.start)
        flat = np.frombuffer(data[self.start :], self.dtype, count)
        return flat.reshape(shape, order="F" if self.turned else "C")[:first]

    def check(self) -> None:
        """Refuse objects, and what cannot be in a file of this length."""
        if not self.is_readable:
            raise Refusal("array_of_objects", name=self.file)
        given = self.files.sizes[self.file] - self.start
        if given != self.size:
            raise self._wrong_length(given)
        if self.path is None and self.size > MOST_IN_FILE:
            raise Refusal("too_much", size=self.size / 1e9, most=MOST_IN_FILE / 1e9)

    def _wrong_length(self, given: int) -> Refusal:
        return Refusal("wrong_length", name=self.file, given=given, expected=self.size)


def _strange(texts: Array) -> bool:
    """Whether there are numbers for characters that Unicode has not."""
    codes = texts.reshape(-1).view(np.dtype(np.uint32).newbyteorder(texts.dtype.byteorder))
    return bool(np.any(codes > MOST_CODE))


@contextmanager
def stored_in(path: Path) -> Iterator[dict[str, Stored]]:
    """The arrays of a .npy, a .npz, a .zip or a folder, by name without ending, in order.

    Refusal "not_npy" where a header is damaged, "no_arrays" if there are none.
    """
    if path.is_file() and path.suffix.casefold() == ENDING:
        files = Files(
            {path.name: path.stat().st_size}, frozenset(), lambda n, most: _head(path, most)
        )
        yield {path.stem: _stored(files, path.name, path)}
        return
    if path.is_file() and not (is_archive(path) or path.suffix.casefold() == ".npz"):
        raise Refusal("not_npy", name=path.name)
    with opened(path) as files:
        found: dict[str, Stored] = {}
        for file in sorted(files.sizes):
            name = file.rpartition("/")[2]
            if name.casefold().endswith(ENDING) and name[:-4].isprintable() and len(name) <= 200:
                place = path / file if path.is_dir() else None
                found.setdefault(name[:-4], _stored(files, file, place))
        if not found:
            raise Refusal("no_arrays", path=str(path))
        yield found


def _head(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _unreadable(name: str, error: OSError) -> Refusal:
    return Refusal("unreadable", path=name, reason=error.strerror or str(error))


def _stored(files: Files, name: str, path: Path | None) -> Stored:
    try:
        stream = io.BytesIO(files.head(name, HEADER))
    except OSError as error:
        raise _unreadable(name, error) from error
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    # a header is the text of a Python value, of which NumPy reads literals only; of a damaged one
    # its parser raises errors of many kinds
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shape, turned, dtype = read[np.lib.format.read_magic(stream)](stream)
        if any(type(n) is not int or n < 0 for n in shape) or len(shape) > MOST_AXES:
            raise ValueError(f"{shape}")
    except Exception as error:
        raise Refusal("not_npy", name=name) from error
    return Stored(name, shape, dtype, stream.tell(), turned and len(shape) > 1, files, path)
