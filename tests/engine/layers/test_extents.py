"""Warnings about sizes."""

from __future__ import annotations

from engine.layers.analysis import analyse
from engine.scripting import chain
from tests.engine.layers.doubtful import assert_each_fix_helps, codes, only
from tests.engine.networks import Box

DIGITS: Box = ("data", {"dataset": "digits_8"})
END: tuple[Box, ...] = (
    ("flatten", {}),
    ("dense", {"units": 10, "activation": "softmax"}),
    ("cross_entropy", {}),
)


def test_a_window_that_skips_cells_is_doubted() -> None:
    document = chain(DIGITS, ("max_pool2d", {"size": 2, "stride": 3}), *END)
    assert codes(document) == ["stride_over_size"]
    assert_each_fix_helps(document, "stride_over_size")
    assert [fix.numbers["value"] for fix in only(document, "stride_over_size").fixes] == [2, 3]


def test_one_cell_at_a_time_may_skip_others() -> None:
    short: Box = ("conv2d", {"size": 1, "stride": 2, "activation": "relu"})
    assert codes(chain(DIGITS, short, *END)) == []


def test_a_window_around_the_only_cell_is_doubted() -> None:
    pool: Box = ("max_pool2d", {"size": 8})
    conv: Box = ("conv2d", {"padding": "same", "activation": "relu"})
    document = chain(DIGITS, conv, pool, conv, *END)
    assert_each_fix_helps(document, "window_on_one")
    assert only(document, "window_on_one").nodes == ("conv2d_2", "max_pool2d_1")
    assert [fix.code for fix in only(document, "window_on_one").fixes] == ["remove", "set"]
    pools = chain(DIGITS, conv, pool, ("average_pool2d", {"padding": "same"}), *END)
    assert_each_fix_helps(pools, "window_on_one")


def test_a_layer_with_nearly_all_weights_is_doubted() -> None:
    big: tuple[Box, ...] = (("flatten", {}), ("dense", {"units": 128, "activation": "relu"}))
    conv: Box = ("conv2d", {"filters": 16, "padding": "same", "activation": "relu"})
    document = chain(("data", {"dataset": "digits_28"}), conv, *big, *END[1:])
    problem = only(document, "large_layer")
    assert problem.nodes == ("dense_1",) and problem.numbers["share"] == 100
    codes_of = [fix.code for fix in problem.fixes]
    assert codes_of == ["insert_at", "exchange_at", "set"]
    assert_each_fix_helps(document, "large_layer")
    for fix in problem.fixes:
        assert analyse(fix.edit(document)).parameters < 1_100_000


def test_one_layer_alone_may_hold_all_weights() -> None:
    last: Box = ("dense", {"units": 3, "activation": "softmax"})
    document = chain(("data", {"dataset": "iris"}), last, ("cross_entropy", {}))
    assert codes(document) == []
