"""From a file to a trainer to be used in the terminal, or a sentence on why there is none."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from engine.data.own.refusal import Refusal, Report, silent
from engine.layers.analysis import analyse
from engine.runtime.sources import WrongNumbers
from engine.runtime.trainer import Trainer, UnequalData
from engine.scripting import Model
from engine.spec.codec import Unreadable
from engine.spec.document import Document
from engine.spec.files import Saved, read
from engine.spec.options import BadOption, checked
from engine.spec.training import TrainingOptions
from gui.describe import problem_text
from gui.file_words import read_error
from gui.words import tr


def opened(
    path: Path, epochs: int | None = None, threads: int | None = None, seed: int | None = None
) -> Saved | str:
    """A saved network with the options asked for, or why it cannot be had."""
    try:
        saved = read(path)
    except (Unreadable, OSError) as error:
        return read_error(path, error)
    try:
        document = with_options(saved.document, epochs, threads, seed)
    except BadOption as bad:
        words = {"option": f"--{bad.name}", "given": bad.value, "allowed": bad.allowed}
        return tr("train.bad_option", **words)
    return replace(saved, document=document)


def with_options(
    document: Document, epochs: int | None, threads: int | None, seed: int | None
) -> Document:
    """The document with what was asked for; BadOption if it may not be so."""
    given = {"epochs": epochs, "threads": threads, "seed": seed}
    chosen = {name: value for name, value in given.items() if value is not None}
    values = asdict(document.training) | chosen
    return replace(document, training=checked(TrainingOptions, values))


def ready(document: Document, report: Report = silent) -> Trainer | str:
    """The trainer with its data, or a sentence on why there is none."""
    if errors := analyse(document).errors:
        return tr("train.problem", problem=problem_text(document, errors[0]), count=len(errors))
    try:
        return Trainer(Model(document), report=report)
    except Refusal as error:
        return tr(f"refusal.{error.code}", **error.numbers)
    except UnequalData as error:
        return tr("failed.unequal_data", what=error)
    except WrongNumbers as error:
        words = {"name": error.name, "given": error.given, "expected": error.expected}
        return tr("failed.wrong_numbers", **words)
    except MemoryError:
        return tr("failed.memory")
