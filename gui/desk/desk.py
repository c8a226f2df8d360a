"""The desk: one window on the screen that holds several documents, each a `MainWindow` of its own.

A page keeps its store, run and engine process, so that one document trains while another is drawn.
The engine process of a page beside the first is started by its first run, so that a tab costs
little until then. Settings, theme, language and clipboard are those of all.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenuBar, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gui.desk.leaving import Leaving
from gui.desk.strip import TabStrip
from gui.engine_client import EngineClient
from gui.run import RUNNING
from gui.settings import Settings
from gui.window.filing import Filing, Put
from gui.window.main_window import MainWindow
from gui.words import on_language_change

MOST_CLOSED = 10  # documents that can be opened again; their weights are kept in memory


class Desk(QWidget):
    """The windows in the order of their tabs. There is always at least one."""

    def __init__(
        self, settings: Settings | None = None, client: EngineClient | None = None
    ) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.windows: list[MainWindow] = []
        self.closed: list[tuple[int, Put]] = []  # place and document, the last one last
        self.strip, self.leaving = TabStrip(self), Leaving(self)
        self.pages, self.menus = QStackedWidget(), QStackedWidget()
        self._bars: dict[MainWindow, QMenuBar] = {}
        self._may_close = self._is_closed = self._is_native = False
        self.menus.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.menus, self.strip, self.pages):
            column.addWidget(widget, 1 if widget is self.pages else 0)
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self.add(client)
        forget = on_language_change(self.refresh)
        self.destroyed.connect(lambda: forget())

    @property
    def current(self) -> MainWindow:
        """The document that is shown."""
        window = self.pages.currentWidget()
        assert isinstance(window, MainWindow)
        return window

    # opening

    def add(self, client: EngineClient | None = None, at: int | None = None) -> MainWindow:
        """An empty document in a tab behind the present one, or at a place; it is shown."""
        is_first = not self.windows
        if not is_first:  # the panels of the new one are where those of the present one are
            self.current.panels.remember(self.settings)
        if at is None:
            at = 0 if is_first else self.windows.index(self.current) + 1
        window = MainWindow(self.settings, client or EngineClient(waits=not is_first))
        window.tabs.desk, window.tabs.offers = self, is_first
        window.filing.host = self
        taken = {each.filing.number for each in self.windows if each.filing.is_unnamed}
        window.filing.number = min(n for n in range(1, len(taken) + 2) if n not in taken)
        self.windows.insert(at, window)
        self._take_menu_bar(window)
        self.pages.addWidget(window)
        self.strip.insert(at, window)
        window.windowTitleChanged.connect(self._retitle)
        window.filing.changed.connect(lambda: self._filing_changed(window))
        window.run.status_changed.connect(lambda: self._run_changed(window))
        self.show_document(window)
        return window

    def _take_menu_bar(self, window: MainWindow) -> None:
        """Above the tabs, where it stays when another document is shown."""
        bar = window.menuBar()
        self._bars[window] = bar
        if bar.isNativeMenuBar():  # at the edge of the screen: that of the document shown
            self._is_native = True
            self.menus.hide()
        else:
            self.menus.addWidget(bar)

    def room(self, asking: Filing, is_new: bool) -> Filing:
        """Where the next document goes: over one that nobody would miss, or into a new tab."""
        window = next(each for each in self.windows if each.filing is asking)
        if is_new and not window.store.document.network.nodes:
            return self.add().filing  # else nothing would happen
        return self.room_in(window).filing

    def room_in(self, window: MainWindow) -> MainWindow:
        """A window if nobody would miss what it shows, or else a new one."""
        if not window.filing.is_untouched:
            return self.add()
        self.show_document(window)
        return window

    def reveal(self, path: Path) -> bool:
        """Show the document of a file if it is open already; whether it is."""
        found = [each for each in self.windows if _is_same(each.filing.path, path)]
        if found:
            self.show_document(found[0])
        return bool(found)

    def reopen(self) -> None:
        """Show the document again that was closed last."""
        if self.closed:
            at, put = self.closed.pop()
            if put.path is not None and self.reveal(put.path):
                return self.refresh()
            is_free = self.current.filing.is_untouched and not _has_boxes(self.current)
            window = self.current if is_free else self.add(at=min(at, len(self.windows)))
            window.filing.bring_back(put)
            self.refresh()

    # showing

    def show_document(self, window: MainWindow) -> None:
        """Bring a document to the front, with the keys where they were in it."""
        before, kept = self.pages.currentWidget(), window.focusWidget()
        self.pages.setCurrentWidget(window)
        if self._is_native:
            for each, bar in self._bars.items():
                bar.setNativeMenuBar(each is window)
        else:
            self.menus.setCurrentWidget(self._bars[window])
        if before is not window:
            window.canvas.recall_habits()
        if before is not window or kept is None:
            (kept or window.canvas).setFocus(Qt.FocusReason.OtherFocusReason)
        self.strip.show_document(window)
        self._retitle()
        self.refresh()

    def step(self, by: int) -> None:
        """Show the next document, or the one before; after the last comes the first."""
        place = self.windows.index(self.current) + by
        self.show_document(self.windows[place % len(self.windows)])

    def reorder(self, start: int, end: int) -> None:
        """A tab was dragged to another place."""
        self.windows.insert(end, self.windows.pop(start))

    def refresh(self) -> None:
        """Say anew in all tabs and menus what is so."""
        self.strip.setVisible(len(self.windows) > 1)
        for window in self.windows:
            self.strip.refresh(window)
            window.tabs.refresh()

    def _filing_changed(self, window: MainWindow) -> None:
        if not self._is_closed:  # a stack of undo steps that goes says that it became empty
            self.strip.refresh(window)

    def _run_changed(self, window: MainWindow) -> None:
        self.strip.refresh(window)
        training = [each for each in self.windows if each.run.status == RUNNING]
        for each in self.windows:
            each.status.tell_others(len(training) - (each in training))

    def _retitle(self) -> None:
        self.setWindowTitle(self.current.windowTitle())

    # closing

    def close_document(self, window: MainWindow) -> None:
        """Close a tab, after asking about what is unsaved."""
        if window.filing.is_modified:
            self.show_document(window)
        window.filing.leave(lambda: self.drop(window))

    def drop(self, window: MainWindow) -> None:
        """Close a tab, whatever is unsaved; instead of the last one an empty document is shown."""
        if window not in self.windows:
            return
        at = self.windows.index(window)
        if not window.filing.is_untouched:
            self.closed = [*self.closed, (at, window.filing.put_away())][-MOST_CLOSED:]
        if len(self.windows) == 1:
            self.add(at=1)
        elif window is self.current:
            self.show_document(self.windows[at + 1 if at + 1 < len(self.windows) else at - 1])
        self._take_away(window)
        self.refresh()

    def _take_away(self, window: MainWindow) -> None:
        self.windows.remove(window)
        self.strip.remove(window)
        self.pages.removeWidget(window)
        self.menus.removeWidget(bar := self._bars.pop(window))
        bar.hide()
        bar.setParent(window)  # it goes together with the window, which gives it its words
        window.close_without_asking()
        window.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:  # Qt's name
        if not self._may_close and any(each.filing.is_modified for each in self.windows):
            event.ignore()
            # later, because Qt refuses to close a window that is in the middle of closing
            QTimer.singleShot(0, self, lambda: self.leaving.ask(self.close_without_asking))
            return
        self._is_closed = True
        self.settings.set_bytes("geometry", self.saveGeometry())
        paths = [each.filing.path for each in self.windows]
        self.settings.set_words("open_last", [str(path) for path in paths if path is not None])
        shown = self.current
        for window in (*(each for each in self.windows if each is not shown), shown):
            window.close_without_asking()  # the last one's panels are those of the next start
        event.accept()

    def close_without_asking(self) -> None:
        """Close, whatever is unsaved."""
        self._may_close = True
        self.close()

    # what is dropped beside the pages is for the document that is shown

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # Qt's name
        self.current.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # Qt's name
        self.current.dropEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.windows:
            self.strip.refresh(self.current)


def _is_same(path: Path | None, other: Path) -> bool:
    if path is None:
        return False
    try:
        return path.samefile(other)
    except OSError:  # one of them is gone
        return path == other


def _has_boxes(window: MainWindow) -> bool:
    return bool(window.store.document.network.nodes)
