"""What the columns of a table are proposed to be: their names, types, and what they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from engine.data.own.table_values import Days, Notation, gaps_among
from engine.data_protocol import Complaint
from engine.spec.options import Options

LONGEST_NAME = 200  # as Column.name has it
FITTING = 0.9  # so large a share of a column's cells must be what its type says
FEW = 20  # different whole numbers that may be labels
MOST_LABELS = 100  # different texts that are proposed as categories of an input
LONG = 20  # characters: longer texts are rather to be read than told apart


def _listed(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", words))


TARGETS = _listed(
    """label labels class classes target targets species y outcome output result diagnosis
    survived category quality price 标签 类别 分类 类型 种类 品种 目标 结果 输出 诊断 等级"""
)
IDS = _listed("id ids no no. nr index row uid key 序号 编号 学号 行号 索引 id号")
UNNAMED = re.compile(r"x\d+|Unnamed: \d+")
ID_ENDING = re.compile(r".*(?:[_ \-.]id|[a-z]ID|Id|编号|序号|学号)")


def column_names(given: Sequence[str]) -> tuple[tuple[str, ...], list[Complaint]]:
    """A name of its own for each column, of one printable line; complaints name what was changed.

    Columns without a name are x1, x2, …; a name that comes again gets a number: "a (2)".
    """
    names: list[str] = []
    complaints = []
    taken: set[str] = set()
    for i, text in enumerate(given):
        # what a column is called is kept in documents, which hold no signs that nobody can see
        name = "".join(c for c in " ".join(text.split()) if c.isprintable())[:LONGEST_NAME].strip()
        plain, number = name or f"x{i + 1}", 1
        name = plain
        while name in taken:
            number += 1
            name = f"{plain[: LONGEST_NAME - 8]} ({number})"
        if number > 1:
            complaints.append(Complaint("column_renamed", {"name": plain, "now": name}))
        taken.add(name)
        names.append(name)
    return tuple(names), complaints


@dataclass(frozen=True, slots=True)
class Finding:
    """What the first cells of a column look like.

    type : of the recipe's column
    filled : number of cells that are no gaps
    categories : number of different texts among them
    whole : whether they are whole numbers
    counting : whether they count rows: 0, 1, 2 … or 1, 2, 3 …
    length : mean number of characters
    """

    type: str
    filled: int
    categories: int
    whole: bool
    counting: bool
    length: float

    @property
    def unique(self) -> bool:
        """Whether no text comes twice."""
        return self.categories == self.filled > 1


def finding_of(cells: Sequence[str], notation: Notation) -> Finding:
    """Look at the first cells of one column."""
    gaps = gaps_among(cells)
    filled = [cell.strip() for cell in cells if cell not in gaps]
    texts = set(filled)
    if not filled:
        return Finding("number", 0, 0, False, False, 0.0)
    values, wrong = notation.numbers(filled)
    is_number = len(filled) - len(wrong) >= FITTING * len(filled)
    whole = is_number and not wrong and bool((values == values.round()).all())
    counting = whole and len(values) > 2 and values[0] in (0, 1)
    counting = counting and bool((values[1:] - values[:-1] == 1).all())
    length = fmean(map(len, filled))
    kind = "category"
    if is_number:
        kind = "number"
    elif len(filled) - len(Days().add(filled)) >= FITTING * len(filled):
        kind = "date"
    elif len(texts) > MOST_LABELS or (len(texts) > 0.5 * len(filled) and len(filled) > 5):
        # a Chinese character says as much as three letters
        chinese = any("\u4e00" <= c <= "\u9fff" for c in "".join(filled[:FEW]))
        kind = "text" if length > (LONG / 3 if chinese else LONG) else "category"
    return Finding(kind, len(filled), len(texts), whole, counting, length)


def proposed(
    names: Sequence[str], findings: Sequence[Finding], given: Sequence[Options]
) -> tuple[Options, ...]:
    """A recipe's column for each name: as given for those that are, otherwise as it looks."""
    known = {str(column["name"]): column for column in given}
    roles = {name: str(known[name].get("role", "input")) for name in names if name in known}
    target = None
    if "target" not in roles.values():
        target = _target_of(names, findings, set(roles))
    types = [_type_of(i, target, finding) for i, finding in enumerate(findings)]
    has_text = any(roles.get(n) == "input" and known[n].get("type") == "text" for n in roles)
    spoken = _spoken(names, findings, target, roles)
    columns = []
    for i, (name, finding) in enumerate(zip(names, findings, strict=True)):
        if name in known:
            columns.append(_complete(known[name], finding))
            continue
        role = "input"
        if i == target:
            role = "target"
        elif has_text or is_useless(name, finding) or (types[i] == "text" and i != spoken):
            role = "ignored"
        columns.append(_column(name, types[i], role))
    return tuple(columns)


def _type_of(i: int, target: int | None, finding: Finding) -> str:
    if i != target:
        return finding.type
    labels = finding.whole and finding.categories <= FEW
    if labels and finding.filled >= 3 * finding.categories and finding.categories > 1:
        return "category"
    return "category" if finding.type == "text" else finding.type


def _target_of(names: Sequence[str], findings: Sequence[Finding], given: set[str]) -> int | None:
    """The last column with one of the usual names, or else the last one that tells something."""
    free = [i for i, name in enumerate(names) if name not in given and findings[i].filled]
    exact = [i for i, n in enumerate(names) if n not in given and n.strip().lower() in TARGETS]
    named = [i for i in free if _words(names[i]) & TARGETS]
    useful = [i for i in free if not is_useless(names[i], findings[i])]
    short = [i for i in useful if findings[i].type not in ("text", "date")]
    return next((group[-1] for group in (exact, named, short, useful) if group), None)


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[\W_]+", name.lower()) if word not in ("x", "y")}


def is_useless(name: str, finding: Finding) -> bool:
    """Whether a column only numbers or names the rows, or is empty."""
    if not finding.filled:
        return True
    called = name.strip().lower() in IDS or bool(ID_ENDING.fullmatch(name.strip()))
    if called and (finding.whole or finding.type in ("category", "text")):
        return finding.unique or finding.categories > 0.5 * finding.filled
    named = finding.type == "category" and finding.categories > 0.5 * finding.filled
    # rows are often numbered in a column without a name; x = 1, 2, 3 … may be worth learning from
    counting = finding.counting and bool(UNNAMED.fullmatch(name))
    return counting or (named and finding.filled > 5)


def _spoken(
    names: Sequence[str], findings: Sequence[Finding], target: int | None, roles: dict[str, str]
) -> int | None:
    """The column of text to learn from, where there is nothing else: a text stands alone."""
    others = [i for i, name in enumerate(names) if i != target and name not in roles]
    useful = [i for i in others if not is_useless(names[i], findings[i])]
    texts = [i for i in useful if findings[i].type == "text"]
    if len(texts) < len(useful) or "input" in roles.values():
        return None
    return max(texts, key=lambda i: findings[i].length, default=None)


def _column(name: str, kind: str, role: str) -> Options:
    gaps = {"number": "mean", "date": "median", "category": "most_frequent", "text": "drop"}[kind]
    return Options({"name": name, "type": kind, "role": role, "gaps": gaps, "constant": 0.0})


def _complete(column: Options, finding: Finding) -> Options:
    """A given column with what it leaves open."""
    kind = str(column.get("type", finding.type))
    usual = _column(str(column["name"]), kind, str(column.get("role", "input")))
    return Options({**usual, **column})
