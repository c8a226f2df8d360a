"""Shapes: sizes with names."""

from __future__ import annotations

import pytest

from engine.spec.shapes import TOKEN, Shape, features, image, label


def test_a_shape_counts_its_numbers() -> None:
    assert image(28, 28, 3).count == 2352
    assert features(4).count == 4
    assert label(10).count == 1


def test_a_shape_is_written_with_crosses_and_separators() -> None:
    assert str(image(28, 28, 1)) == "28×28×1"
    assert str(features(1600)) == "1,600"
    assert str(label(3)) == "1"


def test_a_label_is_a_token_below_its_limit() -> None:
    assert (label(7).kind, label(7).limit) == (TOKEN, 7)


def test_each_size_needs_a_name() -> None:
    with pytest.raises(ValueError, match="2 sizes but 1 axis"):
        Shape((1, 2), ("features",))
