"""A picture of a person's own as one of the data: its size, its colours, where its drawing stands.

A drawing is placed as those of the training samples are: the longer side of what is drawn is
as long as it usually is there, and its centre of mass lies where it usually lies (the rule of
LeCun et al. 1998 for MNIST, with lengths that are measured). A photograph is cut to the aspect of
the data's pictures. Sizes are changed by means over areas.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.pictures import enlarged
from engine.data.preparing import Prepared
from engine.layers.data import Data
from engine.runtime.memory import Array
from engine.spec.datasets import frame_of
from engine.spec.shapes import Shape

GREY = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601, what red, green and blue add to brightness
MEASURED = 400  # training samples that are looked at
INK = 0.25  # from here on a point belongs to what is drawn
EVEN = 0.1, 0.6  # so near to the ground lies at least this share of the points at the edge
ENLARGED = {"digits_28": 8, "digit_rows_28": 8}  # sets whose pictures were small once


@dataclass(frozen=True, slots=True)
class Habit:
    """How the pictures of a data set use their frame.

    ground : what lies around the drawings, 0 to 1
    is_even : whether it is the same everywhere, so that there are drawings
    extent : the longer side of a drawing, as a part of the frame's
    centre : of mass, from the top and from the left, as parts of the frame
    """

    ground: float
    is_even: bool
    extent: float
    centre: tuple[float, float]


def habit_of(prepared: Prepared, frame: Shape) -> Habit:
    """Measure some training samples; `frame` is the shape of a picture."""
    x = prepared.parts["training"].x[:MEASURED]
    if prepared.scaling is not None:
        x = prepared.scaling.undo(x)
    grey = np.asarray(x, np.float64).reshape(-1, *frame.sizes).mean(axis=-1)
    edge = np.concatenate(
        [grey[:, 0], grey[:, -1], grey[:, :, 0], grey[:, :, -1]], axis=1, dtype=np.float64
    )
    ground = float(np.median(edge))
    distance, share = EVEN
    is_even = bool(np.mean(np.abs(edge - ground) < distance) > share) and frame.sizes[2] == 1
    ink = np.abs(grey - ground)
    ink = ink[(ink > INK).any(axis=(1, 2))]
    if not is_even or not len(ink):
        return Habit(ground, False, 1.0, (0.5, 0.5))
    longer = np.maximum(*(_part_drawn(ink, axis) for axis in (1, 2)))
    return Habit(ground, True, float(np.median(longer)), (_middle(ink, 1), _middle(ink, 2)))


def _part_drawn(ink: Array, axis: int) -> Array:
    """From the first to the last line that is drawn in, as a part of all: (N,)."""
    is_drawn: Array = np.any(ink > INK, axis=3 - axis)
    lines = ink.shape[axis]
    first, last = is_drawn.argmax(axis=1), lines - is_drawn[:, ::-1].argmax(axis=1)
    found: Array = (last - first) / lines
    return found


def _middle(ink: Array, axis: int) -> float:
    """Where the centres of mass lie on an axis on the average, as a part of it."""
    lines = ink.shape[axis]
    mass = ink.sum(axis=3 - axis)
    return float(((mass @ (np.arange(lines) + 0.5)) / mass.sum(axis=1)).mean() / lines)


def _bounds(ink: Array) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first row that something is drawn in and the one after the last; so of columns."""
    is_ink = ink > INK
    rows, columns = np.flatnonzero(is_ink.any(axis=1)), np.flatnonzero(is_ink.any(axis=0))
    if not len(rows):
        return None
    return (int(rows[0]), int(rows[-1]) + 1), (int(columns[0]), int(columns[-1]) + 1)


def _centre(ink: Array) -> tuple[float, float]:
    total = ink.sum() or 1.0
    down = float((ink.sum(axis=1) @ (np.arange(ink.shape[0]) + 0.5)) / total)
    return down, float((ink.sum(axis=0) @ (np.arange(ink.shape[1]) + 0.5)) / total)


