"""The forms of data that can be read, and the two things to be done with each: look, and take.

A form is a module of this package with three functions:

`recognises(path) -> bool`  whether these files look like it, without reading much of them
`look(path, recipe) -> Look`  the first of it, quickly, with a recipe in which nothing is "auto"
`take(path, recipe, report) -> Take`  all of it; `report` is called often, and may raise Cancelled

and perhaps `place(path) -> Path`, the folder that is meant where one of its files was chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np

from engine.data.own.fingerprint import fingerprint
from engine.data.own.kept import keep, kept, key_of
from engine.data.own.refusal import Refusal, Report, silent
from engine.data.samples import Samples
from engine.data_protocol import Complaint, Glimpse
from engine.spec.options import NO_OPTIONS, Options
from engine.spec.sources import Facts, Source

# in the order in which they are asked whether files are theirs
MODULES = {
    "collection": "collection",
    "pictures": "pictures",
    "sounds": "sounds",
    "arrays": "arrays",
    "table": "tables",
    "passage": "passages",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a form found at first sight."""

    glimpse: Glimpse
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class Take:
    """What a form read: all samples, and the facts that the document keeps."""

    samples: Samples
    facts: Facts
    recipe: Options  # nothing in it is "auto"
    complaints: tuple[Complaint, ...] = ()


def _module(form: str) -> ModuleType:
    # imported when needed: pandas and Pillow take their time
    return import_module(f"engine.data.own.{MODULES[form]}")


def recognise(path: Path) -> str:
    """The form of data at a path; Refusal "missing", "empty" or "unknown_form" if there is none."""
    if not path.exists():
        raise Refusal("missing", path=str(path))
    for form in MODULES:
        recognises: Callable[[Path], bool] = _module(form).recognises
        if recognises(path):
            return form
    raise Refusal("unknown_form", path=str(path))


def look(path: Path, form: str = "", recipe: Options = NO_OPTIONS) -> tuple[str, Look]:
    """The form of files and what is in them, at first sight; Refusal says why they are no use."""
    form = form or recognise(path)
    try:
        found: Look = _module(form).look(path, recipe)
    except Refusal as refusal:
        refusal.form = form  # so that what to change can be offered
        raise
    return form, found


def take(
    path: Path, form: str, recipe: Options, report: Report = silent
) -> tuple[Source, tuple[Complaint, ...]]:
    """Read files completely and keep the samples; returns what a document says of them."""
    module = _module(form)
    place: Path = module.place(path) if hasattr(module, "place") else path
    mark = fingerprint(place, report)
    read: Take = module.take(path, recipe, report)
    keep(key_of(form, mark, read.recipe), read.samples)
    facts = replace(read.facts, counts=_counts(read.samples, read.facts))
    return Source(form, str(place), mark, read.recipe, facts), read.complaints


def _counts(samples: Samples, facts: Facts) -> tuple[int, ...]:
    """Samples of each class; empty where samples do not have one class each."""
    if not facts.classes or facts.per_step or samples.target.size != samples.count:
        return ()
    labels = np.reshape(samples.target, -1)
    return tuple(np.bincount(labels, minlength=facts.classes).tolist())


def samples_of(source: Source, report: Report = silent) -> Samples:
    """The samples of a source: those kept, or read anew.

    Refusal "missing" if the files are gone, "changed" if others are in their place.
    """
    path = Path(source.path)
    if fingerprint(path, report) != source.fingerprint:
        raise Refusal("changed", path=source.path)
    key = key_of(source.form, source.fingerprint, source.recipe)
    if (found := kept(key)) is not None:
        return found
    read: Take = _module(source.form).take(path, source.recipe, report)
    keep(key, read.samples)
    return read.samples
