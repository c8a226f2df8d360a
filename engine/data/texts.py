"""Texts as sequences of characters."""

from __future__ import annotations

import numpy as np

from engine.data.points import Samples
from engine.layers.data import Data
from engine.spec.texts import alphabet, text


def windows(box: Data) -> Samples:
    """A text cut into windows of T characters; the target is at each step the next character.

    The windows do not overlap, so that what validates was never read in training.
    """
    letters = {letter: number for number, letter in enumerate(alphabet(box.dataset))}
    numbers = np.array([letters[letter] for letter in text(box.dataset)], np.int64)
    count = (len(numbers) - 1) // box.length
    used = count * box.length
    x, target = numbers[:used], numbers[1 : used + 1]
    return x.reshape(count, -1), target.reshape(count, -1)
