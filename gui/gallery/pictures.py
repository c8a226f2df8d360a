"""Pictures of drawings for cards: painted as the canvas does, a step at a time while nobody waits.

A picture is kept in memory and as a file, under a name made of all that it shows: the document, the
language, the theme and the size. Who asks gets it at once or is told when it is there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from engine.layers.data import Data
from engine.spec.codec import Unreadable
from engine.spec.document import Document
from gui.box import GLIMPSE
from gui.canvas.picture import Picture
from gui.canvas.scene import CanvasScene
from gui.canvas.small_picture import fitted, low_boxes
from gui.specimen_painter import MARGIN, paint_specimen
from gui.specimens import specimens
from gui.store import DocumentStore
from gui.theme import theme
from gui.words import language

MOST_KEPT, MOST_FILES = 200, 600
FORM = 1  # to be raised when boxes look otherwise, so that old files are not shown


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that was asked for."""

    stamp: str
    load: Callable[[], Document]
    size: QSize
    ratio: float


class Pictures(QObject):
    """Makes one picture at a time, the one asked for last first: that is what is seen now."""

    made = Signal(str)  # the stamp of a picture

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: dict[str, Wish] = {}
        self._work: Iterator[None] | None = None
        self._doing = ""  # the name of what is being made
        self._soon = QTimer(self)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._go_on)

    def get(
        self, stamp: str, load: Callable[[], Document], size: QSize, ratio: float = 1.0
    ) -> QPixmap | None:
        """The picture of a document in at most `size`, or None while it is being made.

        stamp : what tells this document from all others; `load` is called when it is wanted
        ratio : pixels of the screen per pixel
        """
        name = _name(stamp, size, ratio)
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        if name != self._doing:
            self._wanted.pop(name, None)
            self._wanted[name] = Wish(stamp, load, size, ratio)
            self._soon.start()
        return None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left to be made."""
        return self._work is None and not self._wanted

    def _go_on(self) -> None:
        """Do one step: find a file, read a document and lay out its boxes, or paint."""
        if self._work is None:
            if not self._wanted:
                self._soon.stop()
                return
            self._doing = next(reversed(self._wanted))
            self._work = self._steps(self._doing, self._wanted.pop(self._doing))
        if next(self._work, "end") == "end":
            self._work, self._doing = None, ""

    def _steps(self, name: str, wish: Wish) -> Iterator[None]:
        """Language and theme may change in between: then the picture is not made."""
        image = self._from_file(name)
        if image is None:
            yield
            try:
                store = DocumentStore(wish.load())
            except (OSError, Unreadable):
                self._keep(name, wish, QPixmap())  # nothing to be shown
                return
            yield
            with low_boxes():
                picture = drawing(store)
            # by Qt, because scene and store are a circle, which Python may break in another thread
            store.deleteLater()
            yield
            if name != _name(wish.stamp, wish.size, wish.ratio):
                return
            with low_boxes():
                image = fitted(picture, wish.size, wish.ratio)
            self._to_file(name, image)
        image.setDevicePixelRatio(wish.ratio)
        self._keep(name, wish, QPixmap.fromImage(image))

    def _keep(self, name: str, wish: Wish, pixmap: QPixmap) -> None:
        self._kept[name] = pixmap
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self._doing = ""
        self.made.emit(wish.stamp)

    # files

    def _from_file(self, name: str) -> QImage | None:
        if self.folder is None:
            return None
        image = QImage(str(self.folder / f"{name}.png"))
        return None if image.isNull() else image

    def _to_file(self, name: str, image: QImage) -> None:
        """Keep a picture for the next start; where that is not possible, it is made again."""
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            files = sorted(self.folder.glob("*.png"), key=lambda path: path.stat().st_mtime)
            for old in files[: max(0, len(files) - MOST_FILES)]:
                old.unlink(missing_ok=True)
            image.save(str(self.folder / f"{name}.png"), "PNG")  # type: ignore[call-overload]


def _name(stamp: str, size: QSize, ratio: float) -> str:
    mode = "dark" if theme.is_dark else "light"
    parts = (stamp, language(), mode, size.width(), size.height(), ratio, FORM)
    return sha256(repr(parts).encode()).hexdigest()[:24]


def drawing(store: DocumentStore) -> Picture:
    """All boxes and edges of a document, its data boxes with a few of their samples."""
    scene = CanvasScene(store, parent=store)
    for node in store.document.network.nodes:
        dataset = node.options.get("dataset", "")
        if node.kind == Data.kind and dataset in specimens():
            scene.show_glimpse(node.id, _samples(str(dataset)))
    return Picture(scene)


def _samples(dataset: str) -> QPixmap:
    sharp = 3
    pixmap = QPixmap((GLIMPSE.size() * sharp).toSize())
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.scale(sharp, sharp)
    room = QRectF(0.0, 0.0, GLIMPSE.width(), GLIMPSE.height())
    spare = MARGIN - 1.0  # the box has a margin of its own
    paint_specimen(painter, room.adjusted(-spare, -spare, spare, spare), specimens()[dataset])
    painter.end()
    return pixmap
