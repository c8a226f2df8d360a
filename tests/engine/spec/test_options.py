"""Options: bounds hold, types are exact, and mistakes are named."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.options import (
    BadOption,
    Choice,
    Flag,
    Real,
    Whole,
    checked,
    choice,
    flag,
    is_shown,
    mistakes,
    options_of,
    real,
    whole,
)
from engine.spec.training import TrainingOptions


@dataclass(frozen=True)
class Oven:
    degrees: int = whole(180, 50, 250, unit="degrees")
    share: float = real(0.5, 0.0, 1.0, advanced=True)
    mode: str = choice("air", "grill")
    light: bool = flag(False, shown_when=("mode", ("grill",)))


# numbers that no float can hold, and things that no file can hold, too
anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.integers())
    | st.dictionaries(st.text(), st.integers())
    | st.sampled_from([10**400, -(10**400), 1 + 0j, b"air", object()])
)


def test_options_are_listed_in_order_with_their_own_names() -> None:
    options = options_of(Oven)
    assert list(options) == ["degrees", "share", "mode", "light"]
    assert [option.name for option in options.values()] == list(options)
    assert [type(option) for option in options.values()] == [Whole, Real, Choice, Flag]
    assert options["degrees"].unit == "degrees"
    assert [option.default for option in options.values()] == [180, 0.5, "air", False]


@pytest.mark.parametrize("value", [50, 250])
def test_bounds_are_included(value: int) -> None:
    assert checked(Oven, {"degrees": value}).degrees == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("degrees", 49),
        ("degrees", 251),
        ("degrees", True),
        ("degrees", 180.0),
        ("degrees", "180"),
        ("degrees", 10**400),
        ("share", -0.001),
        ("share", math.nan),
        ("share", math.inf),
        ("share", True),
        ("share", "0.5"),
        ("share", 10**400),
        ("mode", "steam"),
        ("mode", ["air"]),
        ("mode", None),
        ("light", 1),
        ("light", "yes"),
        ("smell", 1),
    ],
)
def test_what_is_not_accepted_is_named(name: str, value: object) -> None:
    with pytest.raises(BadOption) as caught:
        checked(Oven, {"mode": "grill", name: value})
    assert (caught.value.owner, caught.value.name) == ("Oven", name)
    assert caught.value.value == value or value != value
    assert caught.value.allowed


def test_a_whole_number_is_a_real_one_too() -> None:
    assert checked(Oven, {"share": 1}).share == 1


@pytest.mark.parametrize("owner", [Oven, TrainingOptions])
@given(data=st.data())
def test_anything_at_all_is_either_taken_or_refused_as_a_bad_option(
    owner: type[Oven], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([*options_of(owner), "smell"]))
    value = data.draw(anything)
    try:
        made = checked(owner, {name: value})
    except BadOption:
        assert list(mistakes(owner, {name: value}))
    else:
        assert getattr(made, name) == value
        assert not list(mistakes(owner, {name: value}))


def test_defaults_of_training_are_allowed() -> None:
    for option in options_of(TrainingOptions).values():
        assert option.accepts(option.default), option


def test_an_option_is_shown_where_it_means_something() -> None:
    light = options_of(Oven)["light"]
    assert is_shown(light, {"mode": "grill"})
    assert not is_shown(light, {"mode": "air"})
    assert not is_shown(light, {})
    assert is_shown(options_of(Oven)["mode"], {})


def test_what_is_allowed_is_written_without_words() -> None:
    options = options_of(Oven)
    assert options["degrees"].allowed() == "50 … 250"
    assert options["share"].allowed() == "0 … 1"
    assert options["mode"].allowed() == "air, grill"
    assert options["light"].allowed() == "true, false"
