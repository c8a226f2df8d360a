"""Starts the window."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.engine_client import EngineClient
from gui.level import EVERYTHING, LEVELS, level
from gui.settings import Settings
from gui.sizes import Enlarger
from gui.terminal.commands import asked_language
from gui.words import LANGUAGES, language, on_language_change, set_language, system_language

NAME = "layerwise"
SETTLED_MS = 5000  # after which the window and its libraries are loaded
SMALLEST, LARGEST = (round(100 * size) for size in (theme.SIZES[0], theme.SIZES[-1]))  # percent


def run(paths: Sequence[Path] = ()) -> int:
    """Open the window, on files, the welcome document or the first page; returns the exit code."""
    multiprocessing.freeze_support()
    QApplication.setDesktopFileName(NAME)
    application = QApplication([NAME, *sys.argv[1:]])
    application.setApplicationName(NAME)
    settings = Settings()
    size = settings.number("size", 100, SMALLEST, LARGEST) / 100
    theme.set_up(application, settings.text("theme", ("system", "light", "dark"), "system"), size)
    Enlarger(application, theme.theme)
    level.use(settings.text("level", LEVELS, EVERYTHING))
    chosen = settings.text("language", tuple(LANGUAGES), system_language())
    set_language(asked_language(sys.argv[1:]) or chosen)
    _translate_qt(application)
    client = _early_engine()
    from gui.desk.desk import Desk
    from gui.desk.session import begin
    from gui.window.places import centre

    desk = Desk(settings, client)
    if not desk.restoreGeometry(settings.bytes("geometry")):
        centre(desk)
    begin(desk, paths)
    desk.show()
    QTimer.singleShot(0, desk, lambda: desk.current.looks.ask_first())
    signal.signal(signal.SIGINT, lambda *_: desk.close())
    # what is there by now stays: Python need not look through all of it again and again, which
    # would hold up every hundredth key
    QTimer.singleShot(SETTLED_MS, gc.freeze)
    wake = QTimer()  # lets Python see Ctrl+C while Qt waits for events
    wake.start(500)
    return application.exec()


def _early_engine() -> EngineClient | None:
    """Let the engine load while the window is being made, where each has a core of its own."""
    if (os.cpu_count() or 1) == 1:
        return None
    client = EngineClient()
    client.start()
    return client


def _translate_qt(application: QApplication) -> None:
    """Keep Qt's own words (file dialogs, Cancel) in the language of the window."""
    chinese = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    loaded = chinese.load(QLocale("zh_CN"), "qtbase", "_", folder)

    def follow() -> None:
        if loaded and language() == "zh_CN":
            application.installTranslator(chinese)
        else:
            application.removeTranslator(chinese)

    follow()
    on_language_change(follow)
