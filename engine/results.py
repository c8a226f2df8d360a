"""What the engine tells of right and wrong answers: a part of the protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
IntArray = NDArray[np.integer[Any]]
Cell = tuple[int, int]  # answers with a true class that were named as a class


@dataclass(frozen=True, slots=True)
class ClassResults:
    """Answers with classes, at each time step if there is one; padded steps are left out."""

    confusion: IntArray | None  # (K, K): true class, class named; None: too many classes
    total: int
    wrong: int
    judged: int  # answers that curves and calibration are made of
    curves: FloatArray  # (K, P, 4) threshold, false and true positive rate, precision
    areas: FloatArray  # (K, 2) under the ROC curve, average precision; NaN: only one kind
    calibration: FloatArray  # (1 + K, B, 3) answers, those where it is so, sum of probabilities
    cell: Cell | None  # of the examples; None: the surest mistakes
    samples: IntArray  # (E,) of the examples
    steps: IntArray  # (E,) the time step, or -1
    inputs: FloatArray  # (E, …)
    true: IntArray  # (E,)
    named: IntArray  # (E,)
    sure: FloatArray  # (E,) probability of the class named


@dataclass(frozen=True, slots=True)
class ValueResults:
    """Numbers predicted, of each of the first D: all in the units of the data."""

    total: int
    width: int  # numbers in an answer; the first of them are told
    pairs: FloatArray  # (D, N, 2) true and predicted, evenly chosen
    first: FloatArray  # (D, N, 2) the first ones in the order of the data
    errors: IntArray  # (D, B) predicted − true, in equal steps from −reach to reach
    reach: FloatArray  # (D,)
    mean_absolute: FloatArray  # (D,)
    root_mean_square: FloatArray  # (D,)
    mean: FloatArray  # (D,)
    determination: FloatArray  # (D,) R²; NaN: all true numbers are equal


@dataclass(frozen=True, slots=True)
class Results:
    """What is right and wrong among all validation samples. Latest wins; see runtime.results."""

    run: int
    epoch: int  # epochs done
    task: str  # "classes", "binary" or "values"
    classes: ClassResults | None  # None of both: there are no answers any more, only NaN
    values: ValueResults | None
