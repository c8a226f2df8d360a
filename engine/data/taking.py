"""From a path to a source for a data box in one call: what the window does in a few clicks."""

from __future__ import annotations

from pathlib import Path

from engine.data.own.forms import look, take
from engine.data.own.refusal import Refusal, Report, silent
from engine.data_protocol import Complaint
from engine.spec.options import NO_OPTIONS, Options
from engine.spec.sources import Source


def own_source(
    path: Path,
    form: str = "",
    target: str = "",
    recipe: Options = NO_OPTIONS,
    report: Report = silent,
) -> tuple[Source, tuple[Complaint, ...]]:
    """Read files as they seem to be meant, and keep the samples for training.

    form : a key of `RECIPES`; empty: find out
    target : of a table the column, of arrays the array that is to be predicted
    recipe : what to read in another way than is proposed

    Refusal says why the files are no use.
    """
    place = path.absolute()
    form, found = look(place, form, recipe)
    whole = with_target(form, found.glimpse.recipe, target) if target else found.glimpse.recipe
    return take(place, form, whole, report)


def with_target(form: str, recipe: Options, target: str) -> Options:
    """A recipe with another target; what was the target before is an input.

    Refusal "no_column" if there is none of that name, "no_target_to_choose" for folders and texts.
    """
    if form == "arrays":
        return recipe.replace(target=target)
    columns = recipe.get("columns", ())
    if form != "table" or not isinstance(columns, tuple):
        raise Refusal("no_target_to_choose", target=target)
    named = [column for column in columns if isinstance(column, Options)]
    names = [str(column.get("name", "")) for column in named]
    if target not in names:
        raise Refusal("no_column", column=target, columns=", ".join(names))
    changed = []
    for name, column in zip(names, named, strict=True):
        before = column.get("role", "input")
        role = "target" if name == target else "input" if before == "target" else before
        changed.append(column.replace(role=role))
    return recipe.replace(columns=tuple(changed))
