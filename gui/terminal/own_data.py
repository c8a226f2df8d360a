"""`python main.py data PATH`: look at data of one's own, and put them into a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from engine.data.boxes import check_data
from engine.data.own.refusal import Refusal, Report
from engine.data.taking import own_source
from engine.data_protocol import Complaint, Finding
from engine.layers.drawing import place
from engine.layers.fitting import fitted
from engine.layers.starters import with_network
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.files import Saved, write
from engine.spec.options import Options
from engine.spec.sources import OWN, ColumnFacts, Source
from gui import formats
from gui.describe import fix_text, value_text
from gui.file_words import complaint_text, remedy_text, write_error
from gui.terminal.output import console, refuse, say
from gui.words import has, tr

SHOWN = 6  # categories in a cell
MANY = 40  # columns, from which on those are left out that are inputs like the others


@contextmanager
def reading(out: Console) -> Iterator[Report]:
    """A progress line while data are read; gone when they are."""
    columns = TextColumn("{task.description}"), BarColumn()
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as progress:
        task = progress.add_task(tr("train.reading"), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def show_data(path: Path, target: str = "", save: Path | None = None) -> int:
    """Say what is in files, and what is wrong with them; `save` keeps a network for them."""
    out = console()
    try:
        with reading(out) as report:
            source, complaints = own_source(path, target=target, report=report)
        document = edits.set_options(*place(Document(), "data", 0.0, 0.0), options_of(source))
        (box,) = document.network.nodes
        for line in _facts(source):
            say(out, line)
        if source.facts.columns:
            out.print(_columns(source))
        with reading(out) as report:
            (findings,) = check_data(document, report).values()
    except Refusal as error:
        return refuse(tr(f"refusal.{error.code}", **error.numbers))
    tell(out, complaints, findings)
    if save is not None:
        try:
            write(save, Saved(with_network(document, box.id)))
        except OSError as error:
            return refuse(write_error(save, error))
        say(out, tr("data.saved", file=save))
    return 0


def options_of(source: Source) -> dict[str, str | Options]:
    """What a data box is told to hand out a source."""
    return {"dataset": OWN, "origin": source.to_options()}


def tell(
    out: Console, complaints: tuple[Complaint, ...], findings: tuple[Finding, ...] = ()
) -> None:
    """What is odd, one thing a line, with what helps below it."""
    for complaint in complaints:
        say(out, "• " + complaint_text(complaint.code, complaint.numbers))
    for finding in findings:
        say(out, "• " + complaint_text(finding.complaint.code, finding.complaint.numbers))
        for remedy in finding.remedies:
            say(out, f"    → {remedy_text(remedy)}")
    if not complaints and not findings:
        say(out, tr("data.nothing_odd"))


def _facts(source: Source) -> Iterator[str]:
    """The files in a few lines: form, how they were read, samples and what is predicted."""
    facts = source.facts
    yield tr("data.fact", name=source.name, value=tr(f"form.{source.form}"))
    for name in ("encoding", "delimiter", "decimal"):
        value = source.recipe.get(name)
        if isinstance(value, str) and has(f"option.{name}.name"):
            words = tr(f"option.{name}.name")
            yield "  " + tr("data.fact", name=words, value=value_text(name, value))
    yield tr("data.samples", count=formats.count(facts.samples), shape=facts.shape)
    if facts.test_samples:
        yield tr("data.test_samples", count=formats.count(facts.test_samples))
    if facts.classes and not facts.limit:
        names = facts.class_names or [str(number) for number in range(facts.classes)]
        counts = facts.counts or ("?",) * len(names)
        told = [f"{name} ({count})" for name, count in zip(names, counts, strict=False)]
        yield tr("data.classes", count=facts.classes, names=_short(told))
    elif not facts.classes:
        yield tr("data.values", names=", ".join(facts.target_names) or str(facts.outputs))
    if facts.limit:
        yield tr("data.tokens", count=formats.count(facts.limit))


def _short(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def _columns(source: Source) -> Table:
    """Each column of a table: type, role, gaps and categories; of hundreds, the first and odd."""
    table = Table()
    for name in ("column", "type", "role", "gaps", "categories"):
        table.add_column(tr(f"data.{name}"), justify="right" if name == "gaps" else "left")
    columns = source.recipe.get("columns", ())
    assert isinstance(columns, tuple)
    facts = source.facts.columns or (ColumnFacts(),) * len(columns)
    left_out = 0
    for row, (column, found) in enumerate(zip(columns, facts, strict=True)):
        assert isinstance(column, Options)
        if row >= MANY and column.get("role") == "input" and not found.gaps:
            left_out += 1
            continue
        cells = [value_text(name, column.get(name, "")) for name in ("name", "type", "role")]
        categories = list(found.categories)
        told = f"{len(categories)}: {_short(categories)}" if categories else ""
        table.add_row(*cells, formats.count(found.gaps) if found.gaps else "", told)
    if left_out:
        table.caption = tr("data.more_columns", count=formats.count(left_out))
    return table


def with_data(out: Console, document: Document, path: Path, target: str) -> Document | str:
    """A drawing with files of one's own in its data box, or why that cannot be.

    What is odd about the files, and what had to be changed in the drawing, is told.
    """
    boxes = [node.id for node in document.network.nodes if node.kind == "data"]
    if not boxes:
        return tr("train.no_data_box")
    try:
        with reading(out) as report:
            source, complaints = own_source(path, target=target, report=report)
    except Refusal as error:
        return tr(f"refusal.{error.code}", **error.numbers)
    changed, fixes = fitted(edits.set_options(document, boxes[0], options_of(source)))
    for complaint in complaints:
        say(out, "• " + complaint_text(complaint.code, complaint.numbers))
    for fix in fixes:
        say(out, "• " + fix_text(changed, fix))
    return changed
