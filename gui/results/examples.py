"""Samples behind the counts: the surest mistakes, or those of a square; as pictures or in words."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import ClassResults
from gui.class_names import DataName, class_name, feature_name, tokens_text
from gui.formats import count, number, share
from gui.sizes import icons
from gui.theme import STEP, icon, px
from gui.thumbnails import draw, to_bytes, to_image
from gui.upkeep import keep_up
from gui.words import tr

PICTURE_RANK = 4  # (N, H, W, C)
SIDE = 48  # of a picture, pixels
WIDTH, HEIGHT = 92, 76  # of its cell
FEATURES = 6  # told of a sample
LONGEST = 60  # characters of a text


class Examples(QWidget):
    """A heading and a list; `closed` asks for the surest mistakes again."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.close_button, self.list = QLabel(), QToolButton(), QListWidget()
        self.heading.setObjectName("heading")
        self.heading.setWordWrap(True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        self.results: ClassResults | None = None
        self.dataset: DataName = ""
        keep_up(self, self.retranslate, self.recolour)

    def show_results(self, results: ClassResults, dataset: DataName) -> None:
        """Show the examples of some results."""
        self.results, self.dataset = results, dataset
        self.heading.setText(self._heading(results))
        self.close_button.setVisible(results.cell is not None)
        are_pictures = results.inputs.ndim == PICTURE_RANK and len(results.inputs) > 0
        kept = self.list.currentRow()
        self.list.clear()
        self.list.setViewMode(
            QListView.ViewMode.IconMode if are_pictures else QListView.ViewMode.ListMode
        )
        icons(self.list, SIDE, SIDE)
        self.list.setGridSize(QSize(px(WIDTH), px(HEIGHT)) if are_pictures else QSize())
        pictures = to_bytes(results.inputs) if are_pictures else None
        for i in range(len(results.samples)):
            item = QListWidgetItem(self.caption(i) if are_pictures else self.line(i))
            item.setToolTip(self.line(i))
            if pictures is not None:
                item.setIcon(_icon(pictures[i]))
            self.list.addItem(item)
        if 0 <= kept < self.list.count():
            self.list.setCurrentRow(kept)

    def _heading(self, results: ClassResults) -> str:
        if results.cell is None:
            key = "results.surest" if len(results.samples) else "results.no_mistakes"
            return tr(key)
        true, named = (class_name(self.dataset, k) for k in results.cell)
        whole = len(results.samples)
        if results.confusion is not None:
            whole = int(results.confusion[results.cell])
        words = {"true": true, "named": named, "count": count(whole)}
        key = "right" if results.cell[0] == results.cell[1] else "wrong"
        return tr(f"results.cell.{key}", **words)

    def caption(self, i: int) -> str:
        """Of a picture: 7 → 1 · 98 %."""
        results = self.results
        assert results is not None
        named = class_name(self.dataset, int(results.named[i]))
        sure = share(float(results.sure[i]))
        if results.true[i] == results.named[i]:
            return f"{named} · {sure}"
        return f"{class_name(self.dataset, int(results.true[i]))} → {named} · {sure}"

    def line(self, i: int) -> str:
        """All about a sample in a line: its number, what was said of it, what it is like."""
        results = self.results
        assert results is not None
        place = tr("results.sample", number=count(int(results.samples[i]) + 1))
        if results.steps[i] >= 0:
            step = count(int(results.steps[i]) + 1)
            place = tr("results.sample.step", sample=place, step=step)
        parts = [self.caption(i), place, self._features(results.inputs[i])]
        return "  ·  ".join(part for part in parts if part)

    def _features(self, sample: np.ndarray) -> str:
        if np.issubdtype(sample.dtype, np.integer) and sample.ndim == 1:
            text = tokens_text(self.dataset, sample.tolist())
            return text if len(text) <= LONGEST else text[:LONGEST] + "…"
        if sample.ndim != 1:
            return ""
        told = [
            f"{feature_name(self.dataset, j)} {number(float(value))}"
            for j, value in enumerate(sample[:FEATURES])
        ]
        return ", ".join(told) + (" …" if len(sample) > FEATURES else "")

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.list.setAccessibleName(tr("results.examples"))
        self.list.setToolTip(tr("results.examples.tip"))
        self.close_button.setAccessibleName(tr("results.surest.back"))
        self.close_button.setToolTip(tr("results.surest.back"))
        if self.results is not None:
            self.show_results(self.results, self.dataset)

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.close_button.setIcon(icon("mdi6.close"))


def _icon(picture: np.ndarray) -> QIcon:
    """A picture in a square, each of its pixels a square of whole pixels where there is room."""
    ground = QPixmap(px(SIDE), px(SIDE))
    ground.fill(Qt.GlobalColor.transparent)
    painter = QPainter(ground)
    draw(painter, to_image(picture), ground.rect().toRectF())
    painter.end()
    return QIcon(ground)
