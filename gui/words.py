"""Words of the interface in the reader's language, looked up by key and switchable at any time.

No Qt here, so that the terminal commands speak with the same words as the window. Whoever shows
words longer than a moment listens with `on_language_change` and asks again.
"""

from __future__ import annotations

import locale
import os
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"

_listeners: list[Callable[[], None]] = []
_current = "en"


@cache
def table(language: str) -> dict[str, str]:
    """All words of one language, by key."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


class Words(str):
    """Text that knows where it comes from, and can be said again in another language."""

    __slots__ = ("key", "values")
    key: str
    values: dict[str, object]

    def again(self) -> str:
        """The same in the language of the moment."""
        return tr(self.key, **{n: said_again(value) for n, value in self.values.items()})


def tr(key: str, /, **values: object) -> str:
    """The `Words` for `key` in the current language, with `{name}` filled in from `values`.

    A missing key raises KeyError: a test holds that both languages have the same keys.
    """
    text = table(_current)[key]
    words = Words(text.format(**values) if values else text)
    words.key, words.values = key, values
    return words


def said_again(value: object) -> object:
    """Words in the language of the moment; anything else as it is."""
    return value.again() if isinstance(value, Words) else value


def has(key: str) -> bool:
    """Whether there are words for `key`."""
    return key in table(_current)


def language() -> str:
    """The language in use, a key of LANGUAGES."""
    return _current


def set_language(name: str) -> None:
    """Speak `name` from now on, and tell everyone who listens."""
    global _current
    if name not in LANGUAGES:
        raise ValueError(f"unknown language {name!r}; known are {', '.join(LANGUAGES)}")
    _current = name
    for listener in list(_listeners):
        listener()


def on_language_change(listener: Callable[[], None]) -> Callable[[], None]:
    """Call `listener` after each change of language; returns a function that ends this."""
    _listeners.append(listener)

    def forget() -> None:
        if listener in _listeners:
            _listeners.remove(listener)

    return forget


def system_language() -> str:
    """The language the person's system asks for: Chinese if it says so, otherwise English."""
    asked = next(
        (os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), ""
    )
    if not asked and sys.platform in ("win32", "darwin"):
        asked = locale.getlocale()[0] or ""
    return "zh_CN" if asked.lower().startswith(("zh", "chinese")) else "en"
