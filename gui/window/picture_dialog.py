"""What a picture of the network is to look like, with the picture itself beside the choices."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.canvas.picture import Picture
from gui.canvas.picture_files import FORMATS, GROUNDS, MOST_SCALE, as_image, pixels
from gui.canvas.scene import CanvasScene
from gui.formats import count
from gui.settings import Settings
from gui.theme import STEP, colour, icon
from gui.words import tr

PARTS = ("whole", "selected")
SCALES = tuple(str(scale) for scale in range(1, MOST_SCALE + 1))
SQUARE = 8  # pixels of the pattern that stands for nothing
PREVIEW = QSize(440, 320)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen."""

    ids: tuple[str, ...]  # of the boxes; none are all
    form: str
    ground: str
    scale: int


class Preview(QWidget):
    """The picture as large as there is room, over a pattern where it is transparent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: Picture | None = None
        self.ground = ""
        self.setMinimumSize(PREVIEW)

    def show_picture(self, picture: Picture, ground: str) -> None:
        """Show another picture."""
        self.picture, self.ground = picture, ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("window"))
        room = self.rect().adjusted(STEP, STEP, -STEP, -STEP)
        image = as_image(self.picture, self.ground, 2)
        image.setDevicePixelRatio(1.0)
        shown = image.scaled(
            room.size() * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        place = shown.deviceIndependentSize().toSize()
        left = room.left() + (room.width() - place.width()) // 2
        top = room.top() + (room.height() - place.height()) // 2
        painter.setClipRect(left, top, place.width(), place.height())
        if self.ground == "transparent":
            painter.fillRect(self.rect(), QColor("#ffffff"))
            for x in range(left, left + place.width(), SQUARE):
                for y in range(top, top + place.height(), SQUARE):
                    if (x - left + y - top) // SQUARE % 2:
                        painter.fillRect(x, y, SQUARE, SQUARE, QColor("#dddddd"))
        painter.drawImage(left, top, shown)


class PictureDialog(QDialog):
    """Remembers what was chosen last."""

    def __init__(
        self,
        scene: CanvasScene,
        selected: tuple[str, ...],
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scene, self.selected, self.settings = scene, selected, settings
        self.setWindowTitle(tr("picture.title"))
        self.preview, self.size_line = Preview(), QLabel()
        self.preview.setAccessibleName(tr("picture.preview"))
        self.preview.setToolTip(tr("picture.preview"))
        self.size_line.setObjectName("faint")
        self.part = self._choice("part", PARTS, "selected" if selected else "whole")
        self.part.setEnabled(bool(selected))
        self.ground = self._choice("ground", GROUNDS, self._kept("ground", GROUNDS))
        self.form = self._choice("form", FORMATS, self._kept("form", FORMATS))
        self.scale = QComboBox()
        for scale in SCALES:
            self.scale.addItem(f"{scale}×", scale)
        self.scale.setCurrentIndex(SCALES.index(self._kept("scale", SCALES, "2")))
        self._lay_out()
        for choice in (self.part, self.ground, self.form, self.scale):
            choice.currentIndexChanged.connect(self._refresh)
        self._refresh()

    def _kept(self, name: str, allowed: tuple[str, ...], default: str = "") -> str:
        return self.settings.text(f"picture_{name}", allowed, default or allowed[0])

    def _choice(self, name: str, values: tuple[str, ...], chosen: str) -> QComboBox:
        box = QComboBox()
        for value in values:
            box.addItem(tr(f"picture.{name}.{value}"), value)
        box.setCurrentIndex(values.index(chosen))
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * STEP)
        grid.setVerticalSpacing(2 * STEP)
        rows = {"part": self.part, "ground": self.ground, "form": self.form, "scale": self.scale}
        for row, (name, box) in enumerate(rows.items()):
            label = QLabel(tr(f"picture.{name}"))
            label.setBuddy(box)
            box.setAccessibleName(tr(f"picture.{name}"))
            for widget in (label, box):
                widget.setToolTip(tr(f"picture.{name}.tip"))
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.addWidget(self.size_line, len(rows), 1)
        grid.setRowStretch(len(rows) + 1, 1)
        self.save = QPushButton(tr("picture.save"))
        self.save.setIcon(icon("mdi6.content-save-outline", colour("on_accent")))
        self.save.setToolTip(tr("picture.save.tip"))
        self.save.setDefault(True)
        cancel = QPushButton(tr("file.cancel"))
        cancel.setToolTip(tr("picture.cancel"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        across = QHBoxLayout()
        across.setSpacing(5 * STEP)
        across.addWidget(self.preview, 1)
        across.addLayout(grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 4 * STEP)
        column.setSpacing(4 * STEP)
        column.addLayout(across, 1)
        column.addWidget(buttons)

    @property
    def wish(self) -> Wish:
        """What is chosen now."""
        ids = self.selected if self.part.currentData() == "selected" else ()
        scale = int(self.scale.currentData())
        return Wish(ids, self.form.currentData(), self.ground.currentData(), scale)

    def _refresh(self) -> None:
        wish = self.wish
        self.scale.setEnabled(wish.form == "png")
        picture = Picture(self.scene, wish.ids)
        size = pixels(picture, wish.scale if wish.form == "png" else 1)
        wide, tall = count(size.width()), count(size.height())
        self.size_line.setText(tr("picture.size", width=wide, height=tall))
        self.preview.show_picture(picture, wish.ground)

    def accept(self) -> None:
        """Remember the choices for the next time."""
        for name, box in (("ground", self.ground), ("form", self.form), ("scale", self.scale)):
            self.settings.set_text(f"picture_{name}", str(box.currentData()))
        super().accept()
