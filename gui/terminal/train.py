"""Training without a window: a progress line, a table of results at the end, Ctrl+C keeps them."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from engine.protocol import STOPPED
from engine.runtime.checkpoint import StateMismatch
from engine.runtime.sources import WrongNumbers
from engine.runtime.trainer import Trainer, UnequalData
from engine.scripting import Model, report
from engine.spec.codec import Unreadable
from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from engine.spec.history import History, Record
from engine.spec.options import BadOption, checked
from engine.spec.training import TrainingOptions
from gui import formats
from gui.describe import problem_text, title
from gui.file_words import read_error, write_error
from gui.plots.class_names import dataset_of
from gui.terminal.output import console as open_console
from gui.terminal.output import refuse, say
from gui.terminal.report import tables
from gui.words import has, tr

WELCOME = Path(__file__).resolve().parent.parent.parent / "resources" / "examples" / "welcome.json"


@dataclass(slots=True)
class Interruption:
    """Set by Ctrl+C, looked at between batches."""

    asked: bool = False


def train_welcome() -> int:
    """Train the welcome network, as a machine without a display can."""
    return train_file(WELCOME)


def train_file(
    path: Path,
    epochs: int | None = None,
    threads: int | None = None,
    seed: int | None = None,
    device: str = "auto",
    save: Path | None = None,
) -> int:
    """Train a saved network, going on from its weights if it has some; returns the exit code."""
    console = open_console()
    if device == "cuda":
        return refuse(tr("train.no_cuda"))
    try:
        saved = read(path)
    except (Unreadable, OSError) as error:
        return refuse(read_error(path, error))
    if save is not None and (obstacle := _obstacle(save)):
        return refuse(obstacle)
    try:
        document = _with_options(saved.document, epochs, threads, seed)
    except BadOption as bad:
        words = {"option": f"--{bad.name}", "given": bad.value, "allowed": bad.allowed}
        return refuse(tr("train.bad_option", **words))
    model = _model(document)
    if isinstance(model, str):
        return refuse(model)
    trainer, history = Trainer(model), History()
    if saved.weights is not None and seed is None:
        try:
            trainer.restore(saved.weights)
        except StateMismatch as error:
            return refuse(tr("failed.state_mismatch", what=error.what))
        history = History.from_json(saved.history or {})
        history.cut(history.count, trainer.position.epoch)
        say(console, tr("train.goes_on", epoch=trainer.position.epoch))
    history.batches = trainer.batches
    with _interruptible() as interruption:
        say(console, _heading(path, trainer))
        _train(trainer, history, interruption, console)
    if save is not None:  # before the table, which takes its time too
        try:
            write(save, Saved(document, trainer.state(), history.to_json()))
        except OSError as error:
            return refuse(write_error(save, error))
    if trainer.position.epoch or trainer.position.batch:
        scores = _scores(trainer)
        console.print(_table(scores))
        for table in _details(trainer, scores["training"]):
            console.print(table)
    say(console, tr(f"train.reason.{history.reason}", epochs=trainer.position.epoch))
    if save is not None:
        say(console, tr("train.saved", file=save))
    return 0


def _obstacle(save: Path) -> str:
    """Why nothing can be saved there, found before hours of training are lost; empty if it can."""
    if not save.parent.is_dir():
        return tr("train.no_folder", folder=save.parent)
    trial = save.with_name(f".{save.name}-{os.getpid()}.trial")
    try:
        trial.touch()
        trial.unlink()
    except OSError as error:
        return write_error(save, error)
    return ""


def _with_options(
    document: Document, epochs: int | None, threads: int | None, seed: int | None
) -> Document:
    """The document with what was asked for; BadOption if it may not be so."""
    given = {"epochs": epochs, "threads": threads, "seed": seed}
    chosen = {name: value for name, value in given.items() if value is not None}
    values = asdict(document.training) | chosen
    return replace(document, training=checked(TrainingOptions, values))


def _model(document: Document) -> Model | str:
    """The model, or a sentence on why there is none."""
    from engine.layers.analysis import analyse

    if errors := analyse(document).errors:
        return tr("train.problem", problem=problem_text(document, errors[0]), count=len(errors))
    try:
        model = Model(document)
        Trainer(model)
    except UnequalData as error:
        return tr("failed.unequal_data", what=error)
    except WrongNumbers as error:
        words = {"name": error.name, "given": error.given, "expected": error.expected}
        return tr("failed.wrong_numbers", **words)
    except MemoryError:
        return tr("failed.memory")
    return model


def _heading(path: Path, trainer: Trainer) -> str:
    return tr(
        "train.heading",
        name=path.stem,
        parameters=formats.count(trainer.model.plan.size),
        training=formats.count(trainer.count("training")),
        validation=formats.count(trainer.count("validation")),
        threads=trainer.model.threads,
    )


@contextlib.contextmanager
def _interruptible() -> Iterator[Interruption]:
    """Ctrl+C ends training after the present batch; a second one ends the program."""
    interruption = Interruption()

    def stop(*_: object) -> None:
        interruption.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)


def _train(
    trainer: Trainer, history: History, interruption: Interruption, console: Console
) -> None:
    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        _prepare(trainer, interruption, progress)
        epochs = trainer.model.training.epochs
        total = epochs * trainer.batches
        task = progress.add_task("", total=total)
        while not trainer.is_done and not interruption.asked:
            values = trainer.advance()
            history.add_points({name: [value] for name, value in values.items()})
            if trainer.epoch_is_complete and not trainer.reason:
                record = trainer.end_epoch()
                history.epochs.append(record)
                say(progress.console, _line(len(history.epochs), epochs, record))
            words = tr("train.epoch", epoch=trainer.position.epoch + 1, epochs=epochs)
            done = trainer.position.epoch * trainer.batches + trainer.position.batch
            progress.update(task, completed=done, description=words)
    history.reason = trainer.reason or STOPPED


def _prepare(trainer: Trainer, interruption: Interruption, progress: Progress) -> None:
    """Compile the kernels, which runs them, and put everything back to where it was."""
    position, step = trainer.state(), trainer.model.step
    task = progress.add_task(tr("train.preparing"), total=None)
    for done, total, _ in trainer.model.compile(trainer.sources["training"]):
        progress.update(task, completed=done, total=total)
        if interruption.asked:
            trainer.model.reset()
            break
    if step or trainer.position.batch:
        trainer.restore(position)
    progress.remove_task(task)


def _line(epoch: int, epochs: int, record: Record) -> str:
    parts = [tr("train.epoch", epoch=epoch, epochs=epochs)]
    parts += [f"{metric_name(k)} {_value(k, v)}" for k, v in record.items() if k in _shown(record)]
    return "   ".join(parts)


def _shown(record: Record) -> list[str]:
    return [name for name in record if name not in ("seconds", "learning_rate")]


def metric_name(name: str) -> str:
    """A quantity's name, with what it was measured on: "validation accuracy"."""
    part, _, base = name.rpartition("validation_")
    words = tr(f"metric.{base}") if has(f"metric.{base}") else base
    return tr("metric.validation", name=words) if part == "" and base != name else words


