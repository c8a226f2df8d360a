"""Training without a window: a progress line, a table of results at the end, Ctrl+C keeps them."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from engine.protocol import STOPPED
from engine.runtime.checkpoint import StateMismatch
from engine.runtime.trainer import Trainer
from engine.spec.files import Saved, write
from engine.spec.history import History
from gui import formats
from gui.file_words import write_error
from gui.terminal.checkpoints import Checkpoints, folder_obstacle
from gui.terminal.output import console as open_console
from gui.terminal.output import refuse, say
from gui.terminal.own_data import reading, with_data
from gui.terminal.preparing import opened, ready
from gui.terminal.results import closing, epoch_line, tables
from gui.words import tr

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
    checkpoints: Path | None = None,
) -> int:
    """Train a saved network, going on from its weights if it has some; returns the exit code."""
    if device == "cuda":
        return refuse(tr("train.no_cuda"))
    saved = opened(path, epochs, threads, seed)
    if isinstance(saved, str):
        return refuse(saved)
    if seed is not None:
        saved = replace(saved, weights=None)
    return train_saved(saved, path, save, checkpoints)


def train_on(
    path: Path,
    data: Path,
    target: str = "",
    *,
    options: Mapping[str, int | None] = {},  # never changed
    save: Path | None = None,
    checkpoints: Path | None = None,
) -> int:
    """Train a saved network anew, on files of one's own; returns the exit code.

    options : "epochs", "threads" and "seed", where they are to be others than the document's
    """
    saved = opened(path, **options)
    if isinstance(saved, str):
        return refuse(saved)
    document = with_data(open_console(), saved.document, data, target)
    if isinstance(document, str):
        return refuse(document)
    return train_saved(Saved(document), path, save, checkpoints)


def train_saved(
    saved: Saved, path: Path, save: Path | None = None, checkpoints: Path | None = None
) -> int:
    """Train what was opened from a path, and keep it where it is to be kept."""
    console = open_console()
    if save is not None and (obstacle := _obstacle(save)):
        return refuse(obstacle)
    if checkpoints is not None and (obstacle := folder_obstacle(checkpoints)):
        return refuse(obstacle)
    with reading(console) as report:
        trainer = ready(saved.document, report)
    if isinstance(trainer, str):
        return refuse(trainer)
    history = History()
    if saved.weights is not None:
        try:
            trainer.restore(saved.weights)
        except StateMismatch as error:
            return refuse(tr("failed.state_mismatch", what=error.what))
        history = History.from_json(saved.history or {})
        history.cut(history.count, trainer.position.epoch)
        say(console, tr("train.goes_on", epoch=trainer.position.epoch))
    history.batches = trainer.batches
    with interruptible() as interruption:
        say(console, _heading(path, trainer))
        keeper = Checkpoints(checkpoints) if checkpoints is not None else None
        _train(trainer, history, interruption, console, keeper)
    if save is not None:  # before the table, which takes its time too
        try:
            write(save, Saved(saved.document, trainer.state(), history.to_json()))
        except OSError as error:
            return refuse(write_error(save, error))
    if trainer.position.epoch or trainer.position.batch:
        for each in tables(trainer):
            console.print(each)
    say(console, closing(trainer, history.reason))
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
def interruptible() -> Iterator[Interruption]:
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
    trainer: Trainer,
    history: History,
    interruption: Interruption,
    console: Console,
    keeper: Checkpoints | None = None,
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
                say(progress.console, epoch_line(len(history.epochs), epochs, record))
                if keeper is not None:
                    keeper.keep(trainer, history)
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
