"""Edges take the direct way, or go around the boxes in between."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF

from gui.canvas.routing import Router

A, B, C = (QRectF(x, 0, 150, 64) for x in (0, 190, 380))
START, END = QPointF(150, 32), QPointF(380, 32)


def heights(router: Router, below: bool, ends: tuple[str, ...] = ("a", "c")) -> list[float]:
    path = router.way(START, END, ends, below)
    assert path.pointAtPercent(0) == START and path.pointAtPercent(1) == END
    return [path.pointAtPercent(i / 20).y() for i in range(21)]


def test_neighbours_are_joined_directly() -> None:
    assert set(heights(Router({"a": A, "c": C}), below=False)) == {32}


def test_a_box_in_between_is_passed_above_and_by_targets_below() -> None:
    boxes = {"a": A, "b": B, "c": C}
    assert min(heights(Router(boxes), below=False)) < 0
    assert max(heights(Router(boxes), below=True)) > 64


def test_the_shorter_way_around_is_taken() -> None:
    high = {"a": A, "b": QRectF(190, -40, 150, 90), "c": C}
    assert max(heights(Router(high), below=False)) > 50


def test_two_edges_do_not_share_a_lane() -> None:
    router = Router({"a": A, "b": B, "c": C})
    assert max(heights(router, below=True)) != pytest.approx(max(heights(router, below=True)))


def test_an_edge_backwards_is_drawn() -> None:
    path = Router({"a": A, "c": C}).way(QPointF(530, 32), QPointF(0, 32), ("c", "a"), False)
    assert path.length() > 530


def test_a_way_back_runs_between_the_rows_and_not_over_a_low_branch() -> None:
    low = QRectF(190, 60, 150, 64)
    boxes = {"a": A, "low": low, "b": C, "c": QRectF(0, 260, 150, 64)}
    start, end = QPointF(530, 32), QPointF(0, 292)
    path = Router(boxes).way(start, end, ("b", "c"), False)
    points = [path.pointAtPercent(i / 200) for i in range(201)]
    assert not any(low.contains(point) for point in points)
    assert all(point.y() < 260 for point in points if point.x() > 20)
