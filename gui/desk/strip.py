"""The tabs: name, whether anything is unsaved, whether it trains; to click, drag and close."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QIcon, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QToolButton, QWidget

from gui.run import FAILED, FINISHED, PAUSED, PREPARING, RUNNING
from gui.theme import STEP, colour, icon, theme
from gui.words import on_language_change, tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.window.main_window import MainWindow

WIDEST = 65 * STEP
SIGNS = {  # of a run, by its status: icon and the colour's name
    PREPARING: ("mdi6.timer-sand", "faint"),
    RUNNING: ("mdi6.play-circle", "accent"),
    PAUSED: ("mdi6.pause-circle-outline", "faint"),
    FINISHED: ("mdi6.check-circle", "good"),
    FAILED: ("mdi6.alert-circle", "error"),
}
LASTING = (PREPARING, RUNNING, PAUSED)  # the others are shown until the document has been seen


class Bar(QTabBar):
    """Closes a tab by the middle button, as browsers do."""

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        return QSize(min(size.width(), WIDEST), size.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and at >= 0:
            self.tabCloseRequested.emit(at)
        else:
            super().mouseReleaseEvent(event)


class TabStrip(QWidget):
    """Shows the desk's windows; what is done with the tabs is done by the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar, self.add = Bar(), QToolButton()
        self._shown: list[MainWindow] = []
        self._news: set[MainWindow] = set()  # whose run ended while another was looked at
        self.bar.setObjectName("documents")
        self.bar.setMovable(True)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.bar.setIconSize(QSize(4 * STEP, 4 * STEP))
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.bar.customContextMenuRequested.connect(self._open_menu)
        self.bar.currentChanged.connect(self._chosen)
        self.bar.tabMoved.connect(self._moved)
        self.bar.tabCloseRequested.connect(lambda at: desk.close_document(self._shown[at]))
        self.add.clicked.connect(lambda: desk.add())
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, STEP, 2 * STEP, 0)
        row.setSpacing(STEP)
        row.addWidget(self.bar)
        row.addWidget(self.add)
        row.addStretch(1)
        theme.changed.connect(self._dress)
        forget = on_language_change(self._dress)
        self.destroyed.connect(lambda: forget())
        self._dress()

    # following the desk

    def insert(self, at: int, window: MainWindow) -> None:
        """A new tab."""
        self._shown.insert(at, window)
        self.bar.blockSignals(True)
        self.bar.insertTab(at, "")
        button = QToolButton()
        button.setObjectName("close_tab")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.desk.close_document(window))
        self.bar.setTabButton(at, QTabBar.ButtonPosition.RightSide, button)
        self.bar.blockSignals(False)
        self._dress_button(button)

    def remove(self, window: MainWindow) -> None:
        """A tab was closed."""
        at = self._shown.index(window)
        self._shown.remove(window)
        self._news.discard(window)
        self.bar.blockSignals(True)
        self.bar.removeTab(at)
        self.bar.blockSignals(False)

    def show_document(self, window: MainWindow) -> None:
        """Mark the tab of the document that is shown."""
        self._news.discard(window)
        self.bar.setCurrentIndex(self._shown.index(window))

    def refresh(self, window: MainWindow) -> None:
        """Say anew what a tab says."""
        if window not in self._shown:
            return
        at, filing, status = self._shown.index(window), window.filing, window.run.status
        star = "*" if filing.is_modified else ""
        name = f"{star}{filing.name}"
        if self.bar.tabText(at) != name.replace("&", "&&"):  # one & would underline a letter
            self.bar.setTabText(at, name.replace("&", "&&"))
        is_seen = window is self.desk.current
        if status in LASTING:
            self._news.add(window)
        elif is_seen or status not in SIGNS:
            self._news.discard(window)
        sign = SIGNS.get(status) if window in self._news else None
        lines = [filing.name, str(filing.path or tr("tabs.no_file"))]
        lines += [tr("tabs.unsaved")] if filing.is_modified else []
        lines += [tr(f"tabs.run.{status}")] if sign is not None else []
        tip = "\n".join(lines)
        if self.bar.tabToolTip(at) != tip:  # also when the sign changes
            self.bar.setTabToolTip(at, tip)
            self.bar.setAccessibleTabName(at, ", ".join((lines[0], *lines[2:])))
            self._show_sign(at, sign)

    def _show_sign(self, at: int, sign: tuple[str, str] | None) -> None:
        self.bar.setTabIcon(at, icon(sign[0], colour(sign[1])) if sign is not None else QIcon())

    # what the person does

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self._shown):
            self.desk.show_document(self._shown[at])

    def _moved(self, start: int, end: int) -> None:
        self._shown.insert(end, self._shown.pop(start))
        self.desk.reorder(start, end)

    def _open_menu(self, place: QPoint) -> None:
        at = self.bar.tabAt(place)
        if at >= 0:
            self.menu_of(self._shown[at]).popup(self.bar.mapToGlobal(place))

    def menu_of(self, window: MainWindow) -> QMenu:
        """What can be done with a tab."""
        menu, desk, path = QMenu(self), self.desk, window.filing.path
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        entries = (
            ("close", "mdi6.close", True, partial(desk.close_document, window)),
            (
                "close_others",
                "mdi6.close-box-multiple-outline",
                len(desk.windows) > 1,
                partial(desk.leaving.close_others, window),
            ),
            ("reopen", "mdi6.undo-variant", bool(desk.closed), desk.reopen),
            ("folder", "mdi6.folder-outline", path is not None, partial(_show_folder, window)),
        )
        for name, sign, is_possible, act in entries:
            action = menu.addAction(icon(sign), tr(f"tabs.{name}"))
            action.setToolTip(tr(f"tabs.{name}.tip"))
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _=False, act=act: act())
        compare = menu.addMenu(icon("mdi6.compare-horizontal"), tr("tabs.compare"))
        window.tabs.comparing.fill(compare)
        compare.aboutToShow.connect(partial(desk.show_document, window))
        return menu

    # language and theme

    def _dress(self) -> None:
        self.bar.setAccessibleName(tr("tabs.name"))
        self.add.setIcon(icon("mdi6.plus"))
        self.add.setToolTip(tr("tabs.add.tip"))
        self.add.setAccessibleName(tr("tabs.add"))
        for at, window in enumerate(self._shown):
            button = self.bar.tabButton(at, QTabBar.ButtonPosition.RightSide)
            if isinstance(button, QToolButton):
                self._dress_button(button)
            self.bar.setTabToolTip(at, "")  # so that the sign is painted anew, too
            self.refresh(window)

    def _dress_button(self, button: QToolButton) -> None:
        button.setIcon(icon("mdi6.close", colour("faint")))
        button.setIconSize(QSize(3 * STEP, 3 * STEP))
        button.setToolTip(tr("tabs.close.tip"))
        button.setAccessibleName(tr("tabs.close"))


def _show_folder(window: MainWindow) -> None:
    """Open the folder of a document's file in the system's own window."""
    path = window.filing.path
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
