"""The data process: each question gets an answer, whatever the files do."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest

from engine import data_worker
from engine.data_protocol import Look, Question, Refused, Seen, Show, Shown, Take, Taken, Working
from engine.data_worker import answer_to
from engine.spec.options import NO_OPTIONS, Options
from tests.engine import stand_ins
from tests.engine.stand_ins import COMPLAINT, FACTS, FORM, GLIMPSE, file

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def forms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_ins.install(monkeypatch)
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))


def silent(done: int, total: int) -> None:
    pass


def test_a_look_finds_the_form_and_shows_a_glimpse(tmp_path: Path) -> None:
    seen = answer_to(Look(7, file(tmp_path, "usual")), silent)
    assert seen == Seen(7, FORM, GLIMPSE, None, (COMPLAINT,))


def test_taking_gives_what_a_document_keeps_and_says_how_far_it_is(tmp_path: Path) -> None:
    path, steps = file(tmp_path, "usual"), []
    question = Take(8, path, FORM, NO_OPTIONS)
    taken = answer_to(question, lambda done, total: steps.append((done, total)))
    assert isinstance(taken, Taken)
    assert (taken.task, taken.complaints) == (8, (COMPLAINT,))
    assert (taken.source.form, taken.source.path, taken.source.facts) == (FORM, path, FACTS)
    assert steps[-1] == (999, 1000)


@pytest.mark.parametrize(
    ("name", "code", "numbers"),
    [
        ("refused", "no_rows", {"path": "refused"}),
        ("strange", "internal", {"error": "LookupError: a strange file"}),
        ("large", "memory", {}),
    ],
)
def test_what_goes_wrong_is_a_refusal(
    tmp_path: Path, name: str, code: str, numbers: dict[str, object]
) -> None:
    for question in (
        Look(1, file(tmp_path, name)),
        Take(1, file(tmp_path, name), FORM, NO_OPTIONS),
    ):
        refused = answer_to(question, silent)
        assert isinstance(refused, Refused)
        assert (refused.task, refused.code, refused.numbers) == (1, code, numbers)
        assert ("stand_ins.py" in refused.detail) == (code == "internal")


def test_files_that_are_not_there_are_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "nowhere")
    assert answer_to(Look(1, path), silent) == Refused(1, "missing", {"path": path})


def test_questions_are_answered_in_turn_until_the_window_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)  # it belongs to the main thread
    clock = iter(range(10_000))
    ticking = SimpleNamespace(monotonic=lambda: next(clock) / 3000)
    monkeypatch.setattr(data_worker, "time", ticking)
    window, ours = multiprocessing.Pipe()
    worker = threading.Thread(target=data_worker.serve, args=(ours,))
    worker.start()
    window.send(Take(1, file(tmp_path, "usual"), FORM, NO_OPTIONS))
    window.send(Look(2, file(tmp_path, "refused")))
    heard = [window.recv() for _ in range(6)]
    window.close()
    worker.join(60)
    assert not worker.is_alive()
    # a third of a second passed, as the clock says; its first tick was the fingerprint's
    assert [type(answer) for answer in heard] == [*[Working] * 4, Taken, Refused]
    assert heard[1] == Working(1, 299, 1000)


def test_every_question_has_a_handler() -> None:
    assert set(data_worker.HANDLERS) == set(get_args(Question))


def test_what_a_network_receives_is_told() -> None:
    question = Show(3, Options({"dataset": "iris"}))
    answer = answer_to(question, lambda done, total: None)
    assert isinstance(answer, Shown)
    assert answer.task == 3
    assert answer.shape.sizes == (4,)


def test_what_the_window_imports_is_light() -> None:
    code = (
        "import sys, engine.data_worker\n"
        "heavy = {'numba', 'sklearn', 'scipy', 'pandas', 'PIL', 'openpyxl'}\n"
        "heavy |= {'engine.runtime', 'engine.kernels', 'engine.data', 'PySide6'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
