"""The picture of the section on growing: how time and memory grow, as an SVG file.

Drawn by hand, with the standard library only: six small diagrams with logarithmic axes, three of
the time for a sample, and below them three of the memory, beside what was announced.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from gui.terminal.bench_tables import OURS, UNITS, Row
from gui.words import tr

SERIES = ("batch", "width", "time")
WIDTH, HEIGHT = 300, 220  # of a diagram's frame, in pixels
LEFT, TOP, GAP_X, GAP_Y, RIGHT = 80, 104, 90, 90, 24
MEASURED, ANNOUNCED, INK, FAINT = "#0072b2", "#d55e00", "#222222", "#dddddd"  # safe for all eyes
FONT = "font-family='sans-serif' font-size='13'"
MIB = 2**20


@dataclass(frozen=True)
class Axis:
    """A logarithmic axis from `low` to `high` along so many pixels."""

    low: float
    high: float
    pixels: float

    def at(self, value: float) -> float:
        """Where a value lies, in pixels from the axis' beginning."""
        return self.pixels * math.log(value / self.low) / math.log(self.high / self.low)


def plot(rows: Sequence[Row], threads: int) -> str:
    """The picture of rows of one number of threads."""
    series = [name for name in SERIES if any(row["series"] == name for row in rows)]
    width = LEFT + len(series) * (WIDTH + GAP_X) - GAP_X + RIGHT
    height = TOP + 2 * HEIGHT + GAP_Y + 56
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' "
        f"viewBox='0 0 {width} {height}' {FONT} fill='{INK}'>",
        f"<rect width='{width}' height='{height}' fill='white'/>",
        text(LEFT, 36, tr("bench.title.scaling", threads=threads), size=18),
        *legend(LEFT, 64),
    ]
    for column, name in enumerate(series):
        own = sorted((row for row in rows if row["series"] == name), key=lambda row: row["size"])
        x = LEFT + column * (WIDTH + GAP_X)
        parts += [f"<g transform='translate({x},{TOP})'>", *time_diagram(own, name), "</g>"]
        below = TOP + HEIGHT + GAP_Y
        parts += [f"<g transform='translate({x},{below})'>", *memory_diagram(own, name), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def time_diagram(rows: Sequence[Row], series: str) -> Iterator[str]:
    """The time for a sample or a time step."""
    sizes = [row["size"] for row in rows]
    seconds = [row["median"][OURS] / row["work"] for row in rows]
    low, high = around(seconds)
    down, along = Axis(low, high, HEIGHT), Axis(*around(sizes, 1.15), WIDTH)
    yield from frame(tr(f"bench.plot.time.{series}"), tr(f"bench.plot.{series}"))
    yield from ticks_along(along, sizes)
    yield from ticks_up(down, [(value, tick(value)) for value in round_numbers(low, high)])
    yield from line(along, down, sizes, seconds, MEASURED)


def memory_diagram(rows: Sequence[Row], series: str) -> Iterator[str]:
    """Memory taken and announced."""
    rows = [row for row in rows if row["memory"]]
    sizes = [row["size"] for row in rows]
    taken, announced = (
        [row["memory"][key] / MIB for row in rows] for key in ("taken", "announced")
    )
    if not rows:
        return
    low, high = around([*taken, *announced])
    up, along = Axis(low, high, HEIGHT), Axis(*around(sizes, 1.15), WIDTH)
    yield from frame(tr("bench.plot.memory"), tr(f"bench.plot.{series}"))
    yield from ticks_along(along, sizes)
    labels = [(value, f"{value:g} MiB") for value in round_numbers(low, high)]
    yield from ticks_up(up, labels)
    yield from line(along, up, sizes, announced, ANNOUNCED, dashed=True)
    yield from line(along, up, sizes, taken, MEASURED)


def tick(seconds: float) -> str:
    """A round time without zeros behind the point: 100 µs, 5 ms."""
    limit, unit = next((each for each in UNITS if seconds >= 0.9995 * each[0]), UNITS[-1])
    return f"{round(seconds / limit, 6):g} {unit}"


def around(values: Sequence[float], room: float = 1.3) -> tuple[float, float]:
    """The ends of an axis that holds the values with some room, at least a factor of four."""
    low, high = min(values) / room, max(values) * room
    short = math.sqrt(max(1.0, 4 * low / high))
    return low / short, high * short


def round_numbers(low: float, high: float) -> list[float]:
    """1, 2, 5, 10 … between the ends; only powers of ten where that would be many."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = [f * 10.0**p for p in powers for f in (1, 2, 5) if low <= f * 10.0**p <= high]
    tens = [value for value in found if round(math.log10(value), 9).is_integer()]
    return tens if len(found) > 7 and len(tens) > 1 else found


def frame(title: str, below: str) -> Iterator[str]:
    """A diagram's box, its title, and what its lower axis shows."""
    yield f"<rect width='{WIDTH}' height='{HEIGHT}' fill='none' stroke='{INK}'/>"
    yield text(WIDTH / 2, -8, title, anchor="middle")
    yield text(WIDTH / 2, HEIGHT + 38, below, anchor="middle")


def ticks_along(axis: Axis, sizes: Sequence[float]) -> Iterator[str]:
    """A line and a number for each size that was measured."""
    for size in sizes:
        x = axis.at(size)
        yield f"<path d='M{x:.1f},0V{HEIGHT}' stroke='{FAINT}'/>"
        yield text(x, HEIGHT + 18, f"{size:,}", anchor="middle")


def ticks_up(axis: Axis, labels: Sequence[tuple[float, str]]) -> Iterator[str]:
    """A line and a label for each round number."""
    for value, label in labels:
        y = HEIGHT - axis.at(value)
        yield f"<path d='M0,{y:.1f}H{WIDTH}' stroke='{FAINT}'/>"
        yield text(-8, y + 4, label, anchor="end")


def line(
    along: Axis,
    up: Axis,
    xs: Sequence[float],
    ys: Sequence[float],
    colour: str,
    dashed: bool = False,
) -> Iterator[str]:
    """Points joined by a line; a dashed one has open points."""
    places = [(along.at(x), HEIGHT - up.at(y)) for x, y in zip(xs, ys, strict=True)]
    path = "L".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashes = " stroke-dasharray='6 4'" if dashed else ""
    yield f"<path d='M{path}' fill='none' stroke='{colour}' stroke-width='2'{dashes}/>"
    radius, fill = (6, "none") if dashed else (3.5, colour)
    for x, y in places:
        yield f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{radius}' fill='{fill}' stroke='{colour}'/>"


def legend(x: float, y: float) -> Iterator[str]:
    """What the two lines mean."""
    for colour, key, dashes in (
        (MEASURED, "bench.plot.measured", ""),
        (ANNOUNCED, "bench.plot.announced", " stroke-dasharray='6 4'"),
    ):
        yield f"<path d='M{x},{y - 4}h30' stroke='{colour}' stroke-width='2'{dashes}/>"
        yield text(x + 38, y, tr(key))
        x += 150


def text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 13) -> str:
    """Some words at a place."""
    where = f"x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' font-size='{size}'"
    return f"<text {where}>{escape(words)}</text>"
