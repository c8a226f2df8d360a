"""What the command palette lists: all entries under headings, or those that fit what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gui.commands.ranking import Fit, fit

OTHER_NAME = 60  # how much less a fit counts that is not in the name that is shown
OF_DETAIL = 100  # what a word in the detail counts
RECENT = "recent"
MOST_RECENT = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be done or gone to."""

    key: str  # unique, and the same after the next start
    group: str
    name: str
    run: Callable[[], object]
    icon: str
    category: str = ""  # a layer category, for the colour of the icon
    detail: str = ""
    keys: str = ""  # the shortcut as it is written
    also: tuple[str, ...] = ()  # other names, such as the English one
    obstacle: str = ""  # why it cannot be done now


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a heading, or an entry with the letters of its name that fit."""

    group: str
    entry: Entry | None = None
    places: tuple[int, ...] = ()


def listed(entries: Sequence[Entry], query: str, recent: Sequence[str]) -> list[Line]:
    """Headings and entries. Without a query all of them, used lately first."""
    if not query.strip():
        return _all(entries, recent)
    weight = {key: len(recent) - i for i, key in enumerate(recent)}
    found: dict[str, list[tuple[int, Entry, Fit]]] = {}
    for entry in entries:
        fits = _fits(entry, query)
        if fits is not None:
            # a small preference that decides among names that fit alike
            score = fits.score + weight.get(entry.key, 0) - 30 * bool(entry.obstacle)
            found.setdefault(entry.group, []).append((score, entry, fits))
    for hits in found.values():
        hits.sort(key=lambda hit: -hit[0])  # stable: equals stay in their order
    groups = sorted(found, key=lambda group: -found[group][0][0])
    lines: list[Line] = []
    for group in groups:
        lines.append(Line(group))
        lines += [Line(group, entry, fits.places) for _, entry, fits in found[group]]
    return lines


def _all(entries: Iterable[Entry], recent: Sequence[str]) -> list[Line]:
    groups: dict[str, list[Entry]] = {}
    by_key: dict[str, Entry] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
        by_key[entry.key] = entry
    lately = [by_key[key] for key in recent if key in by_key][:MOST_RECENT]
    if lately:
        groups = {RECENT: lately, **groups}
    lines: list[Line] = []
    for group, members in groups.items():
        lines.append(Line(group))
        lines += [Line(group, entry) for entry in members]
    return lines


def _fits(entry: Entry, query: str) -> Fit | None:
    best = fit(query, entry.name)
    for name in entry.also:
        other = fit(query, name)
        if other is not None and (best is None or other.score - OTHER_NAME > best.score):
            best = Fit(other.score - OTHER_NAME)
    if best is None:
        low = f"{entry.name} {' '.join(entry.also)} {entry.detail}".casefold()
        words = query.casefold().split()
        if all(_is_long(word) and word in low for word in words):
            return Fit(OF_DETAIL)
    return best


def _is_long(word: str) -> bool:
    """Whether a word says something: two letters are in nearly every sentence, Chinese ones not."""
    return len(word) > 2 or word > "\u2e80"
