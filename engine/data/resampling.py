"""Classes of equal size: rare ones repeated, or frequent ones thinned out, for training alone.

Validation and test stay as they are, or the scores would be of a world that does not exist.
(He & Garcia: Learning from Imbalanced Data, 2009.)
"""

from __future__ import annotations

import numpy as np

from engine.data.samples import Array
from engine.runtime.initializers import generator


def balanced_rows(rows: Array, labels: Array, way: str, seed: int) -> Array:
    """Training rows such that all classes that occur have equally many: sorted, by lot.

    rows : (n,) row numbers of the training part
    labels : (N,) the class of every row of the data set
    way : "none", "oversample" (each row stands at least once) or "undersample" (at most once)
    """
    if way == "none" or not len(rows):
        return rows
    rng = generator(seed, "balance")
    classes = labels[rows]
    members = [rows[classes == label] for label in np.unique(classes)]
    sizes = [len(each) for each in members]
    wanted = max(sizes) if way == "oversample" else min(sizes)
    chosen = []
    for each in members:
        more = rng.permutation(each)[: wanted % len(each)]
        chosen.append(np.concatenate([np.repeat(each, wanted // len(each)), more]))
    return np.sort(np.concatenate(chosen))
