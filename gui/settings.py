"""What the window remembers between starts: language, theme, recent files, sizes."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

MOST_RECENT = 8


class Settings:
    """A small file in the user's configuration folder. Wrong values fall back to defaults."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or platformdirs.user_config_path("layerwise", appauthor=False)
        path = str(self.folder / "window.ini")
        self._store = QSettings(path, QSettings.Format.IniFormat)

    def text(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        value = self._store.value(name, default)
        return value if isinstance(value, str) and value in allowed else default

    def any_text(self, name: str) -> str:
        """A remembered text; whoever reads it must expect anything."""
        value = self._store.value(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number in a range."""
        text = self.any_text(name)
        return min(max(int(text), least), most) if text.isdecimal() else default

    def set_text(self, name: str, value: str) -> None:
        """Remember a word."""
        self._store.setValue(name, value)

    def bytes(self, name: str) -> QByteArray:
        """A remembered layout; empty if there is none."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, name: str, value: QByteArray) -> None:
        """Remember a layout."""
        self._store.setValue(name, value)

    def words(self, name: str) -> list[str]:
        """A list of words, newest first."""
        value = self._store.value(name, [])
        words = [value] if isinstance(value, str) else value
        return [word for word in words if isinstance(word, str)] if isinstance(words, list) else []

    def add_word(self, name: str, word: str) -> None:
        """Put a word first in a list; the oldest are forgotten."""
        others = (each for each in self.words(name) if each != word)
        self._store.setValue(name, [word, *others][:MOST_RECENT])

    def set_words(self, name: str, words: list[str]) -> None:
        """Remember a list of words."""
        self._store.setValue(name, words)

    def recent(self) -> list[Path]:
        """Files opened lately that still exist, newest first."""
        return [path for path, is_there in self.recent_places() if is_there]

    def recent_places(self) -> list[tuple[Path, bool]]:
        """Files opened lately, newest first, and whether they are there now."""
        return [(path, _is_file(path)) for path in self._paths("recent")]

    def add_recent(self, path: Path) -> None:
        """Put a file first among the recent ones; those on a drive that is gone may come back."""
        self._put_first("recent", path, self._paths("recent"))

    def forget_missing(self) -> None:
        """Keep only the recent files that are there."""
        self._store.setValue("recent", [str(path) for path in self.recent()])

    def recent_data(self) -> list[Path]:
        """Files and folders of one's own data used lately that still exist, newest first."""
        return [path for path in self._paths("recent_data") if _is_there(path)]

    def add_recent_data(self, path: Path) -> None:
        """Put a file or folder first among the data used lately."""
        self._put_first("recent_data", path, self.recent_data())

    def _paths(self, name: str) -> list[Path]:
        return [Path(each) for each in self.words(name)]

    def _put_first(self, name: str, path: Path, others: list[Path]) -> None:
        path = path.absolute()  # the next start may be in another folder
        kept = [path, *(p for p in others if p != path)][:MOST_RECENT]
        self._store.setValue(name, [str(p) for p in kept])


def _is_file(path: Path) -> bool:
    return _is_there(path) and path.is_file()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder that may no longer be looked into, a drive that is gone
        return False
