"""Files by name, wherever they lie: in a folder, or in an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PureWindowsPath

MOST_FILES = 300_000
MOST_IN_FILE = 1_000_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Files:
    """Files by name, with "/" between folders, in an order that no file system decides.

    sizes : bytes of each
    folders : their names, empty ones too
    head : the first bytes of one, so many at most; OSError if it cannot be read
    """

    sizes: Mapping[str, int]
    folders: frozenset[str]
    head: Callable[[str, int], bytes]

    def read(self, name: str) -> bytes:
        """The content of one; OSError if it cannot be read, or holds more than MOST_IN_FILE."""
        data = self.head(name, MOST_IN_FILE + 1)
        if len(data) > MOST_IN_FILE:
            raise OSError(f"more than {MOST_IN_FILE} bytes")
        return data


def parents(name: str) -> Iterator[str]:
    """The folders around a file, from the inside."""
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def leads_out(name: str) -> bool:
    """Whether a name in an archive points out of it, on any system."""
    place = PureWindowsPath(name)
    return ".." in place.parts or bool(place.anchor) or "\0" in name
