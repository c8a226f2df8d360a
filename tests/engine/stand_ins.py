"""A form of data for the tests of the data process: what happens is what the file is called."""

from __future__ import annotations

import itertools
import os
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from engine import data_worker
from engine.data.own import forms
from engine.data.own.refusal import Refusal, Report
from engine.data.samples import Samples
from engine.data_protocol import Complaint, TextGlimpse
from engine.spec.options import NO_OPTIONS, Options
from engine.spec.sources import Facts

FORM = "passage"
GLIMPSE = TextGlimpse(NO_OPTIONS, "to be", ("t", "o"), 5, (("t", 1), ("o", 2)))
FACTS = Facts((2,), ("features",), 4, classes=2, counts=(2, 2))
COMPLAINT = Complaint("damaged_text", {"count": 2})


def look(path: Path, recipe: Options) -> forms.Look:
    _happen(path)
    return forms.Look(GLIMPSE, (COMPLAINT,))


def take(path: Path, recipe: Options, report: Report) -> forms.Take:
    """All of it, or what the name of the file says."""
    if path.name == "endless":
        for done in itertools.count():
            report(done, 100)
    for done in range(1000):
        report(done, 1000)
    _happen(path)
    if path.name == "crash at the end":
        os._exit(3)
    samples = Samples(np.zeros((4, 2)), np.array([0, 1, 0, 1]))
    return forms.Take(samples, FACTS, recipe, (COMPLAINT,))


def _happen(path: Path) -> None:
    match path.name:
        case "refused":
            raise Refusal("no_rows", path=path.name)
        case "strange":
            raise LookupError("a strange file")
        case "large":
            raise MemoryError
        case "crash":
            os._exit(3)


def install(patch: pytest.MonkeyPatch) -> None:
    """Make this the only form there is."""
    module = ModuleType(FORM)
    module.recognises = lambda path: True  # type: ignore[attr-defined]
    module.look, module.take = look, take  # type: ignore[attr-defined]
    patch.setattr(forms, "MODULES", {FORM: FORM})
    patch.setattr(forms, "_module", lambda form: module)


def serve(pipe: Connection[Any, Any]) -> None:
    """A data process that knows this form only."""
    with pytest.MonkeyPatch.context() as patch:
        install(patch)
        data_worker.serve(pipe)


def file(folder: Path, name: str) -> str:
    """A file of that name."""
    path = folder / name
    path.write_text(name, "utf-8")
    return str(path)
