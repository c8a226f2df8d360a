"""Data files that a document carries inside its own file, to be handed out as one.

In the zip they lie in `data/<fingerprint>/`, which is what the document says of their place. When
it is opened they are unpacked into the user's cache, and are used from there.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from engine.spec.codec import Unreadable
from engine.spec.document import Document
from engine.spec.places import data_cache
from engine.spec.sources import Source, sources, with_sources

LARGEST = 100 << 20  # bytes of all files that one document carries
SHRINKING = {".csv", ".tsv", ".tab", ".txt", ".npy", ".wav", ".bmp"}
FINGERPRINT = re.compile(r"[0-9a-f]{32}")
FORBIDDEN = set('\\:*?"<>|\0')  # in names of files, somewhere


class _LeftOut(Exception):
    """Files that are not at hand, too large to be carried, or called as no other system allows."""


def pack(archive: zipfile.ZipFile, document: Document) -> tuple[Document, tuple[str, ...]]:
    """Put the files of embedded sources into an archive.

    Returns the document with their places in there, and the names of sources that had to be left
    outside, because they are gone or too large.
    """
    room = LARGEST
    inside: dict[str, str] = {}
    outside: list[str] = []
    for source in sources(document):
        if not source.embedded or source.path in inside:
            continue
        try:
            files = list(_files(source, room))
        except (_LeftOut, OSError):
            outside.append(source.name)
            continue
        for name, path in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            shrinks = path.suffix.lower() in SHRINKING
            entry.compress_type = zipfile.ZIP_DEFLATED if shrinks else zipfile.ZIP_STORED
            with path.open("rb") as raw, archive.open(entry, "w") as packed:
                shutil.copyfileobj(raw, packed, 1 << 20)
        room -= sum(path.stat().st_size for _, path in files)
        inside[source.path] = _place(source)
    return with_sources(document, lambda s: replace(s, path=inside.get(s.path, s.path))), tuple(
        outside
    )


def _place(source: Source) -> str:
    return f"data/{source.fingerprint}/{source.name}"


def _files(source: Source, room: int) -> Iterator[tuple[str, Path]]:
    """Names in the archive and paths of a source's files."""
    if not FINGERPRINT.fullmatch(source.fingerprint):
        raise _LeftOut
    top, place = Path(source.path), _place(source)
    if top.is_dir():
        found = [
            (f"{place}/{Path(where, name).relative_to(top).as_posix()}", Path(where, name))
            for where, folders, names in os.walk(top)
            for name in names
            if not name.startswith(".") and Path(where, name).is_file()
        ]
    else:
        found = [(place, top)]
    if not found or sum(path.stat().st_size for _, path in found) > room:
        raise _LeftOut
    if not all(_is_safe(step) for name, _ in found for step in name.split("/")):
        raise _LeftOut
    yield from sorted(found)


def unpack(archive: zipfile.ZipFile, document: Document) -> Document:
    """Unpack what an archive carries; returns the document with the places on this computer.

    Unreadable says which entry is damaged, too large, or tries to lie outside its folder.
    """
    names = [name for name in archive.namelist() if name.startswith("data/")]
    if not names:
        return document
    total = sum(archive.getinfo(name).file_size for name in names)
    if total > LARGEST:
        raise Unreadable("too_large", place="data", size=total, limit=LARGEST)

    def unpacked(source: Source) -> Source:
        place = PurePosixPath(source.path)
        if not source.embedded or place.parts[:2] != ("data", source.fingerprint):
            return source
        mine = [n for n in names if n == source.path or n.startswith(f"{source.path}/")]
        if not mine or not FINGERPRINT.fullmatch(source.fingerprint):
            return source
        folder = data_cache() / "carried" / source.fingerprint
        if not folder.exists():
            _extract(archive, mine, folder)
        return replace(source, path=str(folder / place.name))

    return with_sources(document, unpacked)


def _extract(archive: zipfile.ZipFile, names: list[str], folder: Path) -> None:
    """Write entries to `folder`, which appears only when all of them are there."""
    part = folder.with_name(f".{folder.name}-{os.getpid()}")
    try:
        for name in names:
            _, _, *steps = name.split("/")
            if not steps or any(not _is_safe(step) for step in steps):
                raise Unreadable("value", place="data", value=name[:80])
            path = part.joinpath(*steps)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_content(archive, name))
        os.replace(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _is_safe(step: str) -> bool:
    """Whether a step of a way leads down, on every system."""
    return step not in ("", ".", "..") and not FORBIDDEN & set(step) and step[-1] not in " ."


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    entry = archive.getinfo(name)
    try:
        with archive.open(entry) as packed:
            content = packed.read(entry.file_size)
    except Exception as error:  # what zipfile and zlib raise has no common base
        raise Unreadable("damaged", place=name) from error
    if len(content) != entry.file_size:
        raise Unreadable("damaged", place=name)
    return content
