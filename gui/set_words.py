"""What the shelf says of a bundled data set: how many, how large, and what is asked of it."""

from __future__ import annotations

from engine.spec.datasets import CARDS, DataCard
from engine.spec.painting import MOST_CLASSES, PAINTED
from engine.spec.shapes import TOKEN
from gui.formats import count
from gui.words import table, tr

ICONS = {
    "plane": "mdi6.chart-scatter-plot",
    "table": "mdi6.table",
    "image": "mdi6.image-multiple-outline",
    "sequence": "mdi6.chart-timeline-variant",
    "text": "mdi6.text-long",
}


def usual(card: DataCard) -> DataCard:
    """The card as a person begins with the set."""
    return card.at(card.usual_length) if card.any_length else card


def name(dataset: str) -> str:
    """The name of a set."""
    return tr(f"dataset.{dataset}.name")


def amount(card: DataCard) -> str:
    """How many samples there are: 1,797 samples; or that they are made."""
    if card.name == PAINTED:
        return tr("shelf.yours")
    if card.characters:
        return tr("shelf.characters", count=count(card.characters))
    if card.rows:
        return tr("shelf.rows", count=count(card.rows))
    return tr("shelf.samples", count=count(card.samples)) if card.samples else tr("shelf.made")


def short_amount(card: DataCard) -> str:
    """The same without its unit, where there is little room."""
    if card.name == PAINTED:
        return tr("shelf.yours")
    number = card.characters or card.rows or card.samples
    return count(number) if number else tr("shelf.made")


def shape(card: DataCard) -> str:
    """How large a sample is: 28×28×1, 4 features, 20 steps."""
    sizes = usual(card).shape.sizes
    if len(sizes) == 3:
        return "×".join(map(str, sizes if sizes[2] > 1 else sizes[:2]))
    if not card.shape.time:
        key = "shelf.feature" if sizes[0] == 1 else "shelf.features"
        return tr(key, count=count(sizes[0]))
    if card.shape.kind == TOKEN or sizes[1] == 1:
        return tr("shelf.steps", count=count(sizes[0]))
    return tr("shelf.steps_of", count=count(sizes[0]), size=count(sizes[1]))


def short_shape(card: DataCard) -> str:
    """The same in few letters."""
    sizes = usual(card).shape.sizes
    several = card.shape.time and len(sizes) == 2 and sizes[1] > 1
    return "×".join(map(str, sizes)) if several else shape(card)


def answer(card: DataCard) -> str:
    """What a network is to say: one of so many classes, or numbers."""
    if not card.classes:
        several = card.outputs > 1
        return tr("shelf.values", count=count(card.outputs)) if several else tr("shelf.value")
    key = "shelf.classes_a_step" if card.per_step else "shelf.classes"
    chosen = card.any_classes or card.name == PAINTED
    return tr(key, count=f"2–{MOST_CLASSES}" if chosen else count(card.classes))


def good_for(card: DataCard) -> str:
    """What can be learnt with such a set."""
    is_values = card.category in ("plane", "table") and not card.classes
    return tr(f"shelf.good.{card.category}{'.values' if is_values else ''}")


def searched(dataset: str) -> str:
    """All that a search looks at: names in both languages, sentence, facts and category."""
    card = CARDS[dataset]
    english = table("en").get(f"dataset.{dataset}.name", "")
    parts = (
        name(dataset),
        english,
        dataset,
        tr(f"dataset.{dataset}.line"),
        tr(f"shelf.{card.category}"),
        shape(card),
        answer(card),
    )
    return " ".join(parts).casefold()
