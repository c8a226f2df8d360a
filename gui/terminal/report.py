"""A report on a trained network as tables: figures, one row for each class, and confusions."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from rich.table import Table

from engine.runtime.report import Report
from gui import formats
from gui.class_names import DataName, class_name
from gui.words import has, tr

MOST_CLASSES = 12  # whose confusions still fit into a terminal side by side
MOST_PAIRS = 10  # of more classes, the pairs that are confused most
COLUMNS = ("precision", "recall", "f1", "roc_auc", "count")


def tables(reports: list[Report], dataset: DataName, told: Collection[str]) -> Iterator[Table]:
    """All tables for the reports on one loss box, each on another part of the data.

    Figures that have been told already are left out.
    """
    if names := [name for name in reports[0].figures if name not in told]:
        yield _figures(reports, names)
    for report in reports:
        if report.classes:
            yield _classes(report, dataset)
            small = len(report.classes) <= MOST_CLASSES
            yield _confusion(report, dataset) if small else _pairs(report, dataset)


def _figures(reports: list[Report], names: list[str]) -> Table:
    table = Table()
    table.add_column(tr("train.quantity"))
    for report in reports:
        table.add_column(_part(report), justify="right")
    for name in names:
        words = tr(f"metric.{name}") if has(f"metric.{name}") else name
        table.add_row(
            words, *(value_text(name, report.figures.get(name, math.nan)) for report in reports)
        )
    return table


def value_text(name: str, value: float) -> str:
    """A figure: in percent if it is a share of answers; a dash if nothing can be said."""
    if math.isnan(value):
        return "–"
    return formats.percent(value) if name.endswith("accuracy") else formats.number(value)


def _part(report: Report) -> str:
    return tr(f"train.part.{report.part}")


def _classes(report: Report, dataset: DataName) -> Table:
    table = Table(title=tr("report.classes", part=_part(report)))
    table.add_column(tr("report.class"))
    for name in COLUMNS:
        table.add_column(tr(f"report.column.{name}"), justify="right")
    for figures in report.classes:
        shares = figures.precision, figures.recall, figures.f1, figures.roc_auc
        cells = [value_text("", share) for share in shares]
        name = class_name(dataset, figures.number)
        table.add_row(name, *cells, formats.count(figures.count))
    return table


def _confusion(report: Report, dataset: DataName) -> Table:
    assert report.confusion is not None
    names = [class_name(dataset, figures.number) for figures in report.classes]
    table = Table(title=tr("report.confusion", part=_part(report)))
    table.add_column(tr("report.corner"))
    for name in names:
        table.add_column(name, justify="right")
    for name, row in zip(names, report.confusion.tolist(), strict=True):
        table.add_row(name, *("·" if not cell else formats.count(cell) for cell in row))
    return table


def _pairs(report: Report, dataset: DataName) -> Table:
    """The most frequent mistakes, where a whole matrix would be too broad."""
    assert report.confusion is not None
    table = Table(title=tr("report.pairs", part=_part(report)))
    for key in ("report.true", "report.predicted", "report.column.count"):
        table.add_column(tr(key), justify="right" if key.endswith("count") else "left")
    found = [
        (count, true, said)
        for true, row in enumerate(report.confusion.tolist())
        for said, count in enumerate(row)
        if true != said and count
    ]
    for count, true, said in sorted(found, key=lambda pair: (-pair[0], pair[1:]))[:MOST_PAIRS]:
        table.add_row(class_name(dataset, true), class_name(dataset, said), formats.count(count))
    return table
