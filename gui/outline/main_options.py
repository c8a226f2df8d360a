"""The main options of a box in one cell: "32, ReLU". What is typed there is read in words, too.

The main options are the first number or choice that a layer type declares, and its activation.
Typed text may name any of the choices of the box, in the present language, in English, or as files
name them, and as many of its numbers as come first: "64, 5, same, tanh".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.layers import CATALOGUE
from engine.spec.document import Node
from engine.spec.options import Choice, Option, Real, Value, Whole, is_shown, options_of
from engine.spec.sources import OWN
from gui.describe import value_text
from gui.inspector.typed import real_number, whole_number
from gui.option_words import bounds, number_text, option_name
from gui.words import table, tr

BEND = "activation"
NOTHING = "linear"  # an activation that is not worth a word
APART = re.compile(r"\s*(?:[;，；、·]|,(?!\d))\s*")  # 1,600 is one number


def main_text(node: Node) -> str:
    """The values of the main options, as they can be typed again."""
    values = [_shown(option, value) for option, value in _main(node)]
    return ", ".join(text for text in values if text)


def named_text(node: Node) -> str:
    """The main options with their names."""
    values = [
        f"{option_name(node.kind, option.name)} {text}"
        for option, value in _main(node)
        if (text := _shown(option, value))
    ]
    return tr("outline.separator").join(values)


def read_options(node: Node, text: str) -> dict[str, Value] | None:
    """The options that a text means for a box; None if a part of it means nothing there."""
    found: dict[str, Value] = {}
    numbers: list[Option] = [o for o in _offered(node) if isinstance(o, Whole | Real)]
    choices = [o for o in _offered(node) if isinstance(o, Choice)]
    for part in _parts(text, numbers, choices):
        pair = _choice(choices, part)
        if pair is not None:
            found |= pair
            continue
        value = _number(numbers[0], part) if numbers else None
        if value is None:
            return None
        found[numbers.pop(0).name] = value
    return found


def _number(option: Option, text: str) -> int | float | None:
    value = whole_number(text) if isinstance(option, Whole) else real_number(text)
    return value if value is not None and option.accepts(value) else None


def accepted(node: Node) -> str:
    """What can be typed for a box, in words, for a refusal."""
    parts = []
    for option, _ in _main(node):
        name = option_name(node.kind, option.name)
        if isinstance(option, Choice):
            shown = [value_text(option.name, choice) for choice in option.choices[:6]]
            more = "…" if len(option.choices) > len(shown) else ""
            parts.append(f"{name}: {', '.join(shown)}{more}")
        else:
            parts.append(f"{name}: {bounds(option)}")
    return "; ".join(parts)


def has_main(node: Node) -> bool:
    """Whether there is anything to be typed for a box."""
    return next(_main(node), None) is not None


def _offered(node: Node) -> list[Option]:
    """The options that a text can reach: not the advanced ones, nor those without a meaning."""
    layer = CATALOGUE.get(node.kind)
    if layer is None:
        return []
    options = options_of(layer)
    values = {name: option.default for name, option in options.items()} | dict(node.options)
    return [
        option
        for option in options.values()
        if not option.advanced
        and isinstance(option, Whole | Real | Choice)
        and is_shown(option, values)
    ]


def _main(node: Node) -> Iterator[tuple[Option, Value]]:
    offered = _offered(node)
    chosen = offered[:1] + [option for option in offered[1:] if option.name == BEND]
    for option in chosen:
        value = node.options.get(option.name, option.default)
        yield option, value if option.accepts(value) else option.default


def _shown(option: Option, value: Value) -> str:
    if option.name == BEND and value == NOTHING:
        return ""
    if isinstance(option, Choice):
        return value_text(option.name, value)
    return number_text(value)


def _parts(text: str, numbers: list[Option], choices: list[Choice]) -> list[str]:
    """The words between commas; a text that has a meaning as a whole is one part."""
    whole = text.strip()
    is_number = bool(numbers) and _number(numbers[0], whole) is not None
    if is_number or _choice(choices, whole) is not None:
        return [whole]
    return [part for part in APART.split(whole) if part]


def _choice(choices: list[Choice], text: str) -> dict[str, Value] | None:
    """The one choice that a word means: by its whole name, or by a beginning that no other has."""
    given = text.casefold()
    named = [
        (option.name, choice, _names(option, choice))
        for option in choices
        for choice in option.choices
        if not (option.name == "dataset" and choice == OWN)  # needs files, not a word
    ]
    exact = [(name, choice) for name, choice, names in named if given in names]
    if not exact:
        exact = [
            (name, choice)
            for name, choice, names in named
            if given and any(each.startswith(given) for each in names)
        ]
    return dict(exact) if len(exact) == 1 else None


def _names(option: Choice, choice: str) -> set[str]:
    english = table("en").get(f"value.{option.name}.{choice}", choice)
    found = {choice, english, value_text(option.name, choice)}
    if option.name == "dataset":
        found |= {tr(f"dataset.{choice}.name"), table("en").get(f"dataset.{choice}.name", choice)}
    return {name.casefold() for name in found}
