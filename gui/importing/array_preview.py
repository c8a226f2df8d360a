"""The arrays of a file: names, shapes, kinds of numbers, and the first samples."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import ArrayGlimpse
from gui.formats import number
from gui.importing.column_header import ROLE_ICONS, role_colour
from gui.importing.gallery import Gallery
from gui.theme import STEP, icon
from gui.thumbnails import to_bytes, to_image
from gui.words import tr

SHOWN = 12  # numbers of a sample
USES = {"x": "input", "target": "target"}


class ArrayPreview(QWidget):
    """Above the list of arrays, below it the first samples, as pictures where they are some."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrays, self.numbers, self.gallery = _table(), _table(), Gallery()
        self.setFocusProxy(self.arrays)
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(self.arrays, 2)
        column.addWidget(self.heading)
        column.addWidget(self.numbers, 3)
        column.addWidget(self.gallery, 3)

    def show_arrays(self, glimpse: ArrayGlimpse) -> None:
        """Show what was found."""
        self._list(glimpse)
        self.heading.setText(tr("import.first_samples"))
        first = np.asarray(glimpse.first)
        targets = [_short(target) for target in np.asarray(glimpse.targets)]
        targets += [""] * (len(first) - len(targets))
        images = _pictures(first)
        self.gallery.setVisible(images is not None)
        self.numbers.setVisible(images is None)
        if images is not None:
            self.gallery.show_pictures([to_image(p) for p in images], targets[: len(images)])
            self.gallery.show_counts((), ())
        else:
            self._show_numbers(first, targets)

    def _list(self, glimpse: ArrayGlimpse) -> None:
        self.arrays.setAccessibleName(tr("import.arrays.list"))
        keys = ("import.array.name", "import.array.shape", "import.array.kind", "import.array.use")
        self.arrays.setColumnCount(len(keys))
        self.arrays.setHorizontalHeaderLabels([tr(key) for key in keys])
        self.arrays.setRowCount(len(glimpse.arrays))
        self.arrays.horizontalHeader().setDefaultSectionSize(150)
        self.arrays.verticalHeader().setDefaultSectionSize(26)
        uses = {str(glimpse.recipe.get(option, "")): option for option in USES}
        for row, (name, shape, kind) in enumerate(glimpse.arrays):
            use = uses.get(name, "")
            shown = "×".join(f"{n:,}" for n in shape)
            words = tr(f"option.arrays.{use}.name") if use else "–"
            for place, text in enumerate((name, shown, kind, words)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if use and text is words:
                    role = USES[use]
                    item.setIcon(icon(ROLE_ICONS[role], role_colour(role)))
                self.arrays.setItem(row, place, item)

    def _show_numbers(self, first: NDArray[Any], targets: list[str]) -> None:
        flat = first.reshape(len(first), -1) if first.size else first.reshape(len(first), 0)
        shown = flat[:, :SHOWN]
        heads = [f"[{i}]" for i in range(shown.shape[1])]
        if flat.shape[1] > SHOWN:
            heads.append("…")
        self.numbers.setAccessibleName(tr("import.first_samples"))
        self.numbers.setColumnCount(len(heads) + 1)
        self.numbers.setHorizontalHeaderLabels([tr("option.arrays.target.name"), *heads])
        self.numbers.setRowCount(len(shown))
        self.numbers.setColumnWidth(0, 160)
        self.numbers.verticalHeader().setDefaultSectionSize(26)
        for row, values in enumerate(shown):
            texts = [targets[row], *(_short(value) for value in values)]
            for place, text in enumerate(texts):
                self.numbers.setItem(row, place, QTableWidgetItem(text))


def _table() -> QTableWidget:
    table = QTableWidget()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.setObjectName("cells")
    head = table.horizontalHeader()
    head.setObjectName("rows")
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return table


def _pictures(first: NDArray[Any]) -> NDArray[np.uint8] | None:
    """Samples (N, H, W) or (N, H, W, 1 or 3) as pictures, others as None."""
    if first.ndim == 3 and min(first.shape[1:]) >= 6:
        first = first[..., None]
    if first.ndim != 4 or first.shape[-1] not in (1, 3) or first.dtype.kind not in "fiu":
        return None
    if first.dtype == np.uint8:
        return np.ascontiguousarray(first if first.shape[-1] == 3 else first[..., 0])
    return to_bytes(first)


def _short(value: Any) -> str:
    """A number or an array of numbers, as far as it can be shown in a cell."""
    array = np.asarray(value)
    if array.ndim:
        inner = ", ".join(_short(each) for each in array.reshape(-1)[:4])
        return f"[{inner}{', …' if array.size > 4 else ''}]"
    if array.dtype.kind == "f":
        return number(float(array))
    return str(array.item())
