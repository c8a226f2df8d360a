"""What the outline says of each box and comment: one line of words for one row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from engine.layers.analysis import Analysis, NodeFacts
from engine.spec.document import Document, Node, Note, Options
from engine.spec.problems import ERROR, Problem
from gui.box import TARGET
from gui.describe import kind_name, output_text, problem_text, titles
from gui.formats import count
from gui.outline.group_lines import Around
from gui.outline.main_options import main_text, named_text
from gui.words import language, tr

BOX, NOTE, GROUP = "box", "note", "group"
COLUMNS = ("name", "option", "output", "parameters", "reads", "problems")
NUMBERS = ("parameters",)  # what is aligned at the right
MOST_SAID = 2000  # sentences about problems that are kept


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `parent` is the id of the row that it lies in, or empty."""

    id: str
    sort: str  # BOX, NOTE or GROUP
    name: str
    kind: str = ""
    branch: str = ""  # where it reads, if that is not the row above
    option: str = ""  # its main options
    named: str = ""  # the same with their names
    output: str = ""
    parameters: str = ""
    reads: str = ""
    problems: str = ""
    severity: str = ""
    parent: str = ""

    def text(self, column: str) -> str:
        """What a column shows."""
        if column == "name" and self.branch:
            return tr("outline.branch", name=self.name, others=self.branch)
        return str(getattr(self, column))

    @property
    def spoken(self) -> str:
        """All that is known of it in one sentence, as a screen reader says it."""
        if self.sort == NOTE:
            return tr("outline.spoken.note", text=self.name)
        if self.sort == GROUP:
            return tr("outline.spoken.group", boxes=self.option)
        parts = [self.named]
        if self.output:
            parts.append(tr("outline.spoken.output", size=self.output))
        if self.parameters:
            parts.append(tr("outline.spoken.parameters", count=self.parameters))
        if self.reads:
            parts.append(tr("outline.spoken.reads", names=self.reads))
        parts.append(self.problems)
        return tr("outline.separator").join(part for part in parts if part)


class LineMaker:
    """Makes lines. What it said of options that are the same objects still, it need not work out.

    After an edit that is all boxes but one.
    """

    def __init__(self) -> None:
        self._said: dict[str, tuple[Options, str, str, str]] = {}
        self._faults_said: dict[tuple[object, ...], str] = {}  # a sentence looks at all boxes

    def lines_of(self, document: Document, analysis: Analysis) -> list[Line]:
        """All boxes in the order of computing, those in a circle last, and then the comments."""
        network, names = document.network, titles(document)
        nodes = {node.id: node for node in network.nodes}
        known = set(analysis.order)
        order = (*analysis.order, *(id for id in nodes if id not in known))
        sources: dict[str, list[str]] = defaultdict(list)
        for edge in network.edges:
            if edge.target_port != TARGET and edge.source not in sources[edge.target]:
                sources[edge.target].append(edge.source)
        problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in analysis.problems:
            if problem.nodes:
                problems[problem.nodes[0]].append(problem)
        found: list[Line] = []
        above, around = "", Around(document, analysis)
        for id in order:
            for group, name, boxes, learns in around.begun_at(id):
                home = around.parent.get(group, "")
                line = Line(group, GROUP, name, option=boxes, parameters=learns, parent=home)
                found.append(line)
            reads = tr("outline.and").join(names[source] for source in sources[id])
            line = Line(
                id,
                BOX,
                names[id],
                nodes[id].kind,
                "" if sources[id] in ([], [above]) else reads,
                *self._options(nodes[id]),
                *_sizes(analysis.facts.get(id)),
                reads,
                *self._faults(document, names, problems[id]),
                around.parent.get(id, ""),
            )
            found.append(line)
            above = id
        return found + [_note(note) for note in document.notes]

    def _options(self, node: Node) -> tuple[str, str]:
        """The main options without and with their names."""
        said = self._said.get(node.id)
        if said is None or said[0] is not node.options or said[1] != language() + node.kind:
            texts = main_text(node), named_text(node)
            self._said[node.id] = said = (node.options, language() + node.kind, *texts)
        return said[2], said[3]

    def _faults(
        self, document: Document, names: dict[str, str], problems: list[Problem]
    ) -> tuple[str, str]:
        """The sentences for problems, and the worst severity."""
        severities = {problem.severity for problem in problems}
        worst = ERROR if ERROR in severities else next(iter(severities), "")
        return " ".join(self._fault(document, names, problem) for problem in problems), worst

    def _fault(self, document: Document, names: dict[str, str], problem: Problem) -> str:
        numbers = problem.numbers
        named = (*problem.nodes, *(str(numbers.get(each, "")) for each in ("node", "before")))
        titles = tuple(names.get(id, id) for id in named)
        key = (language(), problem.code, titles, repr(dict(numbers)))
        if key not in self._faults_said:
            if len(self._faults_said) > MOST_SAID:
                self._faults_said.clear()
            self._faults_said[key] = problem_text(document, problem)
        return self._faults_said[key]


def _sizes(facts: NodeFacts | None) -> tuple[str, str]:
    """The output's size and the number of parameters, as far as they are known."""
    if facts is None:
        return "", ""
    number = facts.parameters
    return output_text(facts), count(number) if number else ""


def _note(note: Note) -> Line:
    words = " ".join(note.text.split())
    return Line(note.id, NOTE, words)


def searched(line: Line) -> str:
    """All that the filter looks at."""
    kind = f"{line.kind} {kind_name(line.kind)}" if line.kind else ""
    return f"{line.text('name')} {line.option} {line.output} {kind} {line.problems}".casefold()
