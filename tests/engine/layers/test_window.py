"""The geometry of sliding windows, against counting the places one by one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.layers.base import Set, Unfit
from engine.layers.window import Window

lengths, sizes, strides = st.integers(1, 40), st.integers(1, 31), st.integers(1, 31)


@given(lengths, sizes, strides)
def test_valid_windows_stay_inside(length: int, size: int, stride: int) -> None:
    window = Window(size, stride, "valid")
    assert window.before(length) == 0
    if size <= length:
        starts = [i for i in range(0, length, stride) if i + size <= length]
        assert window.positions(length) == len(starts)
    else:
        with pytest.raises(Unfit) as caught:
            window.over(length, 50)
        assert caught.value.code == "window_too_large"
        assert caught.value.suggestions == (Set("padding", "same"), Set("size", length))


@given(lengths, sizes, strides)
def test_same_windows_begin_at_every_stride(length: int, size: int, stride: int) -> None:
    window = Window(size, stride, "same")
    assert window.positions(length) == len(range(0, length, stride))
    before = window.before(length)
    reach = (window.positions(length) - 1) * stride + size
    after = reach - length - before
    if reach >= length:
        assert after - before in (0, 1)  # the odd cell goes to the end
    else:
        assert before == 0  # a stride larger than the window leaves cells out


def test_known_sizes() -> None:
    assert Window(3, 1, "valid").over(28, 28) == (26, 26)
    assert Window(2, 2, "valid").over(11, 13) == (5, 6)
    assert Window(3, 2, "same").over(28, 7) == (14, 4)


def test_the_arithmetic_is_written_out() -> None:
    assert [s.text for s in Window(3, 1, "valid").arithmetic(28, 27)] == [
        "28 − 3 + 1 = 26",
        "27 − 3 + 1 = 25",
    ]
    assert Window(2, 2, "valid").arithmetic(11, 11)[0].text == "⌊(11 − 2) / 2⌋ + 1 = 5"
    assert Window(3, 2, "same").arithmetic(28, 28)[0].text == "⌈28 / 2⌉ = 14"


@pytest.mark.parametrize("padding", ["valid", "same", "causal"])
@pytest.mark.parametrize(
    ("size", "stride", "dilation"), [(3, 1, 1), (2, 2, 1), (3, 1, 2), (5, 3, 1)]
)
def test_the_cells_of_a_window_cover_the_padded_axis(
    padding: str, size: int, stride: int, dilation: int
) -> None:
    window, length = Window(size, stride, padding, dilation), 11
    before, behind = window.padding_of(length)
    seen = [window.cells(position, length) for position in range(window.positions(length))]
    assert all(len(cells) == size for cells in seen)
    assert seen[0][0] == -before and {b[0] - a[0] for a, b in pairwise(seen)} <= {stride}
    assert seen[-1][-1] <= length - 1 + behind and behind == max(seen[-1][-1] - length + 1, 0)
