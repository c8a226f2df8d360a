"""LayerNorm and GroupNorm: what is normalised together, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.analysis import analyse
from engine.runtime.model import Model
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import Value
from tests.engine.gradients import samples
from tests.engine.runtime.test_twins import assert_close, everything


def behind(dataset: str, kind: str, width: int, **options: Value) -> Document:
    """The layer behind one with `width` features."""
    image = dataset == "digits_8"
    first = ("conv2d", {"filters": width}) if image else ("dense", {"units": width})
    last = ("dense", {"units": 3 if dataset == "iris" else 10})
    return chain(
        ("data", {"dataset": dataset}), first, (kind, options), ("flatten", {}), last,
        ("cross_entropy", {}),
    )  # fmt: skip


@pytest.mark.parametrize("dataset", ["iris", "digits_8", "digit_rows"])
@pytest.mark.parametrize(("kind", "groups"), [("layer_norm", 1), ("group_norm", 2)])
def test_each_sample_is_normalised_by_itself(dataset: str, kind: str, groups: int) -> None:
    options = {"groups": 2} if kind == "group_norm" else {}
    document = behind(dataset, kind, 6, epsilon=1e-7, **options)
    model = Model(document, batch_size=5, threads=2, dtype="float64")
    x, _ = samples(document, 5, np.random.default_rng(0))
    model.predict(x)
    y = model.memory.samples(model.plan.outputs[f"{kind}_1.y"], 5)
    if kind == "group_norm":  # all places of a group together
        y = np.moveaxis(y.reshape(5, -1, 2, 3), 2, 1).reshape(10, -1)
    else:
        y = y.reshape(-1, 6)
    np.testing.assert_allclose(y.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=1), 1, rtol=2e-3)


@pytest.mark.parametrize("kind", ["layer_norm", "group_norm"])
def test_backends_and_workers_agree(kind: str) -> None:
    document = behind("digit_rows", kind, 8)
    alone = everything(document, (5, 2), threads=1, dtype="float64")
    assert_close(alone, everything(document, (5, 2), threads=3, dtype="float64"), 1e-9)
    plain = everything(document, (5, 2), threads=2, dtype="float64", backend="plain")
    assert_close(alone, plain, 1e-9)


@pytest.mark.parametrize(("channels", "offered"), [(12, 6), (10, 5), (7, 7), (3, 3)])
def test_groups_that_do_not_divide_are_repaired(channels: int, offered: int) -> None:
    document = behind("digits_8", "group_norm", channels)
    (problem,) = analyse(document).errors
    assert problem.code == "groups_do_not_divide"
    assert problem.numbers == {"given": channels, "groups": 8}
    mended = problem.fixes[-1].edit(document)
    assert not analyse(mended).errors
    assert mended.network.node("group_norm_1").options["groups"] == offered
