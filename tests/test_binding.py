"""Whether the binding between Python and Qt keeps its accounts: the guard on PySide6's version."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None and True are immortal here and their count is idle"
)

CALLS = 1000
SLACK = 100  # other code may come and go by a few references meanwhile


class Speaker(QObject):
    said = Signal(bool)


def test_binding_keeps_its_references_to_none() -> None:
    """PySide6 6.12.0 loses one at each call, and Python 3.11 aborts when they are used up."""
    speaker = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        speaker.setObjectName("x")
    assert sys.getrefcount(None) - before > -SLACK


def test_binding_keeps_its_references_to_true() -> None:
    """The same version loses one to True at each signal that someone receives."""
    speaker = Speaker()
    heard: list[int] = []
    speaker.said.connect(lambda value: heard.append(int(value)))
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        speaker.said.emit(True)
    assert sys.getrefcount(True) - before > -SLACK
    assert len(heard) == CALLS