def fitted(box: Data, prepared: Prepared, picture: Array, is_drawn: bool) -> Array:
    """A picture as one of the data set, before it is scaled: (height, width, channels), 0 to 1.

    picture : (h, w, 1 or 3), bytes or 0 to 1; one that has the size already stays as it is
    """
    frame = frame_of(box.card)
    assert frame is not None, "the samples are no pictures"
    values = np.asarray(picture, np.float64)
    values = values / 255.0 if np.asarray(picture).dtype == np.uint8 else values
    values = _channels(values, frame.sizes[2])
    if not is_drawn and values.shape == frame.sizes:
        return values
    small = ENLARGED.get(box.dataset, 0)
    height, width = (small, small) if small else frame.sizes[:2]
    habit = habit_of(prepared, frame) if is_drawn else None
    if habit is not None and habit.is_even:
        found = _placed(values[..., 0], habit, height, width)[..., None]
    else:
        found = resized(_cut(values, width / height), height, width)
    return enlarged(found[None])[0] if small else found


def _channels(values: Array, channels: int) -> Array:
    if values.shape[2] == channels:
        return values
    if channels == 1:
        return (values[..., :3] @ GREY)[..., None]
    return np.repeat(values[..., :1], channels, axis=2)


def _cut(values: Array, aspect: float) -> Array:
    """The middle of a picture, with this ratio of width to height."""
    height, width = values.shape[:2]
    wide, high = min(width, round(height * aspect)), min(height, round(width / aspect))
    top, left = (height - high) // 2, (width - wide) // 2
    return values[top : top + max(high, 1), left : left + max(wide, 1)]


def _placed(grey: Array, habit: Habit, height: int, width: int) -> Array:
    """What is drawn, on whatever even ground, in a frame of (height, width)."""
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    ink = np.abs(grey - np.median(edge))
    ink = ink / (ink.max() or 1.0)
    bounds = _bounds(ink)
    amount = np.zeros((height, width))
    if bounds is not None:
        (top, bottom), (left, right) = bounds
        drawn = ink[top:bottom, left:right]
        factor = habit.extent / max(drawn.shape[0] / height, drawn.shape[1] / width)
        middle = _centre(drawn)
        rows, columns = (
            _weights(drawn.shape[axis], size, factor, _start(middle[axis], drawn.shape[axis], *at))
            for axis, (size, at) in enumerate(
                (
                    (height, (factor, habit.centre[0] * height, height)),
                    (width, (factor, habit.centre[1] * width, width)),
                )
            )
        )
        amount = rows @ drawn @ columns.T
    inked = 0.0 if habit.ground > 0.5 else 1.0
    found: Array = habit.ground + (inked - habit.ground) * amount
    return found


def _start(middle: float, size: int, factor: float, wanted: float, room: int) -> float:
    """Where a drawing begins, so that its middle lies as wanted, but inside of the frame."""
    start = wanted - middle * factor
    return float(np.clip(start, min(0.0, room - size * factor), max(0.0, room - size * factor)))


def _weights(given: int, wanted: int, factor: float, start: float) -> Array:
    """What each of the old lines adds to each new one, (wanted, given), by their overlap."""
    edges = start + np.arange(given + 1) * factor
    low = np.maximum(edges[None, :-1], np.arange(wanted)[:, None])
    high = np.minimum(edges[None, 1:], np.arange(1, wanted + 1)[:, None])
    return np.maximum(high - low, 0.0)


def resized(values: Array, height: int, width: int) -> Array:
    """A picture in another size: each new point is the mean over its area."""
    rows = _weights(values.shape[0], height, height / values.shape[0], 0.0)
    columns = _weights(values.shape[1], width, width / values.shape[1], 0.0)
    found: Array = np.einsum("ai,bj,ijc->abc", rows, columns, values, optimize=True)
    return found
