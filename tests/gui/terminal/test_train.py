"""Training in the terminal: what is printed, kept and refused, and how Ctrl+C ends it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import IO

import pytest

from engine.scripting import chain, load_file
from engine.spec import edits
from engine.spec.codec import to_json
from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from engine.spec.history import History
from gui import words
from gui.terminal.train import train_file
from gui.words import LANGUAGES, tr

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "resources" / "examples"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent there")


def small() -> Document:
    return chain(
        ("data", {"dataset": "circles", "samples": 200}),
        ("dense", {"units": 8, "activation": "tanh"}),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 2, "threads": 1},
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.layerwise"
    write(path, Saved(small()))
    return path


def weights(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("weights.safetensors")


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence on why nothing was trained."""
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    (sentence,) = err.splitlines()
    return sentence


# what is printed


@pytest.mark.parametrize("name", ["iris", "wave", "circles_binary", "spiral"])
def test_an_example_is_trained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert train_file(EXAMPLES / f"{name}.json", epochs=1, threads=1) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert name in out.splitlines()[0]
    assert "epoch 1/1" in out
    for part in ("training", "validation", "test"):
        assert part in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pipe_gets_plain_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    words.set_language(language)
    path = tmp_path / "[red]net[bold] 手写 😀.layerwise"
    write(path, Saved(small()))
    save = tmp_path / f"{'long ' * 30}[b].layerwise"
    assert train_file(path, save=save) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "\x1b" not in out
    assert "\r" not in out
    lines = out.splitlines()
    assert lines[0].startswith(path.stem)
    assert lines[1].startswith(tr("train.epoch", epoch=1, epochs=2))
    assert lines[2].startswith(tr("train.epoch", epoch=2, epochs=2))
    assert "%" in lines[1].split()[-1]
    assert lines[-2] == tr("train.reason.completed", epochs=2)
    assert lines[-1] == tr("train.saved", file=save)
    assert all(line.strip() for line in lines)


def test_a_loss_that_is_no_number_ends_training_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = chain(
        ("data", {"dataset": "wave"}),
        ("dense", {"units": 8}),
        ("dense", {"units": 1}),
        ("mean_squared_error", {}),
        training={"epochs": 50, "learning_rate": 100.0, "optimizer": "sgd", "threads": 1},
    )
    path = tmp_path / "wild.layerwise"
    write(path, Saved(document))
    assert train_file(path) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Stopped: ") and "Try a smaller learning rate" in last


# what is kept


