"""The bundled texts and their alphabets, and the characters that are printed in pictures.

A character is known to the network by its number in the alphabet: its place among all different
characters of the text, sorted.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.spec.datasets import TEXTS

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "datasets"

LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabdefghnqrt"  # that can be told apart without a line
HANZI = (
    "一二三四五六七八九十天地人日月水火山石田土木禾上下左右中大小"
    "口目耳手足心马牛羊鱼鸟虫龙花草竹米风云雨雪春夏秋冬东西南北学"
)

PADDING = "·"  # how token 0 is written in sets of short texts, which it fills up
NAME_LETTERS = "abcdefghijklmnopqrstuvwxyzäöü"
LABELLED = ("moods_en", "moods_zh")


@cache
def text(name: str) -> str:
    """A bundled text; one paragraph a line."""
    return (FOLDER / f"{name}.txt").read_text("utf-8")


@cache
def alphabet(name: str) -> str:
    """All different characters of a bundled text, in order of their numbers."""
    return "".join(sorted(set(text(name))))


@cache
def sentences(name: str) -> tuple[tuple[str, str], ...]:
    """A bundled collection of sentences, each with its label: (label, sentence)."""
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple((label, sentence) for label, _, sentence in (x.partition("\t") for x in lines))


def classes_of(name: str) -> str:
    """The characters that are the classes of a set, in order; empty for sets of other classes."""
    printed = {"letters": LETTERS, "hanzi": HANZI}
    return alphabet(name) if name in TEXTS else printed.get(name, "")


@cache
def tokens_of(name: str) -> str:
    """The characters that a set's tokens stand for, in order; empty where they stand for others."""
    if name in TEXTS:
        return alphabet(name)
    if name in LABELLED:
        return PADDING + "".join(sorted({letter for _, each in sentences(name) for letter in each}))
    return PADDING + NAME_LETTERS if name == "names" else ""
