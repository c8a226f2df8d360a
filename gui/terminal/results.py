"""What a run has reached, in words and tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.table import Table

from engine.protocol import DIVERGED, EARLY
from engine.runtime.report import report
from engine.runtime.trainer import Trainer
from engine.spec.history import Record
from gui import formats
from gui.causes import cause_text
from gui.class_names import dataset_of
from gui.describe import title
from gui.terminal.report import tables as report_tables
from gui.words import has, tr


def closing(trainer: Trainer, reason: str) -> str:
    """Why a run ended, in a sentence or two."""
    epochs = trainer.position.epoch
    if reason == EARLY:
        return tr("train.reason.early", epochs=epochs, best=trainer.practice.stopping.epoch + 1)
    if reason == DIVERGED and trainer.cause is not None:
        return tr(
            "train.reason.diverged.cause",
            cause=cause_text(trainer.model.document, trainer.cause),
        )
    return tr(f"train.reason.{reason}", epochs=epochs)


def epoch_line(epoch: int, epochs: int, record: Record) -> str:
    """The quantities of an epoch, one behind the other."""
    parts = [tr("train.epoch", epoch=epoch, epochs=epochs)]
    parts += [
        f"{metric_name(k)} {metric_value(k, v)}" for k, v in record.items() if k in _shown(record)
    ]
    return "   ".join(parts)


def _shown(record: Record) -> list[str]:
    return [name for name in record if name not in ("seconds", "learning_rate")]


def metric_name(name: str) -> str:
    """A quantity's name, with what it was measured on: "validation accuracy"."""
    part, _, base = name.rpartition("validation_")
    words = tr(f"metric.{base}") if has(f"metric.{base}") else base
    return tr("metric.validation", name=words) if part == "" and base != name else words


def metric_value(name: str, value: float) -> str:
    """A value of a quantity: shares as percentages."""
    return formats.percent(value) if name.endswith("accuracy") else formats.number(value)


def tables(trainer: Trainer) -> Iterator[Table]:
    """What the network has reached on each part of the data, and the report on each output."""
    scores = {
        part: trainer.evaluate(part) if trainer.count(part) else {}
        for part in ("training", "validation", "test")
    }
    yield _quantities(scores)
    plan, document = trainer.model.plan, trainer.model.document
    for number, outcome in enumerate(plan.outcomes):
        if len(plan.outcomes) > 1:
            yield Table(title=title(document, outcome.node), show_edge=False)
        parts = [part for part in ("validation", "test") if trainer.count(part)]
        reports = [report(trainer, part, number) for part in parts]
        yield from report_tables(reports, dataset_of(document), scores["training"])


def _quantities(scores: Mapping[str, Record]) -> Table:
    found = Table()
    found.add_column(tr("train.quantity"))
    for part in scores:
        found.add_column(tr(f"train.part.{part}"), justify="right")
    for name in scores["training"]:
        cells = [metric_value(name, s[name]) if name in s else "–" for s in scores.values()]
        found.add_row(metric_name(name), *cells)
    return found