def test_what_is_saved_goes_on_as_if_it_had_not_stopped(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, then, at_once = (tmp_path / f"{name}.layerwise" for name in ("a", "b", "c"))
    assert train_file(file, epochs=1, save=first) == 0
    assert train_file(first, epochs=3, save=then) == 0
    assert tr("train.goes_on", epoch=1) in capsys.readouterr().out
    assert train_file(file, epochs=3, save=at_once) == 0
    assert weights(then) == weights(at_once)
    histories = [History.from_json(read(path).history or {}) for path in (then, at_once)]
    assert histories[0].steps == histories[1].steps
    assert [len(history.epochs) for history in histories] == [3, 3]
    load_file(then).close()


def test_a_file_can_be_trained_onto_itself(file: Path) -> None:
    assert train_file(file, epochs=1, save=file) == 0
    assert train_file(file, epochs=2, save=file) == 0
    assert len((read(file).history or {})["epochs"]) == 2


def test_a_completed_file_needs_more_epochs_to_go_on(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_file(file, save=file) == 0
    before = weights(file)
    capsys.readouterr()
    assert train_file(file, save=file) == 0
    assert "epoch 3" not in capsys.readouterr().out
    assert weights(file) == before


def test_a_seed_begins_anew(file: Path, tmp_path: Path) -> None:
    assert train_file(file, save=file) == 0
    assert train_file(file, seed=7, save=tmp_path / "other.layerwise") == 0
    saved = read(tmp_path / "other.layerwise")
    assert saved.document.training.seed == 7
    assert len((saved.history or {})["epochs"]) == 2
    assert weights(tmp_path / "other.layerwise") != weights(file)


# what is refused


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("content", [b"", b"hello", b"{", b'{"format": "other"}', b"PK\x03\x04"])
def test_a_broken_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, language: str
) -> None:
    words.set_language(language)
    path = tmp_path / "[bold]broken.layerwise"
    path.write_bytes(content)
    assert train_file(path) == 2
    assert path.name in refusal(capsys)


def test_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train_file(tmp_path / "gone.layerwise") == 2
    assert "gone.layerwise" in refusal(capsys)


def test_weights_of_another_network_are_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_file(file, epochs=1, save=file) == 0
    saved = read(file)
    other = edits.set_options(saved.document, "dense_1", {"units": 9})
    path = tmp_path / "mixed.layerwise"
    write(path, Saved(other, saved.weights, saved.history))
    capsys.readouterr()
    assert train_file(path) == 2
    assert "dense_1/kernel" in refusal(capsys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_with_errors_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    words.set_language(language)
    path = tmp_path / "broken.layerwise"
    wrong = (
        Document(),
        edits.remove_nodes(small(), ("data_1",)),
        edits.set_options(small(), "dense_2", {"units": 5}),
    )
    for document in wrong:
        write(path, Saved(document))
        assert train_file(path) == 2
        assert refusal(capsys)


@pytest.mark.parametrize("name", ["gone/out.layerwise", "file/out.layerwise", "x" * 300])
def test_a_place_that_cannot_be_written_is_refused_before_training(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "file").touch()
    before = sorted(tmp_path.iterdir())
    assert train_file(file, save=tmp_path / name) == 2
    assert refusal(capsys)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("option", "value"), [("seed", 2**31), ("threads", 1_000_000), ("epochs", 1_000_000)]
)
def test_options_that_no_document_may_have_are_refused(
    file: Path, capsys: pytest.CaptureFixture[str], option: str, value: int
) -> None:
    assert train_file(file, **{option: value}) == 2  # type: ignore[arg-type]
    assert f"--{option} {value}" in refusal(capsys)


def test_a_graphics_card_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train_file(file, device="cuda") == 2
    assert "cpu" in refusal(capsys)


# in a process of its own


def command(*given: object) -> list[str]:
    return [sys.executable, "main.py", "train", *map(str, given)]


def start(*given: object) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(
        command(*given),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )


def read_to(stream: IO[str] | None, beginning: str) -> None:
    """Read lines up to one with this beginning."""
    assert stream is not None
    for line in stream:
        if line.startswith(beginning):
            return
    raise AssertionError(f"{beginning!r} was not printed")


@POSIX
def test_ctrl_c_stops_cleanly_and_keeps_what_was_learnt(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept.layerwise"
    process = start(file, "--epochs", 100_000, "--save", out)
    read_to(process.stdout, "epoch 2/")
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert "validation" in rest
    assert "Stopped. Complete epochs: " in rest
    saved = read(out)
    epochs = int(re.findall(r"Complete epochs: (\d+)", rest)[0])
    history = History.from_json(saved.history or {})
    assert len(history.epochs) == epochs >= 2
    assert history.reason == "stopped"
    assert train_file(out, epochs=epochs + 1, save=out) == 0
    assert len(History.from_json(read(out).history or {}).epochs) == epochs + 1


@POSIX
def test_ctrl_c_before_the_first_batch_is_clean_too(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept.layerwise"
    process = start(file, "--epochs", 100_000, "--save", out)
    read_to(process.stdout, "small")
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert "Stopped. Complete epochs: " in rest
    assert train_file(out, epochs=1) == 0


@pytest.mark.slow
def test_the_same_seed_and_threads_give_the_same_bits_in_another_process(
    tmp_path: Path,
) -> None:
    path = tmp_path / "digits.json"
    document = chain(
        ("data", {"dataset": "digits_8"}),
        ("conv2d", {"filters": 4}),
        ("flatten", {}),
        ("dropout", {"rate": 0.2}),
        ("dense", {"units": 10, "activation": "softmax"}),
        ("cross_entropy", {}),
    )
    path.write_text(to_json(document), "utf-8")
    found = []
    for name in ("a", "b"):
        out = tmp_path / f"{name}.layerwise"
        given = command(path, "--epochs", 2, "--seed", 3, "--threads", 2, "--save", out)
        subprocess.run(given, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        found.append(weights(out))
    assert found[0] == found[1]


@POSIX
def test_a_terminal_gets_a_progress_line_and_keeps_the_epochs(file: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "60", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command(file), stdout=theirs, stderr=theirs, cwd=ROOT, env=environment
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # how Linux says that the other end is closed
                break
            if not part:
                break
            shown += part
    os.close(ours)
    text = shown.decode("utf-8")
    assert process.returncode == 0, text
    assert "\x1b" in text
    assert "Traceback" not in text
    assert "epoch 1/2" in text
    assert "epoch 2/2" in text
    assert tr("train.reason.completed", epochs=2) in text
