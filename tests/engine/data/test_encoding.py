"""Tables as numbers: gaps filled from the training rows alone, categories as columns of 0 and 1."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.encoding import fillings, spread, width_of
from engine.data.samples import TableColumn
from tests.engine.data.whole_tables import encoded

GAP = float("nan")


@pytest.mark.parametrize(
    ("gaps", "filled"), [("mean", 3.0), ("median", 2.0), ("most_frequent", 1.0), ("constant", -7.0)]
)
def test_a_gap_is_filled_with_what_the_training_rows_say(gaps: str, filled: float) -> None:
    x = np.array([[1.0], [1.0], [GAP], [3.0], [7.0], [1000.0]])
    training = np.array([0, 1, 2, 3, 4])
    result = encoded(x, [TableColumn(0, gaps, -7.0)], training)
    assert result[:, 0].tolist() == [1.0, 1.0, filled, 3.0, 7.0, 1000.0]


def test_training_rows_may_be_told_as_a_mask() -> None:
    x = np.array([[1.0], [3.0], [GAP], [50.0]])
    column = TableColumn()
    by_mask = encoded(x, [column], np.array([True, True, True, False]))
    assert np.array_equal(by_mask, encoded(x, [column], np.array([0, 1, 2])))
    assert by_mask[2, 0] == 2.0


def test_two_categories_are_one_column_and_more_are_one_each() -> None:
    columns = [TableColumn(2), TableColumn(3), TableColumn(0)]
    assert [width_of(column) for column in columns] == [1, 3, 1]
    x = np.array([[0.0, 2.0, 5.0], [1.0, 0.0, 6.0], [1.0, 1.0, 7.0]])
    assert encoded(x, columns, np.arange(3)).tolist() == [
        [0.0, 0.0, 0.0, 1.0, 5.0],
        [1.0, 1.0, 0.0, 0.0, 6.0],
        [1.0, 0.0, 1.0, 0.0, 7.0],
    ]


@pytest.mark.parametrize("gaps", ["mean", "median", "most_frequent"])
def test_a_gap_among_categories_becomes_the_most_frequent_of_the_training_rows(gaps: str) -> None:
    x = np.array([[2.0], [2.0], [0.0], [GAP], [0.0], [0.0]])
    result = encoded(x, [TableColumn(3, gaps)], np.array([0, 1, 2, 3]))
    assert result[3].tolist() == [0.0, 0.0, 1.0]


def test_a_constant_among_categories_stands_in_all_of_their_columns() -> None:
    x = np.array([[2.0], [GAP]])
    result = encoded(x, [TableColumn(3, "constant", 0.25)], np.array([0]))
    assert result.tolist() == [[0.0, 0.0, 1.0], [0.25, 0.25, 0.25]]


def test_a_column_of_gaps_only_becomes_zeros() -> None:
    x = np.full((3, 2), GAP)
    assert encoded(x, [TableColumn(), TableColumn(2)], np.arange(3)).tolist() == [[0.0, 0.0]] * 3


def test_new_rows_are_filled_with_what_was_found_before() -> None:
    x = np.array([[1.0], [3.0]])
    columns = [TableColumn()]
    found = fillings(x, columns, np.arange(2))
    assert spread(np.array([[GAP], [9.0]]), columns, found).tolist() == [[2.0], [9.0]]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_categories_are_encoded_as_pandas_does(cells: list[int]) -> None:
    cells = [*cells, 0, 1, 2, 3, 4]
    x = np.array(cells, dtype=float)[:, None]
    expected = pd.get_dummies(pd.Series(cells), dtype=float).to_numpy()
    assert np.array_equal(encoded(x, [TableColumn(5)], np.arange(len(x))), expected)
