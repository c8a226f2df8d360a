"""`python main.py diff A B`: what two saved networks differ in, in words."""

from __future__ import annotations

from pathlib import Path

from engine.layers import CATALOGUE
from engine.spec.codec import Unreadable
from engine.spec.difference import difference
from engine.spec.files import read
from gui.difference_words import Teller, as_markdown, as_text
from gui.file_words import read_error
from gui.terminal.output import console, refuse, say
from gui.words import tr

EQUAL, DIFFERENT = 0, 1  # exit codes, as those of other programs that compare


def compare_files(first: Path, second: Path, markdown: bool = False) -> int:
    """Print the changes that lead from one to the other; returns the exit code."""
    documents = []
    for path in (first, second):
        try:
            documents.append(read(path).document)
        except (Unreadable, OSError) as error:
            return refuse(read_error(path, error))
    before, after = documents
    found = difference(before, after, CATALOGUE.get)
    out = console()
    if not found.changes:
        say(out, tr("difference.none"))
        return EQUAL
    teller = Teller(before, after, found)
    if markdown:
        title = tr("difference.title", first=first.name, second=second.name)
        say(out, as_markdown(teller.lines(), teller.totals(), title).rstrip())
    else:
        say(out, as_text(teller.lines(), teller.totals()).rstrip())
    return DIFFERENT
