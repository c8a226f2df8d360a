"""Samples before and after preparing, as arrays for painting, whatever form they have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from engine.data_protocol import Array, Shown
from engine.spec.shapes import TOKEN
from gui.class_names import DataName, class_name
from gui.formats import number
from gui.thumbnails import to_bytes, to_image
from gui.words import tr

PICTURE, SEQUENCE = 3, 2  # axes of a sample
BYTE = 255.0
MOST_LINES = 8  # features that are drawn as lines


def kind_of(shown: Shown) -> str:
    """How samples are shown: "pictures", "lines", "tokens" or "rows"."""
    if shown.shape.kind == TOKEN:
        return "tokens"
    if is_sheet(shown):
        return "pictures"
    return {PICTURE: "pictures", SEQUENCE: "lines"}.get(len(shown.shape.sizes), "rows")


def is_sheet(shown: Shown) -> bool:
    """Whether a sequence has so many features that each step is a row of a picture."""
    sizes = shown.shape.sizes
    return len(sizes) == SEQUENCE and sizes[1] > MOST_LINES


@dataclass(frozen=True, slots=True)
class Stage:
    """All samples in one state. `name` is "raw", "prepared" or "augmented"."""

    name: str
    values: Array  # (n, …)


def stages_of(shown: Shown, choice: str) -> list[Stage]:
    """The states that are to be seen, from left to right."""
    views = shown.samples
    found = [Stage("raw", views.raw), Stage("prepared", views.prepared)]
    if views.augmented is not None:
        found.append(Stage("augmented", views.augmented))
    if is_sheet(shown):
        found = [Stage(s.name, s.values[..., np.newaxis]) for s in found]
    if choice == "both":
        return found
    return [s for s in found if s.name == choice or (choice, s.name) == ("prepared", "augmented")]


def images(stage: Stage) -> list[QImage]:
    """Samples that are pictures, (n, H, W, C), on a common scale."""
    values = stage.values
    if values.dtype == np.uint8:
        values = values / BYTE
    return [to_image(picture) for picture in to_bytes(values)] if len(values) else []


def target_text(shown: Shown, dataset: DataName, row: int, is_scaled: bool = False) -> str:
    """The class of a sample, or the numbers that are to be predicted; empty at each step.

    Numbers are in their own unit, or (`is_scaled`) as the network is to say them.
    """
    views = shown.samples
    own = views.target if is_scaled or views.raw_target is None else views.raw_target
    target = np.reshape(own[row], -1)
    if shown.classes:
        return class_name(dataset, int(target[0])) if len(target) == 1 else ""
    if len(target) > 3:
        return ""
    return ", ".join(number(float(value)) for value in target)


def stage_name(name: str) -> str:
    """What a state is called."""
    return tr(f"shown.stage.{name}")
