"""A whole table encoded at once, as tests look at it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.data.encoding import fillings, spread
from engine.data.samples import Array, TableColumn


def encoded(x: Array, columns: Sequence[TableColumn], training_rows: Array) -> Array:
    """A table's cells as numbers without gaps, filled by what the training rows tell."""
    return spread(x, columns, fillings(x, columns, training_rows))
