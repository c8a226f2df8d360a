"""Files of a .tar, plain or compressed, as CIFAR and many collections of pictures come.

Such a file can only be read from its beginning, so all that is in it is read once, into memory.
"""

from __future__ import annotations

import lzma
import tarfile
import zlib
from pathlib import Path

from engine.data.own.files import MOST_FILES, Files, leads_out, parents
from engine.data.own.fingerprint import is_hidden
from engine.data.own.refusal import Refusal

ENDINGS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
MOST_BYTES = 2_000_000_000  # of all files together


def is_tar(path: Path) -> bool:
    """Whether a file is called as a .tar is."""
    return path.name.casefold().endswith(ENDINGS)


def of_tar(path: Path) -> Files:
    """The files of a .tar; Refusal if they are unsafe, too many or too large, or damaged."""
    contents: dict[str, bytes] = {}
    folders: set[str] = set()
    room = MOST_BYTES
    try:
        with tarfile.open(path, "r:*") as archive:
            for member in archive:
                _check(path, member, len(contents))
                room -= member.size
                if room < 0:
                    raise Refusal("large_tar", path=str(path), most=MOST_BYTES / 1e9)
                name = member.name.removeprefix("./").rstrip("/")
                if any(is_hidden(step) for step in name.split("/")):
                    continue
                if member.isdir():
                    folders.add(name)
                elif (file := archive.extractfile(member)) is not None:
                    contents[name] = file.read()
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        if isinstance(error, Refusal):
            raise
        raise Refusal("broken_archive", path=str(path)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise Refusal("broken_archive", path=str(path)) from error  # gzip's and bzip2's
    sizes = {name: len(contents[name]) for name in sorted(contents)}
    folders |= {parent for name in sizes for parent in parents(name)}
    return Files(sizes, frozenset(folders), lambda name, most: contents[name][:most])


def _check(path: Path, member: tarfile.TarInfo, count: int) -> None:
    if not (member.isfile() or member.isdir()) or leads_out(member.name):
        raise Refusal("unsafe_archive", path=str(path), name=member.name)
    if count >= MOST_FILES:
        raise Refusal("too_many_files", path=str(path), count=count + 1, most=MOST_FILES)
