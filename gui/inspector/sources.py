"""Quiet lines about where a layer, and what its options choose, was first described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.spec.options import Value
from engine.spec.papers import Paper, paper_of, papers_of
from gui.describe import value_text
from gui.theme import STEP
from gui.words import tr


def paper_text(paper: Paper) -> str:
    """Authors, title, year."""
    return tr("inspector.paper", authors=paper.authors, title=paper.title, year=paper.year)


def chosen_text(option: str, value: Value) -> str:
    """The paper about what an option chooses, after the name of that; empty if there is none."""
    paper = paper_of(option, value)
    if paper is None:
        return ""
    return tr("inspector.paper.of", name=value_text(option, value), paper=paper_text(paper))


class Sources(QWidget):
    """A heading and the papers of a layer and of its choices; hidden while there are none."""

    def __init__(self, has_heading: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * STEP if has_heading else 0, 0, 0)
        column.setSpacing(STEP)
        heading, self.lines = QLabel(tr("inspector.sources")), QLabel()
        heading.setObjectName("heading")
        self.lines.setObjectName("faint")
        self.lines.setWordWrap(True)
        if has_heading:
            column.addWidget(heading)
        column.addWidget(self.lines)

    def show_sources(self, source: str, chosen: Mapping[str, Value]) -> None:
        """Show the papers of a declaration and of chosen values, each once."""
        text = "\n".join(dict.fromkeys(_lines(source, chosen)))
        self.lines.setText(text)
        self.setVisible(bool(text))


def _lines(source: str, chosen: Mapping[str, Value]) -> Iterator[str]:
    yield from (paper_text(paper) for paper in papers_of(source))
    yield from filter(None, (chosen_text(name, value) for name, value in chosen.items()))
