"""Several processes compile what one would, whatever becomes of some of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest

from engine.kernels import load
from engine.kernels.warming import FAILED, _kind, is_missing, obey, request, weight
from engine.runtime import together
from engine.runtime.together import Assistants, Job, ready

ROOT = Path(together.__file__).parents[2]
PROGRAM = """
import sys
import numpy as np
from engine.kernels import load
from engine.runtime import together
together.ENOUGH = 1
together.spare_cores = lambda: int(sys.argv[1])
kernels, x = load("cpu"), np.ones(4, np.float32)
names = ["add", "clear", "multiply", "subtract"]
jobs = [together.Job(n, kernels[n], (x,) if n == "clear" else (x, x, x.copy())) for n in names]
told = list(together.ready(jobs))
print([done for done, _ in told] == sorted(done for done, _ in told) and told[-1][0] < len(jobs))
for name in names:
    kernel, y = kernels[name], np.full(4, 3, np.float32)
    kernel(y) if name == "clear" else kernel(y, np.ones(4, np.float32), y)
    print(y, len(kernel.overloads))
"""


def compiled(folder: Path, spare_cores: int) -> tuple[str, set[str]]:
    """What a new process computes with a few kernels, and the files that it leaves."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(spare_cores)],
        env=os.environ | {"NUMBA_CACHE_DIR": str(folder)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout, {path.name for path in folder.rglob("*.nbc")}


def test_two_processes_compile_what_one_does(tmp_path: Path) -> None:
    alone, files = compiled(tmp_path / "alone", 0)
    assert alone.startswith("True\n")
    assert len(files) >= 4
    assert compiled(tmp_path / "together", 1) == (alone, files)


ANSWERS = {
    "dies": "",
    "fails": f"for line in sys.stdin: print({FAILED!r}, flush=True)",
    "hangs": "sys.stdin.read(); threading.Event().wait()",
    "dies later": "print('done', flush=True); input()",
    "does all": "for line in sys.stdin: print('done', flush=True)",
}


@pytest.mark.parametrize("behaviour", ANSWERS)
def test_whatever_an_assistant_does_all_jobs_are_done(
    behaviour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"import sys, threading\n{ANSWERS[behaviour]}"
    monkeypatch.setattr(together, "ASSISTANT", ["-c", program])
    monkeypatch.setattr(together, "PATIENCE", 0.01)
    done: list[str] = []
    jobs = [Job(f"job {i}", done.append, (f"job {i}",)) for i in range(20)]
    assistants = Assistants(jobs, 2)
    counts = []
    for name in assistants.work():
        assert name.startswith("job ")
        counts.append(assistants.done)
    assistants.close()
    assert counts == sorted(counts)
    assert assistants.done == len(jobs)
    assert len(set(done)) == len(done)
    if behaviour in ("dies", "fails", "hangs"):
        assert len(done) == len(jobs)


def test_without_assistants_everything_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    done: list[int] = []
    assistants = Assistants([Job(str(i), done.append, (i,)) for i in range(3)], 2)
    assert list(assistants.work()) == ["0", "1", "2"]
    assistants.close()
    assert done == [0, 1, 2]


def test_giving_up_ends_the_assistants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "ASSISTANT", ["-c", f"import sys, threading\n{ANSWERS['hangs']}"])
    assistants = Assistants([Job("a", print, ()), Job("b", print, ())], 1)
    assistants.close()
    assert all(process.returncode for process in assistants._processes)


def test_an_assistant_ends_with_whoever_started_it() -> None:
    process = together.start_python(together.ASSISTANT)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait() == 0
    together.end(process)


def test_a_request_is_understood() -> None:
    kernels = load("cpu")
    x = np.ones((3, 4), np.float32)
    line = request("add", (x[:, :2], x, x[0], np.ones(1, np.int64), 3, 0.5, True))
    assert line == (
        '["add", ["float32 2 A", "float32 2 C", "float32 1 C", "int64 1 C", "int64", "float64", '
        '"bool"]]'
    )
    assert request("add", ((1, 2), (1, 0.5))) == (
        '["add", [["int64", "int64"], ["int64", "float64"]]]'
    )
    flat = x.reshape(12)
    assert obey(request("add", (flat, flat, flat))) == "done"
    assert not is_missing(kernels["add"], (flat, flat, flat))


def test_types_come_back_as_they_were() -> None:
    x = np.ones((3, 4), np.float32)
    for arguments in (
        (x, x[:, ::2], x.T[0]),
        (1, True, 0.5, np.ones(2, np.uint64)),
        ((1, 2), (3, 0.5)),
    ):
        _, words = json.loads(request("add", arguments))
        assert tuple(_kind(word) for word in words) == tuple(numba.typeof(a) for a in arguments)


def test_what_cannot_be_compiled_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(request("add", (1, 2))) == FAILED
    assert "add" in capsys.readouterr().err


def test_plain_kernels_need_no_compiling() -> None:
    assert not is_missing(load("plain")["add"], (np.ones(3),) * 3)
    x = np.ones(3)
    assert list(ready([Job("add", load("plain")["add"], (x, x, x))])) == [(0, "add")]


def test_a_kernel_weighs_what_it_calls_too() -> None:
    kernels = load("cpu")
    assert weight(kernels["conv2d"]) > weight(kernels["clear"]) > 0
    assert weight(print) == 0
