"""How files of a person's own are read: one recipe for each form of data, declared like options.

The forms of the import page come from these declarations, and so do the checks of what a saved
document says. "auto" is found by looking at the file, and written down when it was found.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.spec.options import (
    Declared,
    Options,
    Value,
    choice,
    flag,
    mistakes,
    real,
    record,
    text,
    whole,
)

ENCODINGS = ("auto", "utf_8", "gbk", "gb18030", "utf_16", "latin_1")

# what a column is for; and what is done where one of its cells is empty
ROLES = ("input", "target", "group", "ignored")
GAPS = ("mean", "median", "most_frequent", "constant", "drop")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    A category is one of the texts that were found (`ColumnFacts.categories`); a date becomes the
    number of days since 1970; a text is split into tokens. Rows with the same value in the column
    with the role "group" stay in the same part of the split.
    """

    name: str = text()
    type: str = choice("number", "category", "date", "text")
    role: str = choice(*ROLES)
    gaps: str = choice(*GAPS)
    constant: float = real(0.0, -1e12, 1e12, shown_when=("gaps", ("constant",)))


def _are_columns(value: object) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(column, Options) and not list(mistakes(Column, column)) for column in value
    )


@dataclass(frozen=True, slots=True)
class Table:
    """CSV, TSV or Excel. Each row is a sample, or (`use` "series") a moment of a time series.

    The past of a series' measured targets is known when their future is predicted, so it is among
    the inputs, too.
    """

    encoding: str = choice(*ENCODINGS)
    delimiter: str = choice("auto", "comma", "semicolon", "tab", "bar", "space")
    decimal: str = choice("auto", "point", "comma")
    thousands: str = choice("auto", "none", "comma", "point", "space", "apostrophe")
    header: str = choice("auto", "yes", "no")
    sheet: str = text()  # of a workbook; empty: the first
    use: str = choice("rows", "series")
    # of a column of text
    tokens: str = choice("characters", "words")
    vocabulary: int = whole(5000, 2, 50_000)
    columns: tuple[Value, ...] = record((), _are_columns)  # empty: proposed from what is found


@dataclass(frozen=True, slots=True)
class Pictures:
    """A folder (or a zip) with one folder of pictures for each class."""

    width: int = whole(32, 4, 512, unit="pixels")
    height: int = whole(32, 4, 512, unit="pixels")
    fit: str = choice("crop", "pad", "stretch")
    colour: str = choice("auto", "grey", "rgb")


@dataclass(frozen=True, slots=True)
class Arrays:
    """NumPy's .npz or .npy: the names of the arrays of samples and targets in the file."""

    x: str = text()
    target: str = text()
    task: str = choice("auto", "classes", "values")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text, or a folder of them, to be continued token by token."""

    encoding: str = choice(*ENCODINGS)
    tokens: str = choice("characters", "words")
    lower: bool = flag(False)
    vocabulary: int = whole(5000, 2, 50_000)


@dataclass(frozen=True, slots=True)
class Sounds:
    """A folder with one folder of WAV recordings for each class."""

    rate: int = whole(8000, 1000, 48_000, unit="hertz")
    seconds: float = real(1.0, 0.05, 10.0, unit="seconds")
    form: str = choice("log_mel", "waveform")
    bands: int = whole(40, 8, 128, shown_when=("form", ("log_mel",)))
    window: float = real(0.025, 0.005, 0.2, unit="seconds", shown_when=("form", ("log_mel",)))
    hop: float = real(0.010, 0.002, 0.2, unit="seconds", shown_when=("form", ("log_mel",)))


@dataclass(frozen=True, slots=True)
class Collection:
    """A known collection of pictures: MNIST's kin in IDX, or CIFAR's binary version."""

    member: str = text()  # of EMNIST: balanced, letters …; of a folder with several: which
    labels: str = choice("fine", "coarse")  # of CIFAR-100


RECIPES: dict[str, type[Declared]] = {
    "table": Table,
    "pictures": Pictures,
    "arrays": Arrays,
    "passage": Passage,
    "sounds": Sounds,
    "collection": Collection,
}


def is_recipe(form: str, value: Options) -> bool:
    """Whether `value` holds options of the recipe for this form of data."""
    return form in RECIPES and not list(mistakes(RECIPES[form], value))
