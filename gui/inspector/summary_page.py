"""The inspector's page when nothing is selected: the drawing as a whole."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.formats import count
from gui.inspector.facts import Fact, Facts
from gui.inspector.repair import ProblemList
from gui.sizes import letters
from gui.store import DocumentStore
from gui.theme import STEP
from gui.words import tr

HEADING_POINTS = 12


class SummaryPage(QWidget):
    """How large the network is, what is wrong with it, and what to do next."""

    def __init__(self, store: DocumentStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4 * STEP)
        heading = QLabel(tr("inspector.network"))
        letters(heading, HEADING_POINTS, bold=True)
        self.hint = QLabel()
        self.hint.setObjectName("faint")
        self.hint.setWordWrap(True)
        self.facts = Facts()
        self.problems_heading = QLabel()
        self.problems_heading.setObjectName("heading")
        self.problems = ProblemList(store)
        for widget in (heading, self.hint, self.facts, self.problems_heading, self.problems):
            column.addWidget(widget)
        column.addStretch(1)

    def refresh(self) -> None:
        """Show the drawing as it is now."""
        network, analysis = self.store.document.network, self.store.analysis
        drawn = bool(network.nodes)
        self.hint.setText(tr("inspector.hint" if drawn else "inspector.empty"))
        complete = len(analysis.facts) == len(network.nodes)
        note = "" if complete else tr("inspector.incomplete")
        facts = [
            Fact(tr("inspector.boxes"), count(len(network.nodes))),
            Fact(tr("sum.parameters"), count(analysis.parameters), note),
            Fact(
                tr("sum.multiplications"),
                count(analysis.multiplications),
                tr("inspector.per_sample"),
            ),
        ]
        self.facts.show_facts(tr("inspector.size"), facts if drawn else [])
        problems = analysis.problems if drawn else ()
        self.problems.show_problems(problems)
        heading = tr("inspector.problems", count=count(len(problems)))
        self.problems_heading.setText(heading if problems else tr("inspector.no_problems"))
        self.problems_heading.setVisible(drawn)
