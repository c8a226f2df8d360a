"""Fingerprints of files, to notice that something else stands in their place now."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from engine.data.own.refusal import Refusal, Report, silent

PIECE = 1 << 22  # bytes read at once


def fingerprint(path: Path, report: Report = silent) -> str:
    """Of a file: its content; of a folder: the names and sizes of all files in it.

    Refusal "missing" if nothing is there, "unreadable" if it may not be read.
    """
    digest = hashlib.sha256()
    try:
        if path.is_dir():
            for name, size in listing(path):
                digest.update(f"{name}\0{size}\0".encode("utf-8", "surrogateescape"))
        else:
            total, done = path.stat().st_size, 0
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
                    done += len(piece)
                    report(done, total)
    except FileNotFoundError as error:
        raise Refusal("missing", path=str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal("unreadable", path=str(path), reason=reason) from error
    return digest.hexdigest()[:32]


def listing(folder: Path) -> Iterator[tuple[str, int]]:
    """Names, as seen from the folder with "/" between, and sizes of all its files, in order.

    Links to folders are not followed, so that a circle of them is no trap; hidden files (of the
    system, mostly) do not count.
    """
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                path = Path(where, name)
                if path.is_file():
                    yield path.relative_to(folder).as_posix(), path.stat().st_size
