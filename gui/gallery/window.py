"""The gallery: all examples as cards, by subject or by kind of network, to be found and opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.example_files import path_of, read_example
from gui.example_topics import TOPICS
from gui.gallery import facts as words
from gui.gallery.card import Shown
from gui.gallery.facts import KINDS, Facts, facts_of
from gui.gallery.grid import Grid
from gui.gallery.pictures import Pictures
from gui.gallery.side import SideCard
from gui.sizes import least
from gui.theme import STEP, colour, icon, px, theme
from gui.words import on_language_change, tr

WIDE, TALL = 1120, 720
ORDERS = ("subject", "kind")


def names() -> list[str]:
    """All examples, in the order of their topics."""
    return [name for topic in TOPICS.values() for name in topic]


def shown_of(facts: Facts) -> Shown:
    """What the card of an example shows."""
    return Shown(
        facts.name,
        words.name_of(facts.name),
        tr(f"example.{facts.name}.line"),
        words.brief(facts),
        facts.systems,
        facts.stamp,
        lambda: read_example(path_of(facts.name)),
    )


class GalleryWindow(QDialog):
    """`open_example` is called with the name of what is to be opened, after this has closed."""

    def __init__(
        self, pictures: Pictures, open_example: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._open_example = open_example
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search, self.grid, self.side = QLineEdit(), Grid(pictures), SideCard(pictures)
        self._sign = QAction(self)
        self.order = "subject"
        self.orders = {order: QToolButton() for order in ORDERS}
        self.area, self.nothing = QScrollArea(), QLabel()
        self._lay_out()
        self.search.textChanged.connect(self._refresh)
        self.search.installEventFilter(self)
        self.grid.chosen.connect(self._chosen)
        self.grid.opened.connect(self.use)
        self.side.opened.connect(self.use)
        theme.changed.connect(self._recolour)
        forget = on_language_change(self._retranslate)
        self.destroyed.connect(lambda: forget())
        room = parent.size()
        self.resize(min(px(WIDE), room.width() - 40), min(px(TALL), room.height() - 40))
        self._retranslate()
        self._recolour()

    def _lay_out(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        least(self.search, height=8 * STEP)
        top = QHBoxLayout()
        top.setContentsMargins(3 * STEP, 0, 3 * STEP, 0)
        top.addWidget(self.search, 1)
        group = QButtonGroup(self)
        for order, button in self.orders.items():
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(lambda _=False, order=order: self.sort(order))
            top.addWidget(button)
        self.orders[self.order].setChecked(True)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grid.setObjectName("panel")
        self.grid.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.area.setWidget(self.grid)
        self.nothing.setObjectName("faint")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(STEP)
        left.addLayout(top)
        left.addWidget(self.area, 1)
        left.addWidget(self.nothing, 1)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedWidth(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 3 * STEP, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(rule)
        whole.addWidget(self.side)

    # what is shown

    def open_page(self) -> None:
        """Show all examples, with the keys in the search."""
        self.search.clear()
        if not self.grid.choice:
            self.grid.choose(self.grid.order[0], focus=False)
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sort(self, order: str) -> None:
        """Put the cards under other headings: "subject" or "kind"."""
        self.order = order
        self.orders[order].setChecked(True)
        self._refresh()

    def _refresh(self) -> None:
        wanted = self.search.text().casefold().split()
        every = map(facts_of, names())
        found = [f for f in every if all(word in words.searched(f) for word in wanted)]
        if self.order == "subject":
            groups = {
                tr(f"menu.examples.{topic}"): [f.name for f in found if f.topic == topic]
                for topic in TOPICS
            }
        else:
            groups = {
                words.kind_words(kind): [f.name for f in found if f.kind == kind] for kind in KINDS
            }
        self.grid.show_groups(groups)
        self.area.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.nothing.setText(tr("gallery.nothing", text=self.search.text().strip()))
        if found and not self.grid.choice:
            self.grid.choose(self.grid.order[0], focus=False)

    def _chosen(self, name: str) -> None:
        self.area.ensureWidgetVisible(self.grid.cards[name], 0, 3 * STEP)
        self.side.tell(facts_of(name))

    def use(self, name: str) -> None:
        """Open an example, and close."""
        self.accept()
        self._open_example(name)

    # words, colours, keys

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("gallery.title"))
        self.search.setPlaceholderText(tr("gallery.search"))
        self.search.setAccessibleName(tr("gallery.search"))
        for order, button in self.orders.items():
            button.setText(tr(f"gallery.by_{order}"))
            button.setToolTip(tr(f"gallery.by_{order}.tip"))
        self.grid.fill([shown_of(facts_of(name)) for name in names()])
        self.grid.setAccessibleName(tr("gallery.title"))
        self.side.retranslate()
        self._refresh()

    def _recolour(self) -> None:
        self._sign.setIcon(icon("mdi6.magnify", colour("faint")))
        self.grid.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        """From the search, Down goes to the cards, and Enter opens the first that is found."""
        pressed = event if event.type() == QEvent.Type.KeyPress else None
        if watched is self.search and isinstance(pressed, QKeyEvent) and self._key(pressed):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        goal = self.grid.choice or next(iter(self.grid.order), "")
        if event.key() == Qt.Key.Key_Down and goal:
            self.grid.choose(goal)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and goal:
            self.use(goal)
        else:
            return False
        return True
