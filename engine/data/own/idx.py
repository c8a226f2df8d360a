"""IDX, the format in which MNIST and its kin are distributed, plain or compressed by gzip.

Two zero bytes, a code for the kind of numbers (8: uint8), the number of axes, their sizes as
big-endian uint32, and the numbers (http://yann.lecun.com/exdb/mnist).
"""

from __future__ import annotations

import math
import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from engine.data.own.files import Files
from engine.data.own.refusal import Refusal

UINT8 = 0x08
GZIP = b"\x1f\x8b"
GZIP_ONLY = 31  # a code of zlib for this format, with the largest window
MOST_TIMES = 1032  # so much can gzip make of a byte (zlib's technical details)
MOST_BYTES = 4_000_000_000

Bytes = NDArray[np.uint8]


def read_idx(files: Files, name: str, axes: int, first: int | None = None) -> Bytes:
    """The array in a file, with so many axes; only the `first` of it if that is told.

    Refusal "not_idx" if its header says something else, "wrong_length" if there are more or fewer
    numbers than it says, "broken_gzip", "too_much", "unreadable". What the header says is compared
    with the length of the file before anything is allocated.
    """
    start = 4 + 4 * axes
    head = _content(files, name, start)
    if len(head) < start or head[:4] != bytes((0, 0, UINT8, axes)):
        raise Refusal("not_idx", name=name)
    sizes = struct.unpack(f">{axes}I", head[4:])
    expected = math.prod(sizes)
    _check(files, name, start, expected)
    if first is not None and first < sizes[0]:
        sizes = (first, *sizes[1:])
        data = _content(files, name, start + math.prod(sizes))
    else:
        data = _content(files, name, start + expected + 1)
    if len(data) != start + math.prod(sizes):
        raise Refusal("wrong_length", name=name, given=len(data) - start, expected=expected)
    return np.frombuffer(data, np.uint8, offset=start).reshape(sizes)


def _check(files: Files, name: str, start: int, expected: int) -> None:
    """Refuse sizes that cannot be in a file of this length."""
    if expected > MOST_BYTES:
        raise Refusal("too_much", size=expected / 1e9, most=MOST_BYTES / 1e9)
    given = files.sizes[name] - start
    if _raw(files, name, len(GZIP)) == GZIP:
        if expected > files.sizes[name] * MOST_TIMES:
            raise Refusal("wrong_length", name=name, given=given, expected=expected)
    elif given != expected:
        raise Refusal("wrong_length", name=name, given=max(0, given), expected=expected)


def _raw(files: Files, name: str, most: int) -> bytes:
    try:
        return files.head(name, most)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal("unreadable", path=name, reason=reason) from error


def _content(files: Files, name: str, most: int) -> bytes:
    """At most so many bytes of what is in a file; fewer where it ends before."""
    data = _raw(files, name, most)
    if not data.startswith(GZIP):
        return data
    data = _raw(files, name, files.sizes[name])
    try:
        return zlib.decompressobj(GZIP_ONLY).decompress(data, most)
    except zlib.error as error:
        raise Refusal("broken_gzip", name=name) from error
