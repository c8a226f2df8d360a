"""The data sets that come with the app: real ones from scikit-learn's files and from texts, and
those drawn by formula.

Every function returns (x, target): x with the card's shape after the sample axis, float64, or
int64 where it names characters or words; target class numbers (N,) int64 (N, T at each time step),
or values (N, K) float64 for a regression.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data import points, sequences
from engine.data.points import Samples
from engine.layers.data import Data
from engine.runtime.initializers import generator
from engine.spec.texts import alphabet, text


def load(box: Data) -> Samples:
    """The samples that a data box describes, before splitting."""
    if box.dataset in REAL:
        return REAL[box.dataset](box)
    return DRAWN[box.dataset](box, generator(box.seed, f"data/{box.dataset}"))


def _from_scikit_learn(name: str, header: int = 0) -> NDArray[np.float64]:
    """All numbers of a file that scikit-learn brings, whose own reader takes half a second."""
    (package,) = find_spec("sklearn").submodule_search_locations  # type: ignore[union-attr, misc]
    data = (Path(package) / "datasets" / "data" / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("ascii")
    lines = text.splitlines()[header:]
    return np.fromstring(",".join(lines), sep=",")


def _digits_8(box: Data) -> Samples:
    """Optical recognition of handwritten digits, UCI (Alpaydin & Kaynak 1998), values 0 to 1."""
    numbers = _from_scikit_learn("digits.csv.gz").reshape(-1, 65)
    return numbers[:, :64].reshape(-1, 8, 8, 1) / 16.0, numbers[:, 64].astype(np.int64)


def _digits_28(box: Data) -> Samples:
    """The same pictures, enlarged to 28×28 by linear interpolation."""
    images, labels = _digits_8(box)
    # each new line lies between two old ones; those at the edge lie on the last one
    place = np.clip((np.arange(28) + 0.5) / 3.5 - 0.5, 0, 7)
    share = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(8)))  # (28, 8)
    return (share @ images[..., 0] @ share.T)[..., None], labels


def _digit_rows(box: Data) -> Samples:
    """The same pictures read row by row from above: at each time step one row arrives."""
    images, labels = _digits_28(box) if box.dataset == "digit_rows_28" else _digits_8(box)
    return images[..., 0], labels


def _digit_pixels(box: Data) -> Samples:
    """The same pictures read pixel by pixel, row after row: 64 steps of one value."""
    images, labels = _digits_8(box)
    return images.reshape(-1, 64, 1), labels


def _iris(box: Data) -> Samples:
    """Measurements of three species of iris (Anderson 1936, Fisher 1936), centimetres."""
    numbers = _from_scikit_learn("iris.csv", header=1).reshape(-1, 5)
    return numbers[:, :4].copy(), numbers[:, 4].astype(np.int64)


def _characters(box: Data) -> Samples:
    """A text cut into windows of T characters; the target is at each step the next character.

    The windows do not overlap, so that what validates was never read in training.
    """
    letters = {letter: number for number, letter in enumerate(alphabet(box.dataset))}
    numbers = np.array([letters[letter] for letter in text(box.dataset)], np.int64)
    count = (len(numbers) - 1) // box.length
    used = count * box.length
    x, target = numbers[:used], numbers[1 : used + 1]
    return x.reshape(count, -1), target.reshape(count, -1)


REAL: dict[str, Callable[[Data], Samples]] = {
    "digits_28": _digits_28,
    "digits_8": _digits_8,
    "digit_rows": _digit_rows,
    "digit_rows_28": _digit_rows,
    "digit_pixels": _digit_pixels,
    "iris": _iris,
    "alice": _characters,
    "lunyu": _characters,
}
DRAWN: dict[str, Callable[[Data, np.random.Generator], Samples]] = {
    "spirals": points.spirals,
    "circles": points.circles,
    "xor": points.xor,
    "moons": points.moons,
    "blobs": points.blobs,
    "wave": points.wave,
    "line": points.line,
    "sines": sequences.sines,
    "adding": sequences.adding,
    "majority": sequences.majority,
    "sentences": sequences.sentences,
    "parity": sequences.parity,
    "reversal": sequences.reversal,
    "copy": sequences.copy,
}
