"""How the terminal commands speak: sentences and names left whole, refusals with exit code 2."""

from __future__ import annotations

from rich.console import Console

USAGE_ERROR = 2


def console(error: bool = False) -> Console:
    """A console that leaves names as they are: [red] and :smile: may stand in them."""
    return Console(stderr=error, markup=False, emoji=False, highlight=False)


def say(out: Console, sentence: str) -> None:
    """Print a line that is not cut where the terminal ends, or where one would be."""
    out.print(sentence, soft_wrap=True)


def refuse(sentence: str) -> int:
    """Say why nothing was done; returns the exit code for that."""
    say(console(error=True), sentence)
    return USAGE_ERROR
