"""The table of the canvas's keys: each row has words, and each key does what its row says."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from gui import words
from gui.canvas import keys
from gui.canvas.keys import TABLE, CanvasKey
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.networks import chain

CALLS = [(row, key) for row in TABLE if row.act for key in row.keys]
LESS = Qt.KeyboardModifier


@pytest.mark.parametrize(
    ("row", "key"), CALLS, ids=lambda v: v.id if isinstance(v, CanvasKey) else str(v)
)
def test_each_key_calls_the_method_of_its_row(
    view: CanvasView, monkeypatch: pytest.MonkeyPatch, row: CanvasKey, key: keys.Press
) -> None:
    view.store.open(chain())  # on an empty canvas, letters begin a drawing
    called: list[str] = []
    for other in TABLE:
        if other.act:
            monkeypatch.setattr(view, other.act, lambda id=other.id: called.append(id))
    sequence = QKeySequence(key)
    if sequence.isEmpty():
        pytest.skip("this system has no such key")
    QTest.keySequence(view, sequence)
    assert called == [row.id]


def test_no_key_means_two_things() -> None:
    shown = Counter(name for row in TABLE for name in row.shown())
    assert [name for name, count in shown.items() if count > 1] == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_each_row_has_words_and_keys_that_can_be_read(row: CanvasKey) -> None:
    assert row.shown()
    for language in words.LANGUAGES:
        assert words.table(language)[f"key.{row.id}"]


def test_rows_without_a_method_are_seen_to(show: Show) -> None:
    view = show(chain())
    QTest.keyClick(view, Qt.Key.Key_Tab)
    first = view.store.selection
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.store.selection != first
    QTest.keyClick(view, Qt.Key.Key_Backtab, LESS.ShiftModifier)
    assert view.store.selection == first
    before = view.store.document.network.node(first[0])
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.store.document.network.node(first[0]).x == before.x + keys.NUDGE
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert view.space_is_held
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert not view.space_is_held


@pytest.mark.parametrize("held", [LESS.ControlModifier, LESS.AltModifier])
def test_letters_with_control_or_alt_are_for_others(show: Show, held: LESS) -> None:
    view = show(chain())
    view.store.select(("dense_1",))
    before = view.store.document
    for key in (Qt.Key.Key_F, Qt.Key.Key_Minus, Qt.Key.Key_G):
        QTest.keyClick(view, key, held)
    assert view.store.document == before and view.store.selection == ("dense_1",)
