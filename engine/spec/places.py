"""Where Layerwise keeps, in the user's cache, what it can make again."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def data_cache() -> Path:
    """The folder for data sets: files carried by documents, and samples that were read once.

    The variable LAYERWISE_DATA_CACHE names another one.
    """
    own = os.environ.get("LAYERWISE_DATA_CACHE")
    return Path(own) if own else platformdirs.user_cache_path("layerwise", appauthor=False) / "data"
