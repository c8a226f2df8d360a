"""Every form: recognised, looked at, read, described in a document, and received by a network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.data.own import forms
from engine.data.preparing import prepare
from engine.layers.data import Data
from engine.scripting import Model, chain, fit
from engine.spec.options import options_of
from engine.spec.recipes import RECIPES
from engine.spec.sources import is_source, source_of
from tests.engine.data.own.media import png, put
from tests.engine.data.own.test_collection import write as write_idx
from tests.engine.data.own.test_sounds import two_classes as write_sounds


def write(form: str, folder: Path) -> Path:
    """Files of a form; returns what a person would choose."""
    rng = np.random.default_rng(0)
    match form:
        case "pictures":
            for i in range(20):
                put(folder / f"{'ab'[i % 2]}/{i}.png", png((12 * i, 255 * (i % 2), 0)))
        case "collection":
            write_idx(folder, "", 40)
        case "arrays":
            folder.mkdir()
            np.savez(folder / "both.npz", x=rng.normal(size=(30, 4)), y=rng.normal(size=30))
            return folder / "both.npz"
        case "passage":
            return put(folder / "song.txt", b"la le lu\nnur der mann im mond\n" * 20)
        case "sounds":
            write_sounds(folder)
        case "table":
            rows = "\n".join(f"{a:.3f},{b:.3f},{'yn'[int(a > b)]}" for a, b in rng.random((40, 2)))
            return put(folder / "table.csv", f"a,b,answer\n{rows}\n".encode())
    return folder


@pytest.mark.parametrize("form", RECIPES)
def test_from_files_to_a_network(tmp_path: Path, form: str) -> None:
    path = write(form, tmp_path / "数据 😀")
    found, first = forms.look(path)
    assert found == form and set(first.glimpse.recipe) == set(options_of(RECIPES[form]))
    source, _ = forms.take(path, form, first.glimpse.recipe)
    assert is_source(source.to_options()) and source_of(source.to_options()) == source
    again = forms.samples_of(source)
    assert again.count == source.facts.samples and again.test == source.facts.test_samples
    origin = source.to_options()
    ready = prepare(Data(dataset="own", origin=origin))
    assert all(ready.parts[part].count > 0 for part in ("training", "validation"))
    classes = source.facts.classes
    between = {"passage": ["embedding"], "table": []}.get(form, ["flatten"])
    document = chain(
        ("data", {"dataset": "own", "origin": origin}),
        *((name, {}) for name in between),
        ("dense", {"units": classes or 1, "activation": "softmax" if classes else "linear"}),
        ("cross_entropy" if classes else "mean_squared_error", {}),
        training={"epochs": 1, "threads": 1},
    )
    model = Model(document, seed=1, backend="plain")
    assert np.isfinite(fit(model, epochs=1).epochs[-1]["loss"])
