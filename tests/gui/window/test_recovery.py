"""What a crash leaves behind is found again, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.spec.document import Document
from engine.spec.files import SUFFIX, Saved, read, write
from gui.window.recovery import Recovery
from tests.gui.networks import chain
from tests.gui.other_end import change_network, complete, start
from tests.gui.window.desk import Desk

ROOT = Path(__file__).resolve().parents[3]
KILL = signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from engine.spec import edits
from gui.engine_client import EngineClient
from gui.run import Run
from gui.settings import Settings
from gui.store import DocumentStore
from gui.window.filing import Filing
from gui.window.recovery import Recovery
from PySide6.QtWidgets import QApplication, QWidget
from tests.gui.networks import chain

application, folder = QApplication([]), Path(sys.argv[1])
store, window = DocumentStore(chain()), QWidget()
run = Run(store, EngineClient())
filing = Filing(store, run, Settings(folder / "settings"), window)
recovery = Recovery(filing, folder / "recovery", window)
store.edit("", lambda document: edits.set_options(document, "conv2d_1", {"filters": 5}))
print(recovery.write_now(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.run.client.stop()


@pytest.fixture
def recovery(desk: Desk, tmp_path: Path) -> Recovery:
    return Recovery(desk.filing, tmp_path / "recovery", desk.window)


@pytest.fixture
def other_window(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, in which a window has kept its document."""
    given = [sys.executable, "-c", WINDOW, str(tmp_path)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        given,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "True"
        yield process
        process.kill()


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "recovery").glob(f"*{SUFFIX}"))


# when it is written, and when it goes


def test_an_edit_is_kept_a_moment_later(desk: Desk, recovery: Recovery, qtbot: QtBot) -> None:
    change_network(desk.run)
    qtbot.waitUntil(recovery.path.is_file)
    assert read(recovery.path).document == desk.store.document


def test_nothing_is_kept_of_a_document_without_changes(
    desk: Desk, recovery: Recovery, tmp_path: Path
) -> None:
    recovery.write()
    recovery.wait()
    assert kept(tmp_path) == []


