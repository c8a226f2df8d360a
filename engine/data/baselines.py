"""Classical methods on the same split and the same inputs as the network: is it worth its trouble?

From scikit-learn, with its usual settings and fixed seeds. Pictures and sequences are rows of
numbers to them; of a sequence of tokens they know how often each occurs; and where a sequence has a
target at each step, each step is a sample that does not know what came before.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from engine.data.own.refusal import Refusal, Report, silent
from engine.data.preparing import Part, Prepared
from engine.data.samples import Array
from engine.data.scaling import Scaling
from engine.metrics.numbers import NUMBERS
from engine.runtime.initializers import generator
from engine.spec.division import PARTS
from engine.spec.shapes import TOKEN

NUMBERS_AT_ONCE = 16_000_000  # that a method is given
TESTED = 10_000  # rows of a part that are asked

Numbers = Array | csr_matrix
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What one method reached.

    method : "constant" (the most frequent class, or the mean), "linear", "svm" or "forest"
    scores : by part that is not empty: "accuracy" of classes; of values those of `NUMBERS`
    seconds : for learning and answering
    rows : so many it learnt from, of `available` ones
    """

    method: str
    scores: dict[str, Scores]
    seconds: float
    rows: int
    available: int


@dataclass(frozen=True, slots=True)
class Method:
    """How a method is made, and from how many rows it learns in bearable time."""

    name: str
    most: int
    for_classes: Callable[[int, int], Any]  # from seed and jobs; scikit-learn has no types
    for_values: Callable[[int, int], Any]


def _dummy_classifier(seed: int, jobs: int) -> Any:
    from sklearn.dummy import DummyClassifier

    return DummyClassifier(strategy="most_frequent")


def _dummy_regressor(seed: int, jobs: int) -> Any:
    from sklearn.dummy import DummyRegressor

    return DummyRegressor(strategy="mean")


def _logistic_regression(seed: int, jobs: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(max_iter=300)


def _ridge_regression(seed: int, jobs: int) -> Any:
    from sklearn.linear_model import Ridge

    return Ridge()


def _support_vector_classifier(seed: int, jobs: int) -> Any:
    from sklearn.svm import SVC

    return SVC()


def _support_vector_regressor(seed: int, jobs: int) -> Any:
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.multioutput import MultiOutputRegressor
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVR

    # its tolerance of 0.1 is meant for targets of deviation 1
    return TransformedTargetRegressor(MultiOutputRegressor(SVR()), transformer=StandardScaler())


def _forest_classifier(seed: int, jobs: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(n_estimators=100, random_state=seed, n_jobs=jobs)


def _forest_regressor(seed: int, jobs: int) -> Any:
    from sklearn.ensemble import RandomForestRegressor

    return RandomForestRegressor(n_estimators=100, random_state=seed, n_jobs=jobs)


METHODS = (
    Method("constant", 1_000_000, _dummy_classifier, _dummy_regressor),
    Method("linear", 10_000, _logistic_regression, _ridge_regression),
    Method("svm", 3_000, _support_vector_classifier, _support_vector_regressor),
    Method("forest", 10_000, _forest_classifier, _forest_regressor),
)


def baselines(
    prepared: Prepared, *, seed: int = 0, jobs: int = 1, report: Report = silent
) -> tuple[Baseline, ...]:
    """Every method's scores; `report` is told which method is next, and may raise Cancelled.

    Refusal "not_numbers" where an input is NaN or infinite.
    """
    found = []
    for number, method in enumerate(METHODS):
        report(number, len(METHODS))
        if (row := _measured(method, prepared, seed, jobs)) is not None:
            found.append(row)
    report(len(METHODS), len(METHODS))
    return tuple(found)


def _measured(method: Method, prepared: Prepared, seed: int, jobs: int) -> Baseline | None:
    """One method's row; None where there is only one class, which only the simplest can learn."""
    training = prepared.parts["training"]
    x, y = table(prepared, training, method.most, seed)
    if method.name != "constant" and prepared.classes and len(np.unique(y)) < 2:
        return None
    make = method.for_classes if prepared.classes else method.for_values
    model = make(seed, jobs)
    begun = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it might improve with more steps
        model.fit(x, y)
    answers = {}
    for name in PARTS:
        if prepared.parts[name].count:
            inputs, targets = table(prepared, prepared.parts[name], TESTED, seed)
            answers[name] = targets, model.predict(inputs)
    seconds = time.perf_counter() - begun
    scores = {name: _scores(*both, prepared) for name, both in answers.items()}
    return Baseline(method.name, scores, seconds, len(y), training.count * _steps(prepared))


def _scores(true: Array, predicted: Array, prepared: Prepared) -> Scores:
    """Figures of answers; of values in the unit of the data."""
    if prepared.classes:
        return {"accuracy": float((true == predicted).mean())}
    both = true, predicted.reshape(true.shape).astype(np.float64)
    if (scaling := prepared.target_scaling) is not None:
        size = true.shape[1]
        own = Scaling(scaling.centre[:size], scaling.spread[:size])
        both = own.undo(both[0]), own.undo(both[1])
    return {name: metric(*both) for name, metric in NUMBERS.items()}


def _steps(prepared: Prepared) -> int:
    """How many rows a sample gives: its time steps, where each has a target, else one."""
    width = prepared.parts["training"].target.shape[1]
    time = prepared.shape.time
    per_step = prepared.per_step and time > 0 and width % time == 0
    return time if per_step else 1


def table(prepared: Prepared, part: Part, most: int, seed: int) -> tuple[Numbers, Array]:
    """At most `most` rows of a part as a method receives them, drawn by lot, with their targets.

    returns : (n, F) numbers, and (n,) class numbers or (n, K) float64 values
    """
    shape, steps = prepared.shape, _steps(prepared)
    width = max(1, shape.count // steps)
    most = max(1, min(most, NUMBERS_AT_ONCE // width))
    count = part.count * steps
    rows = np.arange(count)
    if count > most:
        rows = np.sort(generator(seed, "baselines").permutation(count)[:most])
    x = part.x.reshape(count, width)[rows]
    y = part.target.reshape(count, -1)[rows]
    if not np.isfinite(x).all() or not np.isfinite(y).all():
        raise Refusal("not_numbers")
    if shape.kind == TOKEN:
        return _counted(x, shape.limit), _labels(y, prepared.classes)
    return x.astype(np.float64), _labels(y, prepared.classes)


def _labels(y: Array, classes: int) -> Array:
    """Class numbers (n,), also where they are handed out as rows of 0 and 1; or values."""
    if not classes:
        return y.astype(np.float64)
    found: Array = y[:, 0] if y.shape[1] == 1 else y.argmax(axis=1)
    return found.astype(np.int64)


def _counted(tokens: Array, limit: int) -> csr_matrix:
    """How often each token occurs in each row: (n, limit), without the zeros."""
    count, width = tokens.shape
    ones = np.ones(tokens.size)
    return csr_matrix((ones, tokens.ravel(), np.arange(count + 1) * width), (count, limit))
