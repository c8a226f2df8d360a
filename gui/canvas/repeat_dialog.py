"""How often a group is put in a row, with what the network then is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.layers.analysis import Analysis, analyse
from engine.layers.repeating import MOST, repeated
from engine.spec.document import Document
from engine.spec.groups import group_of
from gui.formats import count
from gui.theme import STEP, icon
from gui.words import tr

USUAL, ROOM = 3, 340  # times; pixels


class RepeatDialog(QDialog):
    """Asks for a number; `take` gets the document with the group so many times in a row."""

    def __init__(
        self, document: Document, id: str, take: Callable[[Document], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document, self._id, self._take = document, id, take
        self._before = analyse(document)
        name = group_of(document, id).name
        self.setWindowTitle(tr("repeat.title", name=name))
        self.times, self.about, self.warning = QSpinBox(), QLabel(), QLabel()
        self.times.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.times.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.times.setRange(2, MOST)
        self.times.setValue(USUAL)
        self.times.setToolTip(tr("repeat.times.tip"))
        self.times.setAccessibleName(tr("repeat.times"))
        self.about.setWordWrap(True)
        self.about.setMinimumWidth(ROOM)
        self.warning.setWordWrap(True)
        self.warning.setObjectName("faint")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(tr("repeat.do"))
        ok.setToolTip(tr("repeat.do.tip"))
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(tr("file.cancel"))
        cancel.setToolTip(tr("repeat.cancel.tip"))
        self._lay_out()
        self.times.valueChanged.connect(self._preview)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self._take(self._after()))
        self._preview()
        self.times.setFocus()
        self.times.selectAll()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for sign, step, key in (("minus", -1, "fewer"), ("plus", 1, "more")):
            button = QToolButton()
            button.setIcon(icon(f"mdi6.{sign}"))
            button.setToolTip(tr(f"repeat.{key}"))
            button.setAccessibleName(tr(f"repeat.{key}"))
            button.clicked.connect(lambda _=False, step=step: self.times.stepBy(step))
            row.addWidget(button)
        row.insertWidget(1, self.times, 1)
        form = QFormLayout()
        form.addRow(tr("repeat.times"), row)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 4 * STEP)
        column.setSpacing(3 * STEP)
        column.addLayout(form)
        for widget in (self.about, self.warning, self.buttons):
            column.addWidget(widget)

    def _after(self) -> Document:
        return repeated(self._document, self._id, self.times.value())

    def _preview(self) -> None:
        """Tell how large the network would be, and whether it would still work."""
        document = self._after()
        after = analyse(document)
        self.about.setText(
            tr(
                "repeat.about",
                layers=count(len(self._document.network.nodes)),
                more_layers=count(len(document.network.nodes)),
                parameters=count(self._before.parameters),
                more_parameters=count(after.parameters),
            )
        )
        self.warning.setText(_warning(self._before, after))


def _warning(before: Analysis, after: Analysis) -> str:
    new = len(after.errors) - len(before.errors)
    return tr("repeat.errors", count=count(new)) if new > 0 else tr("repeat.own_weights")
