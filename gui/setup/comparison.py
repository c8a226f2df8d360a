"""`python main.py test --against torch`: the engine beside a peer, on random networks.

The networks are drawn and computed by `tests.references.compare`, in a process of its own; here its
lines become progress, a table of the largest differences, and an exit code.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.progress import track
from rich.table import Table

from gui import formats
from gui.setup.requirements import ROOT
from gui.terminal.output import console, say
from gui.words import tr

NETWORKS = 200
RESULTS = ("answer", "loss", "gradient", "after")  # what is compared, in the order of computing


@dataclass(frozen=True)
class Peer:
    """A library that computes the same: its name, and the modules that must be there."""

    name: str
    modules: tuple[str, ...]


PEERS = {"torch": Peer("PyTorch", ("torch",)), "keras": Peer("Keras", ("keras", "torch"))}


@dataclass
class Row:
    """The largest differences among the networks with a certain kind of box."""

    networks: int = 0
    worst: dict[str, float] = field(default_factory=dict)

    def add(self, apart: dict[str, float]) -> None:
        """Take in one network."""
        self.networks += 1
        for name, value in apart.items():
            self.worst[name] = max(self.worst.get(name, 0.0), value)


def compare_with(asked: str, lines: Iterable[str] | None = None) -> int:
    """Compare with a peer and print what was found; returns 1 if it is not there or differs.

    `lines` are what the comparison prints, by default of a process with this interpreter.
    """
    peer = PEERS[asked]
    absent = [name for name in peer.modules if importlib.util.find_spec(name) is None]
    out = console()
    if lines is None and absent:
        command = f"{sys.executable} -m pip install {' '.join(absent)}"
        say(out, tr("compare.absent", peer=peer.name, command=command))
        return 1
    rows: dict[str, Row] = {}
    failed: list[str] = []
    say(out, tr("compare.start", peer=peer.name, count=formats.count(NETWORKS)))
    for line in track(lines or printed(peer), tr("compare.progress"), NETWORKS, console=out):
        network = json.loads(line)
        failed += problems(network)
        for kind in network["kinds"]:
            rows.setdefault(kind, Row()).add(network.get("apart", {}))
    out.print(table(rows))
    for sentence in failed:
        say(out, sentence)
    total = max((row.networks for row in rows.values()), default=0)
    if total < NETWORKS:
        failed.append(tr("compare.broken", done=total, count=NETWORKS))
        say(out, failed[-1])
    elif not failed:
        say(out, tr("compare.agree", count=formats.count(total), peer=peer.name))
    return int(bool(failed))


def printed(peer: Peer) -> Iterator[str]:
    """The lines of the comparison, as they come."""
    command = [sys.executable, "-m", "tests.references.compare", peer.name, str(NETWORKS)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield from process.stdout


def problems(network: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one network, as sentences."""
    seed = network["seed"]
    if "error" in network:
        yield tr("compare.error", seed=seed, error=network["error"])
    for name in RESULTS:
        apart = network.get("apart", {}).get(name, 0.0)
        if not apart <= network["limit"]:
            what = tr(f"compare.{name}")
            yield tr("compare.apart", seed=seed, what=what, apart=formats.number(apart))


def table(rows: dict[str, Row]) -> Table:
    """The largest differences by kind of box, the largest first."""
    made = Table()
    made.add_column(tr("compare.box"))
    for name in ("networks", *RESULTS):
        made.add_column(tr(f"compare.{name}"), justify="right")
    for kind, row in sorted(rows.items(), key=lambda item: -max(item[1].worst.values(), default=0)):
        worst = (formats.number(row.worst[name]) if name in row.worst else "" for name in RESULTS)
        made.add_row(tr(f"layer.{kind}.name"), formats.count(row.networks), *worst)
    return made
