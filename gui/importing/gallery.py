"""Pictures in a grid with the names of their classes, and beside it how many each class has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.importing.count_bars import CountBars
from gui.theme import STEP
from gui.words import tr

SIDE = 84  # of a picture, pixels
WIDE = 2 * SIDE  # of a sequence
BESIDE = 240


class Gallery(QWidget):
    """Whatever can be shown as pictures with classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = QListWidget()
        self.setFocusProxy(self.grid)
        self.grid.setViewMode(QListView.ViewMode.IconMode)
        self.grid.setResizeMode(QListView.ResizeMode.Adjust)
        self.grid.setMovement(QListView.Movement.Static)
        self.grid.setUniformItemSizes(True)
        self._size(SIDE, SIDE)
        self.grid.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.grid.setFrameShape(QFrame.Shape.NoFrame)
        self.heading, self.bars = QLabel(), CountBars()
        self.heading.setObjectName("heading")
        beside, area = QWidget(), QScrollArea()
        inner = QVBoxLayout(beside)
        inner.setContentsMargins(2 * STEP, 0, 2 * STEP, 0)
        inner.addWidget(self.heading)
        inner.addWidget(self.bars)
        inner.addStretch(1)
        beside.setObjectName("panel")
        area.setWidgetResizable(True)
        area.setFixedWidth(BESIDE)
        area.setWidget(beside)
        self._area = area
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.grid, 1)
        row.addWidget(area)

    def _size(self, width: int, height: int) -> None:
        self.grid.setIconSize(QSize(width, height))
        self.grid.setGridSize(QSize(width + 4 * STEP, height + 8 * STEP))

    def show_pictures(
        self,
        images: Sequence[QImage],
        names: Sequence[str],
        tips: Sequence[str] = (),
        wide: bool = False,
    ) -> None:
        """Show images with a name below each, and a hover text if there are any.

        `wide` ones are sequences: they fill their place, whatever their proportions.
        """
        self.grid.clear()
        self._size(WIDE if wide else SIDE, SIDE)
        for place, (image, name) in enumerate(zip(images, names, strict=True)):
            item = QListWidgetItem(_icon(image, wide), name)
            item.setToolTip(tips[place] if place < len(tips) else name)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.grid.addItem(item)
        self.grid.setAccessibleName(tr("import.gallery.name"))

    def show_counts(self, names: Sequence[str], counts: Sequence[int]) -> None:
        """Show how many each class has; nothing where there are no classes."""
        self._area.setVisible(bool(names))
        self.heading.setText(tr("import.per_class"))
        self.bars.setAccessibleName(tr("import.per_class"))
        self.bars.show_counts(tuple(zip(names, counts, strict=True)))


def _icon(image: QImage, wide: bool) -> QIcon:
    """A picture as large as its place; enlarged ones keep the squares that the network sees."""
    is_small = max(image.width(), image.height()) < SIDE
    mode = Qt.TransformationMode.FastTransformation
    if not is_small:
        mode = Qt.TransformationMode.SmoothTransformation
    if wide:
        scaled = image.scaled(WIDE, SIDE, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
    else:
        scaled = image.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, mode)
    pixmap = QPixmap.fromImage(scaled)
    found = QIcon(pixmap)
    found.addPixmap(pixmap, QIcon.Mode.Selected)  # without a tint
    return found
