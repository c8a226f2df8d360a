"""Which of a file's arrays are the samples and which the targets, by the names that are usual."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.data.own.npy import Stored
from engine.data.own.refusal import Refusal

SAMPLES = ("x", "data", "images", "image", "imgs", "features", "inputs", "input", "samples")
TARGETS = ("y", "labels", "label", "targets", "target", "classes", "class", "outputs", "output")
PARTS = {  # the longer words first: "train" is the beginning of "training"
    "training": ("training", "train"),
    "validation": ("validation", "valid", "val"),
    "test": ("testing", "test"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Names of an array of samples and of the one with their targets."""

    x: str
    target: str


def pairs(arrays: Mapping[str, Stored], x: str, target: str) -> tuple[list[Pair], list[Pair]]:
    """Pairs to learn from, and pairs for the test.

    x, target : chosen by the person; empty: found by their names. Refusal "no_array" if there is no
    such array, "no_target_array" if none seems to be meant. Beside x_train and y_train, x_test and
    y_test are for the test.
    """
    for name in filter(None, (x, target)):
        if name not in arrays:
            raise Refusal("no_array", name=name, names=", ".join(arrays))
    x = x or _usual([name for name in arrays if name != target], SAMPLES)
    target = target or _usual([name for name in arrays if name != x], TARGETS)
    if len(arrays) == 2 and not (x and target):
        x, target = _two(arrays, x, target)
    if not (x and target):
        raise Refusal("no_target_array", names=", ".join(arrays))
    chosen = Pair(x, target)
    more = _beside(arrays, chosen, "validation")
    test = _beside(arrays, chosen, "test")
    return [chosen, *more], test


def _part_and_word(name: str) -> tuple[str, str]:
    """The part that a name tells, or an empty one, and the rest of it."""
    plain = re.sub(r"[^a-z0-9]", "", name.casefold())
    for part, words in PARTS.items():
        for word in words:
            if plain.startswith(word):
                return part, plain[len(word) :]
            if plain.endswith(word):
                return part, plain[: -len(word)]
    return "", plain


def _usual(names: list[str], words: tuple[str, ...]) -> str:
    """The name that says training and one of these words, or only the word; empty if none does."""
    told = {_part_and_word(name): name for name in reversed(names)}
    wanted = [(part, word) for part in ("training", "") for word in words]
    return next((told[each] for each in wanted if each in told), "")


def _beside(arrays: Mapping[str, Stored], chosen: Pair, part: str) -> list[Pair]:
    """The pair of another part with the same words in its names, or none."""
    told = {_part_and_word(name): name for name in arrays}
    x_part, x_word = _part_and_word(chosen.x)
    target_part, target_word = _part_and_word(chosen.target)
    both = told.get((part, x_word)), told.get((part, target_word))
    if {x_part, target_part} <= {"training", ""} and both[0] and both[1]:
        return [Pair(both[0], both[1])]
    return []


def _two(arrays: Mapping[str, Stored], x: str, target: str) -> tuple[str, str]:
    """Of two arrays of equal length, the one with more axes holds the samples."""
    first, second = sorted(arrays, key=lambda name: -len(arrays[name].shape))
    if not arrays[first].shape or arrays[first].shape[:1] != arrays[second].shape[:1]:
        return x, target
    if x or target:
        other = second if first in (x, target) else first
        return x or other, target or other
    return first, second
