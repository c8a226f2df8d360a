"""The pages of the help: written ones from resources/help, and one for each bundled data set.

A page has an id: the name of its file, or `dataset/<name>`. Links between pages are ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from engine.spec.datasets import CARDS, SHELVES, DataCard
from engine.spec.document import Node
from engine.spec.options import Options
from engine.spec.sources import OWN
from gui import set_words
from gui.class_names import class_name, feature_name
from gui.theme import RESOURCES
from gui.words import language, table, tr

FOLDER = RESOURCES / "help"
SETS = "dataset/"  # how the ids of the data sets' pages begin
FIRST = "data"
MOST_NAMES = 10  # classes that are named one by one
GROUPS = {
    "start": (FIRST,),
    "own": ("tables", "pictures", "collections", "arrays", "texts", "recordings"),
    "work": ("preparing", "data_panel", "baselines", "painting"),
}
WRITTEN = tuple(page for pages in GROUPS.values() for page in pages)
OF_FORM = {
    "table": "tables",
    "pictures": "pictures",
    "collection": "collections",
    "arrays": "arrays",
    "passage": "texts",
    "sounds": "recordings",
}
WORDS = re.compile(r"\{\{([\w.]+)\}\}")
SIGNS = re.compile(
    r"[*`#>|]+|^-+ |--+|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|\[", re.MULTILINE
)  # of Markdown, not of the text


@dataclass(frozen=True, slots=True)
class Group:
    """Pages under one heading of the table of contents."""

    title: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that a search found, and where in it."""

    page: str
    snippet: str


def contents() -> list[Group]:
    """The table of contents, in the language of the moment."""
    groups = [Group(tr(f"help.{name}"), pages) for name, pages in GROUPS.items()]
    for shelf in SHELVES:
        sets = tuple(f"{SETS}{name}" for name, card in CARDS.items() if card.category == shelf)
        groups.append(Group(tr("help.sets", category=tr(f"shelf.{shelf}")), sets))
    return groups


def pages() -> tuple[str, ...]:
    """The ids of all pages, in order."""
    return tuple(page for group in contents() for page in group.pages)


def exists(page: str) -> bool:
    """Whether there is such a page."""
    return page in WRITTEN or page.removeprefix(SETS) in CARDS


def page_of(box: Node | None) -> str:
    """The page about what is selected: a data box has that of its data."""
    if box is None or box.kind != "data":
        return FIRST
    dataset = str(box.options.get("dataset", next(iter(CARDS))))
    if dataset != OWN:
        return f"{SETS}{dataset}" if dataset in CARDS else FIRST
    origin = box.options.get("origin")
    form = origin.get("form", "") if isinstance(origin, Options) else ""
    return OF_FORM.get(str(form), FIRST)


def markdown(page: str) -> str:
    """The text of a page in the language of the moment; KeyError if there is no such page."""
    if not exists(page):
        raise KeyError(page)
    if page.startswith(SETS):
        return _set_page(page.removeprefix(SETS))
    return _written(page, language())


def title(page: str) -> str:
    """The heading of a page."""
    if page.startswith(SETS):
        return set_words.name(page.removeprefix(SETS))
    return markdown(page).partition("\n")[0].removeprefix("# ")


def search(text: str) -> list[Hit]:
    """Pages with all words of `text` in them, those with one in the title first."""
    words = text.casefold().split()
    if not words:
        return []
    found: list[tuple[int, Hit]] = []
    for page in pages():
        plain = SIGNS.sub(" ", markdown(page))
        low, name = plain.casefold(), title(page).casefold()
        if all(word in low for word in words):
            in_title = sum(word in name for word in words)
            found.append((-in_title, Hit(page, _snippet(plain, low, words[0]))))
    return [hit for _, hit in sorted(found, key=lambda each: each[0])]


def _snippet(plain: str, low: str, word: str) -> str:
    """What stands around the first place of a word behind the title."""
    body = low.find("\n")
    at = low.find(word, body)
    at = max(at, 0)
    start = max(0, at - 40)
    start = plain.find(" ", start, at) + 1 or start  # not within a word, where there are spaces
    return f"… {' '.join(plain[start : at + 90].split())} …"


@cache
def _written(page: str, spoken: str) -> str:
    """A page of a language; {{key}} stands for words of the interface, which may change."""
    text = (FOLDER / spoken / f"{page}.md").read_text("utf-8")
    return WORDS.sub(lambda found: table(spoken)[found[1]], text)


def _set_page(dataset: str) -> str:
    """A page made of the words that a data set has anyway."""
    card = CARDS[dataset]
    facts = (
        (tr("shelf.size"), set_words.amount(card)),
        (tr("help.sample"), set_words.shape(card) + _in_brackets(_features(card))),
        (tr("help.answer"), set_words.answer(card) + _in_brackets(_classes(card))),
        (tr("inspector.origin"), tr(f"dataset.{dataset}.source")),
        (tr("inspector.licence"), tr(f"dataset.{dataset}.licence")),
    )
    lines = [
        f"# {set_words.name(dataset)}",
        f"![]({SPECIMEN}{dataset})",
        tr(f"dataset.{dataset}.line"),
        "\n".join(f"- **{name}:** {value}" for name, value in facts),
        f"## {tr('help.beware')}",
        tr(f"dataset.{dataset}.caution"),
        f"## {tr('shelf.good')}",
        set_words.good_for(card)[:1].upper() + set_words.good_for(card)[1:] + tr("help.stop"),
        f"## {tr('help.further')}",
        "\n".join(f"- [{title(page)}]({page})" for page in _further(card.category)),
    ]
    return "\n\n".join(lines) + "\n"


def _features(card: DataCard) -> list[str]:
    """What the features of a table are called."""
    if card.category != "table":
        return []
    return [feature_name(card.name, i) for i in range(card.shape.count)]


def _classes(card: DataCard) -> list[str]:
    """What few classes are called; numbers are no names."""
    names = [class_name(card.name, i) for i in range(card.classes)]
    return names if len(names) <= MOST_NAMES and not any(n.isdigit() for n in names) else []


def _in_brackets(names: list[str]) -> str:
    return tr("help.names", names=tr("help.between").join(names)) if names else ""


def _further(category: str) -> tuple[str, ...]:
    """The written pages that go with a data set."""
    own = {"table": "tables", "image": "pictures", "text": "texts", "sequence": "tables"}
    return (FIRST, "preparing", own.get(category, "painting"))


SPECIMEN = "specimen:"  # how the addresses of pictures of data sets begin
