"""Closing the window: nothing unsaved is lost, no process stays, and a crash is made good."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from engine.spec.document import Document
from engine.spec.files import SUFFIX, Saved, read, write
from gui.engine_client import EngineClient
from gui.settings import Settings
from gui.window.main_window import MainWindow
from gui.words import tr
from tests.gui.networks import chain
from tests.gui.other_end import OtherEnd, change_network, complete, start
from tests.gui.window.conftest import PATIENCE_MS, Open, delete_now, wait_for
from tests.gui.window.dialogs import Answers, click, name_file, press_escape

LEFT = Qt.MouseButton.LeftButton
ROOT = Path(__file__).resolve().parents[3]


def test_nothing_unsaved_is_closed_without_a_question(window: MainWindow, engine: OtherEnd) -> None:
    answers = Answers()
    assert window.close()
    answers.end()
    assert not window.isVisible()
    assert not window.client.is_alive


def test_save_saves_then_closes(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    change_network(window.run)
    drawn = window.store.document
    answers = Answers(click("Save"), name_file(tmp_path / "saved.layerwise"))
    window.close()
    answers.wait(qtbot)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert read(tmp_path / "saved.layerwise").document == drawn
    assert not window.client.is_alive


def test_discard_closes(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    change_network(window.run)
    window.recovery.write_now()
    answers = Answers(click("Discard"))
    window.close()
    answers.wait(qtbot)
    assert not window.isVisible()
    assert list((tmp_path / "settings" / "recovery").iterdir()) == []


def test_cancel_stays_open_with_everything(
    window: MainWindow, engine: OtherEnd, qtbot: QtBot
) -> None:
    change_network(window.run)
    drawn = window.store.document
    for acts in ([click("Cancel")], [press_escape], [click("Save"), press_escape]):
        answers = Answers(*acts)
        assert not window.close()
        answers.wait(qtbot)
        assert window.isVisible()
    assert window.store.document is drawn
    assert window.filing.is_modified
    assert window.client.is_alive


def test_the_question_is_asked_again_after_other_changes(window: MainWindow, qtbot: QtBot) -> None:
    change_network(window.run)
    for _ in range(2):
        answers = Answers(click("Cancel"))
        window.close()
        window.close()
        answers.wait(qtbot)
        assert window.isVisible()


def test_what_cannot_be_saved_keeps_the_window_open(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    change_network(window.run)
    window.filing.path = tmp_path / "gone" / "net.layerwise"
    answers = Answers(click("Save"))
    window.close()
    answers.wait(qtbot)
    assert window.isVisible()
    assert "net.layerwise" in window.notice.label.text()
    assert window.filing.is_modified


def test_a_file_that_waits_for_weights_is_written_before_the_end(
    window: MainWindow, engine: OtherEnd, tmp_path: Path, qtbot: QtBot
) -> None:
    start(window.run, engine)
    engine.end_epoch(window.run, 0)
    engine.send_state(window.run, b"after epoch 1", 1)
    engine.train(window.run, 1, 1)
    window.filing.path = path = tmp_path / "net.layerwise"
    window.filing.save()
    answers = Answers(click("Discard"))
    window.close()
    answers.wait(qtbot)
    assert not window.isVisible()
    assert read(path).weights == b"after epoch 1"


def test_saving_a_running_network_then_closing(
    window: MainWindow, engine: OtherEnd, tmp_path: Path, qtbot: QtBot
) -> None:
    start(window.run, engine)
    engine.train(window.run, 0, 1)
    window.filing.path = path = tmp_path / "net.layerwise"
    answers = Answers(click("Save"))
    window.close()
    answers.wait(qtbot)
    assert window.isVisible()
    engine.send_state(window.run, b"present", 0, asked=True)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert read(path).weights == b"present"


def test_a_window_closed_at_once_starts_no_engine(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    window = MainWindow(Settings(tmp_path))
    window.show()
    window.close()
    qapp.processEvents()
    assert not window.client.is_alive
    assert not hasattr(window, "predictions")
    delete_now(window)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def test_closing_while_training_ends_the_engine_process(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(chain())
    window.run.play()
    wait_for(qtbot, window, "running")
    process = window.client.process_id
    assert process is not None
    window.close_without_asking()
    assert not is_running(process)


# after a crash


def leave_behind(folder: Path, saved: Saved) -> Path:
    path = folder / "settings" / "recovery" / ("crashed" + SUFFIX)
    path.parent.mkdir(parents=True)
    write(path, saved)
    return path


def buttons(window: MainWindow) -> dict[str, QPushButton]:
    found = [b for b in window.notice.findChildren(QPushButton) if b.isVisible()]
    return {button.text(): button for button in found}


def crashed_window(qtbot: QtBot, tmp_path: Path, engine: OtherEnd) -> MainWindow:
    window = MainWindow(Settings(tmp_path / "settings"), engine.client)
    window.show()
    qtbot.waitUntil(lambda: hasattr(window, "predictions"), timeout=PATIENCE_MS)
    assert window.notice.isVisible()
    assert window.notice.label.text() == tr("recovery.offer")
    return window


@pytest.fixture
def trained(qtbot: QtBot, tmp_path: Path) -> Saved:
    """What a window kept before it crashed."""
    from tests.gui.window.desk import Desk

    desk = Desk(qtbot, tmp_path / "before")
    complete(desk.run, desk.engine)
    return desk.run.saved()


def test_what_a_crash_left_is_restored_and_kept_again(
    qtbot: QtBot, tmp_path: Path, engine: OtherEnd, trained: Saved
) -> None:
    path = leave_behind(tmp_path, trained)
    window = crashed_window(qtbot, tmp_path, engine)
    QTest.mouseClick(buttons(window)[tr("recovery.restore")], LEFT)
    assert window.store.document == trained.document
    assert window.run.saved().weights == trained.weights
    assert window.filing.is_modified
    assert not path.exists()
    assert read(window.recovery.path).document == trained.document
    window.close_without_asking()
    assert not window.recovery.path.exists()
    delete_now(window)


def test_what_a_crash_left_can_be_discarded(qtbot: QtBot, tmp_path: Path, engine: OtherEnd) -> None:
    path = leave_behind(tmp_path, Saved(chain()))
    window = crashed_window(qtbot, tmp_path, engine)
    QTest.mouseClick(buttons(window)[tr("recovery.discard")], LEFT)
    assert window.store.document == Document()
    assert not path.exists()
    window.close()
    delete_now(window)


def test_an_offer_that_is_not_answered_stays_for_the_next_time(
    qtbot: QtBot, tmp_path: Path, engine: OtherEnd
) -> None:
    path = leave_behind(tmp_path, Saved(chain()))
    window = crashed_window(qtbot, tmp_path, engine)
    QTest.mouseClick(window.notice.close_button, LEFT)
    window.close()
    delete_now(window)
    assert path.exists()


CRASH = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui.settings import Settings
from gui.window.main_window import MainWindow
from tests.gui.networks import chain
from tests.gui.other_end import change_network

if __name__ == "__main__":
    application = QApplication([])
    window = MainWindow(Settings(Path(sys.argv[1])))
    window.store.open(chain())
    window.show()
    change_network(window.run)

    def crash():
        if window.recovery.path.is_file() and window.client.has_spoken:
            print(window.client.process_id, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

    timer = QTimer()
    timer.timeout.connect(crash)
    timer.start(20)
    application.exec()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_killed_window_leaves_its_document_and_no_process(qtbot: QtBot, tmp_path: Path) -> None:
    program = tmp_path / "crash.py"
    program.write_text(CRASH, "utf-8")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "settings")],
        stdout=subprocess.PIPE,
        env=environment,
        cwd=ROOT,
    )
    assert done.returncode == -signal.SIGKILL
    qtbot.waitUntil(lambda: not is_running(int(done.stdout)), timeout=PATIENCE_MS)
    window = crashed_window(qtbot, tmp_path, OtherEnd(EngineClient()))
    QTest.mouseClick(buttons(window)[tr("recovery.restore")], LEFT)
    assert window.store.document.network.node("conv2d_1").options["filters"] == 5
    window.close_without_asking()
    delete_now(window)
