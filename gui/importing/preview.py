"""What was found in files, in the way that fits it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.data_protocol import (
    ArrayGlimpse,
    Glimpse,
    PictureGlimpse,
    SoundGlimpse,
    TableGlimpse,
    TextGlimpse,
)
from gui.importing.array_preview import ArrayPreview
from gui.importing.columns import Columns, columns_of
from gui.importing.gallery import Gallery
from gui.importing.sentences import summary, table_summary
from gui.importing.signals import heat, wave
from gui.importing.table_preview import TablePreview
from gui.importing.text_preview import TextPreview
from gui.thumbnails import to_image
from gui.words import tr


class Preview(QStackedWidget):
    """One page for each kind of glimpse; all follow the newest glimpse."""

    columns_changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.gallery = TablePreview(), Gallery()
        self.text, self.arrays = TextPreview(), ArrayPreview()
        for page in (self.table, self.gallery, self.text, self.arrays):
            self.addWidget(page)
        self.table.columns_changed.connect(self.columns_changed)
        self._glimpse: Glimpse | None = None

    def show_glimpse(self, glimpse: Glimpse, wanted: Columns = ()) -> str:
        """Show what was found; returns it in a line. `wanted` are a table's columns as asked."""
        is_new, self._glimpse = glimpse is not self._glimpse, glimpse
        match glimpse:
            case TableGlimpse():
                columns = wanted or columns_of(glimpse.recipe)
                self.table.show_table(glimpse, columns)
                self.setCurrentWidget(self.table)
                return table_summary(glimpse, columns)
            case PictureGlimpse() if is_new:
                self._show_pictures(glimpse)
            case SoundGlimpse() if is_new:
                self._show_sounds(glimpse)
            case TextGlimpse() if is_new:
                self.text.show_text(glimpse)
                self.setCurrentWidget(self.text)
            case ArrayGlimpse() if is_new:
                self.arrays.show_arrays(glimpse)
                self.setCurrentWidget(self.arrays)
        return summary(glimpse)

    def _show_pictures(self, glimpse: PictureGlimpse) -> None:
        images = [to_image(p[..., 0] if p.shape[-1] == 1 else p) for p in glimpse.pictures]
        names = [_name(glimpse.class_names, label) for label in glimpse.labels]
        tips = list(names)
        for place, (width, height) in enumerate(glimpse.originals[: len(names)]):
            size = "×".join(str(n) for n in glimpse.pictures.shape[2:0:-1])
            was = f"{width}×{height}"
            tips[place] = tr("import.picture", name=names[place], size=size, original=was)
        self.gallery.show_pictures(images, names, tips)
        self.gallery.show_counts(glimpse.class_names, glimpse.counts)
        self.setCurrentWidget(self.gallery)

    def _show_sounds(self, glimpse: SoundGlimpse) -> None:
        is_wave = glimpse.sounds.shape[-1] == 1
        images = [wave(s[:, 0]) if is_wave else heat(s) for s in glimpse.sounds]
        names = [_name(glimpse.class_names, label) for label in glimpse.labels]
        tips = [
            tr("import.sound", name=name, seconds=f"{seconds:.2f}")
            for name, seconds in zip(names, glimpse.seconds, strict=False)
        ]
        self.gallery.show_pictures(images, names, tips, wide=True)
        self.gallery.show_counts(glimpse.class_names, glimpse.counts)
        self.setCurrentWidget(self.gallery)

    def retranslate(self) -> None:
        """Say everything anew."""
        self.table.retranslate()
        self._glimpse = None


def _name(names: tuple[str, ...], label: int) -> str:
    return names[label] if 0 <= label < len(names) else str(label)
