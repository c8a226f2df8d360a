"""The command line: which commands there are, their options, and what was asked for.

Only reading happens here; `gui.setup.start` acts on the result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from gui.setup.requirements import version
from gui.terminal.arguments import PROGRAM, Parser, add_language, own_words, whole_number
from gui.terminal.bench_options import Bench, bench_parser, read_bench
from gui.words import LANGUAGES, tr

DEVICES = ("auto", "cpu", "cuda")
AGAINST = ("torch", "keras")  # libraries that compute the same, see gui.setup.comparison


@dataclass(frozen=True)
class OpenWindow:
    """Open the window, with `files` or with the welcome document."""

    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Train:
    """Train the document `file` in the terminal; None leaves a setting as the document has it."""

    file: Path
    epochs: int | None = None
    threads: int | None = None
    seed: int | None = None
    device: str = "auto"
    save: Path | None = None
    checkpoints: Path | None = None
    folds: int | None = None
    data: Path | None = None
    target: str = ""


@dataclass(frozen=True)
class CompareMethods:
    """Try classical methods on the data of the document `file`."""

    file: Path
    seed: int = 0


@dataclass(frozen=True)
class ShowData:
    """Look at files of one's own; `out` keeps a network for them."""

    path: Path
    target: str = ""
    out: Path | None = None


@dataclass(frozen=True)
class FindRate:
    """Look for a learning rate for the document `file`."""

    file: Path
    threads: int | None = None
    seed: int | None = None


@dataclass(frozen=True)
class Summarise:
    """Print what the document `file` is made of and what it costs."""

    file: Path
    csv: bool = False


@dataclass(frozen=True)
class Compare:
    """Print what the document `first` and the document `second` differ in."""

    first: Path
    second: Path
    markdown: bool = False


@dataclass(frozen=True)
class RunChecks:
    """Run every check of the code, with these arguments for pytest; or compare with a peer."""

    pytest_arguments: tuple[str, ...] = ()
    fast: bool = False
    against: str = ""


@dataclass(frozen=True)
class InstallLauncher:
    """Put Layerwise into the menu of a Linux desktop."""


Command = (
    OpenWindow
    | Train
    | CompareMethods
    | ShowData
    | FindRate
    | Summarise
    | Compare
    | RunChecks
    | Bench
    | InstallLauncher
)


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language that `--language` asks for, if there is one of that name.

    Looked up before the parsers are made, because their words are in this language already.
    """
    parts = [part for given in arguments for part in given.split("=", 1)]
    names = (name for option, name in pairwise(parts) if option == "--language")
    return next((name for name in names if name in LANGUAGES), None)


def parse(arguments: Sequence[str]) -> Command:
    """What `arguments` ask for. Ends the process with 2 and a sentence if they make no sense."""
    with own_words():
        name, rest = take_command(arguments)
        if name:
            return COMMANDS[name](rest)
        if {"-h", "--help"} & set(rest):
            print(full_help())
            raise SystemExit(0)
        return read_window(rest)


def take_command(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The name of the command, if the first word is one, and the other arguments."""
    index = 0
    while index < len(arguments) and arguments[index].startswith("-"):
        index += 2 if arguments[index] == "--language" else 1
    rest = list(arguments)
    if index < len(rest) and rest[index] in COMMANDS:
        return rest.pop(index), rest
    return None, rest


def full_help() -> str:
    """The help of the window and of every command, one below the other."""
    parsers = (
        window_parser,
        train_parser,
        baseline_parser,
        data_parser,
        rate_parser,
        summary_parser,
        diff_parser,
        checks_parser,
        bench_parser,
        launcher_parser,
    )
    return "\n".join([make().format_help() for make in parsers] + [tr("command.more")])


def window_parser() -> Parser:
    """The parser of `python main.py [FILE …]`."""
    parser = Parser(PROGRAM, tr("command.about"))
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help=tr("command.file"))
    add_language(parser)
    number = f"Layerwise {version()}"
    parser.add_argument("--version", action="version", version=number, help=tr("command.version"))
    return parser


