"""The vocabulary between the window and the data process.

The window asks (`Look`, `Take`, `Show`, `Compare`), each with a `task` number of its own; the
answer carries the same number, with any number of `Working` before it. A question that takes too
long is dropped by ending the process. Words come from the codes of refusals and complaints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.protocol import Own, Passage, Reply
from engine.spec.options import Options, Value
from engine.spec.shapes import Shape
from engine.spec.sources import Facts, Source

Bytes = NDArray[np.uint8]
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something about files that a person should know, though they can be read."""

    code: str  # words: complaint.<code>
    numbers: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would help against a finding: see `engine.layers.remedies`, which makes it an edit.

    code : words: remedy.<code>
    values : options of the data box, or with `of` "loss" of the losses that read its targets
    columns : with `of` "recipe": the table's columns whose options these are; it is then read anew
    """

    code: str
    values: dict[str, Value]
    of: str = "data"
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about prepared data that spoils training, or makes its scores too good."""

    complaint: Complaint
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class TableGlimpse:
    """The first rows of a table. `recipe` has columns and no "auto" any more.

    cells : texts as they stand in the file, row by row, at most some hundred rows, without
        the header, whose names are those of the recipe's columns
    wrong : (row, column) of cells that are not what their column's type says
    gaps : by column, empty cells among all rows that were looked at
    categories : by column, how many different texts there are among those rows
    sheets : of a workbook
    """

    recipe: Options
    cells: tuple[tuple[str, ...], ...]
    wrong: frozenset[tuple[int, int]]
    gaps: tuple[int, ...]
    categories: tuple[int, ...]
    rows: int  # looked at
    is_all: bool  # whether those were all rows
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureGlimpse:
    """A few pictures as the network would receive them: (N, H, W, 1 or 3), with their classes."""

    recipe: Options
    pictures: Bytes
    labels: tuple[int, ...]
    class_names: tuple[str, ...]
    counts: tuple[int, ...]  # pictures of each class
    originals: tuple[tuple[int, int], ...] = ()  # width and height in the files


@dataclass(frozen=True, slots=True)
class ArrayGlimpse:
    """The arrays of a file: names, shapes and kinds of numbers, and the first samples."""

    recipe: Options
    arrays: tuple[tuple[str, tuple[int, ...], str], ...]
    first: Array  # (up to 8, …) of the samples
    targets: Array  # theirs: names of classes, or values


@dataclass(frozen=True, slots=True)
class TextGlimpse:
    """The beginning of a text, as a text and as its tokens, and how many different there are."""

    recipe: Options
    text: str
    tokens: tuple[str, ...]
    count: int  # tokens in all
    vocabulary: tuple[tuple[str, int], ...]  # the most frequent ones, with their numbers


@dataclass(frozen=True, slots=True)
class SoundGlimpse:
    """A few recordings: what the network would receive, (N, T, F), with their classes."""

    recipe: Options
    sounds: Array
    labels: tuple[int, ...]
    class_names: tuple[str, ...]
    counts: tuple[int, ...]
    seconds: tuple[float, ...]  # how long the recordings are


Glimpse = TableGlimpse | PictureGlimpse | ArrayGlimpse | TextGlimpse | SoundGlimpse


# what the network will receive


@dataclass(frozen=True, slots=True)
class SampleViews:
    """Some samples of one part, as they were read and as the network receives them.

    rows : (n,) their places in the part
    raw : (n, …) as read; of a table its cells: NaN where one is empty, and numbers of categories
    prepared : (n, …) in the shape of the data box
    target : (n, …) class numbers, or values
    raw_target : (n, …) values in their own unit, where they are scaled; None where `target` is that
    augmented : (n, …) prepared, then as an augmenting box shows them; None without one
    """

    rows: Array
    raw: Array
    prepared: Array
    target: Array
    augmented: Array | None = None
    raw_target: Array | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie between the smallest and the largest, and what sums them up.

    counts : (B,) how many lie in each bin; of categories, one bin for each
    edges : (B + 1,) where bins begin and end; empty for categories
    gaps : cells without a value, which are counted nowhere else
    """

    counts: Array
    edges: Array
    mean: float
    deviation: float
    low: float
    high: float
    gaps: int = 0


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of a table, one feature of a sequence, or one channel of pictures.

    name : as in a person's own file; empty: what the window calls the feature `first`
    categories : the texts for which the numbers of the raw column stand
    first, width : of the prepared columns that it became
    """

    name: str
    categories: tuple[str, ...]
    first: int
    width: int
    raw: Spread
    prepared: Spread


