"""Tables: each row a sample, each column a measurement."""

from __future__ import annotations

import numpy as np

from engine.data import scikit_learn
from engine.data.points import Samples
from engine.layers.data import Data


def iris(box: Data) -> Samples:
    """Measurements of three species of iris (Anderson 1936, Fisher 1936), centimetres."""
    return _classified("iris.csv", 4)


def wine(box: Data) -> Samples:
    """Chemical analyses of wines from three growers of one region (Forina et al., UCI 1991)."""
    return _classified("wine_data.csv", 13)


def breast_cancer(box: Data) -> Samples:
    """Cell nuclei measured in pictures of needle biopsies (Wolberg, Street & Mangasarian 1993).

    Class 0 is malignant, 1 benign, as in scikit-learn.
    """
    return _classified("breast_cancer.csv", 30)


def diabetes(box: Data) -> Samples:
    """Ten measurements of patients, and how far diabetes went on within a year (Efron et al. 2004).

    The progression has no unit; it is given in hundreds, so that it is of the size of 1.
    """
    x = scikit_learn.numbers("diabetes_data_raw.csv.gz", 10, separator=" ")
    return x, scikit_learn.numbers("diabetes_target.csv.gz", 1) / 100.0


def _classified(name: str, features: int) -> Samples:
    """A table of scikit-learn's with a line of heading and the class in the last column."""
    numbers = scikit_learn.numbers(name, features + 1, header=1)
    return numbers[:, :features].copy(), numbers[:, features].astype(np.int64)
