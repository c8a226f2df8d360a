"""Data boxes that describe samples at hand, as if they had been read from files."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.data.encoding import width_of
from engine.data.samples import Samples
from engine.layers.data import Data
from engine.spec.options import Options, checked
from engine.spec.sources import Facts, Source

AXES = {1: ("features",), 2: ("time", "features"), 3: ("height", "width", "channels")}


def own_box(samples: Samples, classes: int = 0, limit: int = 0, **options: Any) -> Data:
    """A data box for samples; `limit` tokens make it a text, or labelled texts."""
    found = facts(samples, classes, limit, options.get("length", 10))
    groups = () if samples.groups is None else (Options({"name": "who", "role": "group"}),)
    recipe = Options({"columns": groups}) if not limit else Options()
    form = "passage" if limit else "table"
    source = Source(form, "/a.csv", "0" * 32, recipe, found)
    return checked(Data, {"dataset": "own", "origin": source.to_options(), **options})


def facts(samples: Samples, classes: int, limit: int, length: int) -> Facts:
    """What a reader of files would have found in these samples."""
    sizes = samples.x.shape[1:]
    if samples.columns:
        sizes = (sum(map(width_of, samples.columns)),)
    if limit or samples.series:
        sizes = (length, *sizes[: 0 if limit else None])
    counted = classes and samples.target.size == samples.count
    counts = np.bincount(samples.target.ravel(), minlength=classes).tolist() if counted else ()
    return Facts(
        sizes,
        ("time",) if limit else AXES[len(sizes)],
        samples.count,
        limit=limit,
        classes=classes,
        outputs=1 if classes else samples.target.shape[-1],
        per_step=limit > 0 and samples.x.ndim == 1,
        any_length=limit > 0 or samples.series,
        series=samples.series,
        test_samples=samples.test,
        counts=tuple(counts),
    )
