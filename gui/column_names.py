"""What the columns of a table are called, and what their categories stand for."""

from __future__ import annotations

from engine.data_protocol import ColumnView
from gui.class_names import DataName, feature_name
from gui.words import has, tr


def column_title(view: ColumnView, place: int, dataset: DataName) -> str:
    """The name of a column as it was read, by its place among the columns."""
    key = f"shown.column.{dataset}.{place}" if isinstance(dataset, str) else ""
    if view.name or not has(key):
        return view.name or feature_name(dataset, view.first)
    return tr(key)


def categories_of(view: ColumnView, dataset: DataName) -> tuple[str, ...]:
    """What the numbers of a column of categories stand for; of measured numbers nothing."""
    if view.categories or view.width == 1:
        return view.categories
    return tuple(feature_name(dataset, view.first + i) for i in range(view.width))
