"""The data files that scikit-learn brings, read without scikit-learn, which takes half a second."""

from __future__ import annotations

import gzip
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def file(name: str) -> Path:
    """Where one of its files lies."""
    (package,) = find_spec("sklearn").submodule_search_locations  # type: ignore[union-attr, misc]
    return Path(package) / "datasets" / name


def numbers(name: str, columns: int, header: int = 0, separator: str = ",") -> NDArray[np.float64]:
    """All numbers of one of its tables, (rows, columns), without the lines of the header."""
    data = file(f"data/{name}").read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("ascii")
    lines = text.splitlines()[header:]
    return np.fromstring(separator.join(lines), sep=separator).reshape(-1, columns)
