"""How well typed letters fit a name: letters in order, best where words begin.

From best to worst: the name begins so, a word of it begins so, it has the letters side by side, or
it has them in order, from the beginning of a word on and not too far apart.
"""

from __future__ import annotations

from dataclasses import dataclass

WHOLE, BEGINNING, OF_WORD, WITHIN, SPREAD = 1000, 900, 750, 500, 400
FOR_START, FOR_GAP, LONGEST_GAP = 20, 8, 12
SHORTEST = 3  # letters that count within a word; fewer are in nearly every name


@dataclass(frozen=True, slots=True)
class Fit:
    """How well something fits, and at which letters."""

    score: int
    places: tuple[int, ...] = ()


def fit(query: str, text: str) -> Fit | None:
    """How `text` fits the words of `query`, in any order; None if one of them is not in it."""
    total, places = 0, set[int]()
    words = query.split()
    for word in words:
        found = _fit_word(word.casefold(), text)
        if found is None:
            return None
        total += found.score
        places.update(found.places)
    return Fit(total // max(len(words), 1), tuple(sorted(places)))


def _fit_word(word: str, text: str) -> Fit | None:
    low = text.casefold()
    if len(low) != len(text):  # letters that become two, so that places would be others
        text = low
    starts = _starts(text)
    spare = min(len(text) - len(word), 60)  # among equals, the shorter name
    if low == word:
        return Fit(WHOLE, tuple(range(len(word))))
    at, best = low.find(word), -1
    while at >= 0:
        if at in starts:
            score = BEGINNING if at == 0 else OF_WORD
            return Fit(score - spare, tuple(range(at, at + len(word))))
        best = at if best < 0 else best
        at = low.find(word, at + 1)
    if best >= 0 and len(word) >= SHORTEST:
        return Fit(WITHIN - spare, tuple(range(best, best + len(word))))
    walks = (_walk(word, low, start, starts) for start in sorted(starts))
    return max((w for w in walks if w is not None), key=lambda w: w.score, default=None)


def _walk(word: str, low: str, start: int, starts: set[int]) -> Fit | None:
    """The letters of a word one after the other, beginning at `start`; beginnings are preferred."""
    if low[start] != word[0]:
        return None
    places = [start]
    for letter in word[1:]:
        behind = places[-1] + 1
        near = low.find(letter, behind)
        if near < 0:
            return None
        if near > behind:  # not the next one: rather where a word begins
            near = next((s for s in sorted(starts) if s >= behind and low[s] == letter), near)
        if near - behind > LONGEST_GAP:
            return None
        places.append(near)
    gaps = places[-1] - start + 1 - len(word)
    begun = sum(place in starts for place in places)
    return Fit(SPREAD + FOR_START * begun - FOR_GAP * gaps, tuple(places))


def _starts(text: str) -> set[int]:
    """Where words begin: behind what is no letter, at capitals and digits, at Chinese signs."""
    return {
        i
        for i, sign in enumerate(text)
        if sign.isalnum() and (i == 0 or _begins(text[i - 1], sign))
    }


def _begins(before: str, sign: str) -> bool:
    is_new = not before.isalnum() or sign >= "\u2e80"
    return (
        is_new or (sign.isupper() and before.islower()) or (sign.isdigit() and not before.isdigit())
    )