def _value(name: str, value: float) -> str:
    return formats.percent(value) if name.endswith("accuracy") else formats.number(value)


def _details(trainer: Trainer, told: Collection[str]) -> Iterator[Table]:
    """What is to be known about each output on the parts that were not trained on."""
    for number, outcome in enumerate(trainer.model.plan.outcomes):
        if len(trainer.model.plan.outcomes) > 1:
            yield Table(title=title(trainer.model.document, outcome.node), show_edge=False)
        parts = [part for part in ("validation", "test") if trainer.count(part)]
        reports = [report(trainer, part, number) for part in parts]
        yield from tables(reports, dataset_of(trainer.model.document), told)


def _scores(trainer: Trainer) -> dict[str, dict[str, float]]:
    """Loss and metrics on each part of the data."""
    return {
        part: trainer.evaluate(part) if trainer.count(part) else {}
        for part in ("training", "validation", "test")
    }


def _table(scores: dict[str, dict[str, float]]) -> Table:
    table = Table()
    table.add_column(tr("train.quantity"))
    for part in scores:
        table.add_column(tr(f"train.part.{part}"), justify="right")
    for name in scores["training"]:
        cells = [_value(name, s[name]) if name in s else "–" for s in scores.values()]
        table.add_row(metric_name(name), *cells)
    return table
