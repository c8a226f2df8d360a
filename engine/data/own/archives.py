"""Files of a folder or of an archive, read in the same way.

Nothing of an archive is written to the disk: its files are read where they lie, so that no name in
it can lead out of a folder. What is strange or would grow beyond measure is refused all the same.
"""

from __future__ import annotations

import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from engine.data.own.encodings import decoded
from engine.data.own.files import MOST_FILES, Files, leads_out, parents
from engine.data.own.fingerprint import is_hidden, listing
from engine.data.own.refusal import Refusal
from engine.data.own.tars import is_tar, of_tar

MOST_BYTES = 20_000_000_000  # of all files of an archive together, unpacked
MOST_TIMES = 200  # so many times as large as its archive may all be that is in it
PARTS = {"train", "training", "test", "testing"}  # folders of folders of classes
SMALL = 100_000_000  # bytes; what is smaller than that, unpacked, does no harm
# what is raised while a damaged file is unpacked has no common base
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)
ENCRYPTED, UTF_8 = 0x1, 0x800  # flags of a file in an archive
ENTRY = 46  # bytes that a file takes at least in an archive's table of contents


def is_archive(path: Path) -> bool:
    """Whether this is a .zip or .tar by its name, and no document or arrays in one."""
    return path.is_file() and (path.suffix.casefold() == ".zip" or is_tar(path))


@contextmanager
def opened(path: Path) -> Iterator[Files]:
    """The files of a folder, a .zip or a .tar; Refusal if they are out of reach or unsafe."""
    with ExitStack() as stack:
        try:
            if path.is_dir():
                files = _of_folder(path)
            elif is_tar(path):
                files = of_tar(path)
            else:
                _check_contents(path)
                files = _of_archive(path, stack.enter_context(zipfile.ZipFile(path)))
        except FileNotFoundError as error:
            raise Refusal("missing", path=str(path)) from error
        except OSError as error:
            where = str(error.filename or path)
            reason = error.strerror or type(error).__name__
            raise Refusal("unreadable", path=where, reason=reason) from error
        except (zipfile.BadZipFile, NotImplementedError, UnicodeError) as error:
            raise Refusal("broken_archive", path=str(path)) from error
        yield files


def _of_folder(path: Path) -> Files:
    sizes = dict(islice(listing(path), MOST_FILES + 1))
    if len(sizes) > MOST_FILES:
        raise Refusal("too_many_files", path=str(path), count=len(sizes), most=MOST_FILES)
    below = {parent for name in sizes for parent in parents(name)}
    top = set(_folders_in(path))  # deeper ones are not asked whether they are empty
    for name in tuple(top):
        if name.casefold() in PARTS:
            top |= {f"{name}/{inner}" for inner in _folders_in(path / name)}

    def head(name: str, most: int) -> bytes:
        with (path / name).open("rb") as file:
            return file.read(most)

    return Files(sizes, frozenset(below | top), head)


def _folders_in(path: Path) -> list[str]:
    with os.scandir(path) as entries:
        folders = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
    return [name for name in folders if not is_hidden(name)]


def _check_contents(path: Path) -> None:
    """Refuse an archive with millions of files before the list of them is read into memory."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 66_000))
        tail = file.read()
    mark = tail.rfind(b"PK\5\6")  # the end of the table of contents
    length = int.from_bytes(tail[mark + 12 : mark + 16], "little") if mark >= 0 else 0
    far = tail.rfind(b"PK\6\6")  # the same in the form for large archives
    if length == 0xFFFFFFFF and far >= 0:
        length = int.from_bytes(tail[far + 40 : far + 48], "little")
    if length > 10 * ENTRY * MOST_FILES:
        count = length // ENTRY
        raise Refusal("too_many_files", path=str(path), count=count, most=MOST_FILES)


def _of_archive(path: Path, archive: zipfile.ZipFile) -> Files:
    infos = archive.infolist()
    names = _names(infos)
    _check(path, infos, names)
    by_name = {
        name: info
        for name, info in sorted(zip(names, infos, strict=True), key=lambda pair: pair[0])
        if not any(is_hidden(step) for step in name.split("/"))
    }
    sizes = {name: info.file_size for name, info in by_name.items() if not info.is_dir()}
    given = {name.rstrip("/") for name, info in by_name.items() if info.is_dir()}

    def head(name: str, most: int) -> bytes:
        try:
            with archive.open(by_name[name]) as file:
                return file.read(most)
        except DAMAGE as error:
            raise OSError(str(error)) from error

    return Files(sizes, frozenset({p for name in sizes for p in parents(name)} | given), head)


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Names as they were meant: without a flag for UTF-8 they are in the encoding of some Windows.

    Python reads them as code page 437, from which their bytes come back. Some programs write "\\"
    between folders.
    """
    old = [i for i, info in enumerate(infos) if not info.flag_bits & UTF_8]
    names = [info.filename.replace("\\", "/") for info in infos]
    told = [names[i] for i in old]
    if all(name.isascii() for name in told):
        return names
    try:
        text, _ = decoded("\n".join(told).encode("cp437"))
    except (UnicodeEncodeError, Refusal):
        return names
    meant = text.split("\n")
    if len(meant) == len(old):
        for i, name in zip(old, meant, strict=True):
            names[i] = name
    return names


def _check(path: Path, infos: list[zipfile.ZipInfo], names: list[str]) -> None:
    """Refusal where an archive holds what no honest one does."""
    if len(infos) > MOST_FILES:
        raise Refusal("too_many_files", path=str(path), count=len(infos), most=MOST_FILES)
    for info, name in zip(infos, names, strict=True):
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        if is_link or leads_out(name) or "\0" in info.orig_filename:
            raise Refusal("unsafe_archive", path=str(path), name=name)
        if info.flag_bits & ENCRYPTED:
            raise Refusal("encrypted_archive", path=str(path))
    total = sum(info.file_size for info in infos)
    bound = min(MOST_BYTES, max(SMALL, MOST_TIMES * path.stat().st_size))
    if total > bound:
        raise Refusal("large_archive", path=str(path), size=total / 1e9, most=bound / 1e9)
