"""`python main.py bench`: its options, and what was asked for."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gui.terminal.arguments import PROGRAM, Parser, add_language, whole_number
from gui.words import tr

# What tests.benchmarks knows; a test holds that it is the same.
SECTIONS = ("steps", "inference", "scaling", "start", "memory")
PEERS = ("torch", "jax", "keras", "onnxruntime")
NETWORKS = (
    "toy",
    "mlp_32",
    "mlp_128",
    "cnn_32",
    "cnn_128",
    "rnn",
    "char_rnn",
    "char_lstm",
    "char_gru",
)
ROUNDS, SECONDS = 15, 20
QUICK = 5  # rounds, and only the most usual way of each library


@dataclass(frozen=True)
class Bench:
    """Measure the speed of the engine, beside that of other libraries."""

    against: tuple[str, ...] = ()
    workloads: tuple[str, ...] = NETWORKS
    threads: tuple[int, ...] = (1,)
    rounds: int = ROUNDS
    seconds: int = SECONDS
    quick: bool = False
    sections: tuple[str, ...] = SECTIONS[:1]
    output: Path | None = None


def bench_parser() -> Parser:
    """The parser of `python main.py bench`."""
    parser = Parser(f"{PROGRAM} bench", tr("command.bench"))
    against = tr("command.bench.against", peers=", ".join(PEERS))
    networks = tr("command.bench.workloads", networks=", ".join(NETWORKS))
    sections = tr("command.bench.section", sections=", ".join(SECTIONS))
    parser.add_argument("--section", metavar="A,B", type=names_of(SECTIONS), help=sections)
    parser.add_argument("--against", metavar="A,B", type=names_of(PEERS), help=against)
    parser.add_argument(
        "--workloads", metavar="A,B", type=names_of(NETWORKS, in_parts=True), help=networks
    )
    parser.add_argument("--threads", metavar="A,B", type=numbers, help=tr("command.bench.threads"))
    count = whole_number(1)
    parser.add_argument("--rounds", metavar="N", type=count, help=tr("command.bench.rounds"))
    parser.add_argument("--seconds", metavar="N", type=count, help=tr("command.bench.seconds"))
    parser.add_argument("--quick", action="store_true", help=tr("command.bench.quick"))
    parser.add_argument("--output", metavar="FILE", type=Path, help=tr("command.bench.output"))
    add_language(parser)
    return parser


def read_bench(arguments: Sequence[str]) -> Bench:
    """Read the arguments of `python main.py bench`."""
    parser = bench_parser()
    given = parser.parse_args(arguments)
    output: Path | None = given.output
    if output and output.is_dir():
        parser.error(tr("command.save_is_folder", path=output))
    if output and not output.absolute().parent.is_dir():
        parser.error(tr("command.no_folder", path=output.absolute().parent))
    return Bench(
        given.against or (),
        given.workloads or NETWORKS,
        given.threads or tuple(range(1, 1 + min(2, os.cpu_count() or 1))),
        given.rounds or (QUICK if given.quick else ROUNDS),
        given.seconds or SECONDS,
        given.quick,
        given.section or SECTIONS[:1],
        output,
    )


def names_of(known: Sequence[str], in_parts: bool = False) -> Callable[[str], tuple[str, ...]]:
    """A reader of names with commas between them.

    With `in_parts` a part of names means all that have it: lstm, or cnn.
    """

    def read(text: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for name in text.split(","):
            fitting = [name] if name in known else []
            if in_parts and name and not fitting:
                fitting = [each for each in known if name in each.split("_")]
            if not fitting:
                given = {"given": name, "known": ", ".join(known)}
                raise argparse.ArgumentTypeError(tr("command.bench.unknown", **given))
            found |= dict.fromkeys(fitting)
        return tuple(found)

    return read


def numbers(text: str) -> tuple[int, ...]:
    """Whole numbers of at least 1 with commas between them."""
    return tuple(dict.fromkeys(map(whole_number(1), text.split(","))))
