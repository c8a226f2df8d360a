"""Fingerprints of files, to notice that something else stands in their place now."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from engine.data.own.refusal import Refusal, Report, silent

PIECE = 1 << 22  # bytes read at once
BY_SYSTEMS = {"thumbs.db", "desktop.ini", "__macosx"}  # written by Windows and macOS unasked


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


def is_hidden(name: str) -> bool:
    """Whether a file or folder is none of the person's own."""
    return name.startswith(".") or name.casefold() in BY_SYSTEMS


def listing(folder: Path) -> Iterator[tuple[str, int]]:
    """Names, as seen from the folder with "/" between, and sizes of all its files, in order.

    Links to folders are not followed, so that a circle of them is no trap; hidden files and those
    that systems make do not count. OSError if a folder may not be read.
    """

    def stop(error: OSError) -> None:
        raise error

    for where, folders, files in os.walk(folder, onerror=stop):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        inside = Path(where).relative_to(folder).as_posix()
        for name in sorted(files):
            if not is_hidden(name):
                path = os.path.join(where, name)
                if os.path.isfile(path):
                    yield name if inside == "." else f"{inside}/{name}", os.path.getsize(path)
