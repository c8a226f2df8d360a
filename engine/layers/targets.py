"""What outputs a loss accepts for a target: the shape rules that losses share.

A loss compares row by row. A row is a sample, or one time step (one pixel …) of a sample: all axes
of the outputs but the last, which must then be the target's too.
"""

from __future__ import annotations

from engine.layers.base import Exchange, Insert, Set, Unfit, need_real
from engine.spec.shapes import TOKEN, Shape

# how much each class weighs in a loss: all the same, or the rarer the more, so that all classes
# together weigh the same: weight[c] = N / (C·N[c]) over the training samples
CLASS_WEIGHTS = ("none", "balanced")


def lead_of(target: Shape) -> tuple[int, ...]:
    """The axes along which a target has a row of its own at each place."""
    return target.sizes if target.kind == TOKEN else target.sizes[:-1]


def need_classes(x: Shape, target: Shape) -> int:
    """Outputs with one number for each class, at each place where the target names one.

    Returns how many classes there are.
    """
    if target.kind == TOKEN:
        classes = target.limit
    elif target.sizes and target.sizes[-1] > 1:
        classes = target.sizes[-1]
    else:
        raise Unfit("target_not_classes", Exchange("mean_squared_error"), given=str(target))
    need_rows(x, target)
    if x.sizes[-1] != classes:
        fit = Set("units", classes, of="x")
        raise Unfit("outputs_not_classes", fit, given=x.sizes[-1], classes=classes)
    return classes


def need_shares(x: Shape, target: Shape) -> None:
    """Outputs and targets with a number for each class; a target that names one is refused."""
    if target.kind == TOKEN:
        one_hot = Set("target", "one_hot", of="target")
        raise Unfit("target_is_class", Exchange("cross_entropy"), one_hot, classes=target.limit)
    need_classes(x, target)


def need_answers(x: Shape, target: Shape, instead: str) -> None:
    """An output for each yes-or-no question; the loss `instead` is for more than two classes."""
    if target.kind == TOKEN and target.limit != 2:
        raise Unfit("target_not_binary", Exchange(instead), classes=target.limit)
    _need_as_many(x, target)


def need_numbers(x: Shape, target: Shape) -> None:
    """As many outputs as numbers to predict; two classes may be predicted as 0 and 1."""
    if target.kind == TOKEN and target.limit > 2:
        one_hot = Set("target", "one_hot", of="target")
        raise Unfit("target_is_class", Exchange("cross_entropy"), one_hot, classes=target.limit)
    _need_as_many(x, target)


def _need_as_many(x: Shape, target: Shape) -> None:
    """The same number of outputs in each row, or all of a sample's numbers as one row."""
    need_real(x)
    if len(x.sizes) == 1 and x.sizes[0] == target.count:
        return
    need_rows(x, target)
    wanted = 1 if target.kind == TOKEN else target.sizes[-1]
    if x.sizes[-1] != wanted:
        fit = Set("units", wanted, of="x")
        raise Unfit("outputs_not_targets", fit, given=x.sizes[-1], wanted=wanted)


def need_rows(x: Shape, target: Shape) -> None:
    """Outputs that have a row wherever the target has one: Unfit, with a Flatten if they are more.

    Outputs (T, K) go with a target (T,) of class numbers or (T, K) of values.
    """
    need_real(x)
    lead = lead_of(target)
    if x.sizes[:-1] == lead:
        return
    if not lead:
        raise Unfit("needs_row", Insert("flatten"), given=str(x))
    given, wanted = (Shape(s, ("features",) * len(s)) for s in (x.sizes[:-1], lead))
    raise Unfit("rows_not_targets", given=str(given), wanted=str(wanted))