def read_window(arguments: Sequence[str]) -> OpenWindow:
    """Read the arguments of `python main.py [FILE …]`."""
    parser = window_parser()
    files: list[Path] = parser.parse_args(arguments).files
    for file in files:
        check_file(parser, file)
    return OpenWindow(tuple(files))


def train_parser() -> Parser:
    """The parser of `python main.py train FILE`."""
    parser = Parser(f"{PROGRAM} train", tr("command.train"))
    parser.add_argument("file", metavar="FILE", type=Path, help=tr("command.train.file"))
    count, natural = whole_number(1), whole_number(0)
    parser.add_argument("--epochs", metavar="N", type=count, help=tr("command.train.epochs"))
    parser.add_argument("--threads", metavar="N", type=count, help=tr("command.train.threads"))
    parser.add_argument("--seed", metavar="N", type=natural, help=tr("command.train.seed"))
    parser.add_argument(
        "--device", choices=DEVICES, default="auto", help=tr("command.train.device")
    )
    parser.add_argument("--save", metavar="OUT", type=Path, help=tr("command.train.save"))
    parser.add_argument(
        "--checkpoints", metavar="FOLDER", type=Path, help=tr("command.train.checkpoints")
    )
    parser.add_argument(
        "--folds", metavar="N", type=whole_number(2), help=tr("command.train.folds")
    )
    parser.add_argument("--data", metavar="PATH", type=Path, help=tr("command.train.data"))
    parser.add_argument("--target", metavar="COLUMN", default="", help=tr("command.data.target"))
    add_language(parser)
    return parser


def read_train(arguments: Sequence[str]) -> Train:
    """Read the arguments of `python main.py train`."""
    parser = train_parser()
    given = vars(parser.parse_args(arguments))
    given.pop("language")
    command = Train(**given)
    check_file(parser, command.file)
    check_save(parser, command.save)
    if command.folds and (command.save or command.checkpoints):
        parser.error(tr("command.folds_keep_nothing"))
    if command.folds and command.data:
        parser.error(tr("command.folds_own_data"))
    if command.target and not command.data:
        parser.error(tr("command.target_without_data"))
    if command.data:
        check_path(parser, command.data)
    if command.checkpoints and command.checkpoints.is_file():
        parser.error(tr("command.no_folder", path=command.checkpoints))
    return command


def baseline_parser() -> Parser:
    """The parser of `python main.py baseline FILE`."""
    parser = Parser(f"{PROGRAM} baseline", tr("command.baseline"))
    parser.add_argument("file", metavar="FILE", type=Path, help=tr("command.baseline.file"))
    natural = whole_number(0)
    parser.add_argument(
        "--seed", metavar="N", type=natural, default=0, help=tr("command.baseline.seed")
    )
    add_language(parser)
    return parser


def read_baseline(arguments: Sequence[str]) -> CompareMethods:
    """Read the arguments of `python main.py baseline`."""
    parser = baseline_parser()
    given = parser.parse_args(arguments)
    check_path(parser, given.file)
    return CompareMethods(given.file, given.seed)


def data_parser() -> Parser:
    """The parser of `python main.py data PATH`."""
    parser = Parser(f"{PROGRAM} data", tr("command.data"))
    parser.add_argument("path", metavar="PATH", type=Path, help=tr("command.data.path"))
    parser.add_argument("--target", metavar="COLUMN", default="", help=tr("command.data.target"))
    parser.add_argument("--out", metavar="OUT", type=Path, help=tr("command.data.out"))
    add_language(parser)
    return parser


def read_data(arguments: Sequence[str]) -> ShowData:
    """Read the arguments of `python main.py data`."""
    parser = data_parser()
    given = parser.parse_args(arguments)
    check_path(parser, given.path)
    check_save(parser, given.out)
    return ShowData(given.path, given.target, given.out)


def rate_parser() -> Parser:
    """The parser of `python main.py learning-rate FILE`."""
    parser = Parser(f"{PROGRAM} learning-rate", tr("command.rate"))
    parser.add_argument("file", metavar="FILE", type=Path, help=tr("command.rate.file"))
    count, natural = whole_number(1), whole_number(0)
    parser.add_argument("--threads", metavar="N", type=count, help=tr("command.train.threads"))
    parser.add_argument("--seed", metavar="N", type=natural, help=tr("command.train.seed"))
    add_language(parser)
    return parser


