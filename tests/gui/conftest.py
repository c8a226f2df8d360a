"""What all boxes have in common is the same at the beginning of every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gui.box import look


@pytest.fixture(autouse=True)
def usual_boxes() -> Iterator[None]:
    yield
    look.shows_flow = True


@pytest.fixture
def low_boxes(usual_boxes: None) -> None:
    """Boxes show nothing of what flows through them, except data boxes."""
    look.shows_flow = False
