"""The tables of `python main.py bench` that are about ours alone: growing, starting, memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.table import Table

from gui import formats
from gui.terminal.bench_tables import OURS, Row, time
from gui.words import tr

CLOSE = 0.15  # share by which the memory that training takes may differ from what was announced
PARTS = ("import", "model", "compile")


def scaling_table(rows: Sequence[Row], threads: int) -> Table:
    """What grows: time of a step and of a sample, speed, and memory beside its announcement."""
    made = Table(title=tr("bench.title.scaling", threads=threads))
    made.add_column(tr("bench.network"), no_wrap=True)
    for key in ("median", "per_work", "speed", "taken", "announced"):
        made.add_column(tr(f"bench.{key}"), justify="right", no_wrap=True)
    made.add_column(tr("bench.apart"))
    last = ""
    for row in rows:
        if last and row["series"] != last:
            made.add_section()
        last = row["series"]
        seconds = row["median"][OURS]
        speed = f"{row['about'][OURS]['flop'] / seconds / 1e9:.1f}"
        per_work = time(seconds / row["work"])
        cells = short_name(row["workload"]), time(seconds), per_work, speed
        made.add_row(*cells, *memory_cells(row))
    return made


def short_name(name: str) -> str:
    """The kind of network and what grows: "lstm batch=32 time=16" is LSTM, T = 16."""
    kind, *sizes = name.split()
    size, value = sizes[-1].split("=")
    return tr("bench.sized", kind=kind.upper(), sizes=tr(f"bench.size.{size}", value=value))


def memory_cells(row: Row) -> tuple[str, str, str]:
    """Memory taken, announced, and how far they are apart; nothing where it is not measured."""
    memory = row["memory"]
    if memory is None:
        return "–", "–", ""
    taken, announced = memory["taken"], memory["announced"]
    apart = taken / announced - 1
    key = "bench.close" if abs(apart) <= CLOSE else "bench.not_close"
    share = f"{100 * apart:+.1f} %".replace("-", "−")
    return formats.size(taken), formats.size(announced), tr(key, share=share)


def start_table(rows: Sequence[Row], threads: int) -> Table:
    """Seconds from the start of a process until the engine can train, part by part."""
    made = Table(title=tr("bench.title.start"))
    for key in ("example", "kind"):
        made.add_column(tr(f"bench.{key}"))
    for key in (*(f"part.{part}" for part in PARTS), "total"):
        made.add_column(tr(f"bench.{key}"), justify="right", no_wrap=True)
    made.add_column(tr("bench.goal"))
    for row in rows:
        parts = [time(row["seconds"][part]) for part in PARTS]
        about = tr(f"bench.example.{row['workload']}"), tr(f"bench.kind_of_start.{row['kind']}")
        made.add_row(*about, *parts, time(row["total"]), below(row["total"], row["limit"], time))
    return made


def memory_table(rows: Sequence[Row], threads: int) -> Table:
    """What the engine holds."""
    made = Table(title=tr("bench.title.memory", threads=threads))
    made.add_column(tr("bench.figure"))
    made.add_column(tr("bench.taken"), justify="right", no_wrap=True)
    made.add_column(tr("bench.goal"))
    for row in rows:
        goal = below(row["bytes"], row["limit"], formats.size)
        made.add_row(tr(f"bench.figure.{row['workload']}"), formats.size(row["bytes"]), goal)
    return made


def below(value: float, limit: float | None, text: Callable[[Any], str]) -> str:
    """Whether a value stays below its limit, if it has one."""
    if limit is None:
        return ""
    return tr("bench.below" if value < limit else "bench.not_below", limit=text(limit))
