"""The data sets that come with the app: real ones from files, and those drawn by formula.

Every function returns (x, target), or `Samples` where there is more to say: x with the card's shape
after the sample axis, float64, uint8 for larger pictures, or int64 where it names characters or
words; target class numbers (N,) int64 (N, T at each time step), or values (N, K) float64 for a
regression.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.data import figures, names, pictures, points, sequences, series, tables, texts
from engine.data.points import Drawn
from engine.data.samples import Samples
from engine.layers.data import Data
from engine.runtime.initializers import generator


def load(box: Data) -> Samples:
    """The samples that a data box describes, before splitting."""
    if box.dataset in REAL:
        found = REAL[box.dataset](box)
    else:
        found = DRAWN[box.dataset](box, generator(box.seed, f"data/{box.dataset}"))
    return found if isinstance(found, Samples) else Samples(*found)


REAL: dict[str, Callable[[Data], Drawn | Samples]] = {
    "digits_28": pictures.digits_28,
    "digits_8": pictures.digits_8,
    "painted": points.painted,
    "letters": pictures.characters,
    "hanzi": pictures.characters,
    "photo_patches": pictures.photo_patches,
    "iris": tables.iris,
    "wine": tables.wine,
    "breast_cancer": tables.breast_cancer,
    "diabetes": tables.diabetes,
    "garden": tables.garden,
    "sunspots": series.sunspots,
    "co2": series.co2,
    "digit_rows": pictures.digit_rows,
    "digit_rows_28": pictures.digit_rows,
    "digit_pixels": pictures.digit_pixels,
    "moods_en": texts.moods,
    "moods_zh": texts.moods,
    "alice": texts.windows,
    "lunyu": texts.windows,
}
DRAWN: dict[str, Callable[[Data, np.random.Generator], Drawn]] = {
    "shapes": figures.figures,
    "spirals": points.spirals,
    "circles": points.circles,
    "xor": points.xor,
    "moons": points.moons,
    "blobs": points.blobs,
    "checkerboard": points.checkerboard,
    "rings": points.rings,
    "wave": points.wave,
    "line": points.line,
    "plane": points.plane,
    "waves": points.waves,
    "sines": sequences.sines,
    "adding": sequences.adding,
    "majority": sequences.majority,
    "sentences": sequences.sentences,
    "names": names.names,
    "parity": sequences.parity,
    "reversal": sequences.reversal,
    "copy": sequences.copy,
}
