"""Sequences drawn by formula: tasks that ask a network to remember, count, turn round or forecast.

Each is made for any number of time steps T: the longer, the further back the network must
remember.
"""

from __future__ import annotations

import numpy as np

from engine.data.points import Drawn
from engine.layers.data import Data
from engine.runtime.memory import Array


def sines(box: Data, rng: np.random.Generator) -> Drawn:
    """Two sines of unknown periods and phases, added: what value comes next?"""
    period = rng.uniform(8.0, 32.0, (box.samples, 2, 1))
    phase = rng.uniform(0.0, 2.0 * np.pi, (box.samples, 2, 1))
    time = np.arange(box.length + 1)
    values = np.sin(2.0 * np.pi * time / period + phase).mean(axis=1)
    values += rng.normal(0.0, box.noise, values.shape)
    return values[:, :-1, None], values[:, -1:]


def adding(box: Data, rng: np.random.Generator) -> Drawn:
    """The adding problem (Hochreiter & Schmidhuber 1997; in the form of Le et al. 2015).

    x : (N, T, 2), a number from 0 to 1, and a mark that is 1 twice, once in each half, else 0
    target : (N, 1), the sum of the two marked numbers. Who answers always 1 has the error 1/6.
    """
    rows, half = np.arange(box.samples), box.length // 2
    x = np.zeros((box.samples, box.length, 2))
    x[..., 0] = rng.random((box.samples, box.length))
    x[rows, rng.integers(0, half, box.samples), 1] = 1.0
    x[rows, rng.integers(half, box.length, box.samples), 1] = 1.0
    return x, (x[..., 0] * x[..., 1]).sum(axis=1, keepdims=True)


def majority(box: Data, rng: np.random.Generator) -> Drawn:
    """Digits: are more than half of them 5 or greater? (class 1: yes)"""
    x = rng.integers(0, 10, (box.samples, box.length))
    # of an even number of digits, half may be great: then one more makes both classes equally large
    tied = 2 * np.count_nonzero(x >= 5, axis=1) == box.length
    small = tied & (x[:, -1] < 5)
    x[small, -1] += 5
    return x, (2 * np.count_nonzero(x >= 5, axis=1) > box.length).astype(np.int64)


PADDING, NOT = 0, 1
GOOD, BAD, NEUTRAL = slice(2, 6), slice(6, 10), slice(10, 16)  # the numbers of the words
MEANING = np.zeros(NEUTRAL.stop)
MEANING[GOOD], MEANING[BAD] = 1.0, -1.0


def sentences(box: Data, rng: np.random.Generator) -> Drawn:
    """Made sentences of different lengths, padded with 0: are they friendly? (class 1: yes)

    Words 2 to 5 are friendly, 6 to 9 unfriendly, 10 to 15 neither; the word 1 says "not" and turns
    the meaning of the word behind it round.
    """
    x = np.zeros((box.samples, box.length), np.int64)
    open_ = np.arange(box.samples)  # where friendly and unfriendly words still balance
    while len(open_):
        x[open_] = _words(len(open_), box.length, rng)
        open_ = open_[_friendliness(x[open_]) == 0]
    label = (np.arange(box.samples) % 2).astype(np.int64)
    other = (_friendliness(x) > 0) != label
    swapped = np.arange(NEUTRAL.stop)
    swapped[GOOD], swapped[BAD] = swapped[BAD].copy(), swapped[GOOD].copy()
    x[other] = swapped[x[other]]
    return x, label


def _words(count: int, length: int, rng: np.random.Generator) -> Array:
    x = rng.integers(NOT, NEUTRAL.stop, (count, length))
    lengths = rng.integers(min(3, length), length + 1, (count, 1))
    return np.where(np.arange(length) < lengths, x, PADDING)


def _friendliness(x: Array) -> Array:
    meaning = MEANING[x]
    meaning[:, 1:] *= np.where(x[:, :-1] == NOT, -1.0, 1.0)
    total: Array = meaning.sum(axis=1)
    return total


def parity(box: Data, rng: np.random.Generator) -> Drawn:
    """Bits: at each time step, is the number of ones so far odd? (class 1: yes)"""
    x = rng.integers(0, 2, (box.samples, box.length))
    return x, np.cumsum(x, axis=1) % 2


def reversal(box: Data, rng: np.random.Generator) -> Drawn:
    """Digits to be said backwards."""
    x = rng.integers(0, 10, (box.samples, box.length))
    return x, x[:, ::-1].copy()


SYMBOLS, SIGNAL, MOST_SYMBOLS = 8, 9, 3


def copy(box: Data, rng: np.random.Generator) -> Drawn:
    """Copy memory (Hochreiter & Schmidhuber 1997; in the form of Arjovsky et al. 2016).

    x : (N, T), up to three symbols 1 to 8, then blanks 0, a signal 9, and blanks again
    target : (N, T), blanks until the signal, behind it the symbols in their order
    """
    size = min(MOST_SYMBOLS, (box.length - 1) // 2)
    symbols = rng.integers(1, SYMBOLS + 1, (box.samples, size))
    x = np.zeros((box.samples, box.length), np.int64)
    target = np.zeros_like(x)
    x[:, :size] = symbols
    x[:, -size - 1] = SIGNAL
    target[:, -size:] = symbols
    return x, target
