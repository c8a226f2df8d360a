"""argparse in the person's language: its own words, its errors, and lines cut where Chinese may be.

argparse asks gettext for its words and brings no translations. Here its questions are answered
from the interface's own words.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from gui.words import LANGUAGES, tr

PROGRAM = "python main.py"

# What argparse asks gettext for, on the paths that our options use, and our key for it.
WORDS = {
    "usage: ": "arguments.usage",
    "positional arguments": "arguments.positional",
    "options": "arguments.options",
    "show this help message and exit": "arguments.help",
    "argument %(argument_name)s: %(message)s": "arguments.argument",
    "invalid choice: %(value)r (choose from %(choices)s)": "arguments.invalid_choice",
    "expected one argument": "arguments.expected_one",
    "ignored explicit argument %r": "arguments.no_value",
    "the following arguments are required: %s": "arguments.required",
    "unrecognized arguments: %s": "arguments.unknown",
}
OPENING = "（《「『“‘"  # may not end a line
CLOSING = "，。；：！？、）》」』”’…,.;:!?)"  # may not begin one
WIDE = "⺀-鿿＀-￯"  # Chinese characters and their punctuation


@contextmanager
def own_words() -> Iterator[None]:
    """Within this, argparse speaks the interface's language.

    argparse looks its gettext up in its own module each time, and that is what is replaced: there
    is no official way to hand it words, other than a compiled catalogue on disk.
    """
    module = vars(argparse)
    before = module["_"]
    module["_"] = lambda message: tr(WORDS[message]) if message in WORDS else before(message)
    try:
        yield
    finally:
        module["_"] = before


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one sentence, with exit code 2."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=Formatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end."""
        print(tr("arguments.error", prog=self.prog, message=message), file=sys.stderr)
        sys.exit(2)


class Formatter(argparse.HelpFormatter):
    """Cuts lines by how wide they look, which for Chinese is two columns a character."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = text.split("\n")
        lines = (line for paragraph in paragraphs for line in wrapped(paragraph, width) or [""])
        return "\n".join(indent + line for line in lines)


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns: cut at spaces and between Chinese characters."""
    lines, line = [], ""
    for piece in pieces(text):
        if line and columns(line) + columns(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def pieces(text: str) -> Iterable[str]:
    """The parts of `text` that stay whole: words with the space behind, single wide characters."""
    whole = rf"[{OPENING}]*(?:[{WIDE}]|[^\s{WIDE}]+)[{re.escape(CLOSING)}]*\s*"
    return re.findall(whole, " ".join(text.split()))


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def add_language(parser: Parser) -> None:
    """Every command can be asked for in either language."""
    parser.add_argument("--language", choices=tuple(LANGUAGES), help=tr("command.language"))


def whole_number(least: int) -> Callable[[str], int]:
    """A reader of whole numbers not below `least`, whose error says what was given."""

    def read(text: str) -> int:
        number = int(text) if text.strip().removeprefix("-").isdecimal() else least - 1
        if number < least:
            raise argparse.ArgumentTypeError(tr("command.whole_number", least=least, given=text))
        return number

    return read
