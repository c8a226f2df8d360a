"""What boxes cost, in words: on a box, in its hover text, and for all of them together."""

from __future__ import annotations

from engine.layers.costs import QUANTITIES, Cost
from gui import formats
from gui.words import tr

NONE = "none"  # no bar on the boxes
SHOWN = (*QUANTITIES, NONE)  # what a person may want to see on each box
MEMORY = ("activations", "weights", "gradients", "optimizer")


def note(cost: Cost, quantity: str) -> str:
    """The last line of a box: how much of a quantity it takes."""
    if quantity == "multiplications":
        if not cost.multiplications:
            return tr("cost.no_multiplications")
        return tr("cost.multiplications", count=formats.short(cost.multiplications))
    if quantity == "memory":
        return formats.size(cost.memory)
    return parameters(cost.parameters)


def parameters(count: int) -> str:
    """How many numbers a box learns."""
    if count == 0:
        return tr("canvas.no_parameters")
    if count == 1:
        return tr("canvas.one_parameter")
    return tr("canvas.parameters", count=formats.count(count))


def share_of(cost: Cost, all: Cost, quantity: str) -> float:
    """A box's part of a quantity, between 0 and 1."""
    if quantity == NONE or not all.of(quantity):
        return 0.0
    return cost.of(quantity) / all.of(quantity)


def hover(cost: Cost, all: Cost) -> list[str]:
    """What a box takes, one line for each quantity that it takes some of."""
    counted = {
        "parameters": parameters(cost.parameters),
        "multiplications": tr(
            "cost.multiplications.full", count=formats.count(cost.multiplications)
        ),
        "memory": tr("cost.memory", size=formats.size(cost.memory), parts=_parts(cost)),
    }
    lines = []
    for quantity, words in counted.items():
        if cost.of(quantity):
            share = formats.share(share_of(cost, all, quantity))
            lines.append(tr(f"cost.share.{quantity}", words=words, share=share))
    return lines


def _parts(cost: Cost) -> str:
    """What memory is for: results 1.2 MiB + parameters 3 KiB + …"""
    given = ((tr(f"cost.memory.{part}"), getattr(cost, part)) for part in MEMORY)
    return " + ".join(f"{name} {formats.size(size)}" for name, size in given if size)


def total(all: Cost) -> str:
    """All boxes together, for the line at the bottom."""
    return " · ".join(
        (
            parameters(all.parameters),
            tr("cost.multiplications", count=formats.short(all.multiplications)),
            formats.size(all.memory),
        )
    )


def total_tip(all: Cost, batch: int) -> str:
    """What these numbers are, and what the memory is for."""
    lines = [
        tr("status.parameters.tip"),
        tr("status.multiplications.tip", count=formats.count(all.multiplications)),
        tr("status.memory.tip", batch=formats.count(batch)),
        *(
            f"    {tr(f'cost.memory.{part}')}: {formats.size(getattr(all, part))}"
            for part in MEMORY
        ),
        tr("status.memory.more"),
    ]
    return "\n".join(lines)
