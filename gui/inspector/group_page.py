"""The inspector's page about several boxes: the options they share, edited at once."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.layers.base import CATALOGUE
from engine.spec.options import Option, Value, options_of
from gui.describe import titles
from gui.formats import count
from gui.inspector.common import common_options
from gui.inspector.editing import change_options, give_defaults, take_back
from gui.inspector.facts import Fact, Facts
from gui.inspector.form import OptionForm
from gui.level import level
from gui.option_words import hover, option_name
from gui.sizes import letters
from gui.store import DocumentStore
from gui.theme import STEP
from gui.words import tr

HEADING_POINTS = 12
NAMED = 12  # boxes that are named one by one
SEVERAL = (
    "several"  # the owner of options of different layer types: their words are the common ones
)


class GroupPage(QWidget):
    """Which boxes are selected, what they cost together, and their common options."""

    def __init__(
        self, store: DocumentStore, ids: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.store, self.ids = store, ids
        self.kinds = [store.document.network.node(id).kind for id in ids]
        self.options = common_options(self.kinds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4 * STEP)
        heading = QLabel(tr("inspector.selected", count=count(len(ids))))
        letters(heading, HEADING_POINTS, bold=True)
        self.names = QLabel()
        note = QLabel(tr("inspector.together" if self.options else "inspector.nothing_common"))
        for label in (heading, self.names, note):
            label.setWordWrap(True)
        note.setObjectName("faint")
        owner = self.kinds[0] if len(set(self.kinds)) == 1 else SEVERAL
        self.form = OptionForm(owner, self.options)
        self.form.simplify(level.options(self.form.options))
        self.form.edited.connect(self._edit)
        self.form.reset_wanted.connect(self._reset)
        self.form.stroke.connect(self.store.begin_stroke)
        self.form.taken_back.connect(lambda name: take_back(self.store, self.ids, name))
        self.facts = Facts()
        for widget in (heading, self.names, note, self.form, self.facts):
            column.addWidget(widget)
        self.form.setVisible(bool(self.options))
        column.addStretch(1)

    def _own(self, place: int, name: str) -> Option:
        """The option of the box at a place, with its own default and bounds."""
        return options_of(CATALOGUE[self.kinds[place]])[name]

    def _edit(self, name: str, value: Value) -> None:
        change_options(self.store, self.ids, name, value)

    def _reset(self, name: str) -> None:
        """Each box gets back the default of its own layer type."""
        defaults = {id: self._own(i, name).default for i, id in enumerate(self.ids)}
        give_defaults(self.store, defaults, name)

    def refresh(self) -> None:
        """Show the boxes as they are now."""
        self._name_boxes()
        network = self.store.document.network
        values: dict[str, Value] = {}
        mixed, changed = set(), set()
        for name in self.options:
            defaults = [self._own(i, name).default for i in range(len(self.ids))]
            pairs = zip(self.ids, defaults, strict=True)
            found = [network.node(id).options.get(name, default) for id, default in pairs]
            values[name] = found[0]
            if any(value != found[0] for value in found):
                mixed.add(name)
            if found != defaults:
                changed.add(name)
            if len(set(defaults)) > 1:
                heading = option_name(self.form.owner, name)
                self.form.rows[name].reset.setToolTip(hover(heading, tr("inspector.reset_each")))
        self.form.show_values(values, mixed)
        for name, row in self.form.rows.items():
            row.reset.setVisible(name in changed)
        self._show_facts()

    def _name_boxes(self) -> None:
        known = titles(self.store.document)
        every = [known[id] for id in self.ids]
        between = tr("inspector.names.between")
        names, more = between.join(every[:NAMED]), len(every) - NAMED
        if more > 0:
            names = tr("inspector.names.more", names=names, count=count(more))
        self.names.setText(names)
        self.names.setToolTip(hover(tr("inspector.selected", count=count(len(every))), *every[:40]))

    def _show_facts(self) -> None:
        known = self.store.analysis.facts
        facts = [known[id] for id in self.ids if id in known]
        note = "" if len(facts) == len(self.ids) else tr("inspector.incomplete")
        products = sum(fact.multiplications for fact in facts)
        lines = [
            Fact(tr("sum.parameters"), count(sum(fact.parameters for fact in facts)), note),
            Fact(tr("sum.multiplications"), count(products), tr("inspector.per_sample")),
        ]
        self.facts.show_facts(tr("inspector.size"), lines)
