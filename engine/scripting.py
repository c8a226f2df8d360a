"""The engine for notebooks: make or load a document, compile it, train it, look inside.

    from engine.scripting import chain, Model, fit

    document = chain(
        ("data", {"dataset": "spirals"}),
        ("dense", {"units": 32, "activation": "tanh"}),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 100, "learning_rate": 0.01},
    )
    model = Model(document, seed=1, threads=1)
    history = fit(model)
    print(history.epochs[-1]["validation_accuracy"])

`engine/README.md` explains it step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from engine.data.boxes import baselines, check_data, prepared
from engine.data.taking import own_source
from engine.layers import CATALOGUE
from engine.layers.drawing import append, place
from engine.layers.templates import insert_template
from engine.runtime.checkpoint import unpack
from engine.runtime.folds import cross_validate
from engine.runtime.model import Model
from engine.runtime.rate_test import learning_rate_test
from engine.runtime.report import ClassFigures, Report, report
from engine.runtime.summary import summarise
from engine.runtime.trainer import Trainer
from engine.runtime.transfer import transfer
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from engine.spec.history import History, Record
from engine.spec.options import Options, Value, checked
from engine.spec.sources import OWN
from engine.spec.training import TrainingOptions

__all__ = [
    "ClassFigures",
    "Document",
    "History",
    "Model",
    "Report",
    "Trainer",
    "TrainingOptions",
    "baselines",
    "chain",
    "check_data",
    "cross_validate",
    "fit",
    "insert_template",
    "learning_rate_test",
    "load_file",
    "own_data",
    "prepared",
    "report",
    "save_file",
    "summarise",
    "transfer",
]


def chain(
    *layers: tuple[str, Mapping[str, Value]], training: Mapping[str, Value] | None = None
) -> Document:
    """A network without branches: pairs (kind, options) from data to loss."""
    document = Document(training=checked(TrainingOptions, training or {}))
    last = ""
    for kind, options in layers:
        if kind not in CATALOGUE:
            raise ValueError(f"there is no layer type {kind!r}; there are {', '.join(CATALOGUE)}")
        if last:
            document, last = append(document, kind, last)
        else:
            document, last = place(document, kind, 0.0, 0.0)
        document = edits.set_options(document, last, options)
    return document


def own_data(
    path: str | Path, form: str = "", target: str = "", **recipe: Value
) -> dict[str, Value]:
    """The options of a data box for files of one's own: `("data", own_data("people.csv"))`.

    form : "table", "pictures", "arrays", "passage", "sounds" or "collection"; empty: find out
    target : the column (of a table) or the array that is to be predicted
    recipe : options of `engine.spec.recipes`, where files are meant in another way than it seems

    `engine.data.own.refusal.Refusal` says why files are no use.
    """
    source, _ = own_source(Path(path), form, target, Options(recipe))
    return {"dataset": OWN, "origin": source.to_options()}


def fit(
    model: Model,
    epochs: int | None = None,
    on_epoch: Callable[[int, Record], None] | None = None,
) -> History:
    """Train a model on the data of its own document, and return its history."""
    trainer = Trainer(model)
    if epochs is not None:
        trainer.set_training(replace(model.training, epochs=epochs))
    history = History(trainer.batches)
    while not trainer.is_done:
        history.add_points({name: [value] for name, value in trainer.advance().items()})
        if trainer.epoch_is_complete:
            history.epochs.append(trainer.end_epoch())
            if on_epoch is not None:
                on_epoch(len(history.epochs), history.epochs[-1])
    history.reason = trainer.reason
    return history


def load_file(path: str | Path, **options: object) -> Model:
    """Open a `.layerwise` file, with its trained weights if it has some.

    `options` go to Model. StateMismatch if the weights do not belong to the network.
    """
    saved = read(Path(path))
    model = Model(saved.document, **options)  # type: ignore[arg-type]  # as Model's own
    if saved.weights is not None:
        unpack(model, saved.weights)
    return model


def save_file(path: str | Path, document: Document, trainer: Trainer, history: History) -> None:
    """Save a document with what a trainer has reached."""
    write(Path(path), Saved(document, trainer.state(), history.to_json()))
