"""What the network will really receive from a data box, in numbers that can be looked at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.data.checks import Case, check_prepared
from engine.data.correlating import correlations
from engine.data.encoding import width_of
from engine.data.loading import load
from engine.data.own.refusal import Report, silent
from engine.data.preparing import Part, Prepared, prepare_samples
from engine.data.samples import Array, Samples
from engine.data.spreads import spread_of
from engine.data.windows import covered, windows
from engine.data_protocol import ColumnView, Correlations, SampleViews, Show, Shown, Spread
from engine.layers.data import Data
from engine.spec.division import PARTS
from engine.spec.options import Options, checked
from engine.spec.shapes import TOKEN, Shape

MOST_COLUMNS = 120
FEATURES, PICTURE = 1, 3  # axes of a sample that is a row of a table, and of a picture
MOST_NUMBERS = 2_000_000  # in all samples that are shown, whatever their size


def show(question: Show, report: Report = silent) -> Shown:
    """The answer to `Show`; Refusal if files cannot be read, or cannot be divided."""
    box = checked(Data, question.box)
    samples = load(box, report)
    prepared = prepare_samples(box, samples, report=report)
    part, rows = prepared.parts[question.part], prepared.rows[question.part]
    shown = Shown(
        question.task,
        prepared.shape,
        prepared.classes,
        {name: prepared.parts[name].count for name in PARTS},
        sum(p.x.nbytes + p.target.nbytes for p in prepared.parts.values()),
        question.part,
        sample_views(question, box, samples, prepared),
        class_counts(prepared),
    )
    if not question.whole or not part.count:
        return shown
    own = in_own_unit(part.target, prepared)
    return replace(
        shown,
        columns=column_views(box, samples, rows, part),
        targets=() if prepared.classes else target_spreads(part.target, box.card.outputs),
        raw_targets=() if own is None else target_spreads(own, box.card.outputs),
        correlations=correlated(part, prepared.shape, prepared.classes, box),
        token_counts=token_counts(part, prepared.shape),
        findings=check_prepared(Case(box, samples, prepared, question.is_weighted)),
    )


def sample_views(question: Show, box: Data, samples: Samples, prepared: Prepared) -> SampleViews:
    """Some samples of a part, before and after preparing."""
    part = prepared.parts[question.part]
    first = max(0, min(question.sample, part.count - 1))
    most = min(question.most, max(4, MOST_NUMBERS // prepared.shape.count))
    chosen = np.arange(first, min(first + most, part.count))
    target = part.target[chosen]
    if prepared.classes and box.target == "one_hot":
        target = target.reshape(len(chosen), -1, prepared.classes).argmax(axis=-1)
    inputs = prepared.inputs(question.part, chosen)
    raw = raw_samples(box, samples, prepared.rows[question.part][chosen])
    shown = augmented(inputs, question.augment, box.seed) if question.part == "training" else None
    return SampleViews(chosen, raw, inputs, target, shown, in_own_unit(target, prepared))


def in_own_unit(target: Array, prepared: Prepared) -> Array | None:
    """Values to predict as they were read, where they are scaled; else None."""
    if prepared.target_scaling is None:
        return None
    return prepared.target_scaling.undo(target)


def augmented(inputs: Array, augment: Options | None, seed: int) -> Array | None:
    """What an augmenting box would make of pictures in a step of training; None without one."""
    if augment is None or inputs.ndim != 1 + PICTURE:
        return None
    from engine.data.augmenting import preview  # it brings the kernels along

    found: Array = preview(augment, inputs, seed, 1)[:, 0]
    return found


def raw_samples(box: Data, samples: Samples, rows: Array) -> Array:
    """Samples as they were read, (n, …): rows of the data set, or windows that begin there."""
    span, _ = box.reach
    if not span:
        return samples.x[rows]
    cut = windows(samples.x, rows, box.length)
    return cut.reshape(len(rows), box.length, *samples.x.shape[1:])


def class_counts(prepared: Prepared) -> dict[str, Array]:
    """How many targets are of each class, by part; of sequences, at how many time steps."""
    classes = prepared.classes
    if not classes:
        return {}
    return {
        name: np.bincount(labels_in(prepared.parts[name], classes), minlength=classes)
        for name in PARTS
    }


def labels_in(part: Part, classes: int) -> Array:
    """The class numbers of a part one after the other, also where they are coded as 0 and 1."""
    if part.target.dtype.kind == "f":
        found: Array = part.target.reshape(-1, classes).argmax(axis=1)
        return found
    return part.target.reshape(-1)


def target_spreads(target: Array, outputs: int) -> tuple[Spread, ...]:
    """How the numbers to be predicted lie, one after the other."""
    values = target.reshape(-1, outputs)
    return tuple(spread_of(values[:, i]) for i in range(outputs))


def token_counts(part: Part, shape: Shape) -> Array:
    """How often each token stands in a part; empty for real numbers."""
    if shape.kind != TOKEN:
        return np.zeros(0, np.int64)
    return np.bincount(part.x.reshape(-1), minlength=shape.limit)


def column_views(box: Data, samples: Samples, rows: Array, part: Part) -> tuple[ColumnView, ...]:
    """How the columns of a part lie, as they were read and prepared; none of tokens."""
    shape = box.card.shape
    if shape.kind == TOKEN:
        return ()
    span, _ = box.reach
    read = covered(rows, span, samples.count) if span else rows
    raw = samples.x[read].reshape(-1, samples.x.shape[-1])
    prepared = part.x.reshape(-1, shape.sizes[-1])
    names, found, first = _names(box, raw.shape[1]), [], 0
    for i in range(min(raw.shape[1], MOST_COLUMNS)):
        column = samples.columns[i] if samples.columns else None
        width = width_of(column) if column is not None else 1
        name, categories = names[i] if names else ("", ())
        kinds = column.categories if column is not None else 0
        after = spread_of(prepared[:, first : first + width])
        found.append(ColumnView(name, categories, first, width, spread_of(raw[:, i], kinds), after))
        first += width
    return tuple(found)


def _names(box: Data, count: int) -> list[tuple[str, tuple[str, ...]]]:
    """The names and categories of the input columns of a table of one's own."""
    if not box.is_own:
        return []
    recipe, facts = box.own.recipe, box.own.facts.columns
    columns = recipe.get("columns", ())
    if not isinstance(columns, tuple) or len(columns) != len(facts):
        return []
    found = [
        (str(column.get("name", "")), fact.categories)
        for column, fact in zip(columns, facts, strict=True)
        if isinstance(column, Options) and column.get("role", "input") == "input"
    ]
    return found if len(found) == count else []


def correlated(part: Part, shape: Shape, classes: int, box: Data) -> Correlations | None:
    """Which features go together; None for tokens, pictures, and a single feature of a sequence."""
    if shape.kind == TOKEN or len(shape.sizes) > len(("time", "features")):
        return None
    features = part.x.reshape(-1, shape.sizes[-1])
    if len(shape.sizes) == FEATURES:
        target = labels_in(part, classes) if classes else part.target
        return correlations(features, target, classes)
    return correlations(features, None, 0) if shape.sizes[-1] > 1 else None
