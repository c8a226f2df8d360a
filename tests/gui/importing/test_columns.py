"""Roles and types of columns as functions on values."""

from __future__ import annotations

from engine.data_protocol import TableGlimpse
from engine.spec.options import Options
from engine.spec.recipes import RECIPES, Column, is_recipe
from gui.importing.columns import as_value, classes_of, columns_of, places, shared, with_option

COLUMNS = (
    Column("a"),
    Column("b", role="target"),
    Column("c", type="category"),
    Column("d", type="category", role="ignored"),
)


def roles(columns: tuple[Column, ...]) -> list[str]:
    return [column.role for column in columns]


def test_columns_come_back_from_a_recipe_as_they_went_in() -> None:
    recipe = Options({"columns": as_value(COLUMNS)})
    assert is_recipe("table", recipe)
    assert "table" in RECIPES
    assert columns_of(recipe) == COLUMNS
    assert columns_of(Options()) == ()
    assert columns_of(Options({"columns": (Options({"name": "a"}),)})) == (Column("a"),)


def test_numbers_may_be_sought_together() -> None:
    assert roles(with_option(COLUMNS, {0}, "role", "target"))[:2] == ["target", "target"]


def test_a_class_is_sought_alone() -> None:
    changed = with_option(COLUMNS, {2}, "role", "target")
    assert roles(changed) == ["input", "input", "target", "ignored"]
    assert roles(with_option(changed, {0}, "role", "target")) == [
        *("target", "input", "input", "ignored")
    ]


def test_several_columns_change_at_once_and_the_others_stay() -> None:
    changed = with_option(COLUMNS, [0, 3], "type", "text")
    assert [column.type for column in changed] == ["text", "number", "category", "text"]
    assert with_option(COLUMNS, [], "role", "group") == COLUMNS


def test_what_columns_share() -> None:
    assert shared(COLUMNS, [2, 3], "type") == "category"
    assert shared(COLUMNS, [1, 2], "type") is None
    assert shared(COLUMNS, [], "type") is None
    assert places(COLUMNS, "input") == [0, 2]


def test_classes_are_counted_where_one_category_is_sought() -> None:
    glimpse = TableGlimpse(Options(), (), frozenset(), (0, 0, 0, 0), (9, 9, 3, 2), 9, True)
    assert classes_of(glimpse, COLUMNS) == 0
    assert classes_of(glimpse, with_option(COLUMNS, {2}, "role", "target")) == 3
