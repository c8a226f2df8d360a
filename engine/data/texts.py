"""Texts as sequences of characters: long ones to be continued, short ones to be sorted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.data.points import Drawn
from engine.layers.data import Data
from engine.runtime.memory import Array
from engine.spec.texts import alphabet, sentences, text, tokens_of


def windows(box: Data) -> Drawn:
    """A text cut into windows of T characters; the target is at each step the next character.

    The windows do not overlap, so that what validates was never read in training.
    """
    letters = {letter: number for number, letter in enumerate(alphabet(box.dataset))}
    numbers = np.array([letters[letter] for letter in text(box.dataset)], np.int64)
    count = (len(numbers) - 1) // box.length
    used = count * box.length
    x, target = numbers[:used], numbers[1 : used + 1]
    return x.reshape(count, -1), target.reshape(count, -1)


LABELS = ("displeased", "pleased")


def moods(box: Data) -> Drawn:
    """Sentences written for this project: is who says this pleased? (class 1: yes)"""
    labels, texts = zip(*sentences(box.dataset), strict=True)
    target = np.array([LABELS.index(label) for label in labels], np.int64)
    return padded(texts, tokens_of(box.dataset), box.length), target


def padded(texts: Sequence[str], letters: str, length: int) -> Array:
    """Texts as numbers of their characters, (N, length) int64: cut off, or filled up with 0."""
    numbers = {letter: number for number, letter in enumerate(letters)}
    x = np.zeros((len(texts), length), np.int64)
    for row, each in zip(x, texts, strict=True):
        row[: len(each)] = [numbers[letter] for letter in each[:length]]
    return x
