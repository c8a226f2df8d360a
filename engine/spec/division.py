"""How many samples go to training, validation and test: known without looking at any sample.

Boxes show these numbers, and `engine.data.splitting` cuts by them. No part is empty where that is
possible: nothing could be said about the network without a validation part.
"""

from __future__ import annotations

from collections.abc import Sequence

PARTS = ("training", "validation", "test")
Sizes = tuple[int, int, int]  # in the order of PARTS


def divide(
    count: int, validation: float, test: float, least: int = 1, least_test: int | None = None
) -> Sizes:
    """Cut `count` things by the shares of validation and test; training gets the rest.

    least : of each part; the test part may have less (`least_test`), and has none where its share
        is 0. Where there is not enough for all, the test part gives way first, then validation.
    """
    fewest = (least if least_test is None else least_test) if test else 0
    held = max(least, round(count * validation))
    tested = max(fewest, round(count * test))
    missing = least - (count - held - tested)
    for floor_test, floor_held in ((fewest, least), (0, 0)):
        given = max(0, min(missing, tested - floor_test))
        tested, missing = tested - given, missing - given
        given = max(0, min(missing, held - floor_held))
        held, missing = held - given, missing - given
    return count - held - tested, held, tested


def divide_classes(counts: Sequence[int], validation: float, test: float) -> list[Sizes]:
    """Cut each class by the same shares: so many samples of each in each part.

    Where classes are so small that none has a sample left for a part, the largest gives one.
    """
    found = [divide(count, validation, test, least_test=0) for count in counts]
    for part, share in ((1, validation), (2, test)):
        most = max(range(len(found)), key=lambda c: found[c][0], default=-1)
        alone = sum(sizes[0] for sizes in found) < 2
        if share and not alone and not any(sizes[part] for sizes in found):
            sizes = list(found[most])
            sizes[0], sizes[part] = sizes[0] - 1, 1
            found[most] = (sizes[0], sizes[1], sizes[2])
    return found


def windows_in(rows: int, span: int, step: int = 1) -> int:
    """How many windows that reach over `span` rows, each beginning `step` later, fit into rows."""
    return max(0, (rows - span) // step + 1)


def balanced(counts: Sequence[int], way: str) -> int:
    """How many samples there are after rare classes are repeated, or frequent ones thinned out."""
    there = [count for count in counts if count]
    if way == "none" or not there:
        return sum(counts)
    return len(there) * (max(there) if way == "oversample" else min(there))
