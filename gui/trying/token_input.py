"""A line of text of one's own, read as the data are; a network that continues texts writes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import Shown
from engine.protocol import Own, Reply
from engine.spec.sources import Facts
from engine.spec.texts import PADDING, tokens_of
from gui.class_names import DataName, token_name
from gui.theme import STEP, colour
from gui.trying.subject import Subject
from gui.upkeep import keep_up
from gui.words import tr

WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+|[^\w\s]")  # as tables of texts are read
SIGNS = {"↵": "\n", "⇥": "\t", "␣": " "}  # how characters that nobody sees are typed
MOST_WRITTEN = 80  # tokens, until one asks again
USUAL, WARMEST = 7, 20  # tenths of a temperature


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens of a data set by their numbers; read character by character, or in words."""

    tokens: tuple[str, ...]

    @property
    def has_words(self) -> bool:
        """Whether some token is longer than a character."""
        return any(len(token) > 1 for token in self.tokens)

    def read(self, text: str) -> list[tuple[str, int]]:
        """Pieces of a text with their numbers; -1 for what the network has no number for."""
        numbers = {token: i for i, token in enumerate(self.tokens) if token}
        pieces = WORD.findall(text) if self.has_words else [SIGNS.get(c, c) for c in text]
        found = []
        for piece in pieces:
            number = numbers.get(piece, numbers.get(piece.lower(), -1))
            if number >= 0 or not piece.isspace():
                found.append((piece, number))
        return found

    def write(self, numbers: list[int]) -> str:
        """The text that these tokens are."""
        signs = {written: sign for sign, written in SIGNS.items() if written != " "}
        names = [signs.get(self.tokens[i], self.tokens[i]) for i in numbers]
        return (" " if self.has_words else "").join(names)


def vocabulary_of(dataset: DataName, limit: int) -> Vocabulary:
    """What the tokens of a data set stand for, in the present language."""
    if isinstance(dataset, Facts):
        return Vocabulary(dataset.vocabulary)
    return Vocabulary(
        tuple(tokens_of(dataset)) or tuple(token_name(dataset, i) for i in range(limit))
    )


def drawn_token(shares: np.ndarray, temperature: float, chance: np.random.Generator) -> int:
    """A token by its share; at temperature 0 the likeliest, above 1 more freely."""
    if temperature <= 0.0:
        return int(np.argmax(shares))
    scores = np.log(np.maximum(shares.astype(np.float64), 1e-12)) / temperature
    powers = np.exp(scores - scores.max())
    return int(chance.choice(len(powers), p=powers / powers.sum()))


class TokenInput(QWidget):
    """`at` is the time step whose answer counts: that of the last token."""

    changed = Signal(object)  # Own, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.pieces = QLineEdit(self), QLabel(self)
        self.pieces.setWordWrap(True)
        self.pieces.setTextFormat(Qt.TextFormat.RichText)
        self.button = QPushButton(self)
        self.button.setCheckable(True)
        self.warmth = QSlider(Qt.Orientation.Horizontal, self)
        self.warmth.setRange(0, WARMEST)
        self.warmth.setValue(USUAL)
        self.warmth_title = QLabel(self)
        self.at = -1
        self.chance = np.random.default_rng()
        self._subject: Subject | None = None
        self._left = 0  # tokens still to be written
        beside = QHBoxLayout()
        for widget in (self.button, self.warmth_title):
            beside.addWidget(widget)
        beside.addWidget(self.warmth, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(self.line)
        column.addWidget(self.pieces)
        column.addLayout(beside)
        column.addStretch()
        self.line.textEdited.connect(self._typed)
        self.button.toggled.connect(self._write_on)
        keep_up(self, self.retranslate, self._say_pieces)

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.line.setPlaceholderText(tr("try.type"))
        self.line.setAccessibleName(tr("try.type"))
        self.line.setToolTip(tr("try.type.tip"))
        self.button.setText(tr("try.write"))
        self.button.setToolTip(tr("try.write.tip"))
        self.warmth_title.setText(tr("try.warmth"))
        for widget in (self.warmth, self.warmth_title):
            widget.setToolTip(tr("try.warmth.tip"))
        self.warmth.setAccessibleName(tr("try.warmth"))

    @property
    def vocabulary(self) -> Vocabulary:
        """That of the present data box."""
        if self._subject is None:
            return Vocabulary(())
        return vocabulary_of(self._subject.dataset, self._subject.box.card.shape.limit)

    def use(self, subject: Subject) -> None:
        """Begin a line for another data box."""
        self._subject = subject
        card = subject.box.card
        continues = card.per_step and card.classes == card.shape.limit and card.characters > 0
        for widget in (self.button, self.warmth, self.warmth_title):
            widget.setVisible(continues)
        self.button.setChecked(False)
        self.line.clear()
        self._ask()

    def show_sample(self, shown: Shown, subject: Subject) -> None:
        """Write a sample of the data into the line."""
        numbers = [int(i) for i in shown.samples.raw[0].reshape(-1)]
        padding = self.vocabulary.tokens[:1] in ((PADDING,), ("",))
        while padding and numbers and numbers[-1] == 0:
            numbers.pop()
        self.line.setText(self.vocabulary.write(numbers))
        self._ask()

    def hear(self, reply: Reply | None) -> None:
        """Write the next token, as long as one is wanted."""
        if reply is None or not self.button.isChecked() or reply.answers.ndim < 2:
            return
        if self._left <= 0:
            self.button.setChecked(False)
            return
        self._left -= 1
        number = drawn_token(reply.answers[self.at], self.warmth.value() / 10, self.chance)
        more = self.vocabulary.write([number])
        between = " " if self.vocabulary.has_words and self.line.text() else ""
        self.line.setText(self.line.text() + between + more)
        self._ask()

    def _write_on(self, on: bool) -> None:
        self._left = MOST_WRITTEN if on else 0
        if on:
            self._ask()

    def _typed(self) -> None:
        self.button.setChecked(False)
        self._ask()

    def _ask(self) -> None:
        self._say_pieces()
        subject = self._subject
        if subject is None:
            return
        numbers = [n for _, n in self.vocabulary.read(self.line.text()) if n >= 0]
        longest = subject.box.card.shape.time
        numbers = numbers[-longest:] if subject.box.card.per_step else numbers[:longest]
        self.at = len(numbers) - 1
        self.changed.emit(Own(np.array(numbers, np.int64)) if numbers else None)

    def _say_pieces(self) -> None:
        """Each token by itself; what the network does not know is struck out."""
        known, unknown = colour("text").name(), colour("error").name()
        ground = colour("hover").name()
        shown, lost = [], []
        for piece, number in self.vocabulary.read(self.line.text())[-60:]:
            signs = {written: sign for sign, written in SIGNS.items()}
            text = escape(signs.get(piece, piece))
            if number < 0:
                lost.append(piece)
                shown.append(f'<s style="color:{unknown}">{text}</s>')
            else:
                shown.append(f'<span style="color:{known};background:{ground}">{text}</span>')
        self.pieces.setText(" ".join(shown))
        tip = tr("try.pieces.tip")
        if lost:
            tip += "\n" + tr("try.unknown", pieces=" ".join(dict.fromkeys(lost)))
        self.pieces.setToolTip(tip)
