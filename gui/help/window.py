"""The help window: contents and search at the left, a page at the right, and a way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.help.browser import Browser
from gui.help.hits import PAGE, SNIPPET, HitPainter
from gui.help.pages import FIRST, contents, exists, search, title
from gui.theme import STEP, colour, icon, theme
from gui.words import on_language_change, tr


class HelpWindow(QWidget):
    """A window of its own, so that a person can read and do at the same time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back, self.forward = QToolButton(), QToolButton()
        self.search, self.tree, self.hits = QLineEdit(), QTreeWidget(), QListWidget()
        self.nothing, self.browser = QLabel(), Browser()
        self._past: list[str] = []
        self._future: list[str] = []
        self._sign = QAction(self)
        self._lay_out()
        self._connect()
        self.resize(940, 660)
        self._retranslate()
        self._recolour()
        self.open_page(FIRST)

    def _lay_out(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.tree.setObjectName("contents")
        self.hits.setObjectName("contents")
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(3 * STEP)
        self.nothing.setObjectName("faint")
        self.nothing.setWordWrap(True)
        self.nothing.setMargin(3 * STEP)
        self.hits.setItemDelegate(HitPainter(self.hits))
        self.hits.setMouseTracking(True)
        for widget in (self.tree, self.hits):
            widget.setFrameShape(QFrame.Shape.NoFrame)
            widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            widget.setVerticalScrollMode(widget.ScrollMode.ScrollPerPixel)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(2 * STEP, 2 * STEP, STEP, 0)
        column.setSpacing(2 * STEP)
        bar = QHBoxLayout()
        bar.setSpacing(STEP)
        bar.addWidget(self.back)
        bar.addWidget(self.forward)
        bar.addWidget(self.search, 1)
        column.addLayout(bar)
        for below in (self.tree, self.hits, self.nothing):
            column.addWidget(below, 1)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(side)
        across.addWidget(self.browser)
        across.setStretchFactor(1, 1)
        across.setSizes([280, 660])
        across.setHandleWidth(1)
        across.setChildrenCollapsible(False)
        side.setMinimumWidth(200)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(across)

    def _connect(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.back.setShortcut(QKeySequence(QKeySequence.StandardKey.Back))
        self.forward.setShortcut(QKeySequence(QKeySequence.StandardKey.Forward))
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.tree.currentItemChanged.connect(lambda item, _: self._picked(item))
        self.hits.currentItemChanged.connect(lambda item, _: self._picked(item))
        self.browser.asked.connect(self.open_page)
        theme.changed.connect(self._recolour)
        forget = on_language_change(self._retranslate)
        self.destroyed.connect(lambda: forget())

    # pages

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self.browser.page

    def open_page(self, page: str) -> None:
        """Show a page; an unknown one is answered with the first."""
        page = page if exists(page) else FIRST
        if page == self.page:
            return
        if self.page:
            self._past.append(self.page)
            self._future.clear()
        self._show(page)

    def go_back(self) -> None:
        """The page before."""
        if self._past:
            self._future.append(self.page)
            self._show(self._past.pop())

    def go_forward(self) -> None:
        """The page that was left by going back."""
        if self._future:
            self._past.append(self.page)
            self._show(self._future.pop())

    def _show(self, page: str) -> None:
        self.browser.show_page(page)
        self.back.setEnabled(bool(self._past))
        self.forward.setEnabled(bool(self._future))
        self._mark()
        self._name()

    def _mark(self) -> None:
        """Mark the page in the contents."""
        self.tree.blockSignals(True)
        for i in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(i)
            for j in range(group.childCount() if group is not None else 0):
                assert group is not None
                child = group.child(j)
                if child is not None and child.data(0, PAGE) == self.page:
                    group.setExpanded(True)
                    self.tree.setCurrentItem(child)
        self.tree.blockSignals(False)

    def _picked(self, item: QTreeWidgetItem | QListWidgetItem | None) -> None:
        page = None
        if isinstance(item, QTreeWidgetItem):
            page = item.data(0, PAGE)
        elif item is not None:
            page = item.data(PAGE)
        if page:
            self.open_page(page)

    # search

    def _search(self) -> None:
        text = self.search.text().strip()
        found = search(text)
        self.hits.blockSignals(True)
        self.hits.clear()
        for hit in found:
            item = QListWidgetItem(title(hit.page), self.hits)
            item.setData(PAGE, hit.page)
            item.setData(SNIPPET, hit.snippet)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, hit.snippet)
        self.hits.blockSignals(False)
        self.tree.setVisible(not text)
        self.hits.setVisible(bool(found))
        self.nothing.setVisible(bool(text) and not found)
        self.nothing.setText(tr("help.nothing", text=text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field, Down goes into what was found and Enter opens the first."""
        if watched is self.search and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            keys = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if pressed and event.key() in keys and self.hits.count():
                self.hits.setCurrentRow(0)
                self.hits.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    # language and theme

    def _name(self) -> None:
        self.setWindowTitle(tr("help.title", page=title(self.page)))

    def _retranslate(self) -> None:
        for button, name in ((self.back, "back"), (self.forward, "forward")):
            button.setToolTip(tr("help.back" if name == "back" else "help.forward"))
            button.setAccessibleName(button.toolTip())
        self.search.setPlaceholderText(tr("help.search"))
        self.search.setAccessibleName(tr("help.search"))
        self.search.setToolTip(tr("help.search_tip"))
        self.tree.setAccessibleName(tr("help.contents"))
        self.tree.setToolTip(tr("help.contents_tip"))
        self.hits.setAccessibleName(tr("help.found"))
        self.browser.setAccessibleName(tr("help.page"))
        self.tree.blockSignals(True)
        self.tree.clear()
        for i, group in enumerate(contents()):
            head = QTreeWidgetItem(self.tree, [group.title])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            letters = head.font(0)
            letters.setBold(True)
            head.setFont(0, letters)
            for page in group.pages:
                QTreeWidgetItem(head, [title(page)]).setData(0, PAGE, page)
            head.setExpanded(i < 3)
        self.tree.blockSignals(False)
        self._search()
        if self.page:
            self.browser.render_page()
            self._mark()
            self._name()

    def _recolour(self) -> None:
        self._sign.setIcon(icon("mdi6.magnify", colour("faint")))
        self.back.setIcon(icon("mdi6.arrow-left"))
        self.forward.setIcon(icon("mdi6.arrow-right"))
        if self.page:
            self.browser.render_page()
