"""Problems as a person meets them: the sentence, and buttons that repair what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from engine.spec.problems import ERROR, Fix, Problem
from gui.describe import fix_text, problem_text
from gui.inspector.preview import preview
from gui.option_words import hover
from gui.store import DocumentStore
from gui.theme import STEP, colour, icon
from gui.words import tr

SIDE = 12  # pixels of a button beside its text
ABOVE = 6
NATURAL = 420  # a button is not wider than this by itself


def problem_icon(problem: Problem) -> str:
    """The name of the icon that doubles the colour of a problem."""
    return "mdi6.alert-circle" if problem.severity == ERROR else "mdi6.alert"


def problem_colour(problem: Problem) -> str:
    """The name of the theme's colour for a problem."""
    return "error" if problem.severity == ERROR else "warning"


class RepairButton(QPushButton):
    """Applies one repair. Its text wraps; on hover it says what exactly it would change."""

    def __init__(self, store: DocumentStore, fix: Fix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_fix(fix)
        self.clicked.connect(self._apply)
        self._is_shown = False  # what it would do is seen on the canvas

    def set_fix(self, fix: Fix) -> None:
        """Stand for another repair, or for the same one of a newer drawing."""
        self.fix = fix
        text = fix_text(self.store.document, fix)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The preview is worked out when it may be read: it costs an analysis."""
        self._tell()
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._tell()
        super().focusInEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._forget()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._forget()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._forget()
        super().hideEvent(event)

    def _forget(self) -> None:
        """Show the drawing as it is again."""
        if self._is_shown:
            self._is_shown = False
            self.store.consider(None)

    def _tell(self) -> None:
        """Say what it would do, and show it on the canvas."""
        lines = preview(self.store.document, self.fix)
        self._is_shown = True
        self.store.consider(self.fix.edit(self.store.document))
        self.setToolTip(hover(self.text(), *lines))
        self.setAccessibleDescription("\n".join(lines))

    def _apply(self) -> None:
        self._is_shown = False  # the store takes the preview away before it changes anything
        self.store.edit(tr("edit.repair", repair=self.text()), self.fix.edit)

    # a push button whose text wraps

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        room = self.fontMetrics().boundingRect(0, 0, width - 2 * SIDE, 10_000, flags, self.text())
        return room.height() + 2 * ABOVE

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text())
        width = min(text + 2 * SIDE + STEP, NATURAL)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = 2 * SIDE + self.fontMetrics().averageCharWidth() * 8
        return QSize(width, self.fontMetrics().height() + 2 * ABOVE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        shown = QStyleOptionButton()
        self.initStyleOption(shown)
        shown.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, shown)
        painter.setPen(colour("text" if self.isEnabled() else "faint"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        painter.drawText(self.rect().adjusted(SIDE, 0, -SIDE, 0), flags, self.text())


class ProblemCard(QFrame):
    """One problem with its repairs. A click on the sentence asks to see the box concerned."""

    chosen = Signal(str)  # id of the box that is marked

    def __init__(
        self, store: DocumentStore, problem: Problem, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.setObjectName("card")
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        grid.setSpacing(2 * STEP)
        grid.setColumnStretch(1, 1)
        self.mark, self.sentence = QLabel(), QLabel()
        self.sentence.setWordWrap(True)
        grid.addWidget(self.mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.sentence, 0, 1)
        self.buttons: list[RepairButton] = []
        self.column = QVBoxLayout()
        self.column.setSpacing(STEP)
        grid.addLayout(self.column, 1, 0, 1, 2)
        self.set_problem(problem)

    def set_problem(self, problem: Problem) -> None:
        """Show another problem, keeping the buttons that can stay."""
        self.problem = problem
        text = problem_text(self.store.document, problem)
        self.sentence.setText(text)
        self.setAccessibleName(text)
        name = tr(f"problem.{problem.severity}")
        self.mark.setPixmap(
            icon(problem_icon(problem), colour(problem_colour(problem))).pixmap(18, 18)
        )
        self.mark.setToolTip(name)
        self.mark.setAccessibleName(name)
        self.sentence.setToolTip(tr("problem.show") if problem.nodes else name)
        for button, fix in zip(self.buttons, problem.fixes, strict=False):
            button.set_fix(fix)
        for fix in problem.fixes[len(self.buttons) :]:
            self.buttons.append(RepairButton(self.store, fix))
            self.column.addWidget(self.buttons[-1])
            self.buttons[-1].show()
        for button in self.buttons[len(problem.fixes) :]:
            discard(button)
        del self.buttons[len(problem.fixes) :]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # so that the release comes here too

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.problem.nodes:
            self.chosen.emit(self.problem.nodes[0])
        event.accept()


class ProblemList(QWidget):
    """Problems one below the other; hidden while there are none."""

    def __init__(self, store: DocumentStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.cards: list[ProblemCard] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * STEP)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show these problems, and nothing else."""
        for card, problem in zip(self.cards, problems, strict=False):
            card.set_problem(problem)
        for problem in problems[len(self.cards) :]:
            card = ProblemCard(self.store, problem)
            card.chosen.connect(lambda id: self.store.select((id,)))
            self.cards.append(card)
            self.column.addWidget(card)
            card.show()
        for card in self.cards[len(problems) :]:
            discard(card)
        del self.cards[len(problems) :]
        self.setVisible(bool(problems))


def discard(widget: QWidget) -> None:
    """Take a widget out of its panel; it may be the one whose event is being handled."""
    widget.hide()
    parent = widget.parentWidget()
    layout = parent.layout() if parent is not None else None
    if layout is not None:
        layout.removeWidget(widget)
    widget.deleteLater()