@dataclass(frozen=True, slots=True)
class Correlations:
    """Pearson's correlation of each pair: (C, C) between −1 and 1, NaN where nothing changes.

    names : what each row is, ("feature", "target" or "class", its number)
    left_out : columns that found no room
    """

    values: Array
    names: tuple[tuple[str, int], ...]
    left_out: int = 0


# questions


@dataclass(frozen=True, slots=True)
class Look:
    """What is in these files? Quick, whatever their size; answered by Seen."""

    task: int
    path: str
    form: str = ""  # a key of RECIPES; empty: find out
    recipe: Options | None = None  # None: what is usual


@dataclass(frozen=True, slots=True)
class Take:
    """Read all of it, and keep it ready for training; answered by Taken."""

    task: int
    path: str
    form: str
    recipe: Options


@dataclass(frozen=True, slots=True)
class Show:
    """What will the network receive from a data box? Answered by Shown.

    box : the options of the data box
    augment : those of an augmenting box behind it
    part : "training", "validation" or "test", of which samples and columns are shown
    sample, most : the first sample shown, and how many
    whole : whether columns, correlations, tokens and findings are wanted, too
    is_weighted : whether the loss lets rare classes weigh more
    """

    task: int
    box: Options
    augment: Options | None = None
    part: str = "training"
    sample: int = 0
    most: int = 60
    whole: bool = True
    is_weighted: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """What do classical methods reach on the data of a box? Answered by Compared."""

    task: int
    box: Options


@dataclass(frozen=True, slots=True)
class Trace:
    """What does a network that is not trained yet make of a training sample? Answered by Traced."""

    task: int
    document: str  # JSON, see engine.spec.codec
    sample: int


@dataclass(frozen=True, slots=True)
class TryFirst:
    """What does a network that is not trained yet make of a sample of one's own? See FirstReply."""

    task: int
    document: str  # JSON, see engine.spec.codec
    own: Own
    wants_flows: bool = False


@dataclass(frozen=True, slots=True)
class Identify:
    """Which files are these? Answered by Identified."""

    task: int
    path: str


# answers


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer to Look. `facts` are of a complete reading, where that was quick, else None."""

    task: int
    form: str
    glimpse: Glimpse
    facts: Facts | None = None
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to Take: what a data box keeps."""

    task: int
    source: Source
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer to Show.

    shape, classes : of a sample as the network receives it; 0 classes for a regression
    counts : samples by part
    size : bytes of all prepared samples with their targets
    class_counts : by part (K,) how many targets are of each class; empty for a regression
    columns, targets : how the features of the part lie, and the numbers to be predicted
    raw_targets : these in their own unit, where they are scaled; empty where they are not
    findings : faults of the data, in all parts
    token_counts : (V,) how often each token stands in the part; empty for real numbers
    """

    task: int
    shape: Shape
    classes: int
    counts: dict[str, int]
    size: int
    part: str
    samples: SampleViews
    class_counts: dict[str, Array] = field(default_factory=dict)
    columns: tuple[ColumnView, ...] = ()
    targets: tuple[Spread, ...] = ()
    raw_targets: tuple[Spread, ...] = ()
    correlations: Correlations | None = None
    token_counts: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodScores:
    """What one method reached: see `engine.data.baselines.Baseline`."""

    method: str
    scores: dict[str, dict[str, float]]
    seconds: float
    rows: int
    available: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer to Compare."""

    task: int
    rows: tuple[MethodScores, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """The answer to Trace."""

    task: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class FirstReply:
    """The answer to TryFirst; None where the network is too large, or does not work yet."""

    task: int
    reply: Reply | None


@dataclass(frozen=True, slots=True)
class Identified:
    """The answer to Identify: the fingerprint that a source of these files would have."""

    task: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Working:
    """How far a task is."""

    task: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a task has no answer. Words: refusal.<code>."""

    task: int
    code: str
    numbers: dict[str, object] = field(default_factory=dict)
    detail: str = ""  # for the log
    form: str = ""  # as which files were looked at, if that was found out


Question = Look | Take | Show | Compare | Trace | TryFirst | Identify
Answer = Seen | Taken | Shown | Compared | Traced | FirstReply | Identified | Working | Refused
