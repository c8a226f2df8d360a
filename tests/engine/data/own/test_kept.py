"""Samples kept on the disk: whole or not at all, and the oldest go first."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest

from engine.data.own import kept as module
from engine.data.own.kept import folder, keep, kept, key_of
from engine.data.samples import Samples, TableColumn
from engine.spec.options import Options


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "数据"))


def some(count: int = 6) -> Samples:
    return Samples(
        np.arange(2.0 * count).reshape(count, 2).astype("float32"),
        np.arange(count) % 2,
        (TableColumn(), TableColumn(3, "constant", 1.5)),
        np.arange(count) // 2,
        test=2,
    )


def test_samples_come_back_as_they_were() -> None:
    keep("a", some())
    back = kept("a")
    assert back is not None
    for name in ("x", "target", "groups"):
        there, here = getattr(back, name), getattr(some(), name)
        assert np.array_equal(there, here) and there.dtype == here.dtype
    assert (back.columns, back.test, back.series) == (some().columns, 2, False)
    assert isinstance(back.x, np.memmap)


def test_samples_without_groups_and_columns_come_back_too() -> None:
    keep("b", Samples(np.zeros((3, 8, 8, 1), np.uint8), np.zeros((3, 1)), series=True))
    back = kept("b")
    assert back is not None
    assert back.groups is None and back.columns == () and back.series
    assert back.x.dtype == np.uint8


def test_what_is_not_there_or_damaged_counts_as_not_kept() -> None:
    assert kept("c") is None
    keep("c", some())
    (folder() / "c" / "x.npy").write_bytes(b"\x93NUMPY but no more")
    assert kept("c") is None
    keep("d", some())
    (folder() / "d" / "samples.json").write_text("{", "utf-8")
    assert kept("d") is None


def test_an_array_of_objects_is_never_unpacked() -> None:
    keep("e", some())
    np.save(folder() / "e" / "x.npy", np.array([{}, {}], object), allow_pickle=True)
    assert kept("e") is None


def test_the_ones_not_used_for_longest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for age, name in enumerate("abc"):
        keep(name, some())
        os.utime(folder() / name, (1000 + age, 1000 + age))
    assert kept("a") is not None  # which was used just now
    size = sum(f.stat().st_size for f in (folder() / "a").iterdir())
    monkeypatch.setattr(module, "LIMIT", 3 * size)
    keep("d", some())
    assert sorted(p.name for p in folder().iterdir()) == ["a", "c", "d"]


def test_what_an_ended_reader_left_half_written_goes() -> None:
    keep("a", some())
    for name, age in ((".b-1", 2 * module.ABANDONED), (".c-2", 0.0)):
        (folder() / name).mkdir()
        (folder() / name / "x.npy").write_bytes(b"half")
        when = time.time() - age
        os.utime(folder() / name, (when, when))
    keep("d", some())
    assert sorted(p.name for p in folder().iterdir()) == [".c-2", "a", "d"]


def test_without_room_nothing_is_kept_and_nothing_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "file"))
    keep("a", some())
    assert kept("a") is None


def test_the_key_follows_content_and_recipe() -> None:
    recipe = Options({"width": 8, "columns": (Options({"name": "a"}),)})
    keys = {
        key_of("pictures", "f", recipe),
        key_of("pictures", "g", recipe),
        key_of("pictures", "f", recipe.replace(width=9)),
        key_of("sounds", "f", recipe),
    }
    assert len(keys) == 4
    assert key_of("pictures", "f", Options(dict(reversed([*recipe.items()])))) in keys
