"""The panel where a person gives the network something of their own and sees what it says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import Shown
from engine.protocol import Flow, Own, Reply
from gui import formats
from gui.data_client import DataClient
from gui.empty import EmptyState
from gui.run import Run
from gui.store import DocumentStore
from gui.theme import STEP, icon
from gui.trying.answer_bars import AnswerBars
from gui.trying.asking import Asking
from gui.trying.picture_input import PictureInput
from gui.trying.plane_input import PlaneInput
from gui.trying.received_view import ReceivedView
from gui.trying.samples import Samples
from gui.trying.subject import PICTURE, PLANE, TABLE, TOKENS, Subject, subject_of
from gui.trying.table_input import TableInput
from gui.trying.token_input import TokenInput
from gui.upkeep import keep_up
from gui.words import tr

STEPS = {
    "earlier": "mdi6.chevron-left",
    "random": "mdi6.dice-5-outline",
    "later": "mdi6.chevron-right",
}


Input = PictureInput | PlaneInput | TableInput | TokenInput


class TryPanel(QWidget):
    """Offers what fits the data of the drawing; costs nothing while nobody sees it."""

    failed = Signal()  # a picture could not be read
    flows_changed = Signal()  # what the boxes make of what is tried

    def __init__(
        self, store: DocumentStore, run: Run, client: DataClient, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.store, self.run = store, run
        self.subject: Subject | None = None
        self.asking = Asking(store, run, client, self.isVisible, self)
        self.samples = Samples(client, self)
        self.empty = EmptyState("mdi6.draw", "try.empty", "try.empty.line")
        self.picture, self.plane, self.table = PictureInput(), PlaneInput(), TableInput()
        self.tokens = TokenInput()
        self.inputs: dict[str, Input] = {
            PICTURE: self.picture,
            PLANE: self.plane,
            TABLE: self.table,
            TOKENS: self.tokens,
        }
        self.received, self.answer = ReceivedView(), AnswerBars()
        self.received_title, self.answer_title, self.samples_title = (QLabel() for _ in range(3))
        self.note, self.received_page = QLabel(), QWidget()
        self.steps = {name: QToolButton() for name in STEPS}
        self.in_boxes = QToolButton()
        self.in_boxes.setCheckable(True)
        self.in_boxes.setChecked(True)
        self.asking.wants_flows = True
        self.pages, self.given = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        keep_up(self, self.retranslate, self.recolour)

    def _lay_out(self) -> None:
        for page in self.inputs.values():
            self.given.addWidget(page)
        beside = QHBoxLayout()
        beside.addWidget(self.samples_title)
        for button in self.steps.values():
            beside.addWidget(button)
        beside.addStretch()
        beside.addWidget(self.in_boxes)
        first, third = QVBoxLayout(), QVBoxLayout()
        second = QVBoxLayout(self.received_page)
        second.setContentsMargins(0, 0, 0, 0)
        first.addWidget(self.given, 1)
        first.addLayout(beside)
        second.addWidget(self.received_title)
        second.addWidget(self.received, 1)
        third.addWidget(self.answer_title)
        third.addWidget(self.answer, 1)
        third.addWidget(self.note)
        for label in (self.received_title, self.answer_title, self.samples_title, self.note):
            label.setObjectName("faint")
        self.note.setWordWrap(True)
        content = QWidget()
        row = self._row = QHBoxLayout(content)
        row.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        row.setSpacing(4 * STEP)
        row.addLayout(first, 4)
        row.addWidget(self.received_page, 2)
        row.addLayout(third, 4)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _connect(self) -> None:
        self.store.changed.connect(lambda old, new: self._refresh())
        self.store.replaced.connect(self._refresh)
        self.asking.replied.connect(self._show_reply)
        self.run.status_changed.connect(self._say)
        self.samples.found.connect(self._show_sample)
        self.samples.surveyed.connect(self._survey)
        self.in_boxes.toggled.connect(self._show_in_boxes)
        self.steps["earlier"].clicked.connect(lambda: self.samples.step(-1))
        self.steps["random"].clicked.connect(self.samples.jump)
        self.steps["later"].clicked.connect(lambda: self.samples.step(1))
        self.picture.failed.connect(self.failed)
        for page in self.inputs.values():
            page.changed.connect(self._ask)

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.received_title.setText(tr("try.received"))
        self.samples_title.setText(tr("try.samples"))
        self.samples_title.setToolTip(tr("try.samples.tip"))
        for name, button in self.steps.items():
            button.setToolTip(tr(f"try.sample.{name}"))
            button.setAccessibleName(tr(f"try.sample.{name}"))
        self.in_boxes.setToolTip(tr("try.in_boxes.tip"))
        self.in_boxes.setAccessibleName(tr("try.in_boxes"))
        self._say()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        for name, symbol in STEPS.items():
            self.steps[name].setIcon(icon(symbol))
        self.in_boxes.setIcon(icon("mdi6.sitemap-outline"))

    # what fits

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
        self.asking.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.flows_changed.emit()

    @property
    def flows(self) -> dict[str, Flow]:
        """What each box makes of what is tried; empty while that is not to be shown."""
        reply = self.asking.reply
        return reply.flows if reply is not None and self.isVisible() else {}

    def _show_in_boxes(self, on: bool) -> None:
        self.asking.wants_flows = on
        self.asking.wake()

    def _refresh(self) -> None:
        """Offer what fits the drawing as it is now, if anybody sees it."""
        if not self.isVisible():
            return
        subject = subject_of(self.store.document, self.store.analysis)
        if subject is not None and subject.kind not in self.inputs:
            subject = None
        self.pages.setCurrentIndex(0 if subject is None else 1)
        before, self.subject = self.subject, subject
        if subject is None:
            self.asking.ask(None)
            return
        if before is None or before.options != subject.options:
            self.samples.use(subject.options)
            page = self.inputs[subject.kind]
            page.use(subject)
            self.given.setCurrentWidget(page)
            is_picture = subject.kind == PICTURE
            if subject.kind in (PLANE, TABLE):
                self.samples.survey()
            self.received_page.setVisible(is_picture)
            self._row.setStretch(0, 3 if is_picture else 4)
        self._say()

    def _survey(self, shown: Shown) -> None:
        if self.subject is not None:
            page = self.inputs[self.subject.kind]
            if isinstance(page, PlaneInput | TableInput):
                page.survey(shown)

    def _show_sample(self, shown: Shown) -> None:
        if self.subject is not None:
            self.inputs[self.subject.kind].show_sample(shown, self.subject)

    # questions and answers

    def _ask(self, own: Own | None) -> None:
        self.asking.ask(own)
        if own is None:
            self._say()

    def _show_reply(self, reply: Reply | None) -> None:
        subject = self.subject
        frame = subject.frame if subject is not None else None
        self.received.show_reply(reply, frame)
        dataset = subject.dataset if subject is not None else ""
        self.answer.show_reply(reply, dataset, self.tokens.at)
        self.flows_changed.emit()
        self._say()
        if subject is not None and subject.kind == TOKENS:
            self.tokens.hear(reply)

    def _say(self) -> None:
        """Whose weights answer, or why nothing is answered."""
        asking = self.asking
        if asking.reply is None:
            self.answer_title.setText(tr("try.answer"))
            is_asked = asking.own is not None
            self.note.setText(tr("try.no_answer" if is_asked else "try.begin"))
            return
        if asking.is_trained:
            self.answer_title.setText(tr("try.trained", epochs=formats.count(asking.epoch)))
            self.note.clear()
        else:
            self.answer_title.setText(tr("try.untrained"))
            self.note.setText(tr("try.untrained.note"))
