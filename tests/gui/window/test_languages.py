"""Every visible word follows the language, and everything that can be used says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QTabWidget,
    QWidget,
)

from engine.spec import edits
from engine.spec.document import Document
from engine.spec.papers import PAPERS
from gui import words
from gui.window.main_window import MainWindow
from gui.words import LANGUAGES, tr
from tests.gui.other_end import OtherEnd, complete, start

USABLE = (
    QAbstractButton,
    QLineEdit,
    QAbstractSpinBox,
    QComboBox,
    QAbstractSlider,
    QAbstractItemView,
    QGraphicsView,
)

# names of people, methods, programs and keys, which are the same in Chinese
NAMES = {
    *(
        "Layerwise",
        "English",
        "Switch",
        "to",
        "UCI",
        "PNG",
        "CSV",
        "SVG",
        "PDF",
        "Markdown",
        "Ctrl",
        "Shift",
        "Alt",
        "Left",
        "Right",
        "Up",
        "Down",
        "Esc",
        "Tab",
        "CPU",
    ),
    *("SGD", "Adam", "Nesterov", "ReLU", "sigmoid", "softmax", "tanh", "valid", "same", "XOR"),
    *("Transformer", "GELU", "ELU", "SELU", "SiLU", "Swish", "Leaky", "softplus", "He"),
    *("AdamW", "NAdam", "RMSprop", "Adagrad", "Adadelta", "Lion"),
    *("LSTM", "GRU", "Inception", "Net", "MAC", "KiB", "MiB", "GiB"),
    *("LeCun", "Glorot", "Kingma", "Fisher", "et", "al", "log", "exp", "max", "min"),
}


def empty(window: MainWindow, engine: OtherEnd) -> None:
    window.store.open(Document())


def box(window: MainWindow, engine: OtherEnd) -> None:
    window.store.select(("conv2d_1",))


def boxes(window: MainWindow, engine: OtherEnd) -> None:
    window.store.select(("conv2d_1", "dense_1"))


def training(window: MainWindow, engine: OtherEnd) -> None:
    window.right.setCurrentWidget(window.training_page)
    start(window.run, engine)
    engine.end_epoch(window.run, 0)


def broken(window: MainWindow, engine: OtherEnd) -> None:
    change = partial(edits.remove_nodes, ids=("flatten_1",))
    window.store.edit(tr("edit.delete"), change)
    window.store.edit(tr("edit.move"), lambda d: edits.move_nodes(d, {"dense_1": (9.0, 9.0)}))
    window.store.undo_stack.undo()


def finished(window: MainWindow, engine: OtherEnd) -> None:
    complete(window.run, engine)
    window.bottom.setCurrentWidget(window.predictions)


STATES: tuple[Callable[[MainWindow, OtherEnd], None], ...] = (
    box,
    boxes,
    training,
    finished,
    broken,
    empty,
)


def settle() -> None:
    """Let what was replaced be deleted, and what is new be shown."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def visible(window: MainWindow) -> Iterator[QWidget]:
    return (w for w in (window, *window.findChildren(QWidget)) if w.isVisible())


def texts(widget: QWidget) -> Iterator[str]:
    """All that a person can read of a widget, or is read to them."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton | QAbstractSpinBox):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(i) for i in range(widget.count()))
    if isinstance(widget, QTabWidget):
        for i in range(widget.count()):
            yield from (widget.tabText(i), widget.tabToolTip(i))
    for action in widget.actions():
        yield from (action.text(), action.toolTip())
    yield widget.windowTitle()


def english_words(text: str) -> set[str]:
    plain = unescape(re.sub(r"<[^>]+>", " ", text))
    for paper in PAPERS.values():  # titles are cited as they were printed
        plain = plain.replace(paper.title, " ").replace(paper.authors, " ")
    # file endings, keys such as F5, names such as Conv2D and units in formulae are no words
    found = re.findall(r"(?<![\w.*/])[A-Za-z]{2,}(?![\w./(\[])", plain)
    return {word for word in found if word not in NAMES}


def inner(widget: QWidget) -> bool:
    """A part that Qt makes for itself within a widget that speaks for it."""
    return widget.objectName().startswith("qt_") or isinstance(
        widget.parent(), QLineEdit | QScrollBar
    )


def name(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface else ""


def where(widget: QWidget) -> str:
    chain = []
    each: QWidget | None = widget
    while each is not None:
        chain.append(f"{type(each).__name__}({each.objectName()})")
        each = each.parentWidget()
    return " < ".join(chain[:4])


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_visible_stays_english_in_chinese(
    window: MainWindow, engine: OtherEnd, state: Callable[[MainWindow, OtherEnd], None]
) -> None:
    state(window, engine)
    settle()
    words.set_language("zh_CN")
    settle()
    left = {
        f"{where(widget)}: {text}"
        for widget in visible(window)
        for text in texts(widget)
        if english_words(text)
    }
    assert left == set()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_everything_usable_has_a_hover_text_and_a_name(
    window: MainWindow, engine: OtherEnd, state: Callable[[MainWindow, OtherEnd], None]
) -> None:
    state(window, engine)
    lacking = set()
    for language in LANGUAGES:
        words.set_language(language)
        settle()
        for widget in visible(window):
            is_frame = isinstance(widget, QScrollBar | QHeaderView) or inner(widget)
            if isinstance(widget, (*USABLE, QProgressBar)) and not is_frame:
                if not name(widget):
                    lacking.add(f"no name: {where(widget)}")
                if not widget.toolTip() and not isinstance(
                    widget, QGraphicsView | QAbstractItemView
                ):
                    lacking.add(f"no hover text: {where(widget)}")
    assert lacking == set()


def test_every_tab_has_a_hover_text(window: MainWindow) -> None:
    for language in LANGUAGES:
        words.set_language(language)
        for tabs in (window.left, window.right, window.bottom):
            for i in range(tabs.count()):
                assert tabs.tabText(i)
                assert tabs.tabToolTip(i)
                assert tabs.tabToolTip(i) != tabs.tabText(i)