def read_rate(arguments: Sequence[str]) -> FindRate:
    """Read the arguments of `python main.py learning-rate`."""
    parser = rate_parser()
    given = parser.parse_args(arguments)
    check_file(parser, given.file)
    return FindRate(given.file, given.threads, given.seed)


def summary_parser() -> Parser:
    """The parser of `python main.py summary FILE`."""
    parser = Parser(f"{PROGRAM} summary", tr("command.summary"))
    parser.add_argument("file", metavar="FILE", type=Path, help=tr("command.summary.file"))
    parser.add_argument("--csv", action="store_true", help=tr("command.summary.csv"))
    add_language(parser)
    return parser


def read_summary(arguments: Sequence[str]) -> Summarise:
    """Read the arguments of `python main.py summary`."""
    parser = summary_parser()
    given = parser.parse_args(arguments)
    check_file(parser, given.file)
    return Summarise(given.file, given.csv)


def diff_parser() -> Parser:
    """The parser of `python main.py diff A B`."""
    parser = Parser(f"{PROGRAM} diff", tr("command.diff"))
    parser.add_argument("first", metavar="A", type=Path, help=tr("command.diff.first"))
    parser.add_argument("second", metavar="B", type=Path, help=tr("command.diff.second"))
    parser.add_argument("--markdown", action="store_true", help=tr("command.diff.markdown"))
    add_language(parser)
    return parser


def read_diff(arguments: Sequence[str]) -> Compare:
    """Read the arguments of `python main.py diff`."""
    parser = diff_parser()
    given = parser.parse_args(arguments)
    for path in (given.first, given.second):
        check_file(parser, path)
    return Compare(given.first, given.second, given.markdown)


def checks_parser() -> Parser:
    """The parser of `python main.py test`; pytest gets what it does not know."""
    parser = Parser(f"{PROGRAM} test", tr("command.test"), tr("command.test.more"))
    parser.add_argument("--fast", action="store_true", help=tr("command.test.fast"))
    parser.add_argument("--against", choices=AGAINST, help=tr("command.test.against"))
    add_language(parser)
    return parser


def read_checks(arguments: Sequence[str]) -> RunChecks:
    """Read the arguments of `python main.py test`."""
    given, others = checks_parser().parse_known_args(arguments)
    arguments = tuple(others[1:] if others[:1] == ["--"] else others)
    return RunChecks(arguments, given.fast, given.against or "")


def launcher_parser() -> Parser:
    """The parser of `python main.py install-launcher`."""
    parser = Parser(f"{PROGRAM} install-launcher", tr("command.launcher"))
    add_language(parser)
    return parser


def read_launcher(arguments: Sequence[str]) -> InstallLauncher:
    """Read the arguments of `python main.py install-launcher`."""
    launcher_parser().parse_args(arguments)
    return InstallLauncher()


def check_file(parser: Parser, path: Path) -> None:
    """End with a sentence if there is no file at `path`."""
    if path.is_dir():
        parser.error(tr("command.is_folder", path=path))
    if not path.is_file():
        parser.error(tr("command.no_file", path=path))


def check_path(parser: Parser, path: Path) -> None:
    """End with a sentence if there is neither a file nor a folder at `path`."""
    if not path.exists():
        parser.error(tr("command.no_file", path=path))


def check_save(parser: Parser, path: Path | None) -> None:
    """End with a sentence if no file could be saved there."""
    if path is None:
        return
    if path.is_dir():
        parser.error(tr("command.save_is_folder", path=path))
    if not path.absolute().parent.is_dir():
        parser.error(tr("command.no_folder", path=path.absolute().parent))


COMMANDS: dict[str, Callable[[Sequence[str]], Command]] = {
    "train": read_train,
    "baseline": read_baseline,
    "data": read_data,
    "learning-rate": read_rate,
    "summary": read_summary,
    "diff": read_diff,
    "test": read_checks,
    "bench": read_bench,
    "install-launcher": read_launcher,
}
