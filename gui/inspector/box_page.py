"""The inspector's page about one box."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.layers.analysis import NodeFacts, build_layer
from engine.layers.base import CATALOGUE
from engine.layers.data import Data
from engine.spec.document import Node
from engine.spec.options import NO_OPTIONS, BadOption, Options, Value, options_of
from engine.spec.painting import PAINTED
from engine.spec.shapes import Shape
from engine.spec.sources import OWN, Source, source_of
from gui.describe import title, value_text
from gui.formats import count
from gui.inspector.editing import change_options
from gui.inspector.facts import Fact, Facts
from gui.inspector.form import OptionForm
from gui.inspector.own_part import OwnPart
from gui.inspector.pictures.choosing import pictures_of
from gui.inspector.pictures.view import Pictures
from gui.inspector.repair import ProblemList
from gui.inspector.sources import Sources
from gui.level import level
from gui.option_words import axes_text, port_text, shape_text
from gui.sizes import letters
from gui.store import DocumentStore
from gui.theme import STEP, category_colour, icon, px
from gui.words import has, tr

ICON = 24
HEADING_POINTS = 12


class BoxPage(QWidget):
    """What one box is, what is wrong with it, its options, its sizes and how they come about."""

    own_data_wanted = Signal(str, str)  # id of the box, what is wanted: see OwnPart
    painting_wanted = Signal(str)  # id of the box

    def __init__(self, store: DocumentStore, id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store, self.id = store, id
        self.kind = store.document.network.node(id).kind
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4 * STEP)
        column.addLayout(self._head())
        self.problems = ProblemList(store)
        column.addWidget(self.problems)
        self.paint = QPushButton(tr("paint.open"))
        self.paint.setIcon(icon("mdi6.brush"))
        self.paint.setToolTip(tr("paint.open.tip"))
        self.paint.setAccessibleName(tr("paint.open"))
        self.paint.clicked.connect(lambda: self.painting_wanted.emit(self.id))
        column.addWidget(self.paint)
        self.own = OwnPart()
        self.own.wanted.connect(lambda what: self.own_data_wanted.emit(self.id, what))
        column.addWidget(self.own)
        layer = CATALOGUE.get(self.kind)
        self.form = OptionForm(self.kind, options_of(layer) if layer else {})
        self.form.simplify(level.options(self.form.options))
        self.form.edited.connect(self._edit)
        self.form.reset_wanted.connect(self._reset)
        self.form.stroke.connect(self.store.begin_stroke)
        column.addWidget(self.form)
        # the main picture stands above the options, but comes after them for the keyboard
        self.picture, self.bend = Pictures(), Pictures()
        column.insertWidget(column.indexOf(self.form), self.picture)
        column.addWidget(self.bend)
        self.form.setVisible(bool(self.form.rows))
        self.card, self.sizes, self.sums = Facts(), Facts(), Facts()
        for facts in (self.card, self.sizes, self.sums):
            column.addWidget(facts)
        column.addLayout(self._explanation())
        column.addStretch(1)
        self._open_fold_if_changed()

    def _head(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(1, 1)
        layer = CATALOGUE.get(self.kind)
        mark, self.title, line = QLabel(), QLabel(), QLabel()
        if layer is not None:
            tint = category_colour(layer.category)
            mark.setPixmap(icon(layer.icon, tint).pixmap(px(ICON), px(ICON)))
            category = tr(f"category.{layer.category}")
            mark.setToolTip(category)
            mark.setAccessibleName(category)
        letters(self.title, HEADING_POINTS, bold=True)
        self.title.setWordWrap(True)
        known = has(f"layer.{self.kind}.line")
        line.setText(tr(f"layer.{self.kind}.line") if known else tr("inspector.unknown_kind"))
        line.setObjectName("faint")
        line.setWordWrap(True)
        grid.addWidget(mark, 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(line, 1, 0, 1, 2)
        return grid

    def _explanation(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(STEP)
        if has(f"layer.{self.kind}.formula"):
            heading, formula = QLabel(tr("inspector.formula")), QLabel()
            heading.setObjectName("heading")
            formula.setText(tr(f"layer.{self.kind}.formula"))
            formula.setWordWrap(True)
            formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(heading)
            column.addWidget(formula)
        self.sources = Sources()
        column.addWidget(self.sources)
        return column

    def turn_to(self, id: str) -> None:
        """Be the page of another box of the same layer type; `refresh` shows it then."""
        self.id = id
        self.form.forget()
        self._open_fold_if_changed()

    def _open_fold_if_changed(self) -> None:
        options = self._node().options
        advanced = [o for o in self.form.options.values() if o.advanced]
        self.form.open_fold(any(options.get(o.name, o.default) != o.default for o in advanced))

    def _node(self) -> Node:
        return self.store.document.network.node(self.id)

    def _edit(self, name: str, value: Value) -> None:
        if name == "dataset" and value == OWN and self._source() is None:
            self.refresh()  # the set stays what it is until files were chosen
            self.own_data_wanted.emit(self.id, "file")
            return
        change_options(self.store, (self.id,), name, value)

    def _reset(self, name: str) -> None:
        self._edit(name, self.form.options[name].default)

    def _source(self) -> Source | None:
        """The files of one's own that a data box knows."""
        origin = self._node().options.get("origin", NO_OPTIONS)
        return source_of(origin) if isinstance(origin, Options) and origin else None

    def refresh(self) -> None:
        """Show the box as it is now."""
        self.title.setText(title(self.store.document, self.id))
        self.problems.show_problems(self.store.analysis.problems_of(self.id))
        self.form.show_values(dict(self._node().options), idle=self._idle())
        is_own = self.kind == "data" and self._node().options.get("dataset") == OWN
        self.own.setVisible(is_own)
        if is_own:
            self.own.show_source(self._source())
        self.paint.setVisible(self._node().options.get("dataset") == PAINTED)
        facts = self.store.analysis.facts.get(self.id)
        shown = pictures_of(facts)
        self.picture.show_pictures(shown[:1])
        self.bend.show_pictures(shown[1:])
        self._show_sources()
        self.card.show_facts(tr("inspector.data_set"), _data_facts(facts))
        self.sizes.show_facts(tr("inspector.sizes"), self._size_facts(facts))
        self.sums.show_facts(tr("inspector.sums"), _sum_facts(facts))

    def _show_sources(self) -> None:
        options, layer = self._node().options, CATALOGUE.get(self.kind)
        offered = {name: self.form.options[name].default for name in self.form.offered()}
        chosen = {name: options.get(name, default) for name, default in offered.items()}
        self.sources.show_sources(layer.source if layer is not None else "", chosen)

    def _idle(self) -> set[str]:
        """Options that have no meaning beside the others."""
        try:
            layer = build_layer(self._node())
        except (KeyError, BadOption):
            return set()
        return {name for name in self.form.options if not layer.applies(name)}

    def _size_facts(self, facts: NodeFacts | None) -> list[Fact]:
        if facts is None:
            unknown = CATALOGUE.get(self.kind) is None
            return [] if unknown else [Fact("", tr("inspector.no_sizes"))]
        found = []
        for port, shapes in facts.inputs.items():
            name = port_text(self.kind, port)
            for i, shape in enumerate(shapes, 1):
                found.append(_size(f"{name} {i}" if len(shapes) > 1 else name, shape))
        return found + [_size(port_text(self.kind, p), s) for p, s in facts.outputs.items()]


