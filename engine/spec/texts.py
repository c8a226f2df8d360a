"""The bundled texts and their alphabets, for networks that learn to go on with a text.

A character is known to the network by its number in the alphabet: its place among all different
characters of the text, sorted.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "datasets"


@cache
def text(name: str) -> str:
    """A bundled text; one paragraph a line."""
    return (FOLDER / f"{name}.txt").read_text("utf-8")


@cache
def alphabet(name: str) -> str:
    """All different characters of a bundled text, in order of their numbers."""
    return "".join(sorted(set(text(name))))
