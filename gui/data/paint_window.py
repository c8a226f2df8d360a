"""The window in which points are painted: the square, and beside it classes and tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.spec.document import Document
from engine.spec.edits import set_options
from engine.spec.painting import MOST_POINTS, PAINTED, START, Points
from gui import set_words
from gui.data.brush import ERASER, SINGLE, SPRAY, TOOLS, Brush, copied, counts, to_start_from
from gui.data.class_buttons import ClassButtons
from gui.data.paint_surface import PaintSurface
from gui.describe import title
from gui.formats import count
from gui.help_page import has_page
from gui.store import DocumentStore
from gui.theme import STEP, icon, theme
from gui.words import on_language_change, tr

ICONS = {SPRAY: "mdi6.spray", SINGLE: "mdi6.circle-medium", ERASER: "mdi6.eraser"}
KEYS = {SPRAY: "S", SINGLE: "P", ERASER: "E"}
SIZES, DENSITIES = (2, 50), (1, 24)  # of the brush: hundredths of half a side; points a dab


class PaintWindow(QWidget):
    """Paints the points of one data box; every stroke is one step of undo."""

    def __init__(self, store: DocumentStore, box: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.store, self.box, self.brush = store, box, Brush()
        self.setObjectName("panel")
        has_page(self, "painting")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.surface, self.classes = PaintSurface(self.brush), ClassButtons()
        self.tools = {name: QToolButton() for name in TOOLS}
        self.size_slider, self.density = QSlider(), QSlider()
        self.seed, self.grid = QLineEdit("0"), QCheckBox()
        self.start, self.clear = QPushButton(), QPushButton()
        self.undo, self.redo = QToolButton(), QToolButton()
        self.total, self.names = QLabel(), [QLabel() for _ in range(3)]
        self.menu = QMenu(self)
        self._lay_out()
        self._connect()
        self._keys()
        self.resize(790, 520)
        self._retranslate()
        self._recolour()
        self._show()

    def _lay_out(self) -> None:
        for slider, (low, high), value in (
            (self.size_slider, SIZES, round(100 * self.brush.radius)),
            (self.density, DENSITIES, self.brush.density),
        ):
            slider.setOrientation(Qt.Orientation.Horizontal)
            slider.setRange(low, high)
            slider.setValue(value)
        self.seed.setValidator(QIntValidator(0, 999_999, self))
        self.undo.setEnabled(self.store.undo_stack.canUndo())
        self.redo.setEnabled(self.store.undo_stack.canRedo())
        self.grid.setChecked(True)
        self.start.setMenu(self.menu)
        self.total.setObjectName("faint")
        tools = QHBoxLayout()
        tools.setSpacing(STEP)
        for button in self.tools.values():
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tools.addWidget(button, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(3 * STEP)
        form.setVerticalSpacing(2 * STEP)
        fields = (self.size_slider, self.density, self.seed)
        for name, widget in zip(self.names, fields, strict=True):
            form.addRow(name, widget)
        ends = QGridLayout()
        ends.setSpacing(2 * STEP)
        ends.addWidget(self.start, 0, 0, 1, 3)
        ends.addWidget(self.clear, 1, 0)
        ends.addWidget(self.undo, 1, 1)
        ends.addWidget(self.redo, 1, 2)
        ends.setColumnStretch(0, 1)
        side = QVBoxLayout()
        side.setSpacing(4 * STEP)
        side.addWidget(self.classes, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (tools, form):
            side.addLayout(part)
        side.addWidget(self.grid)
        side.addStretch(1)
        side.addWidget(self.total)
        side.addLayout(ends)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 4 * STEP)
        row.setSpacing(4 * STEP)
        row.addWidget(self.surface, 1)
        row.addLayout(side)

    def _connect(self) -> None:
        self.surface.painted.connect(self._painted)
        self.classes.chosen.connect(self._choose_class)
        for name, button in self.tools.items():
            button.clicked.connect(partial(self.use, name))
        self.size_slider.valueChanged.connect(self._resized)
        self.density.valueChanged.connect(lambda value: setattr(self.brush, "density", value))
        self.seed.textChanged.connect(lambda text: setattr(self.brush, "seed", int(text or "0")))
        self.grid.toggled.connect(self.surface.show_grid)
        self.clear.clicked.connect(lambda: self._put((), tr("edit.clear_points")))
        self.undo.clicked.connect(self.store.undo_stack.undo)
        self.redo.clicked.connect(self.store.undo_stack.redo)
        self.store.changed.connect(self._document_changed)
        self.store.replaced.connect(self.close)
        self.store.undo_stack.canUndoChanged.connect(self.undo.setEnabled)
        self.store.undo_stack.canRedoChanged.connect(self.redo.setEnabled)
        theme.changed.connect(self._recolour)
        forget = on_language_change(self._retranslate)
        self.destroyed.connect(lambda: forget())

    def _keys(self) -> None:
        undo, standard = self.store.undo_stack, QKeySequence.StandardKey
        calls: list[tuple[QKeySequence, Callable[[], object]]] = [
            (QKeySequence(standard.Undo), undo.undo),
            (QKeySequence(standard.Redo), undo.redo),
            (QKeySequence("Ctrl+Y"), undo.redo),
            (QKeySequence("Esc"), self.close),
        ]
        calls += [(QKeySequence(key), partial(self.use, name)) for name, key in KEYS.items()]
        for label in range(len(self.classes.buttons)):
            key = QKeySequence(str((label + 1) % 10))
            calls.append((key, partial(self.classes.choose, label)))
        known: set[str] = set()
        for key, call in calls:  # Ctrl+Y is what some systems call redo anyway
            if key.toString() not in known:
                known.add(key.toString())
                QShortcut(key, self).activated.connect(call)

    # what is in the hand

    def use(self, tool: str) -> None:
        """Take a tool."""
        self.brush.tool = tool
        self.tools[tool].setChecked(True)
        self.surface.update()

    def _choose_class(self, label: int) -> None:
        self.brush.label = label
        if self.brush.tool == ERASER:
            self.use(SPRAY)
        self.surface.update()

    def _resized(self, value: int) -> None:
        self.brush.radius = value / 100
        self.surface.update()

    # the points

    @property
    def points(self) -> Points:
        """The points of the box, as the document has them."""
        kept = self.store.document.network.node(self.box).options.get("points", START)
        return kept  # type: ignore[return-value]  # what the option accepts

    def _painted(self, points: Points) -> None:
        fewer = len(points) < len(self.points)
        self._put(points, tr("edit.erase_points" if fewer else "edit.paint_points"))

    def _put(self, points: Points, label: str) -> None:
        self.store.edit(label, lambda document: set_options(document, self.box, {"points": points}))

    def _copy(self, dataset: str, checked: bool = False) -> None:
        self._put(copied(dataset), tr("edit.copy_points", name=set_words.name(dataset)))

    def _document_changed(self, old: Document, new: Document) -> None:
        network = new.network
        is_there = network.has(self.box)
        if not is_there or network.node(self.box).options.get("dataset") != PAINTED:
            self.close()  # there is nothing to paint on any more
        else:
            self._show()

    def _show(self) -> None:
        points = self.points
        self.surface.show_points(points)
        self.classes.show_counts(counts(points))
        limit = count(MOST_POINTS)
        self.total.setText(tr("paint.total", count=count(len(points)), limit=limit))
        self.clear.setEnabled(bool(points))

    # language and theme

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("paint.title", box=title(self.store.document, self.box)))
        self.surface.setAccessibleName(tr("paint.surface"))
        for name, button in self.tools.items():
            button.setText(tr(f"paint.{name}"))
            button.setToolTip(tr(f"paint.{name}.tip", key=KEYS[name]))
        self.tools[self.brush.tool].setChecked(True)
        rows = (("size", self.size_slider), ("density", self.density), ("seed", self.seed))
        for label, (name, widget) in zip(self.names, rows, strict=True):
            label.setText(tr(f"paint.{name}"))
            label.setToolTip(tr(f"paint.{name}.tip"))
            widget.setToolTip(tr(f"paint.{name}.tip"))
            widget.setAccessibleName(tr(f"paint.{name}"))
        self.grid.setText(tr("paint.grid"))
        self.grid.setToolTip(tr("paint.grid.tip"))
        self.start.setText(tr("paint.start"))
        self.start.setToolTip(tr("paint.start.tip"))
        self.clear.setText(tr("paint.clear"))
        self.clear.setToolTip(tr("paint.clear.tip"))
        for button, tip in ((self.undo, "paint.undo"), (self.redo, "paint.redo")):
            button.setToolTip(tr(tip))
            button.setAccessibleName(tr(tip))
        self.menu.clear()
        for name in to_start_from():
            action = QAction(set_words.name(name), self.menu)
            action.triggered.connect(partial(self._copy, name))
            self.menu.addAction(action)
        if self.store.document.network.has(self.box):
            self._show()

    def _recolour(self) -> None:
        for name, button in self.tools.items():
            button.setIcon(icon(ICONS[name]))
        self.undo.setIcon(icon("mdi6.undo"))
        self.redo.setIcon(icon("mdi6.redo"))
        self.classes.update()