def _size(name: str, shape: Shape) -> Fact:
    return Fact(name, shape_text(shape), axes_text(shape))


def _sum_facts(facts: NodeFacts | None) -> list[Fact]:
    if facts is None or isinstance(facts.layer, Data):
        return []
    found = [Fact(tr(f"sum.{line.key}"), line.text, sum=True) for line in facts.arithmetic]
    if facts.multiplications:
        operations = count(facts.multiplications)
        found.append(Fact(tr("sum.multiplications"), operations, tr("inspector.per_sample"), True))
    return found


def _data_facts(facts: NodeFacts | None) -> list[Fact]:
    """Where the samples come from, and how many go to each part."""
    if facts is None or not isinstance(facts.layer, Data):
        return []
    data = facts.layer
    line = Fact("", tr(f"dataset.{data.dataset}.line"))
    scaling = value_text("scaling", data.scaling_way)
    parts = zip(("training", "validation", "test"), data.part_sizes, strict=True)
    return [
        line,
        Fact(tr("sum.samples"), count(data.total)),
        *(Fact(tr(f"part.{name}"), tr("inspector.about", count=count(n))) for name, n in parts),
        Fact(tr("inspector.split"), value_text("split", data.division)),
        Fact(tr("inspector.scaling"), scaling),
        *_provenance(data.dataset),
    ]


def _provenance(dataset: str) -> list[Fact]:
    """What to beware of in a bundled set, where it comes from, and under which licence."""
    if dataset == OWN:
        return []
    return [
        Fact(tr("inspector.caution"), tr(f"dataset.{dataset}.caution")),
        Fact(tr("inspector.origin"), tr(f"dataset.{dataset}.source")),
        Fact(tr("inspector.licence"), tr(f"dataset.{dataset}.licence")),
    ]
