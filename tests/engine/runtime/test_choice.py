"""Of several kernels one is chosen by time, once; and a run is the same whichever way it goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.kernels import load
from engine.kernels.ways import OTHERS, ways_of
from engine.runtime.choice import SETTING, Choice, Memo, machine_memo
from engine.runtime.memory import Memory
from engine.runtime.model import Model
from engine.runtime.plan import make_plan
from engine.scripting import chain
from engine.spec.document import Document
from tests.engine.gradients import samples
from tests.engine.networks import SOFTMAX
from tests.engine.runtime.test_twins import assert_close, everything


def network(padding: str = "valid") -> Document:
    """Two convolutions, of which the second can go several ways."""
    return chain(
        ("data", {"dataset": "digits_8"}),
        ("conv2d", {"filters": 8, "activation": "relu"}),
        ("conv2d", {"filters": 9, "activation": "relu", "padding": padding}),
        ("flatten", {}),
        ("dense", SOFTMAX),
        ("cross_entropy", {}),
    )


STEPS = {("conv2d_2", name) for name in OTHERS if name.startswith("conv2d")}


class Slow:
    """Kernels whose times are known: those of the way named are short."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fast: str) -> None:
        self.measured: list[str] = []
        kernels = load("cpu")
        names = {kernel: name for name, kernel in kernels.items()}

        def measured(ways: Any, arguments: Any) -> int:
            found = [names[way] for way in ways]
            self.measured.append(found[0])
            return next(k for k, name in enumerate(found) if name.startswith(fast))

        monkeypatch.setattr("engine.runtime.choice.measured", measured)
        monkeypatch.delenv(SETTING, raising=False)

    def choices(self, memo: Memo | None, batch: int = 6) -> dict[tuple[str, str], str]:
        plan = make_plan(network())
        choice = Choice(load("cpu"), Memory(plan, batch, 2), memo)
        choice.settle(plan)
        return choice.chosen


@pytest.mark.parametrize("fast", ["conv2d", "winograd"])
def test_the_fastest_is_chosen_and_remembered(
    fast: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    times, path = Slow(monkeypatch, fast), tmp_path / "new" / "choices.json"
    chosen = times.choices(Memo(path))
    assert chosen.keys() == STEPS
    assert all(name.startswith(fast) for name in chosen.values())
    assert len(times.measured) == 3
    assert sorted(json.loads(path.read_text("utf-8")).values()) == sorted(chosen.values())
    assert [each.name for each in path.parent.iterdir()] == ["choices.json"]
    other = Slow(monkeypatch, "winograd" if fast == "conv2d" else "conv2d")
    assert other.choices(Memo(path)) == chosen  # another process, another time
    assert not other.measured


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff\xfe", None])
def test_a_broken_file_is_harmless(
    content: bytes | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "choices.json"
    if content is None:
        path.mkdir()  # neither readable nor to be replaced
    else:
        path.write_bytes(content)
    times, memo = Slow(monkeypatch, "winograd"), Memo(path)
    assert len(times.choices(memo)) == 3
    assert times.choices(memo)
    assert len(times.measured) == 3  # remembered in the process at least
    if content is not None:
        assert len(json.loads(path.read_text("utf-8"))) == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_large_batches_share_a_choice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    times, memo = Slow(monkeypatch, "winograd"), Memo(tmp_path / "choices.json")
    assert times.choices(memo, 64) == times.choices(memo, 128)
    assert len(times.measured) == 3


def test_what_another_process_chose_first_holds(tmp_path: Path) -> None:
    one, other = Memo(tmp_path / "choices.json"), Memo(tmp_path / "choices.json")
    assert one.get("step") is None
    assert other.get("step") is None
    assert one.put("step", "a") == "a"
    assert other.put("step", "b") == "a"
    assert other.get("step") == "a"


def test_an_unknown_way_in_the_file_is_measured_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, times = tmp_path / "choices.json", Slow(monkeypatch, "winograd")
    times.choices(Memo(path))
    known = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(dict.fromkeys(known, "adam")), "utf-8")
    assert set(times.choices(Memo(path)).values()) <= set(load("cpu")) - {"adam"}


def test_measuring_finds_one_of_the_ways_and_changes_no_weight(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    model = Model(network(), threads=1, batch_size=4)
    model.passes.choice.memo = Memo(tmp_path / "choices.json")
    before = {name: value.copy() for name, value in model.parameters.items()}
    model.passes.choice.settle(model.plan)
    assert model.chosen.keys() == STEPS
    for name, value in before.items():
        np.testing.assert_array_equal(model.parameters[name], value)
    model.close()


def test_the_plain_backend_and_short_lists_know_one_way() -> None:
    assert machine_memo("plain") is None
    assert ways_of("softmax", ()) == ("softmax",)
    w, few = np.empty((256, 1024)), np.empty((1024, 256))
    assert ways_of("dense", (None, w)) == ("dense", "blas_dense")
    assert ways_of("dense", (None, few)) == ("dense",)
    model = Model(network(), backend="plain", batch_size=2)
    model.passes.choice.settle(model.plan)
    assert not model.chosen
    model.close()


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_way_computes_the_same(
    dtype: str, padding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {}
    for setting in ("first", "last"):
        monkeypatch.setenv(SETTING, setting)
        found[setting] = everything(network(padding), (5, 3), dtype=dtype, threads=2)
    assert_close(found["first"], found["last"], 1e-4 if dtype == "float32" else 1e-10)


def test_compiling_compiles_every_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "last")
    model = Model(network(), threads=1, batch_size=4)
    sources = model._as_sources(
        *((each,) for each in samples(network(), 4, np.random.default_rng(1)))
    )
    named = {name for _, _, name in model.compile(sources)}
    assert named >= {"conv2d", *(way.kernel for way in OTHERS["conv2d"])}
    assert model.chosen.keys() == STEPS
    model.close()
