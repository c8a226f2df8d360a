"""Data of a person's own: where it lies, how it is read, and what was found there.

A data box keeps a `Source` in its option `origin`, as plain nested values. What was found (the
facts) is kept too, so that boxes show sizes at once, also where the file is not at hand. Facts are
written by whoever reads the file (`engine.data.own`), never by a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from engine.spec.datasets import DataCard
from engine.spec.document import Document
from engine.spec.options import Options, Value
from engine.spec.recipes import is_recipe
from engine.spec.shapes import REAL, TOKEN, Shape

OWN = "own"  # the choice of a data box's option `dataset` that means its option `origin`
LONGEST = 1_000_000_000  # of a row, and of sizes and counts
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What was found in one column of a table, in the order of the recipe's columns.

    categories : the different texts of a column of categories, sorted; numbers stand for them
    gaps : number of empty cells
    """

    categories: Names = ()
    gaps: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in the files of a person's own, read by a recipe.

    sizes, axes : of one sample, as in `Shape`; the first size is that of the data box's option
        `length` where `any_length`
    limit : how many different tokens there are; 0 where samples are real numbers
    samples : how many; rows of a `series`, tokens of a text to be continued (`per_step`)
    test_samples : so many at the end are for the test, as their collector meant it
    classes : 0 for a regression, which predicts `outputs` numbers
    counts : samples of each class, where each sample has one; empty where nobody counted
    columns : of a table; empty otherwise
    """

    sizes: tuple[int, ...]
    axes: Names
    samples: int
    limit: int = 0
    classes: int = 0
    outputs: int = 1
    per_step: bool = False
    any_length: bool = False
    series: bool = False
    test_samples: int = 0
    scaling: str = "none"
    class_names: Names = ()
    counts: tuple[int, ...] = ()
    feature_names: Names = ()
    target_names: Names = ()
    vocabulary: Names = ()
    columns: tuple[ColumnFacts, ...] = ()

    @property
    def shape(self) -> Shape:
        """The shape of one sample."""
        return Shape(self.sizes, self.axes, TOKEN if self.limit else REAL, self.limit)


@dataclass(frozen=True, slots=True)
class Source:
    """Data of a person's own.

    form : a key of `RECIPES`
    path : absolute; a saved document holds it relative to its own folder where it can
    fingerprint : of the content, to notice that another file stands there now
    embedded : whether a saved document carries the files inside
    """

    form: str
    path: str
    fingerprint: str
    recipe: Options
    facts: Facts
    embedded: bool = False

    @property
    def name(self) -> str:
        """What the files are called where a person looks."""
        return PureWindowsPath(self.path).name if "\\" in self.path else Path(self.path).name

    @property
    def has_groups(self) -> bool:
        """Whether a column says which samples belong together."""
        columns = self.recipe.get("columns", ())
        assert isinstance(columns, tuple)
        return any(isinstance(c, Options) and c.get("role") == "group" for c in columns)

    @property
    def card(self) -> DataCard:
        """The same facts as of a bundled set."""
        facts = self.facts
        card = DataCard(
            OWN,
            facts.shape,
            facts.classes,
            facts.samples,
            facts.scaling,
            facts.outputs,
            facts.per_step,
            any_length=facts.any_length,
        )
        if facts.series:
            return replace(card, rows=facts.samples)
        if facts.any_length and facts.per_step:
            return replace(card, characters=facts.samples)
        return card

    def to_options(self) -> Options:
        """As plain values, for a document."""
        return Options(
            {
                "form": self.form,
                "path": self.path,
                "fingerprint": self.fingerprint,
                "embedded": self.embedded,
                "recipe": self.recipe,
                "facts": _plain(self.facts),
            }
        )


def _plain(value: Any) -> Value:
    """A dataclass of facts as nested plain values; what has its default is left out."""
    if isinstance(value, Facts | ColumnFacts):
        given = {f.name: getattr(value, f.name) for f in fields(value)}
        own = {f.name: f.default for f in fields(value)}
        return Options({k: _plain(v) for k, v in given.items() if v != own[k]})
    if isinstance(value, tuple):
        return tuple(_plain(v) for v in value)
    plain: Value = value
    return plain


KEPT = 32
_LAST: dict[int, tuple[Options, Source]] = {}


def source_of(options: Options) -> Source:
    """The source that nested values of a document describe; ValueError if they describe none.

    Reading hundreds of columns takes some milliseconds, and every view asks, so the last few are
    kept: by identity, because 1 and True are equal but not both right.
    """
    kept, source = _LAST.get(id(options), (None, None))
    if kept is not options or source is None:
        source = _read(options)
        while len(_LAST) >= KEPT:
            _LAST.pop(next(iter(_LAST)), None)
        _LAST[id(options)] = options, source
    return source


def _read(options: Options) -> Source:
    try:
        recipe = options["recipe"]
        form, path, fingerprint = (_text(options[k]) for k in ("form", "path", "fingerprint"))
        if not isinstance(recipe, Options) or not is_recipe(form, recipe) or not path:
            raise ValueError(f"no recipe for {form}")
        embedded = options.get("embedded", False)
        facts = _facts(options["facts"])
    except KeyError as error:
        raise ValueError(f"{error} is missing") from error
    return Source(form, path, fingerprint, recipe, facts, embedded is True)


def is_source(value: object) -> bool:
    """Whether nested values describe a source, or none at all (empty)."""
    if not isinstance(value, Options):
        return False
    try:
        return not value or source_of(value) is not None
    except ValueError:
        return False


def _facts(value: object) -> Facts:
    if not isinstance(value, Options):
        raise ValueError("facts")
    known = {f.name: f for f in fields(Facts)}
    if strange := set(value) - set(known):
        raise ValueError(f"facts: {', '.join(sorted(strange))}")
    given: dict[str, Any] = {k: _READ[str(known[k].type)](v) for k, v in value.items()}
    try:
        facts = Facts(**given)
    except TypeError as error:
        raise ValueError(str(error)) from error
    _check(facts)
    return facts


def _check(facts: Facts) -> None:
    """ValueError where facts contradict each other: nothing behind them is asked again."""
    shape = facts.shape  # raises ValueError itself if sizes and axes differ in number
    lists = (facts.class_names, facts.classes), (facts.vocabulary, facts.limit)
    named = all(not names or len(names) == count for names, count in lists)
    named &= not facts.counts or len(facts.counts) == facts.classes
    if not facts.sizes or not named or facts.classes == 1 or facts.samples < 1:
        raise ValueError("facts")
    if facts.outputs < 1 or shape.count < 1 or facts.test_samples >= facts.samples:
        raise ValueError("facts")
    if (facts.any_length or facts.series or facts.per_step) and not shape.time:
        raise ValueError("facts")
    if facts.scaling not in ("none", "standardise"):
        raise ValueError("facts")


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= LONGEST:
        raise ValueError(f"{value!r}")
    return value


def _yes_or_no(value: object) -> bool:
    if type(value) is not bool:
        raise ValueError(f"{value!r}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r}")
    return value


def _each(one: Callable[[object], Any]) -> Callable[[object], Any]:
    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, tuple):
            raise ValueError(f"{value!r}")
        return tuple(one(v) for v in value)

    return read


def _column(value: object) -> ColumnFacts:
    if not isinstance(value, Options) or set(value) - {"categories", "gaps"}:
        raise ValueError(f"{value!r}")
    return ColumnFacts(_each(_text)(value.get("categories", ())), _number(value.get("gaps", 0)))


_READ: dict[str, Callable[[object], Any]] = {
    "int": _number,
    "bool": _yes_or_no,
    "str": _text,
    "Names": _each(_text),
    "tuple[int, ...]": _each(_number),
    "tuple[ColumnFacts, ...]": _each(_column),
}


# where the files lie


def relative_to(document: Document, folder: Path) -> Document:
    """The document with its sources' paths as seen from `folder`, where that is possible."""

    def seen(path: str) -> str:
        if not Path(path).is_absolute():
            return path  # inside the file, or of another system
        return _way(Path(path), folder).as_posix()

    return with_sources(document, lambda s: replace(s, path=seen(s.path)))


