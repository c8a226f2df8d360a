"""Targets from arrays: labels of any kind become class numbers, or numbers stay values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.own.refusal import Refusal
from engine.data.samples import Array

MOST_CLASSES = 1000  # so many different whole numbers may be labels, if nobody said so
MOST_AT_ALL = 20_000


@dataclass(frozen=True, slots=True)
class Targets:
    """Class numbers (N,) int64 with the classes' names, or values (N, K) float64 with none."""

    values: Array
    class_names: tuple[str, ...] = ()

    @property
    def task(self) -> str:
        """What a recipe calls it."""
        return "classes" if self.class_names else "values"

    def shown(self, count: int) -> Array:
        """The first of them as a person reads them: names of classes, or values."""
        first = self.values[:count]
        if self.class_names:
            return np.array(self.class_names)[first]
        return first[:, 0] if first.shape[1] == 1 else first


def targets_of(given: Array, task: str) -> Targets:
    """What an array of targets, (N,) or (N, K), says.

    task : "classes", "values", or "auto": whole numbers, truth values and texts are labels, and so
        are rows with a single 1 among zeros; other numbers are values. Refusal "target_shape",
        "text_values", "no_label", "too_many_labels", "only_class".
    """
    given = np.asarray(given)
    if given.ndim == 2 and given.shape[1] == 1:
        given = given[:, 0]
    if given.ndim not in (1, 2) or not given.size:
        raise Refusal("target_shape", shape=_shape(given))
    is_text = given.dtype.kind in "US"
    if task == "values" or (task == "auto" and not is_text and _are_values(given)):
        if is_text:
            raise Refusal("text_values")
        return Targets(given.reshape(len(given), -1).astype(np.float64))
    if given.ndim == 2:
        if is_text or not _is_one_hot(given):
            raise Refusal("target_shape", shape=_shape(given))
        given = given.argmax(axis=1)
    if given.dtype.kind == "S":
        given = np.char.decode(given, "utf-8", "replace")
    return _labels(given)


def _are_values(given: Array) -> bool:
    if given.ndim == 2:
        return not _is_one_hot(given)
    if given.dtype.kind == "f":
        return True
    return given.dtype.kind in "iu" and len(np.unique(given)) > MOST_CLASSES


def _is_one_hot(given: Array) -> bool:
    """Whether every row is a 1 among zeros, and not always at the same place."""
    is_one = given == 1
    rows_fit = bool(np.all(is_one.sum(axis=1) == 1) and np.all(is_one | (given == 0)))
    return rows_fit and len(given) > 0


def _labels(given: Array) -> Targets:
    """Class numbers in the order of the labels, and the labels as names."""
    if given.dtype.kind == "f" and (missing := int(np.sum(~np.isfinite(given)))):
        raise Refusal("no_label", count=missing)
    labels, numbers = np.unique(given, return_inverse=True)
    if len(labels) > MOST_AT_ALL:
        raise Refusal("too_many_labels", count=len(labels), most=MOST_AT_ALL)
    if len(labels) < 2:
        raise Refusal("only_class", name=_name(labels[0]) if len(labels) else "–")
    return Targets(numbers.reshape(-1).astype(np.int64), tuple(map(_name, labels)))


def _name(label: object) -> str:
    """A label in words; a whole number that was stored as a real one has no point."""
    if isinstance(label, np.floating) and float(label).is_integer():
        return str(int(label))
    return str(label).encode("utf-8", "replace").decode("utf-8")


def _shape(given: Array) -> str:
    return "×".join(map(str, given.shape))
