"""Tables: each row a sample, each column a measurement or a category."""

from __future__ import annotations

import numpy as np

from engine.data import scikit_learn
from engine.data.points import Drawn
from engine.data.samples import Samples, TableColumn
from engine.layers.data import Data
from engine.spec.texts import FOLDER


def iris(box: Data) -> Drawn:
    """Measurements of three species of iris (Anderson 1936, Fisher 1936), centimetres."""
    return _classified("iris.csv", 4)


def wine(box: Data) -> Drawn:
    """Chemical analyses of wines from three growers of one region (Forina et al., UCI 1991)."""
    return _classified("wine_data.csv", 13)


def breast_cancer(box: Data) -> Drawn:
    """Cell nuclei measured in pictures of needle biopsies (Wolberg, Street & Mangasarian 1993).

    Class 0 is malignant, 1 benign, as in scikit-learn.
    """
    return _classified("breast_cancer.csv", 30)


def diabetes(box: Data) -> Drawn:
    """Ten measurements of patients, and how diabetes went on within a year (Efron et al. 2004)."""
    x = scikit_learn.numbers("diabetes_data_raw.csv.gz", 10, separator=" ")
    return x, scikit_learn.numbers("diabetes_target.csv.gz", 1)


GARDEN = {"plant": 4, "place": 3, "watered_by": 2}  # columns of categories: how many there are


def garden(box: Data) -> Samples:
    """Plants of a made-up school garden, with gaps: do they thrive? (class 0: yes)"""
    import pandas as pd  # no other set needs it

    table = pd.read_csv(FOLDER / "garden.csv")
    target = table.pop("result").astype("category").cat.codes.to_numpy(np.int64)
    for name in GARDEN:
        numbers = table[name].astype("category").cat.codes.astype(np.float64)
        table[name] = numbers.where(numbers >= 0)  # -1 stands for a gap
    columns = tuple(TableColumn(GARDEN.get(str(name), 0)) for name in table)
    return Samples(table.to_numpy(np.float64), target, columns)


def _classified(name: str, features: int) -> Drawn:
    """A table of scikit-learn's with a line of heading and the class in the last column."""
    numbers = scikit_learn.numbers(name, features + 1, header=1)
    return numbers[:, :features].copy(), numbers[:, features].astype(np.int64)
