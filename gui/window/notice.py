"""A strip above the canvas for what a person must know now: a sentence, buttons, a way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gui.announcing import announce
from gui.theme import STEP, colour, icon, theme
from gui.words import on_language_change, tr

Words = Callable[[], str]
Action = tuple[Words, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Message:
    """What the strip says at a time."""

    words: Words
    actions: tuple[Action, ...] = ()
    severity: str = "error"
    about: str = ""


class Notice(QFrame):
    """Hidden until `say`. Words are functions, so that they follow the language.

    What is said over something else does not hide it for ever: it comes back afterwards.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.mark, self.label = QLabel(), QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)  # names of files may look like markup
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QToolButton()
        self.close_button.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * STEP, STEP, 2 * STEP, STEP)
        row.setSpacing(2 * STEP)
        row.addWidget(self.mark)
        row.addWidget(self.label, 1)
        self.buttons = QHBoxLayout()
        row.addLayout(self.buttons)
        row.addWidget(self.close_button)
        self._messages: list[Message] = []  # the last one is shown
        self._actions: list[tuple[QPushButton, Words]] = []
        forget = on_language_change(self.dress)
        theme.changed.connect(self.dress)
        self.destroyed.connect(lambda: forget())
        self.dress()
        self.hide()

    def say(self, words: Words, *actions: Action, severity: str = "error", about: str = "") -> None:
        """Show a sentence with buttons; a button pressed takes the sentence away.

        about : what has to change for the sentence to be true no longer; see `withdraw`
        """
        text = words()
        others = [message for message in self._messages if message.words() != text]
        self._messages = [*others, Message(words, actions, severity, about)]
        self._show_last()
        announce(self, text, is_urgent=severity == "error")

    def withdraw(self, about: str) -> None:
        """Take away all that was said about something, because it is true no longer."""
        left = [message for message in self._messages if message.about != about]
        if len(left) < len(self._messages):
            self._messages = left
            self._show_last()

    def dismiss(self) -> None:
        """Take the sentence away; what was said before it is shown again."""
        del self._messages[-1:]
        self._show_last()

    def _show_last(self) -> None:
        for button, _ in self._actions:
            button.hide()
            button.deleteLater()
        self._actions = []
        if not self._messages:
            self.hide()
            return
        for label, call in self._messages[-1].actions:
            button = QPushButton()
            button.clicked.connect(self.dismiss)
            button.clicked.connect(lambda _=False, call=call: call())
            self.buttons.addWidget(button)
            button.show()
            self._actions.append((button, label))
        self.dress()
        self.show()

    def dress(self) -> None:
        """Words and colours anew."""
        message = self._messages[-1] if self._messages else Message(str)
        is_error = message.severity == "error"
        tint = colour("error" if is_error else "accent")
        name = "mdi6.alert-circle-outline" if is_error else "mdi6.information"
        self.mark.setPixmap(icon(name, tint).pixmap(18, 18))
        self.label.setText(message.words())
        for button, label in self._actions:
            button.setText(label())
            button.setToolTip(label())
        self.close_button.setIcon(icon("mdi6.close"))
        self.close_button.setToolTip(tr("notice.close"))
        self.close_button.setAccessibleName(tr("notice.close"))
        self.setStyleSheet(
            f"QFrame#notice {{ background: {colour('card').name()};"
            f" border-left: 4px solid {tint.name()}; }}"
        )
