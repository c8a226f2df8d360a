"""What all forms of data share: recognising, taking once, and noticing that files changed."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from engine.data.loading import load
from engine.data.own import forms
from engine.data.own.forms import Look, Take, look, recognise, samples_of, take
from engine.data.own.refusal import Cancelled, Refusal, Report
from engine.data.samples import Samples
from engine.data_protocol import ArrayGlimpse, Complaint
from engine.spec.options import Options
from engine.spec.sources import Facts
from tests.engine.networks import data_box

NAME = "engine.data.own.of_this_test"


class Form(ModuleType):
    """Files whose bytes are the samples."""

    def __init__(self) -> None:
        super().__init__(NAME)
        self.taken = 0

    def recognises(self, path: Path) -> bool:
        return path.suffix == ".bytes"

    def look(self, path: Path, recipe: Options) -> Look:
        nothing = np.zeros(0)
        return Look(ArrayGlimpse(recipe, ((path.name, (1,), "u"),), nothing, nothing))

    def take(self, path: Path, recipe: Options, report: Report) -> Take:
        self.taken += 1
        numbers = np.frombuffer(path.read_bytes(), np.uint8)
        report(1, 2)
        samples = Samples(numbers[:, None].astype("float32"), numbers[:, None] * 2.0)
        facts = Facts((1,), ("features",), len(numbers))
        return Take(samples, facts, recipe.replace(task="values"), (Complaint("odd"),))


@pytest.fixture
def form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Form:
    made = Form()
    monkeypatch.setitem(sys.modules, NAME, made)
    monkeypatch.setattr(forms, "MODULES", {"arrays": "of_this_test"})
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "some.bytes"
    path.write_bytes(bytes(range(40)))
    return path


def test_files_are_recognised_or_refused(form: Form, path: Path) -> None:
    assert recognise(path) == "arrays"
    for name, code in (("gone.bytes", "missing"), ("other.txt", "unknown_form")):
        if code == "unknown_form":
            path.with_name(name).write_text("x")
        with pytest.raises(Refusal) as caught:
            recognise(path.with_name(name))
        assert caught.value.code == code


def test_looking_reads_nothing_and_takes_a_recipe(form: Form, path: Path) -> None:
    form_found, seen = look(path, recipe=Options({"x": "a"}))
    assert form_found == "arrays"
    assert isinstance(seen.glimpse, ArrayGlimpse)
    assert seen.glimpse.recipe == Options({"x": "a"})
    assert seen.glimpse.arrays[0][0] == "some.bytes"
    assert form.taken == 0


def test_files_are_read_once_and_then_kept(form: Form, path: Path) -> None:
    source, complaints = take(path, "arrays", Options({"x": "a"}))
    assert complaints == (Complaint("odd"),)
    assert source.recipe == Options({"x": "a", "task": "values"})
    assert (source.form, source.path, source.facts.samples) == ("arrays", str(path), 40)
    box = data_box(dataset="own", origin=source.to_options())
    samples = load(box)
    assert form.taken == 1
    assert np.array_equal(samples.target[:, 0], np.arange(40) * 2.0)
    path.rename(moved := path.with_name("moved.bytes"))
    again = type(source)(**{f: getattr(source, f) for f in source.__slots__} | {"path": str(moved)})
    assert samples_of(again).count == 40
    assert form.taken == 1


def test_other_content_and_missing_files_are_noticed(form: Form, path: Path) -> None:
    source, _ = take(path, "arrays", Options())
    path.write_bytes(b"others")
    with pytest.raises(Refusal) as caught:
        samples_of(source)
    assert caught.value.code == "changed"
    path.unlink()
    with pytest.raises(Refusal) as caught:
        samples_of(source)
    assert caught.value.code == "missing"


def test_a_cancelled_reading_keeps_nothing(form: Form, path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        take(path, "arrays", Options(), stop)
    assert not list(path.parent.glob("cache/**/*.npy"))


def test_a_refusal_travels_between_processes() -> None:
    import multiprocessing

    ours, theirs = multiprocessing.Pipe()
    ours.send(Refusal("wrong_cell", row=3, column="b"))
    back = theirs.recv()
    assert isinstance(back, Refusal)
    assert (back.code, back.numbers) == ("wrong_cell", {"row": 3, "column": "b"})
