"""Cross-validation: train k times, each time validating on another k-th of the samples.

The test part of each data set is left out. Groups are not divided; where the order is time, a fold
is a stretch of it, and windows that reach from it into training are left out. (M. Stone:
Cross-Validatory Choice, 1974; R. Kohavi, 1995, for folds that hold the classes in the same
proportions.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.data.loading import load
from engine.data.preparing import Prepared, prepare
from engine.data.samples import Samples
from engine.data.splitting import labels_of, split
from engine.layers.data import Data
from engine.runtime.initializers import generator
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer, UnequalData, data_layer
from engine.spec.document import Document
from engine.spec.history import Record


@dataclass(frozen=True, slots=True)
class Folds:
    """What each fold reached at the end of its training; `epochs` are those it took."""

    scores: tuple[Record, ...]
    epochs: tuple[int, ...]

    def mean(self, name: str) -> float:
        """Mean of a quantity over the folds."""
        return float(np.mean([score[name] for score in self.scores]))

    def deviation(self, name: str) -> float:
        """Sample standard deviation of a quantity over the folds."""
        return float(np.std([score[name] for score in self.scores], ddof=1))


def fold_rows(labels: Array | None, count: int, folds: int, seed: int) -> Array:
    """The fold of each of `count` samples; with `labels`, each class is dealt out evenly.

    ValueError if there are fewer samples than folds, or fewer than two folds.
    """
    if not 2 <= folds <= count:
        raise ValueError(f"{folds} folds of {count} samples: 2 … {count} are possible")
    rng = generator(seed, "folds")
    groups = [np.arange(count)]
    if labels is not None:
        groups = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    order = np.concatenate([rng.permutation(group) for group in groups])
    found = np.empty(count, np.int64)
    found[order] = np.arange(count) % folds  # dealt out like cards, class after class
    return found


def fold_groups(groups: Array, folds: int, seed: int) -> Array:
    """The fold of each sample, (N,): whole groups, each by lot to a fold with fewest samples.

    ValueError if there are fewer groups than folds, or fewer than two folds.
    """
    names, which, counts = np.unique(groups, return_inverse=True, return_counts=True)
    if not 2 <= folds <= len(names):
        raise ValueError(f"{folds} folds of {len(names)} groups: 2 … {len(names)} are possible")
    fold, sizes = np.empty(len(names), np.int64), np.zeros(folds, np.int64)
    order = generator(seed, "folds").permutation(len(names))
    for group in order[np.argsort(-counts[order], kind="stable")]:  # large ones find a place first
        fold[group] = sizes.argmin()
        sizes[fold[group]] += counts[group]
    found: Array = fold[which]
    return found


def cross_validate(
    document: Document,
    folds: int = 5,
    *,
    seed: int = 0,
    on_fold: Callable[[int, Record], None] | None = None,
    **options: Any,
) -> Folds:
    """Train the document's network once a fold, from its first weights each time.

    `seed` deals out the samples; `options` go to Model. The scores are those of the weights at the
    end: the best ones, if the document asks for early stopping.
    """
    scores, epochs = [], []
    for fold in range(folds):
        model = Model(document, **options)
        try:
            trainer = Trainer(model, _data(model, fold, folds, seed))
            while not trainer.is_done:
                trainer.advance()
                if trainer.epoch_is_complete and not trainer.reason:
                    trainer.end_epoch()
            scores.append(trainer.evaluate("validation"))
            epochs.append(trainer.position.epoch)
        finally:
            model.close()
        if on_fold is not None:
            on_fold(fold, scores[-1])
    return Folds(tuple(scores), tuple(epochs))


def _data(model: Model, fold: int, folds: int, seed: int) -> dict[str, Prepared]:
    """Every data box with one fold for validation; all boxes are cut at the same samples."""
    found: dict[str, Prepared] = {}
    places: Array | None = None
    for node in dict.fromkeys(node for node, _ in model.plan.sources):
        choice = data_layer(model, node)
        samples = load(choice)
        parts = split(choice, samples)
        pool = np.sort(np.concatenate([parts["training"], parts["validation"]]))
        if places is None:
            places = _places(choice, samples, pool, folds, seed)
        if len(places) != len(pool):
            raise UnequalData(f"{node}: {len(pool)} instead of {len(places)}")
        rows = {
            "training": _apart(choice, pool[places != fold], pool[places == fold]),
            "validation": pool[places == fold],
            "test": parts["test"],
        }
        found[node] = prepare(choice, model.memory.dtype.name, rows)
    return found


def _places(choice: Data, samples: Samples, pool: Array, folds: int, seed: int) -> Array:
    """The fold of each sample of the pool."""
    if choice.division == "time":
        if not 2 <= folds <= len(pool):
            raise ValueError(f"{folds} folds of {len(pool)} samples")
        return np.arange(len(pool)) * folds // len(pool)
    if choice.division == "group" and samples.groups is not None:
        return fold_groups(samples.groups[pool], folds, seed)
    labels = labels_of(choice, samples) if choice.division == "stratified" else None
    return fold_rows(None if labels is None else labels[pool], len(pool), folds, seed)


def _apart(choice: Data, training: Array, validation: Array) -> Array:
    """Training rows without windows that share rows with those of a stretch for validation."""
    span, _ = choice.reach
    if not span or choice.division != "time":
        return training
    near = (training + span > validation[0]) & (training < validation[-1] + span)
    if near.all():
        raise ValueError("nothing is left for training")
    far: Array = training[~near]
    return far
