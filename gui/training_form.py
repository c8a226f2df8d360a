"""The form of how a network is trained, made from the same editors as the inspector's forms."""

from __future__ import annotations

import secrets
from dataclasses import asdict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from engine.spec.document import Document
from engine.spec.edits import set_training
from engine.spec.options import Value, options_of
from engine.spec.training import AUTOMATIC, FIRST, FIXED, TrainingOptions
from gui.inspector.form import OptionForm
from gui.inspector.pictures.rates import rate_curve
from gui.inspector.pictures.view import CaptionedPicture
from gui.inspector.sources import Sources
from gui.level import level
from gui.option_words import TRAINING, hover, option_name
from gui.run import PAUSED, Run
from gui.store import DocumentStore
from gui.theme import icon, theme
from gui.words import on_language_change, tr

SEEDS = 1_000_000  # "new weights" chooses among so many, to keep the number easy to read out


class TrainingForm(QWidget):
    """Epochs, batch size, optimizer and the rest; the run learns of changes from the document."""

    def __init__(self, store: DocumentStore, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store, self.run = store, run
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.form: OptionForm | None = None
        self.dice: QToolButton | None = None
        self._locked: bool | None = None
        self.rebuild()
        store.changed.connect(self._document_changed)
        run.status_changed.connect(self._lock)
        theme.changed.connect(self.rebuild)
        level.changed.connect(self.rebuild)
        self.destroyed.connect(on_language_change(self.rebuild))

    def rebuild(self) -> None:
        """Make the form anew: other words, or other colours."""
        is_open = self.form is not None and self.form.fold.isChecked()
        if self.form is not None:
            self.form.hide()
            self.column.removeWidget(self.form)
            self.form.deleteLater()
        special = {"threads": {AUTOMATIC: tr("training.automatic")}}
        self.form = OptionForm(TRAINING, options_of(TrainingOptions), special)
        self.form.simplify(FIRST if level.is_beginner else None)
        self.form.edited.connect(self._edit)
        self.form.reset_wanted.connect(self._reset)
        self.form.stroke.connect(self.store.begin_stroke)
        self.form.open_fold(is_open)
        self.dice = self._dice()
        self.form.rows["seed"].add_button(self.dice)
        self.column.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        self.rates = CaptionedPicture(self)  # below the schedule it belongs to
        self.papers = {
            name: Sources(has_heading=False, parent=self)
            for name in ("optimizer", "schedule", "clipping")
        }
        for name, papers in self.papers.items():
            self.form.put_below(name, papers)
        self.form.put_below("schedule", self.rates)
        self.form.show()
        self.setAccessibleName(tr("training.name"))
        self._locked = None
        self._show()
        self._lock()

    def _dice(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("mdi6.dice-5-outline"))
        name = tr("training.new_weights")
        button.setAccessibleName(name)
        button.clicked.connect(self.new_weights)
        return button

    def new_weights(self) -> None:
        """Choose another seed and go back to the initial weights that follow from it."""
        old = self.store.document.training.seed
        seed = (old + 1 + secrets.randbelow(SEEDS - 1)) % SEEDS  # another one in any case
        self.store.edit(
            tr("training.new_weights"),
            lambda document: _with(document, "seed", seed),
        )
        self.run.reset()

    def _edit(self, name: str, value: Value) -> None:
        label = tr("edit.training", option=option_name(TRAINING, name))
        self.store.edit(
            label, lambda document: _with(document, name, value), merge=("training", name)
        )

    def _reset(self, name: str) -> None:
        assert self.form is not None
        self._edit(name, self.form.options[name].default)

    def _document_changed(self, old: Document, new: Document) -> None:
        if old.training != new.training:
            self._show()

    def _show(self) -> None:
        assert self.form is not None
        self.form.show_values(asdict(self.store.document.training))
        training = self.store.document.training
        self.rates.show_picture(rate_curve(training))
        self.rates.setVisible(training.schedule != "constant" or training.warm_up > 0)
        for name, papers in self.papers.items():
            papers.show_sources("", {name: getattr(training, name)})

    def _lock(self) -> None:
        """While a run goes on, or waits half-way, only what may change then can be changed."""
        run = self.run
        half_way = run.status == PAUSED and (run.epoch, run.batch) != (0, 0)
        locked = run.is_busy or half_way
        if locked == self._locked or self.form is None or self.dice is None:
            return
        self._locked = locked
        for name, row in self.form.rows.items():
            if locked and name in FIXED:
                row.lock(tr("training.locked"))
            else:
                row.unlock()
        self.form.set_careful(locked)
        reason = "training.locked" if locked else "training.new_weights.hover"
        self.dice.setToolTip(hover(tr("training.new_weights"), tr(reason)))


def _with(document: Document, name: str, value: Value) -> Document:
    values = asdict(document.training) | {name: value}
    return set_training(document, TrainingOptions(**values))
