"""The convolution family: sizes, repairs, what a filter may see, and gradients over all options."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.base import Unfit
from engine.layers.conv1d import Conv1D
from engine.layers.conv2d import Conv2D
from engine.layers.conv2d_transpose import Conv2DTranspose
from engine.layers.depthwise_conv2d import DepthwiseConv2D
from engine.layers.separable_conv2d import SeparableConv2D
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.plan import make_plan
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.shapes import image, sequence
from tests.engine.gradients import assert_gradients
from tests.engine.growing import drawn
from tests.engine.networks import Box

PICTURES, SEQUENCES = "digits_8", "digit_rows"
FAMILY = [
    *((kind, SEQUENCES) for kind in ("conv1d", "max_pool1d", "average_pool1d")),
    *((kind, PICTURES) for kind in ("conv2d", "conv2d_transpose", "depthwise_conv2d")),
    *((kind, PICTURES) for kind in ("separable_conv2d", "up_sampling2d", "zero_padding2d")),
    *((kind, PICTURES) for kind in ("cropping2d", "max_pool2d", "average_pool2d")),
    *(
        (kind, data)
        for kind in ("global_max_pool", "global_average_pool")
        for data in (PICTURES, SEQUENCES)
    ),
]


def around(data: str, *boxes: Box) -> Document:
    """A network with these boxes behind a layer of 4 channels, so that groups are possible."""
    first: Box = ("conv2d" if data == PICTURES else "conv1d", {"filters": 4, "activation": "tanh"})
    last: Box = ("dense", {"units": 10})
    return chain(
        ("data", {"dataset": data}), first, *boxes, ("flatten", {}), last, ("cross_entropy", {})
    )


@pytest.mark.parametrize(("kind", "data"), FAMILY)
def test_gradients_over_all_options(kind: str, data: str) -> None:
    random, tried = Random(kind + data), 0
    while tried < 5:
        options = drawn(CATALOGUE[kind], random)
        if options.get("groups") == 3:  # which 4 channels cannot be cut into
            continue
        options = options if "filters" not in options else options | {"filters": 2 * tried + 4}
        document = around(data, (kind, options))
        if not analyse(document).errors:
            assert_gradients(document, count=3, seed=tried)
            tried += 1


def test_a_plain_convolution_takes_the_fast_way() -> None:
    for kind, data in (("conv1d", SEQUENCES), ("conv2d", PICTURES)):
        for options, name in (({}, "conv2d"), ({"dilation": 2}, "dilated_conv2d")):
            plan = make_plan(around(data, (kind, {"size": 2, **options})))
            kernels = [step.kernel for step in plan.steps("training") if "chain" not in step.node]
            own = [k for k in kernels if k.startswith(name)]
            assert len(own) >= 3, kernels


def answers(document: Document, x: Array) -> Array:
    """What the box "conv1d_2" makes of samples."""
    model = Model(document, batch_size=len(x), dtype="float64", seed=1)
    model.attach(model._as_sources((x,), (np.zeros(len(x), int),)))
    found = model.read("inference", model.plan.outputs["conv1d_1.y"], len(x))
    model.close()
    return found


@pytest.mark.parametrize("dilation", [1, 3])
def test_a_causal_filter_sees_nothing_of_what_comes_later(dilation: int) -> None:
    causal: Box = ("conv1d", {"filters": 3, "padding": "causal", "dilation": dilation})
    ending: list[Box] = [("flatten", {}), ("dense", {"units": 10}), ("cross_entropy", {})]
    document = chain(("data", {"dataset": SEQUENCES, "scaling": "none"}), causal, *ending)
    x = np.random.default_rng(0).standard_normal((2, 8, 8))
    before = answers(document, x)
    x[:, 5] += 1
    changed = (answers(document, x) != before).any(axis=(0, 2))
    assert changed.tolist() == [
        t >= 5 and (t - 5) % dilation == 0 and t - 5 <= 2 * dilation for t in range(8)
    ]


@given(st.integers(1, 12), st.integers(1, 7), st.integers(1, 5))
def test_a_transposed_convolution_has_the_size_that_its_convolution_came_from(
    length: int, size: int, stride: int
) -> None:
    back = Conv2DTranspose(size=size, stride=stride, padding="valid").output_shape(
        image(length, 1, 1)
    )
    assume(size <= back.sizes[0])
    assert Conv2D(size=size, stride=stride).window.positions(back.sizes[0]) == length
    back = Conv2DTranspose(size=size, stride=stride, padding="same").output_shape(
        image(length, 1, 1)
    )
    assert (
        Conv2D(size=size, stride=stride, padding="same").window.positions(back.sizes[0]) == length
    )


def test_separable_filters_need_fewer_weights() -> None:
    inputs = {"x": (image(8, 8, 32),)}
    counts = {
        layer.kind: sum(w.count for w in layer.weights(inputs).values())
        for layer in (
            Conv2D(filters=64),
            SeparableConv2D(filters=64),
            DepthwiseConv2D(depth_multiplier=2),
        )
    }
    assert counts == {
        "conv2d": 9 * 32 * 64 + 64,
        "separable_conv2d": 9 * 32 + 32 * 64 + 64,
        "depthwise_conv2d": 9 * 32 * 2 + 64,
    }
    assert Conv2D(filters=64, groups=4).weights(inputs)["kernel"].shape == (3, 3, 8, 64)


UNFIT: list[tuple[str, Box, str, int]] = [
    (PICTURES, ("conv2d", {"stride": 2, "dilation": 2}), "stride_and_dilation", 2),
    (SEQUENCES, ("conv1d", {"stride": 2, "dilation": 2}), "stride_and_dilation", 2),
    (PICTURES, ("conv2d", {"groups": 3, "filters": 6}), "channels_not_in_groups", 1),
    (PICTURES, ("conv2d", {"groups": 4, "filters": 6}), "filters_not_in_groups", 2),
    (PICTURES, ("conv2d", {"size": 7}), "window_too_large", 2),
    (PICTURES, ("conv2d", {"dilation": 3}), "window_too_large", 3),
    (SEQUENCES, ("conv1d", {"size": 7}), "window_too_long", 2),
    (SEQUENCES, ("conv1d", {"dilation": 3}), "window_too_long", 3),
    (SEQUENCES, ("max_pool1d", {"size": 9}), "window_too_long", 2),
    (SEQUENCES, ("conv2d", {}), "needs_image", 1),
    (PICTURES, ("conv1d", {}), "needs_sequence", 1),
    (SEQUENCES, ("average_pool2d", {}), "needs_image", 1),
    (PICTURES, ("max_pool1d", {}), "needs_sequence", 1),
    (PICTURES, ("cropping2d", {"top": 3, "bottom": 3}), "nothing_left", 2),
]


@pytest.mark.parametrize(("data", "box", "code", "count"), UNFIT)
def test_each_repair_of_a_box_that_does_not_fit_makes_it_fit(
    data: str, box: Box, code: str, count: int
) -> None:
    document = around(data, box)
    (problem,) = analyse(document).errors
    assert problem.code == code
    assert len(problem.fixes) == count
    for fix in problem.fixes:
        assert not analyse(fix.edit(document)).errors, fix


@pytest.mark.parametrize("data", [PICTURES, SEQUENCES])
def test_a_global_pool_behind_a_flatten_is_moved_before_it(data: str) -> None:
    document = chain(
        ("data", {"dataset": data}),
        ("flatten", {}),
        ("global_max_pool", {}),
        ("dense", {"units": 10}),
        ("cross_entropy", {}),
    )
    (problem,) = analyse(document).errors
    assert problem.code == "needs_places"
    assert [fix.code for fix in problem.fixes] == ["remove", "move_before"]
    for fix in problem.fixes:
        assert not analyse(fix.edit(document)).errors


@pytest.mark.parametrize(
    ("between", "doubted"),
    [
        ([], True),
        ([("average_pool2d", {})], True),
        ([("zero_padding2d", {}), ("cropping2d", {"top": 1})], True),
        ([("max_pool2d", {})], False),
        ([("depthwise_conv2d", {"activation": "relu"})], False),
    ],
)
def test_weighted_sums_of_weighted_sums_are_doubted(between: list[Box], doubted: bool) -> None:
    document = chain(
        ("data", {"dataset": PICTURES}),
        ("conv2d", {"filters": 2}),
        *between,
        ("separable_conv2d", {"filters": 2, "size": 2, "activation": "relu"}),
        ("flatten", {}),
        ("dense", {"units": 10, "activation": "softmax"}),
        ("cross_entropy", {}),
    )
    codes = [problem.code for problem in analyse(document).problems]
    assert codes == ["linear_chain"] * doubted


def test_an_axis_that_no_window_fits_on_is_told_with_gaps_counted() -> None:
    with pytest.raises(Unfit) as caught:
        Conv1D(size=3, dilation=4).output_shape(sequence(8, 2))
    assert caught.value.numbers == {"size": 9, "given": 8}
    assert [s.value for s in caught.value.suggestions if hasattr(s, "value")] == ["same", 3, 2]


def test_the_arithmetic_tells_of_gaps_and_groups() -> None:
    inputs: dict[str, Any] = {"x": (image(10, 9, 4),)}
    lines = [line.text for line in Conv2D(filters=6, dilation=2, groups=2).arithmetic(inputs)]
    assert lines == [
        "(3 − 1)·2 + 1 = 5",
        "10 − 5 + 1 = 6",
        "9 − 5 + 1 = 5",
        "6",
        "3·3·(4/2)·6 + 6 = 114",
    ]
    lines = [
        line.text
        for line in Conv1D(filters=6, padding="causal", stride=2).arithmetic(
            {"x": (sequence(9, 4),)}
        )
    ]
    assert lines == ["⌈9 / 2⌉ = 5", "6", "3·4·6 + 6 = 78"]
    lines = [line.text for line in Conv2DTranspose(filters=2, size=2, stride=3).arithmetic(inputs)]
    assert lines[:2] == ["(10 − 1)·3 + 3 = 30", "(9 − 1)·3 + 3 = 27"]


@settings(max_examples=30)
@given(st.integers(1, 30), st.integers(1, 5), st.integers(1, 4))
def test_windows_with_gaps_keep_their_size_when_padded(
    length: int, size: int, dilation: int
) -> None:
    for padding in ("same", "causal"):
        layer = Conv1D(size=size, dilation=dilation, padding=padding)
        assert layer.output_shape(sequence(length, 2)).sizes == (length, 32)
