"""Runs in a file: they come back, within bounds, and a broken one takes no other with it."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.spec import runs
from engine.spec.codec import Unreadable
from engine.spec.files import Saved, read, write
from engine.spec.history import History
from engine.spec.runs import Record, bounded, record_of
from tests.engine.networks import article

HISTORY = History(2, {"loss": [2.0, 1.0]}, [{"loss": 1.5, "validation_loss": 1.4}]).to_json()


def record(number: int, size: int = 10, **values: Any) -> Record:
    weights = bytes([number % 256]) * size
    return Record(number, article(), HISTORY, "2026-02-03T10:20", weights=weights, **values)


def test_a_file_keeps_runs_with_their_weights(tmp_path: Path) -> None:
    path = tmp_path / "net.layerwise"
    kept = (
        record(1, note="first 猫"),
        replace(record(2), weights=None),
        record(5, is_starred=True),
    )
    write(path, Saved(article(), runs=kept))
    assert read(path) == Saved(article(), runs=kept)
    write(path, Saved(article()))
    assert "runs.json" not in zipfile.ZipFile(path).namelist()


def test_a_broken_run_takes_no_other_with_it(tmp_path: Path) -> None:
    path = tmp_path / "net.layerwise"
    write(path, Saved(article(), runs=(record(1), record(2))))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    values = json.loads(parts["runs.json"])
    values[0]["document"] = "{"
    parts["runs.json"] = json.dumps([*values, 3, values[1]]).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read(path).runs == (record(2),)
    parts["runs.json"] = b"[{"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read(path).runs == () and read(path).document == article()


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"number": "1"},
        {"history": []},
        {"note": None},
        {"is_starred": 1},
        {"history": {"epochs": 3}},
    ],
)
def test_what_is_no_run_is_refused(change: dict[str, Any]) -> None:
    folder = Path("/somewhere")
    value = record(1).to_json(folder) | change
    with pytest.raises(Unreadable):
        record_of(0, value, folder)


def test_old_runs_without_a_star_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MOST", 4)
    monkeypatch.setattr(runs, "WITH_WEIGHTS", 2)
    found = bounded([record(1, is_starred=True), *(record(i) for i in range(2, 8))])
    assert [r.number for r in found] == [1, 5, 6, 7]
    assert [r.weights is not None for r in found] == [True, False, True, True]


def test_weights_take_bounded_room_and_stars_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "ROOM", 250)
    starred = record(1, 100, is_starred=True)
    found = bounded([starred, record(2, 100), record(3, 100), record(4, 60)])
    assert [r.weights is not None for r in found] == [True, False, False, True]


def test_nothing_is_dropped_without_need() -> None:
    assert bounded([record(1), record(2)]) == (record(1), record(2))
    assert bounded([]) == ()
