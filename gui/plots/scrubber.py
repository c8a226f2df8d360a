"""A slider over the run: every view shows the network as it was then."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from gui.moments import Moment
from gui.run import Run
from gui.theme import STEP, icon, px, theme
from gui.words import on_language_change, tr

WIDE, SIDE = 180, 18  # pixels


class Scrubber(QWidget):
    """One place of the slider for each moment whose weights are kept; the last is the present."""

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self.slider, self.place = QSlider(Qt.Orientation.Horizontal), QLabel()
        self.back = QToolButton()
        self.place.setObjectName("faint")
        keeps_room = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        keeps_room.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(keeps_room)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 3 * STEP, STEP)
        row.setSpacing(2 * STEP)
        for widget in (self.place, self.slider, self.back):
            row.addWidget(widget)
        self._moments: list[Moment] = []
        self.slider.valueChanged.connect(self._moved)
        self.back.clicked.connect(run.past.leave)
        run.status_changed.connect(self.refresh)
        run.held_changed.connect(self.refresh)
        run.history_replaced.connect(self.refresh)
        theme.changed.connect(self.dress)
        theme.resized.connect(self.dress)
        forget = on_language_change(self.dress)
        self.destroyed.connect(lambda: forget())
        self.dress()

    def dress(self) -> None:
        """Words and colours anew."""
        self.back.setIcon(icon("mdi6.page-last"))
        self.back.setIconSize(QSize(px(SIDE), px(SIDE)))
        self.slider.setFixedWidth(px(WIDE))
        self.back.setToolTip(tr("scrubber.back.tip"))
        self.back.setAccessibleName(tr("scrubber.back"))
        self.slider.setToolTip(tr("scrubber.tip"))
        self.slider.setAccessibleName(tr("scrubber.name"))
        self.refresh()

    def refresh(self) -> None:
        """Show the moments as they are now, and which of them is shown."""
        run = self.run
        self._moments = list(run.moments.all)
        shown = run.past.shown
        last = len(self._moments) - 1
        self.setVisible(last > 0 and run.fits)
        if not self.slider.isSliderDown():  # else it would jump from under the mouse
            self.slider.blockSignals(True)
            self.slider.setRange(0, max(last, 0))
            self.slider.setValue(self._moments.index(shown) if shown in self._moments else last)
            self.slider.blockSignals(False)
        self.back.setVisible(shown is not None)
        words, tip = tr("scrubber.present"), tr("scrubber.tip")
        if shown is not None:
            words, tip = tr("scrubber.place", epoch=shown.epochs), tr("scrubber.place.tip")
        if words != self.place.text():
            self.place.setText(words)
            self.place.setToolTip(tip)
            self.slider.setAccessibleDescription(words)

    def _moved(self, index: int) -> None:
        if 0 <= index < len(self._moments):
            self.run.past.show(self._moments[index])
