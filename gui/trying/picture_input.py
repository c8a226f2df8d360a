"""A picture of one's own: drawn, opened, pasted, or taken from the samples and changed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QFileDialog,
    QHBoxLayout,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import Shown
from engine.protocol import Own
from gui.theme import STEP, icon
from gui.thumbnails import to_bytes, to_image
from gui.trying.ink_surface import InkSurface, read_picture
from gui.trying.subject import Subject
from gui.upkeep import keep_up
from gui.words import tr

ICONS = {
    "brush": "mdi6.brush",
    "rubber": "mdi6.eraser",
    "undo": "mdi6.undo",
    "clear": "mdi6.trash-can-outline",
    "open": "mdi6.image-plus-outline",
    "colour": "",
}
THIN, THICK, USUAL = 3, 28, 16  # radius of the brush in pixels of the sheet


class PictureInput(QWidget):
    """The sheet, with its tools in a column beside it."""

    changed = Signal(object)  # Own, or None where nothing is drawn
    failed = Signal()  # a picture could not be read

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surface = InkSurface(self)
        self.buttons = {name: QToolButton(self) for name in ICONS}
        self.width_slider = QSlider(Qt.Orientation.Vertical, self)
        self.width_slider.setRange(THIN, THICK)
        self.width_slider.setValue(USUAL)
        self._exact: NDArray[Any] | None = None  # the sample that lies on the sheet, unchanged
        self._set_up()
        column = QVBoxLayout()
        column.setSpacing(STEP)
        for name in ("brush", "rubber", "colour"):
            column.addWidget(self.buttons[name])
        column.addWidget(self.width_slider, 1, Qt.AlignmentFlag.AlignHCenter)
        second = QVBoxLayout()
        second.setSpacing(STEP)
        for name in ("undo", "clear", "open"):
            second.addWidget(self.buttons[name])
        second.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.surface, 1)
        row.addLayout(column)
        row.addLayout(second)
        row.addStretch()
        keep_up(self, self.retranslate, self.recolour)

    def _set_up(self) -> None:
        tools = QButtonGroup(self)
        for name in ("brush", "rubber"):
            self.buttons[name].setCheckable(True)
            tools.addButton(self.buttons[name])
        self.buttons["brush"].setChecked(True)
        self.buttons["rubber"].toggled.connect(self._take_rubber)
        self.buttons["undo"].clicked.connect(self.surface.undo)
        self.buttons["clear"].clicked.connect(self.surface.clear)
        self.buttons["open"].clicked.connect(self.ask_open)
        self.buttons["colour"].clicked.connect(self._ask_colour)
        self.width_slider.valueChanged.connect(self._take_width)
        self.surface.inked.connect(self._inked)
        self.surface.handed.connect(self.take_picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet is square, with the tools beside it."""
        super().resizeEvent(event)
        self.surface.setMaximumWidth(max(self.height(), self.surface.minimumWidth()))

    def retranslate(self) -> None:
        """Show the words of the present language."""
        for name, button in self.buttons.items():
            button.setToolTip(tr(f"try.{name}.tip"))
            button.setAccessibleName(tr(f"try.{name}"))
        self.width_slider.setToolTip(tr("try.width.tip"))
        self.width_slider.setAccessibleName(tr("try.width"))
        self.surface.setAccessibleName(tr("try.sheet"))
        self.surface.setToolTip(tr("try.sheet.tip"))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        for name, symbol in ICONS.items():
            if symbol:
                self.buttons[name].setIcon(icon(symbol))
        self._show_tint()

    def use(self, subject: Subject) -> None:
        """Begin a sheet for pictures of a data box."""
        assert subject.frame is not None
        self._exact = None
        is_coloured = subject.frame.sizes[2] >= 3
        self.buttons["colour"].setVisible(is_coloured)
        self.surface.begin(is_coloured)
        self._show_tint()

    def show_sample(self, shown: Shown, subject: Subject) -> None:
        """Lay a sample of the data on the sheet, just as it is."""
        assert subject.frame is not None
        raw = shown.samples.raw[0].reshape(subject.frame.sizes)
        picture = raw if raw.dtype == np.uint8 else to_bytes(raw[None])[0]
        if picture.ndim == 3 and picture.shape[2] != 3:
            picture = picture[..., 0]
        self._exact = raw
        self.surface.put(to_image(picture), is_drawn=False)

    def take_picture(self, picture: QImage) -> None:
        """Lay a picture of one's own on the sheet."""
        if picture.isNull():
            self.failed.emit()
        else:
            self._exact = None
            self.surface.put(picture, is_drawn=True)

    def ask_open(self) -> None:
        """Ask for a file with a picture."""
        title = tr("try.open")
        kinds = f"{title} (*.png *.jpg *.jpeg *.bmp *.gif *.webp)"
        path, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if path:
            self.take_picture(read_picture(path))

    # what changes

    def _inked(self) -> None:
        self.buttons["undo"].setEnabled(self.surface.can_undo)
        self.buttons["clear"].setEnabled(not self.surface.is_blank)
        exact, self._exact = self._exact, None
        if self.surface.is_blank:
            self.changed.emit(None)
        elif exact is not None:
            self.changed.emit(Own(exact))
        else:
            self.changed.emit(Own(self.surface.pixels, self.surface.is_drawn))

    def _take_rubber(self, on: bool) -> None:
        self.surface.erases = on

    def _take_width(self, radius: int) -> None:
        self.surface.radius = float(radius)
        self.surface.update()

    def _ask_colour(self) -> None:
        tint = QColorDialog.getColor(self.surface.tint, self, tr("try.colour"))
        if tint.isValid():
            self.surface.tint = tint
            self._show_tint()

    def _show_tint(self) -> None:
        swatch = QPixmap(16, 16)
        swatch.fill(self.surface.tint)
        self.buttons["colour"].setIcon(swatch)
