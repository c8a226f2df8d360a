"""The tables of `python main.py bench`: times, ratios, and whether the goals are met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from gui import formats
from gui.words import tr

OURS = "ours"
BUSY = 0.5  # programs at work before, for each core, from which on the clock tells little
UNIT = {"share": "percent", "per_second": "per_second"}  # of a goal; of the others: times
UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
Row = dict[str, Any]  # what tests.benchmarks.figures measured, as JSON


def network_name(name: str) -> str:
    """What a network is called in the table; "cnn batch=1" is a kind and its sizes."""
    kind, *sizes = name.split()
    if not sizes:
        return tr(f"bench.network.{name}")
    pairs = (size.split("=") for size in sizes)
    parts = [tr(f"bench.size.{size}", value=value) for size, value in pairs]
    return tr("bench.sized", kind=tr(f"bench.kind.{kind}"), sizes=", ".join(parts))


def peer_name(name: str) -> str:
    """What a contestant is called in the table."""
    return tr(f"bench.peer.{name}")


def time(seconds: float) -> str:
    """A short time with three digits: 34.8 µs, 1.25 ms, 102 ms."""
    limit, unit = next((u for u in UNITS if seconds >= 0.9995 * u[0]), UNITS[-1])
    value = seconds / limit
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:,.{digits}f} {unit}"


def times(ratio: float) -> str:
    """A ratio: 1.35×, 13.9×."""
    return f"{ratio:.{2 if ratio < 9.995 else 1}f}×"


def races_table(rows: Sequence[Row], section: str, threads: int) -> Table:
    """For each network a line for each contestant: time of a step, ratio to ours, and goals."""
    made = Table(title=tr(f"bench.title.{section}", threads=threads))
    for key in ("network", "contestant"):
        made.add_column(tr(f"bench.{key}"))
    for key in ("median", "minimum", "ratio"):
        made.add_column(tr(f"bench.{key}"), justify="right", no_wrap=True)
    made.add_column(tr("bench.goal"))
    for row in rows:
        network = network_name(row["workload"])
        for name in (OURS, *row["ratios"]):
            seconds = time(row["median"][name]), time(row["minimum"][name])
            ratio = times(row["ratios"][name]) if name != OURS else ""
            made.add_row(network, peer_name(name), *seconds, ratio, verdicts(row, name))
            network = ""
        made.add_section()
    return made


def verdicts(row: Row, name: str) -> str:
    """The goals that a line speaks of: its own, and those of whoever comes nearest to ours."""
    keys = {OURS: ("per_second", "share"), row["fastest"]: (name, "fastest")}.get(name, (name,))
    goals = row["goals"]
    found = []
    if name == OURS and row["share"] is not None:
        found.append(tr("bench.share", share=formats.percent(row["share"])))
    for key in (key for key in keys if key in goals):
        limit = tr(f"bench.limit.{UNIT.get(key, 'times')}", limit=limit_text(key, goals[key]))
        found.append(tr("bench.unmet" if key in row["unmet"] else "bench.met", limit=limit))
    return ", ".join(found)


def limit_text(key: str, limit: float) -> str:
    """The number of a goal."""
    return f"{100 * limit:.0f}" if key == "share" else f"{limit:,g}"


def summary_line(row: Row) -> str:
    """One race, as soon as it is run."""
    facts = {"network": network_name(row["workload"]), "threads": row["threads"]}
    text = tr("bench.line", time=time(row["median"][OURS]), **facts)
    ratios = [f"{peer_name(name)} {times(ratio)}" for name, ratio in row["ratios"].items()]
    return "  ".join([text, *ratios])


def notes(rows: Sequence[Row], machine: Row) -> list[str]:
    """What whoever reads the tables must know of how they were measured."""
    timed = [row for row in rows if "by_processor" in row]
    busy = sum(row["by_processor"] for row in timed)
    found = [tr("bench.legend")] if timed else []
    if busy:
        found.append(tr("bench.busy", busy=busy, count=len(timed)))
    load = machine.get("load") or 0.0
    if load > BUSY * machine["cores"] and busy < len(rows):
        found.append(tr("bench.load", load=f"{load:.1f}", cores=machine["cores"]))
    return found
