"""The row above the predictions: how many are right, of which moment, and what to show."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.protocol import Predictions
from gui.formats import count, number, percent
from gui.plots.answers import ORDERS, Answers
from gui.plots.decision_map import SIGNS
from gui.plots.sequence_answers import has_steps
from gui.sizes import letters
from gui.theme import FONT_POINTS, STEP, class_colour, colour, icon
from gui.upkeep import keep_up
from gui.words import tr

SIDE = 16  # of the icon, pixels
RING, LINE = "◯", "<b>—</b>"
BETWEEN = "&nbsp;" * 3


class PredictionHeader(QWidget):
    """Words on the left, choices on the right."""

    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score, self.moment, self.legend = (QLabel(self) for _ in range(3))
        self.wrong_only, self.order = QToolButton(self), QComboBox(self)
        self.moment.setObjectName("faint")
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.wrong_only.setCheckable(True)
        self.wrong_only.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.wrong_only.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for order in ORDERS:
            self.order.addItem("", order)
        row = QHBoxLayout()
        row.setContentsMargins(3 * STEP, STEP, 2 * STEP, STEP)
        row.setSpacing(3 * STEP)
        row.addWidget(self.score)
        row.addWidget(self.moment)
        row.addStretch()
        row.addWidget(self.legend)
        row.addWidget(self.wrong_only)
        row.addWidget(self.order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._make_stale_line())
        self.wrong_only.toggled.connect(lambda _: self.choice_changed.emit())
        self.order.currentIndexChanged.connect(lambda _: self.choice_changed.emit())
        keep_up(self, self.retranslate, self.recolour)

    def _make_stale_line(self) -> QWidget:
        self.stale_line, self.stale_picture = QWidget(self), QLabel(self)
        self.stale = QLabel(self)
        row = QHBoxLayout(self.stale_line)
        row.setContentsMargins(3 * STEP, 0, 2 * STEP, STEP)
        row.setSpacing(2 * STEP)
        row.addWidget(self.stale_picture)
        row.addWidget(self.stale, 1)
        self.stale_line.hide()
        return self.stale_line

    @property
    def chosen_order(self) -> str:
        """One of ORDERS."""
        return str(self.order.currentData())

    def show_choices(self, visible: bool) -> None:
        """Show or hide filter and order."""
        self.wrong_only.setVisible(visible)
        self.order.setVisible(visible)

    def tell(self, predictions: Predictions, has_started: bool, wrong: int | None = None) -> None:
        """Say how good predictions are and which moment they belong to.

        `wrong` is the number of wrong ones shown, if only wrong ones are shown.
        """
        self.score.setText(score_text(predictions))
        parts = [moment_text(predictions.epoch, has_started)]
        shown, samples = len(predictions.inputs), predictions.samples or predictions.total
        if is_broken(predictions):
            pass  # there is nothing to show
        elif wrong is not None and not has_steps(predictions):
            counts = {"shown": count(wrong), "total": count(predictions.wrong)}
            parts.append(tr("plots.predictions.part.wrong", **counts))
        elif shown < samples:
            counts = {"shown": count(shown), "total": count(samples)}
            parts.append(tr("plots.predictions.part", **counts))
        self.moment.setText(" · ".join(parts))

    def tell_stale(self, words: str) -> None:
        """Say that the answers are of an earlier drawing; empty words say nothing."""
        self.stale.setText(words)
        self.stale_line.setVisible(bool(words))

    def show_legend(self, answers: Answers | None) -> None:
        """Name the classes of a map with their colours and shapes, or nothing."""
        self.legend.setVisible(answers is not None)
        if answers is not None:
            marks = [
                _mark(class_colour(i).name(), SIGNS[i % len(SIGNS)])
                + tr("plots.class", name=answers.name(i))
                for i in range(answers.probabilities.shape[1])
            ]
            marks.append(_mark(colour("text").name(), RING) + tr("plots.map.wrong"))
            self.legend.setText(BETWEEN.join(marks))

    def show_values_legend(self, is_curve: bool) -> None:
        """Explain points and line of a plot of numbers."""
        line = "text" if is_curve else "faint"
        kind = "curve" if is_curve else "scatter"
        self.legend.setVisible(True)
        marks = [
            _mark(colour("validation").name(), SIGNS[0]) + tr(f"plots.values.{kind}.dots"),
            _mark(colour(line).name(), LINE) + tr(f"plots.values.{kind}.line"),
        ]
        self.legend.setText(BETWEEN.join(marks))

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.wrong_only.setText(tr("plots.wrong_only"))
        self.wrong_only.setAccessibleName(tr("plots.wrong_only"))
        self.wrong_only.setToolTip(tr("plots.wrong_only.help"))
        self.order.setAccessibleName(tr("plots.order"))
        self.order.setToolTip(tr("plots.order.help"))
        for i, order in enumerate(ORDERS):
            self.order.setItemText(i, tr(f"plots.order.{order}"))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.wrong_only.setIcon(icon("mdi6.filter-outline"))
        symbol = icon("mdi6.information-outline", colour("faint"))
        self.stale_picture.setPixmap(symbol.pixmap(SIDE, SIDE))
        letters(self.score, FONT_POINTS + 1, bold=True)


def _mark(tint: str, sign: str) -> str:
    return f'<span style="color:{tint}">{sign}</span>&nbsp;'


def is_broken(predictions: Predictions) -> bool:
    """Whether there are no answers any more: the weights grew until nothing could be computed."""
    return not bool(np.isfinite(predictions.outputs).all())


def score_text(predictions: Predictions) -> str:
    """252 of 270 right (93.3 %); of numbers, how far they are off."""
    if is_broken(predictions):
        return tr("plots.predictions.broken")
    if predictions.task == "values":
        outputs = np.asarray(predictions.outputs, dtype=np.float64)
        far = np.abs(outputs - np.reshape(predictions.targets, outputs.shape))
        if predictions.counted is not None:
            far = far[predictions.counted > 0]
        return tr("plots.predictions.far", value=number(float(far.mean())) if far.size else "–")
    if has_steps(predictions):
        return _steps_text(predictions)
    right, total = predictions.total - predictions.wrong, predictions.total
    share = percent(right / total if total else 0.0)
    return tr("plots.predictions.right", right=count(right), total=count(total), share=share)


def _steps_text(predictions: Predictions) -> str:
    """2,412 of 2,700 steps right (89.3 %)."""
    right, total = predictions.total - predictions.wrong, predictions.total
    share = percent(right / total if total else 0.0)
    return tr("plots.predictions.steps", right=count(right), total=count(total), share=share)


def moment_text(epochs: int, has_started: bool) -> str:
    """Which moment of the run: before it, or after so many epochs."""
    if epochs:
        return tr("plots.moment.after", epoch=count(epochs))
    return tr("plots.moment.first" if has_started else "plots.moment.before")
