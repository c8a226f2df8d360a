"""The line around what has the keys is there in tabs, too, and only in the one that is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.desk.desk import Desk


def test_the_keys_are_seen_in_the_tab_that_is_shown(desk: Desk) -> None:
    first, second = desk.windows[0], desk.add()
    assert QTest.qWaitForWindowActive(desk)
    for window, other in ((second, first), (first, second)):
        desk.show_document(window)
        window.canvas.clearFocus()
        window.ring.by_keys = True  # as if Tab had been pressed
        window.canvas.setFocus(Qt.FocusReason.TabFocusReason)
        assert window.ring.isVisible() and window.ring.target is window.canvas
        assert not other.ring.isVisible()
