"""`python main.py baseline FILE`: what classical methods reach on the same samples, as tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from engine.data.baselines import Baseline, Scores
from engine.data.boxes import baselines
from engine.data.own.refusal import Refusal
from engine.data.taking import own_source
from engine.layers.drawing import place
from engine.runtime.checkpoint import StateMismatch
from engine.runtime.report import report
from engine.runtime.trainer import Trainer
from engine.spec import edits
from engine.spec.division import PARTS
from engine.spec.document import Document
from engine.spec.files import SUFFIX, Saved
from gui import formats
from gui.describe import title
from gui.file_words import complaint_text
from gui.terminal.output import console, refuse, say
from gui.terminal.own_data import options_of, reading
from gui.terminal.preparing import opened, ready
from gui.terminal.report import value_text
from gui.words import tr

FIGURES = "accuracy", "r2", "mean_absolute_error", "mean_squared_error"


def compare_file(path: Path, seed: int = 0) -> int:
    """Print the scores of classical methods; returns the exit code.

    path : a saved network, whose data are taken, or data of one's own
    """
    out = console()
    try:
        saved = (
            opened(path)
            if path.suffix.lower() in (SUFFIX, ".json")
            else Saved(_document_for(path, out))
        )
        if isinstance(saved, str):
            return refuse(saved)
        with _progress(out) as progress:
            task = progress.add_task(tr("baseline.working"), total=None)
            found = baselines(
                saved.document,
                seed=seed,
                report=lambda done, total: progress.update(task, completed=done, total=total),
            )
    except Refusal as error:
        return refuse(tr(f"refusal.{error.code}", **error.numbers))
    if not found:
        return refuse(tr("train.no_data_box"))
    own = _own_scores(saved)
    if isinstance(own, str):
        return refuse(own)
    for box, rows in found.items():
        heading = title(saved.document, box) if len(found) > 1 else ""
        for table in _tables(rows, own if len(found) == 1 else {}, heading):
            out.print(table)
        for row in rows:
            if row.rows < row.available:
                told = {"count": formats.count(row.rows), "total": formats.count(row.available)}
                say(out, tr("baseline.rows", method=tr(f"baseline.{row.method}"), **told))
    return 0


def _document_for(path: Path, out: Console) -> Document:
    """A document with nothing but data of one's own."""
    with reading(out) as report:
        source, complaints = own_source(path, report=report)
    for complaint in complaints:
        say(out, complaint_text(complaint.code, complaint.numbers))
    return edits.set_options(*place(Document(), "data", 0.0, 0.0), options_of(source))


def _progress(out: Console) -> Progress:
    columns = TextColumn("{task.description}"), BarColumn()
    return Progress(*columns, console=out, transient=True, disable=not out.is_terminal)


def _own_scores(saved: Saved) -> Mapping[str, Scores] | str:
    """The network's own figures by part, if the file is trained; or why they cannot be had."""
    if saved.weights is None:
        return {}
    trainer = ready(saved.document)
    if isinstance(trainer, str):
        return trainer
    try:
        trainer.restore(saved.weights)
        return _figures(trainer)
    except StateMismatch as error:
        return tr("failed.state_mismatch", what=error.what)
    finally:
        trainer.model.close()


def _figures(trainer: Trainer) -> dict[str, Scores]:
    return {part: report(trainer, part).figures for part in PARTS if trainer.count(part)}


def _tables(rows: tuple[Baseline, ...], own: Mapping[str, Scores], heading: str) -> Iterator[Table]:
    """One for each figure: a line for each method and one for the network, a column a part."""
    parts = [part for part in PARTS if part in rows[0].scores]
    figures = [name for name in FIGURES if name in rows[0].scores["training"]]
    for figure in figures:
        table = Table(title=" · ".join(filter(None, (heading, tr(f"metric.{figure}")))))
        table.add_column(tr("baseline.method"))
        for part in parts:
            table.add_column(tr(f"train.part.{part}"), justify="right")
        table.add_column(tr("baseline.seconds"), justify="right")
        for row in rows:
            cells = (_cell(row.scores, part, figure) for part in parts)
            table.add_row(tr(f"baseline.{row.method}"), *cells, formats.short_time(row.seconds))
        if own:
            table.add_section()
            table.add_row(tr("baseline.network"), *(_cell(own, part, figure) for part in parts))
        yield table


def _cell(scores: Mapping[str, Scores], part: str, figure: str) -> str:
    return value_text(figure, scores.get(part, {}).get(figure, math.nan))