def test_new_weights_are_kept(
    desk: Desk, recovery: Recovery, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.window.recovery.TRAINING_MS", 10)
    start(desk.run, desk.engine)
    desk.engine.end_epoch(desk.run, 0)
    desk.engine.send_state(desk.run, b"after epoch 1", 1)
    qtbot.waitUntil(recovery.path.is_file)
    assert read(recovery.path).weights == b"after epoch 1"


def test_training_does_not_put_off_what_waits_to_be_kept(desk: Desk, recovery: Recovery) -> None:
    start(desk.run, desk.engine)
    desk.engine.train(desk.run, 0, 1)
    desk.engine.send_state(desk.run, b"a", 0)
    left = recovery._timer.remainingTime()
    desk.engine.send_state(desk.run, b"b", 0)
    assert 0 <= recovery._timer.remainingTime() <= left
    change_network(desk.run)
    assert recovery._timer.interval() < 1000


def test_opening_a_file_keeps_nothing(desk: Desk, recovery: Recovery, tmp_path: Path) -> None:
    path = tmp_path / "net.layerwise"
    write(path, Saved(chain(), b"weights", {}))
    desk.filing.open(path)
    desk.engine.prepare(desk.run)
    desk.engine.send_state(desk.run, b"weights", 0)
    recovery.write()
    recovery.wait()
    assert kept(tmp_path) == []


def test_what_is_saved_need_not_be_kept(desk: Desk, recovery: Recovery, tmp_path: Path) -> None:
    change_network(desk.run)
    recovery.write()
    recovery.wait()
    assert kept(tmp_path) == [recovery.path]
    desk.filing.path = tmp_path / "net.layerwise"
    desk.filing.save()
    assert kept(tmp_path) == []
    assert list((tmp_path / "recovery").iterdir()) == []


def test_what_could_not_be_saved_is_still_kept(
    desk: Desk, recovery: Recovery, tmp_path: Path
) -> None:
    change_network(desk.run)
    recovery.write()
    recovery.wait()
    desk.filing.path = tmp_path / "gone" / "net.layerwise"
    desk.filing.save()
    assert kept(tmp_path) == [recovery.path]


def test_what_is_trained_after_saving_is_kept_again(
    desk: Desk, recovery: Recovery, tmp_path: Path
) -> None:
    complete(desk.run, desk.engine)
    desk.filing.path = tmp_path / "net.layerwise"
    desk.filing.save()
    desk.engine.send_state(desk.run, b"asked", 2, asked=True)
    assert kept(tmp_path) == []
    desk.run.play()
    desk.engine.end_epoch(desk.run, 2)
    desk.engine.send_state(desk.run, b"more", 3)
    recovery.write()
    recovery.wait()
    assert read(recovery.path).weights == b"more"


@pytest.mark.parametrize(
    "way", [lambda desk: desk.store.undo_stack.undo(), lambda desk: desk.store.open(Document())]
)
def test_taking_changes_back_or_leaving_them_forgets_them(
    desk: Desk, recovery: Recovery, tmp_path: Path, way: Callable[[Desk], None]
) -> None:
    change_network(desk.run)
    recovery.write()
    recovery.wait()
    way(desk)
    recovery.write()
    assert kept(tmp_path) == []


def test_a_place_that_cannot_be_written_stops_nobody(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").touch()
    recovery = Recovery(desk.filing, tmp_path / "file" / "recovery", desk.window)
    change_network(desk.run)
    recovery.write()
    recovery.wait()
    assert not recovery.write_now()
    assert recovery.left_behind() == []
    recovery.forget()


# what is found


def test_a_crash_leaves_the_document_behind(
    recovery: Recovery, other_window: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert recovery.left_behind() == [], "its window still lives"
    other_window.send_signal(KILL)
    other_window.wait()
    ((path, saved),) = recovery.left_behind()
    assert [path] == kept(tmp_path)
    assert saved.document.network.node("conv2d_1").options["filters"] == 5


def test_a_window_that_lives_keeps_its_file_to_itself(
    desk: Desk, recovery: Recovery, tmp_path: Path
) -> None:
    change_network(desk.run)
    assert recovery.write_now()
    beside = Recovery(desk.filing, tmp_path / "recovery", desk.window)
    assert beside.left_behind() == []
    assert beside.write_now()
    assert beside.path != recovery.path
    assert recovery.left_behind() == []
    beside.forget()
    assert kept(tmp_path) == [recovery.path]


def leave_behind(folder: Path, name: str, saved: Saved, age: int) -> Path:
    """A file as of a window that is gone."""
    path = folder / "recovery" / (name + SUFFIX)
    path.parent.mkdir(exist_ok=True)
    write(path, saved)
    os.utime(path, (1e9 - age, 1e9 - age))
    return path


def test_the_newest_comes_first(recovery: Recovery, tmp_path: Path) -> None:
    leave_behind(tmp_path, "old", Saved(chain()), 100)
    newest = leave_behind(tmp_path, "new", Saved(Document()), 10)
    found = recovery.left_behind()
    assert found[0] == (newest, Saved(Document()))
    assert [saved for _, saved in found] == [Saved(Document()), Saved(chain())]


def test_a_damaged_file_is_passed_over_and_not_thrown_away(
    recovery: Recovery, tmp_path: Path
) -> None:
    whole = leave_behind(tmp_path, "whole", Saved(chain()), 100)
    damaged = leave_behind(tmp_path, "damaged", Saved(chain()), 10)
    damaged.write_bytes(damaged.read_bytes()[:50])
    assert recovery.left_behind() == [(whole, Saved(chain()))]
    assert damaged.exists()


def test_what_is_restored_is_unsaved_and_has_its_weights(
    desk: Desk, recovery: Recovery, tmp_path: Path
) -> None:
    complete(desk.run, desk.engine)
    saved = desk.run.saved()
    leave_behind(tmp_path, "crashed", saved, 10)
    desk.store.open(Document())
    desk.run.open(Saved(Document()))
    ((_, left),) = recovery.left_behind()
    desk.filing.take_over(left)
    assert desk.store.document == saved.document
    assert desk.run.saved().weights == b"trained"
    assert desk.filing.is_modified
    assert desk.filing.path is None
    assert recovery.write_now()
    assert read(recovery.path).weights == b"trained"
