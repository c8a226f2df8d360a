"""A slim strip over the canvas: the most important problem of the drawing, and what repairs it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from engine.layers.practices import ABOUT_TRAINING
from engine.spec.problems import ERROR, Problem
from gui.describe import problem_text
from gui.formats import count
from gui.inspector.repair import RepairButton, discard, problem_colour, problem_icon
from gui.store import DocumentStore
from gui.theme import RADIUS, STEP, colour, icon, theme
from gui.words import on_language_change, tr

MOST_REPAIRS = 2  # buttons in the strip; the inspector shows all
TINT, RIM = 0.12, 0.45  # shares of the problem's colour in the strip's background and border
LINES = 2  # of the sentence, with the buttons beside it; else they stand below


class ProblemStrip(QFrame):
    """One problem at a time, errors first; a click selects the box, arrows go to the others.

    A problem of the training asks for its form: `training_wanted`. One that does not follow the
    drawing by itself is told by its owner to `refresh`.
    """

    training_wanted = Signal()

    def __init__(
        self, store: DocumentStore, parent: QWidget | None = None, follows: bool = True
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.problems: tuple[Problem, ...] = ()
        self.index = 0
        self.setObjectName("problems")
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(3 * STEP, STEP, 2 * STEP, STEP)
        self.grid.setHorizontalSpacing(2 * STEP)
        self.grid.setVerticalSpacing(STEP)
        self.grid.setColumnStretch(1, 1)
        self.mark, self.sentence, self.counter = QLabel(), QLabel(), QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.counter.setObjectName("faint")
        self.repairs: list[RepairButton] = []
        self.offers, self._is_beside = QWidget(), True
        self.buttons = QHBoxLayout(self.offers)
        self.buttons.setContentsMargins(0, 0, 0, 0)
        self.buttons.setSpacing(STEP)
        self.previous, self.following = QToolButton(), QToolButton()
        self.previous.clicked.connect(lambda: self.go(-1))
        self.following.clicked.connect(lambda: self.go(1))
        self.grid.addWidget(self.mark, 0, 0)
        self.grid.addWidget(self.sentence, 0, 1)
        self.grid.addWidget(self.offers, 0, 2)
        for column, widget in enumerate((self.previous, self.counter, self.following), 3):
            self.grid.addWidget(widget, 0, column)
        self.refresh()
        if follows:
            store.changed.connect(self.refresh)
            theme.changed.connect(self.refresh)
            self.destroyed.connect(on_language_change(self.refresh))

    @property
    def problem(self) -> Problem | None:
        """The problem that is shown."""
        return self.problems[self.index] if self.problems else None

    def go(self, steps: int) -> None:
        """Show another problem, and select its box."""
        if self.problems:
            self.index = (self.index + steps) % len(self.problems)
            self._show()
            self.select_box()

    def select_box(self) -> None:
        """Select the box that the problem marks."""
        if self.problem is not None and self.problem.nodes:
            self.store.select(self.problem.nodes[:1])
        elif self.problem is not None and self.problem.code in ABOUT_TRAINING:
            self.training_wanted.emit()

    def refresh(self) -> None:
        """Show the drawing's problems as they are now; the one that was shown stays if it can."""
        shown = _name(self.problem)
        found = self.store.analysis.problems if self.store.document.network.nodes else ()
        self.problems = tuple(sorted(found, key=lambda problem: problem.severity != ERROR))
        names = [_name(problem) for problem in self.problems]
        stays = shown in names and self.problems[names.index(shown)].severity == ERROR
        self.index = names.index(shown) if stays else 0
        self._show()

    def _show(self) -> None:
        problem = self.problem
        self.setVisible(problem is not None)
        if problem is None:
            return
        text = problem_text(self.store.document, problem)
        self.sentence.setText(text)
        self.setAccessibleName(text)
        severity = tr(f"problem.{problem.severity}")
        self.sentence.setToolTip(tr("problem.show") if problem.nodes else severity)
        clickable = (
            Qt.CursorShape.PointingHandCursor if problem.nodes else Qt.CursorShape.ArrowCursor
        )
        self.sentence.setCursor(clickable)
        tint = colour(problem_colour(problem))
        self.mark.setPixmap(icon(problem_icon(problem), tint).pixmap(18, 18))
        self.mark.setToolTip(severity)
        self.mark.setAccessibleName(severity)
        self._show_repairs(problem)
        self._show_others()
        self._place_buttons()
        ground, rim = (mixed(tint, colour("card"), share).name() for share in (TINT, RIM))
        self.setStyleSheet(
            f"QFrame#problems {{ background: {ground}; border-radius: {RADIUS}px;"
            f" border: 1px solid {rim}; }}"
        )

    def _place_buttons(self) -> None:
        """Beside the sentence if that stays short there, otherwise on a line of their own."""
        others = [w for w in (self.previous, self.counter, self.following) if not w.isHidden()]
        used = [self.mark.sizeHint().width(), *(w.sizeHint().width() for w in others)]
        margins, apart = self.grid.contentsMargins(), self.grid.horizontalSpacing()
        room = self.width() - margins.left() - margins.right() - sum(used) - apart * len(used)
        hints = [button.sizeHint().width() + STEP for button in self.repairs]
        left = room - sum(hints) - apart
        beside = not hints or self._lines(left) <= min(LINES, self._lines(room) + 1)
        if beside != self._is_beside:
            self._is_beside = beside
            self.grid.removeWidget(self.offers)
            way = Qt.AlignmentFlag.AlignLeft
            if beside:
                self.grid.addWidget(self.offers, 0, 2)
            else:
                self.grid.addWidget(self.offers, 1, 1, 1, 5, way)
        self.offers.setVisible(bool(hints))

    def _lines(self, width: int) -> int:
        """How many lines the sentence takes in so many pixels."""
        if width < 1:
            return LINES + 1
        metrics, flags = self.sentence.fontMetrics(), Qt.TextFlag.TextWordWrap
        area = metrics.boundingRect(0, 0, width, 10_000, flags, self.sentence.text())
        return round(area.height() / metrics.lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def _show_repairs(self, problem: Problem) -> None:
        fixes = problem.fixes[:MOST_REPAIRS]
        for button, fix in zip(self.repairs, fixes, strict=False):
            button.set_fix(fix)
        for fix in fixes[len(self.repairs) :]:
            button = RepairButton(self.store, fix)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
            self.repairs.append(button)
            self.buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.show()  # now, not at Qt's next leisure: nothing flickers
        for button in self.repairs[len(fixes) :]:
            discard(button)
        del self.repairs[len(fixes) :]

    def _show_others(self) -> None:
        several = len(self.problems) > 1
        place, total = count(self.index + 1), count(len(self.problems))
        self.counter.setText(tr("problem.place", place=place, total=total))
        self.previous.setIcon(icon("mdi6.chevron-left"))
        self.following.setIcon(icon("mdi6.chevron-right"))
        names = {self.previous: "problem.previous", self.following: "problem.next"}
        for button, key in names.items():
            button.setToolTip(tr(key))
            button.setAccessibleName(tr(key))
        for widget in (self.previous, self.counter, self.following):
            widget.setVisible(several)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # so that the release comes here too

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.select_box()
        event.accept()


def _name(problem: Problem | None) -> tuple[object, ...]:
    return (problem.code, problem.nodes) if problem is not None else ()


def mixed(tint: QColor, ground: QColor, share: float) -> QColor:
    """`ground` with a share of `tint` in it, opaque."""
    pairs = zip(tint.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(share * a + (1.0 - share) * b) for a, b in pairs))
