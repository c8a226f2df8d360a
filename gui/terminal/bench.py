"""`python main.py bench`: what is measured by `tests.benchmarks`, told, tabled and kept.

The measuring runs in processes of its own and prints an event a line; here these become sentences,
a table for each number of threads, and a file with every number.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from gui.setup.requirements import ROOT
from gui.terminal.bench_options import Bench
from gui.terminal.bench_plot import plot
from gui.terminal.bench_sections import memory_table, scaling_table, start_table
from gui.terminal.bench_tables import network_name, notes, peer_name, races_table, summary_line
from gui.terminal.output import console, say
from gui.words import tr

# sections with a table of their own; the others are races
SECTION_TABLES: dict[str, Callable[[Sequence[Event], int], Table]] = {
    "scaling": scaling_table,
    "start": start_table,
    "memory": memory_table,
}
INTERRUPTED = 130
Event = dict[str, Any]  # JSON


@dataclass
class Report:
    """What has been told and measured so far."""

    machine: Event = field(default_factory=dict)
    measured: list[Event] = field(default_factory=list)
    problems: list[Event] = field(default_factory=list)

    def text(self) -> str:
        """Everything as JSON for the file, a line for each measurement, with readable numbers."""
        lists = {"measured": self.measured, "problems": self.problems}
        parts = [f'"machine": {json.dumps(self.machine, ensure_ascii=False)}']
        for name, rows in lists.items():
            lines = ",\n".join(json.dumps(rounded(row), ensure_ascii=False) for row in rows)
            parts.append(f'"{name}": [\n{lines}\n]')
        return "{\n" + ",\n".join(parts) + "\n}\n"


def run_bench(command: Bench, lines: Iterable[str] | None = None) -> int:
    """Measure, print tables and write the file; returns 1 if something was asked for in vain.

    `lines` are the events, by default of a process with this interpreter.
    """
    out, report, code = console(), Report(), 0
    if set(command.sections) - set(SECTION_TABLES):
        say(out, tr("bench.start"))
    try:
        with closing(events_of(command)) as events:
            follow(lines or events, report, out)
    except KeyboardInterrupt:
        code = INTERRUPTED
    for section, threads in dict.fromkeys((r["section"], r["threads"]) for r in report.measured):
        rows = [r for r in report.measured if (r["section"], r["threads"]) == (section, threads)]
        made = SECTION_TABLES.get(section)
        out.print(made(rows, threads) if made else races_table(rows, section, threads))
    if report.measured:
        for sentence in notes(report.measured, report.machine):
            say(out, sentence)
        path = command.output or default_path(report.machine["date"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report.text(), "utf-8")
        say(out, tr("bench.written", path=path))
        for picture in pictures(report.measured, path):
            say(out, tr("bench.picture", path=picture))
    return code or int(bool(report.problems) or not report.measured)


def follow(lines: Iterable[str], report: Report, out: Console) -> None:
    """Tell what happens, as it happens."""
    with Progress(console=out, transient=True) as progress:
        task = progress.add_task(tr("bench.progress"), total=None)
        for line in lines:
            event = json.loads(line)
            TOLD[event["event"]](event, report, progress, task)


def rounded(value: Any) -> Any:
    """JSON with five digits in each number that is not whole."""
    match value:
        case float():
            return float(f"{value:.5g}")
        case dict():
            return {key: rounded(each) for key, each in value.items()}
        case list():
            return [rounded(each) for each in value]
    return value


def name_of(event: Event) -> str:
    """What an event is about."""
    if event["section"] == "start":
        return tr(f"bench.example.{event['workload']}")
    if event["section"] == "memory":
        return tr(f"bench.figure.{event['workload']}")
    return network_name(event["workload"])


def _machine(event: Event, report: Report, progress: Progress, task: TaskID) -> None:
    report.machine = event
    versions = ", ".join(f"{name} {number}" for name, number in event["versions"].items())
    facts = {"processor": event["processor"], "cores": event["cores"], "python": event["python"]}
    say(progress.console, tr("bench.machine", versions=versions, **facts))


def _start(event: Event, report: Report, progress: Progress, task: TaskID) -> None:
    about = name_of(event)
    progress.update(task, description=about, completed=0, total=None)


def _round(event: Event, report: Report, progress: Progress, task: TaskID) -> None:
    progress.update(task, completed=event["number"], total=event["rounds"])


def _measured(event: Event, report: Report, progress: Progress, task: TaskID) -> None:
    report.measured.append(event)
    if event["section"] not in SECTION_TABLES:
        say(progress.console, summary_line(event))


def _absent(event: Event, report: Report, progress: Progress, task: TaskID) -> None:
    report.problems.append(event)
    command = f"{sys.executable} -m pip install {' '.join(event['packages'])}"
    peer = peer_name(event["family"])
    say(progress.console, tr("compare.absent", peer=peer, command=command))


def _lacks(event: Event, report: Report, progress: Progress, task: TaskID) -> None:
    report.problems.append(event)
    about = {"peer": peer_name(event["contestant"]), "programs": ", ".join(event["programs"])}
    say(progress.console, tr("bench.lacks", **about))


def _failed(event: Event, report: Report, progress: Progress, task: TaskID) -> None:
    report.problems.append(event)
    who = {"peer": peer_name(event["contestant"]), "network": name_of(event)}
    say(progress.console, tr("bench.failed", error=event["error"], **who))


def _different(event: Event, report: Report, progress: Progress, task: TaskID) -> None:
    report.problems.append(event)
    who = {"peer": peer_name(event["contestant"]), "network": network_name(event["workload"])}
    say(progress.console, tr("bench.different", **who))


TOLD: dict[str, Callable[[Event, Report, Progress, TaskID], None]] = {
    "machine": _machine,
    "start": _start,
    "round": _round,
    "measured": _measured,
    "absent": _absent,
    "lacks": _lacks,
    "failed": _failed,
    "different": _different,
}


def events_of(command: Bench) -> Generator[str]:
    """The events of the measuring, as they come."""
    asked: dict[str, Any] = {
        "sections": command.sections,
        "against": command.against,
        "workloads": command.workloads,
        "threads": command.threads,
        "rounds": command.rounds,
        "seconds": command.seconds,
    }
    if command.quick:
        asked["ways"] = 1
    started = [sys.executable, "-m", "tests.benchmarks.run", json.dumps(asked)]
    with subprocess.Popen(started, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield from process.stdout
        finally:  # whoever stops listening early ends the measuring too
            process.terminate()


def pictures(rows: Sequence[Event], path: Path) -> Iterator[Path]:
    """Draw how time and memory grow, a file for each number of threads beside the numbers."""
    grown = [row for row in rows if row["section"] == "scaling"]
    for threads in dict.fromkeys(row["threads"] for row in grown):
        picture = path.with_name(f"{path.stem}-{threads}.svg")
        own = [row for row in grown if row["threads"] == threads]
        picture.write_text(plot(own, threads), "utf-8")
        yield picture


def default_path(date: str) -> Path:
    """Where the numbers go when nobody said: a file with date and time in the person's data."""
    name = date[:19].replace(":", "").replace("T", "-")
    folder: Path = platformdirs.user_data_path("layerwise", appauthor=False)
    return folder / "benchmarks" / f"{name}.json"
