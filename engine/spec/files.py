"""The `.layerwise` file: a zip of document, weights and history.

`document.json`        the drawing and the training options (see `codec`)
`weights.safetensors`  parameters and optimizer state, if the network was trained
`history.json`         the curves and where the run stood
`steps.json`           what was done to the document, to be undone (see `past`)
`runs.json`            earlier runs (see `runs`), their weights in `runs/…`
`data/…`               files of one's own data, where the person wants them inside (see `embedding`)

Weights stay bytes here, so that the window can keep and save them without numerical libraries.
Files are written beside the target and then moved, so that a crash never leaves half a file.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.spec.codec import Unreadable, from_json, to_json
from engine.spec.document import Document
from engine.spec.embedding import pack, unpack
from engine.spec.history import History
from engine.spec.past import Past, past_of
from engine.spec.runs import Record, record_of
from engine.spec.sources import placed_in, relative_to

SUFFIX = ".layerwise"
LARGEST = {
    "document.json": 64 << 20,
    "weights.safetensors": 4 << 30,
    "history.json": 256 << 20,
    "steps.json": 64 << 20,
    "runs.json": 512 << 20,
}


@dataclass(frozen=True, slots=True)
class Saved:
    """What one file holds. `weights` and `history` belong together: a run and its state."""

    document: Document
    weights: bytes | None = None
    history: dict[str, Any] | None = None  # JSON values; see engine.spec.history
    past: Past | None = None
    runs: tuple[Record, ...] = ()  # that are over


def write(path: Path, saved: Saved, embed: bool = True) -> tuple[str, ...]:
    """Write a file; OSError if the place cannot be written. The old file stays until the end.

    Returns the names of data files that it was to carry, but could not. With `embed` False it
    carries none, and they stay where they are.
    """
    path = path.resolve()
    part = path.with_name(f".{path.stem}-{os.getpid()}.part")
    try:
        with part.open("wb") as raw:
            with zipfile.ZipFile(raw, "w") as archive:
                outside = _fill(archive, saved, path.parent, embed)
            raw.flush()
            os.fsync(raw.fileno())  # else a power cut could leave the new name on an empty file
        if path.exists():
            shutil.copymode(path, part)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return outside


def _fill(archive: zipfile.ZipFile, saved: Saved, folder: Path, embed: bool) -> tuple[str, ...]:
    document, outside = pack(archive, saved.document) if embed else (saved.document, ())
    archive.writestr(_entry("document.json"), to_json(relative_to(document, folder)))
    if saved.weights is not None:
        archive.writestr(_entry("weights.safetensors"), saved.weights)
    if saved.history is not None:
        text = json.dumps(saved.history, ensure_ascii=False)
        archive.writestr(_entry("history.json"), text)
    if saved.past is not None and saved.past.steps:
        text = json.dumps(saved.past.to_json(folder), ensure_ascii=False)
        archive.writestr(_entry("steps.json"), text)
    if saved.runs:
        text = json.dumps([run.to_json(folder) for run in saved.runs], ensure_ascii=False)
        archive.writestr(_entry("runs.json"), text)
        for run in saved.runs:
            if run.weights is not None:
                archive.writestr(_entry(run.entry), run.weights)
    return outside


def _entry(name: str) -> zipfile.ZipInfo:
    # a fixed date, so that equal documents give equal files; readable by others of the class
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    # weights hardly shrink, and compressing them would hold up the window
    is_text = name.endswith(".json")
    entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    return entry


def read(path: Path) -> Saved:
    """Read a file; Unreadable or OSError says what is wrong with it.

    A bare document as JSON text, as the examples are kept, is read too.
    """
    with path.open("rb") as raw:
        if raw.read(1) == b"{":
            return Saved(_bare(path))
    with _opened(path) as archive:
        names = set(archive.namelist())
        if "document.json" not in names:
            raise Unreadable("not_layerwise")
        document = unpack(archive, from_json(_text(archive, "document.json")))
        weights = _bytes(archive, "weights.safetensors") if _HAS[0] in names else None
        history = _history(archive) if _HAS[1] in names else None
        document = placed_in(document, path.resolve().parent)
        past = _past(archive, document, path.resolve().parent) if _HAS[2] in names else None
        runs = tuple(_runs(archive, path.resolve().parent)) if _HAS[3] in names else ()
    return Saved(document, weights, history if weights is not None else None, past, runs)


def read_drawing(path: Path) -> Document:
    """The drawing in a file, without weights and data; Unreadable or OSError as in `read`."""
    with path.open("rb") as raw:
        if raw.read(1) == b"{":
            return _bare(path)
    with _opened(path) as archive:
        if "document.json" not in archive.namelist():
            raise Unreadable("not_layerwise")
        return from_json(_text(archive, "document.json"))


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except OSError:
        raise
    except Exception as error:  # a broken directory confuses its reader in many ways
        raise Unreadable("not_zip") from error


def _bare(path: Path) -> Document:
    if path.stat().st_size > LARGEST["document.json"]:
        raise Unreadable(
            "too_large",
            place=path.name,
            size=path.stat().st_size,
            limit=LARGEST["document.json"],
        )
    try:
        return placed_in(from_json(path.read_text("utf-8")), path.resolve().parent)
    except UnicodeDecodeError as error:
        raise Unreadable("json", place=str(error)) from error


_HAS = ("weights.safetensors", "history.json", "steps.json", "runs.json")


def _past(archive: zipfile.ZipFile, document: Document, folder: Path) -> Past | None:
    """The steps that led to the document; whoever has lost them keeps the document all the same."""
    with contextlib.suppress(Unreadable):
        return past_of(_json(archive, "steps.json"), document, folder)
    return None


def _json(archive: zipfile.ZipFile, name: str) -> Any:
    text = _text(archive, name)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("json", place=f"{name}: {error}") from error


def _history(archive: zipfile.ZipFile) -> dict[str, Any]:
    value = _json(archive, "history.json")
    if not isinstance(value, dict):
        raise Unreadable("value", place="history.json", value=type(value).__name__)
    History.from_json(value)  # so that a mistake is found before anything is shown
    return value


def _runs(archive: zipfile.ZipFile, folder: Path) -> Iterator[Record]:
    """The runs that can be read; whoever has lost one keeps the others and the document."""
    with contextlib.suppress(Unreadable):
        values = _json(archive, "runs.json")
        seen: set[int] = set()
        for i, value in enumerate(values if isinstance(values, list) else ()):
            with contextlib.suppress(Unreadable):
                record = record_of(i, value, folder)
                if record.number not in seen:
                    seen.add(record.number)
                    yield _with_weights(archive, record)


def _with_weights(archive: zipfile.ZipFile, record: Record) -> Record:
    if record.entry not in archive.namelist():
        return record
    with contextlib.suppress(Unreadable):
        return replace(record, weights=_bytes(archive, record.entry, "weights.safetensors"))
    return record


def _text(archive: zipfile.ZipFile, name: str) -> str:
    try:
        return _bytes(archive, name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable("json", place=f"{name}: {error}") from error


def _bytes(archive: zipfile.ZipFile, name: str, kind: str = "") -> bytes:
    """The content of an entry; `kind` names one whose limit it shares."""
    entry, limit = archive.getinfo(name), LARGEST[kind or name]
    if entry.file_size > limit:
        raise Unreadable("too_large", place=name, size=entry.file_size, limit=limit)
    try:
        with archive.open(entry) as packed:
            # not without a number: then a part may unpack to far more than it claims
            content = packed.read(entry.file_size)
    except Exception as error:  # what zipfile and zlib raise has no common base
        raise Unreadable("damaged", place=name) from error
    if len(content) != entry.file_size:
        raise Unreadable("damaged", place=name)
    return content