def _way(path: Path, folder: Path) -> Path:
    """A path as seen from a folder, also from one beside it; on another drive as it is."""
    if path.anchor != folder.anchor:
        return path
    shared = 0
    for mine, theirs in zip(path.parts, folder.parts, strict=False):
        if mine != theirs:
            break
        shared += 1
    return Path(*[".."] * (len(folder.parts) - shared), *path.parts[shared:])


def placed_in(document: Document, folder: Path) -> Document:
    """The document with its sources' relative paths turned into those on this computer."""

    def found(path: str) -> str:
        if PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute():
            return path
        steps = [*folder.parts]
        for step in PurePosixPath(path).parts:
            if step == ".." and len(steps) > 1:
                steps.pop()
            else:
                steps.append(step)
        return str(Path(*steps))

    return with_sources(document, lambda s: replace(s, path=found(s.path)))


def sources(document: Document) -> tuple[Source, ...]:
    """All data of one's own that a document uses."""
    origins = (node.options.get("origin") for node in document.network.nodes)
    return tuple(source_of(o) for o in origins if isinstance(o, Options) and o and is_source(o))


def with_sources(document: Document, change: Callable[[Source], Source]) -> Document:
    """The document with every source changed; what is no source is left as it is."""
    nodes = []
    for node in document.network.nodes:
        origin = node.options.get("origin")
        if isinstance(origin, Options) and origin and is_source(origin):
            after = change(source_of(origin)).to_options()
            if after != origin:
                node = replace(node, options=node.options.replace(origin=after))
        nodes.append(node)
    return replace(document, network=replace(document.network, nodes=tuple(nodes)))
