"""Every layer, option, choice, problem and repair of the catalogue has words in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.layers import CATALOGUE, CATEGORIES
from engine.spec.datasets import CARDS
from engine.spec.options import Choice, Declared, Option, Record, options_of
from engine.spec.recipes import RECIPES, Column
from engine.spec.training import TrainingOptions
from gui import words
from gui.words import LANGUAGES

LAYERS = Path(__file__).resolve().parent.parent.parent / "engine" / "layers"
AXES = ("time", "height", "width", "channels", "features")
OF_MANY = ("samples", "parameters")
OF_A_SET = ("name", "line", "source", "licence", "caution")


def options() -> Iterator[tuple[str, Option]]:
    for kind, layer in CATALOGUE.items():
        for option in options_of(layer).values():
            if not isinstance(option, Record):  # which no form shows
                yield kind, option
    for option in options_of(TrainingOptions).values():
        yield "training", option
    recipes: dict[str, type[Declared]] = {**RECIPES, "column": Column}
    for owner, recipe in recipes.items():
        for option in options_of(recipe).values():
            if not isinstance(option, Record):
                yield owner, option


def constants(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from constants(body)
            yield from constants(orelse)


def calls() -> Iterator[tuple[str, ast.Call, dict[str, list[str]]]]:
    """Calls in engine.layers by the name of what is called, and texts assigned in that file."""
    for path in sorted(LAYERS.glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        assigned: dict[str, list[str]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                assigned.setdefault(node.targets[0].id, []).extend(constants(node.value))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                yield name, node, assigned


def codes(*names: str) -> set[str]:
    found: set[str] = set()
    for name, call, assigned in calls():
        if name in names:
            first = call.args[0]
            found.update(constants(first))
            if isinstance(first, ast.Name):
                found.update(assigned.get(first.id, []))
    return found


PROBLEMS = codes("Problem", "Unfit", "add")
FIXES = codes("Fix")


def needed() -> set[str]:
    keys = {f"problem.{code}" for code in PROBLEMS} | {f"fix.{code}" for code in FIXES}
    keys |= {f"category.{category}" for category in CATEGORIES}
    keys |= {f"dataset.{name}.{part}" for name in CARDS for part in OF_A_SET}
    keys |= {f"axis.{axis}" for axis in AXES}
    keys |= {f"sum.{key}" for key in (*AXES, *OF_MANY)} | {f"sum.{key}" for key in codes("Sum")}
    for kind, layer in CATALOGUE.items():
        keys |= {f"layer.{kind}.name", f"layer.{kind}.line"}
        if layer.category != "data":
            keys.add(f"layer.{kind}.formula")
        for port in (*layer.inputs, *layer.outputs):
            keys.add(f"size.{port.name}")
    for owner, option in options():
        if f"option.{owner}.{option.name}.name" not in words.table("en"):
            keys.add(f"option.{option.name}.name")
        if option.unit:
            keys |= {f"unit.{option.unit}", f"unit.{option.unit}.one"}
        if isinstance(option, Choice):
            keys |= {f"value.{option.name}.{choice}" for choice in option.choices}
    return keys


def test_the_codes_are_found() -> None:
    assert {"needs_row", "loop", "no_target", "no_data", "window_too_large"} <= PROBLEMS
    assert {"set", "connect", "insert", "exchange", "add", "remove"} <= FIXES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_words(language: str) -> None:
    table = words.table(language)
    assert [key for key in sorted(needed()) if not table.get(key, "").strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_is_explained(language: str) -> None:
    table = words.table(language)
    for owner, option in options():
        common, own = f"option.{option.name}.help", f"option.{owner}.{option.name}.help"
        assert table.get(own, table.get(common, "")).endswith((".", "。")), own


@pytest.mark.parametrize("kind", CATALOGUE)
def test_a_layer_is_explained_in_one_sentence(kind: str) -> None:
    english, chinese = (words.table(name)[f"layer.{kind}.line"] for name in ("en", "zh_CN"))
    assert english.endswith(".") and english.count(". ") == 0
    assert chinese.endswith("。") and chinese.count("。") == 1


def test_enlarged_digits_are_called_enlarged() -> None:
    assert "8×8" in words.table("en")["value.dataset.digits_28"]
    assert "enlarged" in words.table("en")["dataset.digits_28.line"]
    assert "放大" in words.table("zh_CN")["dataset.digits_28.line"]


@pytest.mark.parametrize("name", CARDS)
def test_every_data_set_says_in_sentences_what_it_is_and_what_to_beware_of(name: str) -> None:
    for part in ("line", "source", "licence", "caution"):
        english, chinese = (
            words.table(language)[f"dataset.{name}.{part}"] for language in LANGUAGES
        )
        assert english.endswith((".", "?")) and chinese.endswith(("。", "？"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, card in CARDS.items() if card.samples])
def test_what_a_data_set_is_called_agrees_with_its_card(name: str, language: str) -> None:
    card, line = CARDS[name], words.table(language)[f"dataset.{name}.line"]
    count = card.characters or card.samples
    if card.category in ("table", "image", "text"):
        assert f"{count:,}" in line


@pytest.mark.parametrize("name", CARDS)
def test_classes_and_features_are_named_all_or_none(name: str) -> None:
    card, table = CARDS[name], words.table("en")
    for kind, count in (("class", card.classes), ("feature", card.shape.count)):
        named = {key for key in table if key.startswith(f"plots.{kind}.{name}.")}
        every = {f"plots.{kind}.{name}.{i}" for i in range(count)}
        assert named in (set(), every) or name == "copy"  # whose symbols are digits, but the blank
