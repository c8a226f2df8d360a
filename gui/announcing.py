"""Sentences for those who do not see the window: a screen reader says what is handed on here."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

POLITE = QAccessible.AnnouncementPoliteness.Polite
URGENT = QAccessible.AnnouncementPoliteness.Assertive


class Voice(QObject):
    """Hands every sentence to the screen reader; whoever listens to `said` hears it too."""

    said = Signal(str)

    def say(self, widget: QWidget, text: str, is_urgent: bool = False) -> None:
        """Say a sentence about a widget; an urgent one interrupts what is being said."""
        if text:
            event = QAccessibleAnnouncementEvent(widget, text)
            event.setPoliteness(URGENT if is_urgent else POLITE)
            QAccessible.updateAccessibility(event)
            self.said.emit(text)


voice = Voice()
announce = voice.say
