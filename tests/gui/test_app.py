"""The program as a whole, in a process of its own: what it loads, opens, says and leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.spec.files import Saved, write
from engine.spec.history import History
from gui.words import table
from tests.gui.networks import chain

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numba", "llvmlite", "scipy", "sklearn", "pandas", "safetensors")

# Runs the program, watches its window, tells as JSON what it saw, and closes it.
WATCHER = """
import json, os, signal, socket, sys
from pathlib import Path

reached = []

def hook(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        reached.append(repr(arguments[1]))
    if event == "socket.getaddrinfo":
        reached.append(repr(arguments[0]))

if __name__ == "__main__":
    sys.addaudithook(hook)
    heavy, until, file = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3:]
    del sys.argv[1:]
    from PySide6.QtCore import QCoreApplication, QTimer
    from PySide6.QtWidgets import QApplication
    from gui import app
    from gui.window.main_window import MainWindow

    class Watched(QApplication):
        def exec(self):
            (window,) = [w for w in self.allWidgets() if isinstance(w, MainWindow)]
            ends = {
                "warm": lambda: window.run.compiled[0] == window.run.compiled[1] > 0,
                "shown": lambda: window.run.predictions is not None,
                "panels": lambda: hasattr(window, "predictions"),
            }

            def look():
                if not ends[until]() or not window.isVisible():
                    return
                timer.stop()
                told = {
                    "heavy": [name for name in heavy if name in sys.modules],
                    "reached": reached,
                    "title": window.window().windowTitle(),
                    "parameters": window.store.analysis.parameters,
                    "engine": window.run.engine_state,
                    "process": window.client.process_id,
                    "said": [m.words() for m in window.notice._messages],
                    "epochs": len(window.run.history.epochs),
                    "cancel": QCoreApplication.translate("QPlatformTheme", "Cancel"),
                    "modified": window.filing.is_modified,
                }
                print(json.dumps(told), flush=True)
                os.kill(os.getpid(), signal.SIGINT)

            timer = QTimer()
            timer.timeout.connect(look)
            timer.start(20)
            return super().exec()

    app.QApplication = Watched
    sys.exit(app.run([Path(each) for each in file]))
"""


def watch(folder: Path, until: str, file: Path | None = None) -> dict[str, Any]:
    """Run the program on `file` until something is so; it must end well after Ctrl+C."""
    program = folder / "watcher.py"
    program.write_text(WATCHER, "utf-8")
    settings = {"XDG_CONFIG_HOME": str(folder / "config"), "LANG": "C.UTF-8", "LC_ALL": ""}
    environment = os.environ | settings | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    given = [sys.executable, str(program), json.dumps(HEAVY), until]
    done = subprocess.run(
        [*given, *([str(file)] if file else [])],
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process there")
def test_the_window_opens_light_on_the_welcome_network(tmp_path: Path) -> None:
    (tmp_path / "config" / "layerwise").mkdir(parents=True)
    settings = "[General]\nstarted=yes\n"
    (tmp_path / "config" / "layerwise" / "window.ini").write_text(settings, "utf-8")
    told = watch(tmp_path, "warm")
    assert told["heavy"] == []
    assert told["reached"] == []
    assert told["engine"] == "ready"
    assert told["parameters"] == 121_930
    assert told["title"] == "Untitled – Layerwise"
    assert told["said"] == []
    assert told["cancel"] == "Cancel"
    assert not is_running(told["process"])
    assert list((tmp_path / "config").rglob("*.layerwise")) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process there")
def test_the_very_first_start_leaves_the_canvas_to_the_first_page(tmp_path: Path) -> None:
    first, second = watch(tmp_path, "panels"), watch(tmp_path, "panels")
    assert (first["parameters"], second["parameters"]) == (0, 121_930)
    assert (first["heavy"], first["said"]) == ([], [])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process there")
def test_a_file_on_the_command_line_is_shown_with_its_run(tmp_path: Path) -> None:
    from engine.scripting import Model, Trainer

    document = chain(("data", "flatten", "dense", "cross_entropy"))
    model = Model(document, threads=1)
    trainer = Trainer(model)
    history = History(trainer.batches)
    history.add_points({"loss": [trainer.advance()["loss"]]})
    path = tmp_path / "手写 😀.layerwise"
    write(path, Saved(document, trainer.state(), history.to_json()))
    model.close()
    told = watch(tmp_path, "shown", Path(path.name))
    assert told["title"] == "手写 😀 – Layerwise"
    assert told["said"] == []
    assert told["heavy"] == []
    assert not told["modified"]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process there")
def test_a_broken_file_on_the_command_line_is_told_in_the_remembered_language(
    tmp_path: Path,
) -> None:
    path = tmp_path / "broken.layerwise"
    path.write_bytes(b"broken")
    (tmp_path / "config" / "layerwise").mkdir(parents=True)
    settings = "[General]\nlanguage=zh_CN\ntheme=dark\n"
    (tmp_path / "config" / "layerwise" / "window.ini").write_text(settings, "utf-8")
    told = watch(tmp_path, "panels", path)
    assert table("zh_CN")["file.not_zip"].format(name="broken.layerwise") in told["said"]
    assert told["title"] == "未命名 – Layerwise"
    assert told["cancel"] == "取消"
    assert told["parameters"] == 121_930
