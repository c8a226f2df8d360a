"""Sentences about files, for the window and the terminal alike."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from engine.data_protocol import Remedy
from engine.spec.codec import Unreadable
from gui.words import tr

# the system's own words are in the system's language, so the usual ones are said by us
REASONS = {
    errno.EACCES: "file.reason.not_allowed",
    errno.EPERM: "file.reason.not_allowed",
    errno.EROFS: "file.reason.read_only",
    errno.ENOSPC: "file.reason.full",
    errno.ENOENT: "file.reason.no_folder",
    errno.ENOTDIR: "file.reason.no_folder",
    errno.EISDIR: "file.reason.is_folder",
    errno.ENAMETOOLONG: "file.reason.long_name",
}


def read_error(path: Path, error: Exception) -> str:
    """One sentence on why a file could not be read."""
    name = path.name
    if isinstance(error, Unreadable):
        return tr(f"file.{error.code}", name=name, **error.numbers)
    if isinstance(error, FileNotFoundError):
        return tr("file.missing", name=name)
    return tr("file.unreadable", name=name, reason=_reason(error))


def write_error(path: Path, error: OSError) -> str:
    """One sentence on why a file could not be written."""
    return tr("file.not_saved", name=path.name, reason=_reason(error))


def failure_text(code: str, numbers: Mapping[str, object]) -> str:
    """One sentence on why a run cannot go on; with "refusal." in front, why data cannot be read."""
    key = code if code.startswith("refusal.") else f"failed.{code}"
    return tr(key, **numbers)


def refusal_text(code: str, numbers: Mapping[str, object]) -> str:
    """One sentence on why files cannot be read."""
    return tr(f"refusal.{code}", **numbers)


def complaint_text(code: str, numbers: Mapping[str, object]) -> str:
    """One sentence on what is odd about files that can be read, or spoils prepared data."""
    part = {"part": tr(f"train.part.{numbers['part']}")} if "part" in numbers else {}
    return tr(f"complaint.{code}", **(dict(numbers) | part))


def remedy_text(remedy: Remedy) -> str:
    """What is on the button of a remedy, in a few words."""
    return tr(f"remedy.{remedy.code}", columns=", ".join(remedy.columns))


def _reason(error: Exception) -> str:
    if not isinstance(error, OSError):
        return str(error)
    if error.errno in REASONS:
        return tr(REASONS[error.errno])
    return error.strerror or str(error)
