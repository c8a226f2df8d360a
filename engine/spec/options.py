"""Options are declared once, as dataclass fields; forms, bounds and files are read from that.

A class declares `units: int = whole(64, low=1, high=4096)`. `options_of(cls)` then lists the
declarations, and `checked(cls, values)` builds an instance from values that came from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, Union

# Union, because a type that contains itself is named as text
Value = Union[bool, int, float, str, tuple["Value", ...], "Options"]


class Options(Mapping[str, Value]):
    """Named values: a mapping that never changes and can be compared and hashed.

    A value may be a tuple of values or Options again.
    """

    __slots__ = ("_items",)

    def __init__(self, values: Mapping[str, Value] = {}) -> None:  # never changed
        self._items = dict(values)

    def __getitem__(self, name: str) -> Value:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"Options({self._items!r})"

    def replace(self, **values: Value) -> Options:
        """The same options with some values exchanged."""
        return Options(self._items | values)


NO_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Option:
    """One choice a person can make; the subclass says which editor fits it."""

    name: str
    default: Value
    unit: str = ""  # a key of the words "unit.…"; empty: no unit
    advanced: bool = False  # hidden until asked for
    shown_when: tuple[str, tuple[Value, ...]] | None = None  # (other option, its values)

    def accepts(self, value: object) -> bool:
        """Whether `value` may be stored for this option."""
        raise NotImplementedError(type(self))

    def allowed(self) -> str:
        """What is accepted, language-neutral, for messages: `1 … 1024` or `same, valid`."""
        raise NotImplementedError(type(self))


@dataclass(frozen=True, slots=True)
class Whole(Option):
    """A whole number between `low` and `high`, both included."""

    low: int = 0
    high: int = 1_000_000

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the right type and within bounds."""
        return type(value) is int and self.low <= value <= self.high

    def allowed(self) -> str:
        """The bounds or possibilities, written out."""
        return f"{self.low:,} … {self.high:,}"


@dataclass(frozen=True, slots=True)
class Real(Option):
    """A real number between `low` and `high`, both included; `logarithmic` steps by factors."""

    low: float = 0.0
    high: float = 1.0
    logarithmic: bool = False

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the right type and within bounds."""
        # NaN lies between no bounds; a comparison takes whole numbers of any length
        return type(value) in (int, float) and self.low <= value <= self.high  # type: ignore[operator]

    def allowed(self) -> str:
        """The bounds or possibilities, written out."""
        return f"{self.low:g} … {self.high:g}"


@dataclass(frozen=True, slots=True)
class Choice(Option):
    """One of a few named possibilities."""

    choices: tuple[str, ...] = ()

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the right type and within bounds."""
        return value in self.choices

    def allowed(self) -> str:
        """The bounds or possibilities, written out."""
        return ", ".join(self.choices)


@dataclass(frozen=True, slots=True)
class Flag(Option):
    """Yes or no."""

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the right type and within bounds."""
        return type(value) is bool

    def allowed(self) -> str:
        """The bounds or possibilities, written out."""
        return "true, false"


@dataclass(frozen=True, slots=True)
class Text(Option):
    """A line of text of at most `longest` characters."""

    longest: int = 200

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the right type and within bounds."""
        return isinstance(value, str) and len(value) <= self.longest and value.isprintable()

    def allowed(self) -> str:
        """The bounds or possibilities, written out."""
        return f"≤ {self.longest:,} a…z"


def _anything(value: object) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Record(Option):
    """A value with parts of its own, made by a page of its own and not by a field of a form.

    `test` says whether such a value is well formed.
    """

    test: Callable[[object], bool] = _anything

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the right type and within bounds."""
        return type(value) is type(self.default) and self.test(value)

    def allowed(self) -> str:
        """The bounds or possibilities, written out."""
        return "{…}" if isinstance(self.default, Options) else "[…]"


class Declared(Protocol):
    """A dataclass whose fields were declared with the functions below."""

    __dataclass_fields__: ClassVar[
        dict[str, Any]
    ]  # what makes a class a dataclass, as the type checkers know it


D = TypeVar("D", bound=Declared)
Shown = tuple[str, tuple[Value, ...]] | None


def whole(
    default: int,
    low: int = 1,
    high: int = 1_000_000,
    *,
    unit: str = "",
    advanced: bool = False,
    shown_when: Shown = None,
) -> Any:  # typed as the field's own type, like dataclasses.field
    """Declare a whole-number option."""
    option = Whole("", default, unit, advanced, shown_when, low, high)
    return field(default=default, metadata={"option": option})


def real(
    default: float,
    low: float = 0.0,
    high: float = 1.0,
    *,
    logarithmic: bool = False,
    unit: str = "",
    advanced: bool = False,
    shown_when: Shown = None,
) -> Any:  # as above
    """Declare a real-number option."""
    option = Real("", default, unit, advanced, shown_when, low, high, logarithmic)
    return field(default=default, metadata={"option": option})


def choice(*choices: str, advanced: bool = False, shown_when: Shown = None) -> Any:  # as above
    """Declare a choice; the first possibility is the default."""
    option = Choice("", choices[0], "", advanced, shown_when, choices)
    return field(default=choices[0], metadata={"option": option})


def flag(default: bool, *, advanced: bool = False, shown_when: Shown = None) -> Any:  # as above
    """Declare a yes-or-no option."""
    option = Flag("", default, "", advanced, shown_when)
    return field(default=default, metadata={"option": option})


def text(
    default: str = "", *, longest: int = 200, advanced: bool = False, shown_when: Shown = None
) -> Any:  # as above
    """Declare a line of text."""
    option = Text("", default, "", advanced, shown_when, longest)
    return field(default=default, metadata={"option": option})


def record(default: Options | tuple[Value, ...], test: Callable[[object], bool]) -> Any:  # as above
    """Declare a value with parts of its own."""
    option = Record("", default, "", False, None, test)
    return field(default=default, metadata={"option": option})


def options_of(cls: type[Declared]) -> dict[str, Option]:
    """The options that `cls` declares, by name, in the order of declaration."""
    return _options_of(cls)


@cache
def _options_of(cls: Any) -> dict[str, Option]:  # a type with fields is hashable, mypy doubts it
    found = {}
    for item in fields(cls):
        option: Option = item.metadata["option"]
        values = {f.name: getattr(option, f.name) for f in fields(option)}
        found[item.name] = type(option)(**(values | {"name": item.name}))
    return found


def is_shown(option: Option, values: Mapping[str, Value]) -> bool:
    """Whether `option` has a meaning, given the values of the options beside it."""
    if option.shown_when is None:
        return True
    other, wanted = option.shown_when
    return values.get(other) in wanted


def mistakes(cls: type[Declared], values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What is wrong with `values` for `cls`, as pairs (option, what is accepted)."""
    options = options_of(cls)
    for name, value in values.items():
        if name not in options:
            yield name, ", ".join(options)
        elif not options[name].accepts(value):
            yield name, options[name].allowed()


class BadOption(ValueError):
    """A value that an option does not accept."""

    def __init__(self, owner: str, name: str, value: object, allowed: str) -> None:
        super().__init__(f"{owner}: option {name!r} was {value!r}; accepted are: {allowed}")
        self.owner, self.name, self.value, self.allowed = owner, name, value, allowed


def checked(cls: type[D], values: Mapping[str, object]) -> D:
    """An instance of `cls` from values of a file or a form; BadOption names the first mistake."""
    for name, allowed in mistakes(cls, values):
        raise BadOption(cls.__name__, name, values[name], allowed)
    return cls(**values)
