"""`python main.py summary FILE`: what a network is made of and what it costs, as a table or CSV."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from rich.table import Table

from engine.layers.analysis import analyse
from engine.runtime.summary import Summary, summarise
from engine.spec.codec import Unreadable
from engine.spec.document import Document
from engine.spec.files import read
from gui import formats
from gui.describe import problem_text, title
from gui.file_words import read_error
from gui.terminal.output import console, refuse, say
from gui.words import tr

COLUMNS = ("box", "output", "parameters", "arithmetic", "multiplications", "reads")
NUMBERS = ("parameters", "multiplications")


def summarise_file(path: Path, as_csv: bool = False) -> int:
    """Print the table of a saved network; returns the exit code."""
    try:
        document = read(path).document
    except (Unreadable, OSError) as error:
        return refuse(read_error(path, error))
    if errors := analyse(document).errors:
        problem = problem_text(document, errors[0])
        return refuse(tr("train.problem", problem=problem, count=len(errors)))
    summary = summarise(document)
    cells = _cells(document, summary)
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([tr(f"summary.{name}") for name in COLUMNS])
        writer.writerows(cells)
        return 0
    table = Table()
    for name in COLUMNS:
        is_number = name in NUMBERS
        table.add_column(
            tr(f"summary.{name}"), justify="right" if is_number else "left", overflow="fold"
        )
    for row in cells:
        table.add_row(*row)
    out = console()
    out.print(table)
    for line in _totals(summary):
        say(out, line)
    return 0


def _cells(document: Document, summary: Summary) -> list[list[str]]:
    cells = []
    for row in summary.rows:
        names = [title(document, end.partition(".")[0]) for end in row.reads]
        cells.append(
            [
                title(document, row.node),
                "  ".join(str(shape) for shape in row.outputs.values()),
                formats.count(row.parameters),
                row.arithmetic,
                formats.count(row.multiplications),
                ", ".join(dict.fromkeys(names)),
            ]
        )
    return cells


def _totals(summary: Summary) -> list[str]:
    training, inference = summary.training, summary.inference
    kept = summary.parameters - summary.trainable
    return [
        tr("summary.total_parameters", count=formats.count(summary.parameters)),
        *([tr("summary.not_trained", count=formats.count(kept))] if kept else []),
        tr("summary.total_multiplications", count=formats.count(summary.multiplications)),
        tr(
            "summary.memory_training",
            total=formats.size(training.total),
            parameters=formats.size(training.parameters),
            gradients=formats.size(training.gradients),
            optimizer=formats.size(training.optimizer),
            arrays=formats.size(training.arrays),
            saved=formats.size(training.saved),
            batch=formats.count(summary.batch_size),
            threads=summary.threads,
        ),
        tr(
            "summary.memory_inference",
            total=formats.size(inference.total),
            batch=formats.count(summary.batch_size),
        ),
    ]
