"""Words about options, shapes and hover texts that forms, inspector and training share."""

from __future__ import annotations

from html import escape

from engine.spec.options import Option, Real, Value, Whole
from engine.spec.shapes import TOKEN, Shape
from gui.describe import axis_names, value_text
from gui.formats import count
from gui.words import has, tr

TRAINING = "training"  # the owner of the options of training; all other owners are layer kinds


def option_name(owner: str, name: str) -> str:
    """The name of an option: that of its owner if it has one of its own."""
    own, common = f"option.{owner}.{name}.name", f"option.{name}.name"
    key = own if has(own) else common
    return tr(key) if has(key) else name


def option_help(owner: str, name: str) -> str:
    """What an option does, in one or two sentences; empty if nobody wrote it."""
    own, common = f"option.{owner}.{name}.help", f"option.{name}.help"
    key = own if has(own) else common
    return tr(key) if has(key) else ""


def unit_text(unit: str, value: float = 2) -> str:
    """The unit behind a number, in the singular for 1."""
    if not unit:
        return ""
    return tr(f"unit.{unit}.one") if value == 1 else tr(f"unit.{unit}")


def number_text(value: Value) -> str:
    """A number of an option as it is typed: exact, and short where it is short."""
    if isinstance(value, float):
        return f"{value:.4g}" if float(f"{value:.4g}") == value else f"{value:.12g}"
    return str(value)


def shown_value(option: Option, value: Value) -> str:
    """An option's value in a sentence: choices in words, flags as yes or no."""
    if isinstance(value, bool):
        return tr("inspector.yes" if value else "inspector.no")
    return number_text(value) if not isinstance(value, str) else value_text(option.name, value)


def bounds(option: Option) -> str:
    """What a number must be, in words; empty for options that are not numbers."""
    if isinstance(option, Whole):
        return tr("inspector.whole", low=count(option.low), high=count(option.high))
    if isinstance(option, Real):
        low, high = number_text(option.low), number_text(option.high)
        return tr("inspector.real", low=low, high=high)
    return ""


def default_text(option: Option) -> str:
    """The default in words, with its unit."""
    value = shown_value(option, option.default)
    unit = unit_text(option.unit, option.default) if isinstance(option.default, float | int) else ""
    return tr("inspector.default", value=f"{value} {unit}".strip())


def ways(option: Option) -> str:
    """How a number can be changed without typing; empty for options that are not numbers."""
    if isinstance(option, Whole):
        return tr("inspector.ways.whole")
    if isinstance(option, Real):
        return tr("inspector.ways.factor" if option.logarithmic else "inspector.ways.real")
    return ""


def option_hover(owner: str, option: Option) -> str:
    """The hover text of an option: what it does, its bounds, its default, and how to change it."""
    lines = [option_help(owner, option.name), bounds(option), default_text(option), ways(option)]
    return hover(option_name(owner, option.name), *lines)


def option_spoken(owner: str, option: Option) -> str:
    """What a screen reader says of an option after its name: unit, bounds, default, meaning."""
    parts = (unit_text(option.unit), bounds(option), default_text(option))
    return ". ".join(p.rstrip(".。") for p in (*parts, option_help(owner, option.name)) if p)


def hover(title: str, *lines: str) -> str:
    """A hover text that Qt wraps: a heading and lines below it."""
    rest = "".join(f"<br>{escape(line)}" for line in lines if line)
    return f"<p><b>{escape(title)}</b>{rest}</p>"


def shape_text(shape: Shape) -> str:
    """A shape at a glance: 28×28×1; a class number says out of how many."""
    if shape.kind == TOKEN and not shape.sizes:
        return tr("inspector.class_of", classes=count(shape.limit))
    return str(shape)


def axes_text(shape: Shape) -> str:
    """What the axes of a shape mean: height × width × channels."""
    return axis_names(shape) if shape.axes else ""


def port_text(kind: str, port: str) -> str:
    """What goes in or out at a port, in a word; a layer type may have a word of its own."""
    own, common = f"size.{kind}.{port}", f"size.{port}"
    key = own if has(own) else common
    return tr(key) if has(key) else port
