"""How many samples each part gets, without looking at any."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.spec.division import balanced, divide, divide_classes, windows_in

shares = st.floats(0.02, 0.6), st.floats(0.0, 0.6)


@given(st.integers(0, 1000), *shares, st.integers(1, 60))
def test_parts_add_up_and_have_the_least_where_that_is_possible(
    count: int, validation: float, test: float, least: int
) -> None:
    training, held, tested = divide(count, validation, test, least)
    assert training + held + tested == count
    assert min(training, held, tested) >= 0
    if count >= (3 if test else 2) * least:
        assert min(training, held) >= least
        assert tested >= (least if test else 0)
    elif count >= 2 * least:
        assert min(training, held) >= least
    if not test:
        assert tested == 0


@given(st.lists(st.integers(0, 20), min_size=1, max_size=9), *shares)
def test_classes_add_up_and_no_part_is_empty(
    counts: list[int], validation: float, test: float
) -> None:
    found = divide_classes(counts, validation, test)
    assert [sum(sizes) for sizes in found] == counts
    parts = [sum(sizes[part] for sizes in found) for part in range(3)]
    assert min(min(sizes) for sizes in found) >= 0
    if sum(counts) >= 3:
        assert parts[0] > 0
        assert parts[1] > 0
        assert (parts[2] > 0) == (test > 0)


def test_windows_and_balanced_sizes() -> None:
    assert windows_in(10, 4) == 7
    assert windows_in(10, 4, 3) == 3
    assert windows_in(3, 4) == 0
    assert balanced([5, 0, 2], "none") == 7
    assert balanced([5, 0, 2], "oversample") == 10
    assert balanced([5, 0, 2], "undersample") == 4
    assert balanced([0, 0], "oversample") == 0
