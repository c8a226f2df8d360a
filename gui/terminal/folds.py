"""`python main.py train FILE --folds N`: cross-validation, as a table."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from engine.runtime.folds import Folds, cross_validate
from engine.runtime.trainer import UnequalData
from engine.spec.history import Record
from gui.terminal.output import console, refuse, say
from gui.terminal.preparing import opened, ready
from gui.terminal.results import metric_name, metric_value
from gui.words import tr


def validate_file(
    path: Path,
    folds: int,
    epochs: int | None = None,
    threads: int | None = None,
    seed: int | None = None,
) -> int:
    """Train a saved network anew on each fold; returns the exit code."""
    saved = opened(path, epochs, threads, seed)
    if isinstance(saved, str):
        return refuse(saved)
    trainer = ready(saved.document)
    if isinstance(trainer, str):
        return refuse(trainer)
    trainer.model.close()
    out = console()

    def tell(fold: int, scores: Record) -> None:
        values = "   ".join(f"{metric_name(k)} {metric_value(k, v)}" for k, v in scores.items())
        say(out, tr("folds.done", fold=fold + 1, folds=folds, values=values))

    try:
        found = cross_validate(saved.document, folds, on_fold=tell)
    except UnequalData as error:
        return refuse(tr("failed.unequal_data", what=error))
    except ValueError:
        return refuse(tr("folds.too_many", folds=folds))
    out.print(_table(found))
    return 0


def _table(found: Folds) -> Table:
    table = Table()
    table.add_column(tr("folds.fold"))
    names = list(found.scores[0])
    for name in names:
        table.add_column(metric_name(name), justify="right")
    table.add_column(tr("folds.epochs"), justify="right")
    for i, (score, epochs) in enumerate(zip(found.scores, found.epochs, strict=True), 1):
        values = (metric_value(name, score[name]) for name in names)
        table.add_row(str(i), *values, str(epochs))
    table.add_section()
    means = (metric_value(name, found.mean(name)) for name in names)
    table.add_row(tr("folds.mean"), *means, "")
    deviations = (metric_value(name, found.deviation(name)) for name in names)
    table.add_row(tr("folds.deviation"), *deviations, "")
    return table
