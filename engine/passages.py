"""Samples on their way through a network, as both processes tell the window of them.

Part of the vocabularies `engine.protocol` and `engine.data_protocol`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
IntArray = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Flow:
    """What a box hands on of one sample, made small; of a loss box, the sample's loss.

    values : (C, h, w) of pictures, the first channels; (t, f) of sequences; (f,) of rows; ();
        float32, or int64 of tokens
    low, high, mean : of all its finite numbers
    """

    values: FloatArray | IntArray
    low: float
    high: float
    mean: float


@dataclass(frozen=True, slots=True)
class Passage:
    """One sample's way through a network.

    count : training samples; 0 where there is nothing to be shown
    flows : by box, as far as the drawing works
    targets : by data box, (n,) class number or the first values
    """

    sample: int
    count: int
    flows: dict[str, Flow]
    targets: dict[str, FloatArray | IntArray]


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """One's own sample, for a network with one data box.

    values : as before preparing: cells, tokens; pictures (h, w, 1 or 3) of any size, bytes or 0 … 1
    is_drawn : whether a picture is to be placed as those of the data are, see `engine.data.fitting`
    """

    values: FloatArray | IntArray
    is_drawn: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a network makes of one's own sample.

    received : the sample as it enters the network
    task : of the first output: "classes", "binary" or "values"
    answers : (K,) probabilities, or values in their own unit; (T, K) at each time step
    """

    received: FloatArray | IntArray
    task: str
    answers: FloatArray
    flows: dict[str, Flow]
