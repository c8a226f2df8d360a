"""The inspector's page about several boxes: the options they share, edited at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.layers.base import CATALOGUE
from engine.spec.options import Choice, Option, Value, options_of
from gui.formats import count
from gui.inspector.editing import change_options
from gui.inspector.facts import Fact, Facts
from gui.inspector.form import OptionForm
from gui.store import DocumentStore
from gui.theme import STEP, font
from gui.words import tr

HEADING_POINTS = 12


class GroupPage(QWidget):
    """How many boxes are selected, what they cost together, and their common options."""

    def __init__(
        self, store: DocumentStore, ids: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.store, self.ids = store, ids
        self.options = self._common()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4 * STEP)
        heading = QLabel(tr("inspector.selected", count=count(len(ids))))
        heading.setFont(font(HEADING_POINTS, bold=True))
        note = QLabel(tr("inspector.together" if self.options else "inspector.nothing_common"))
        for label in (heading, note):
            label.setWordWrap(True)
        note.setObjectName("faint")
        kind = store.document.network.node(ids[0]).kind
        self.form = OptionForm(kind, self.options)
        self.form.edited.connect(self._edit)
        self.facts = Facts()
        for widget in (heading, note, self.form, self.facts):
            column.addWidget(widget)
        self.form.setVisible(bool(self.options))
        column.addStretch(1)

    def _common(self) -> dict[str, Option]:
        """The options that all selected boxes have, as far as one editor fits them all."""
        network = self.store.document.network
        kinds = [CATALOGUE.get(network.node(id).kind) for id in self.ids]
        first, *rest = [options_of(kind) if kind is not None else {} for kind in kinds]
        for table in rest:
            pairs = {name: (option, table[name]) for name, option in first.items() if name in table}
            both = {name: shared(*pair) for name, pair in pairs.items()}
            first = {name: option for name, option in both.items() if option is not None}
        return first

    def _edit(self, name: str, value: Value) -> None:
        change_options(self.store, self.ids, name, value)

    def refresh(self) -> None:
        """Show the boxes as they are now."""
        network = self.store.document.network
        values: dict[str, Value] = {}
        mixed = set()
        for name, option in self.options.items():
            found = [network.node(id).options.get(name, option.default) for id in self.ids]
            values[name] = found[0]
            if any(value != found[0] for value in found):
                mixed.add(name)
        self.form.show_values(values, mixed)
        facts = [
            self.store.analysis.facts[id] for id in self.ids if id in self.store.analysis.facts
        ]
        self.facts.show_facts(
            tr("inspector.size"),
            [
                Fact(tr("sum.parameters"), count(sum(fact.parameters for fact in facts))),
                Fact(
                    tr("sum.multiplications"),
                    count(sum(fact.multiplications for fact in facts)),
                    tr("inspector.per_sample"),
                ),
            ],
        )


def shared(one: Option, other: Option) -> Option | None:
    """An option that accepts what both accept; None if they mean different things."""
    if isinstance(one, Choice) and isinstance(other, Choice) and one.default == other.default:
        return replace(one, choices=tuple(c for c in one.choices if c in other.choices))
    return one if one == other else None
