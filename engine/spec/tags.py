"""Colours that a person gives to boxes, to tell parts of a drawing apart; the network ignores them.

Six colours that people with any kind of colour vision can tell apart (Okabe & Ito 2008, Color
universal design).
"""

from __future__ import annotations

NONE = ""
TAGS = ("orange", "sky", "green", "yellow", "red", "purple")


def known(value: object) -> str:
    """A tag as a file has it; none for what a later version may have written."""
    return value if isinstance(value, str) and value in TAGS else NONE
