"""A layout of the panels as plain values, as it is remembered between starts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from gui.panels.declared import CLOSED, FLOATING, HOME, ORDER, SIDES

VERSION = 1
ACROSS, DOWN, BELOW = "across", "down", "below"  # the splitters
SIZES = {ACROSS: [256, 724, 300], DOWN: [470, 270], BELOW: [800, 480]}
SEEN = 48  # so many pixels of a floating window must be on some screen


@dataclass
class Layout:
    """Where each panel is (a side, "closed", "floating 1"), their order, and who is in front."""

    where: dict[str, str] = field(default_factory=lambda: dict(HOME))
    order: list[str] = field(default_factory=lambda: list(ORDER))
    front: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)  # sides that are put away
    sizes: dict[str, list[int]] = field(
        default_factory=lambda: {name: list(sizes) for name, sizes in SIZES.items()}
    )
    windows: dict[str, list[int]] = field(default_factory=dict)  # x, y, width, height

    def of(self, place: str) -> list[str]:
        """The panels of one place, in their order."""
        return [id for id in self.order if self.where[id] == place]

    def text(self) -> str:
        """As JSON."""
        return json.dumps({"version": VERSION, **asdict(self)})


def read_layout(text: str) -> Layout:
    """A remembered layout; what is missing, unknown or nonsense falls back to the default."""
    try:
        found = json.loads(text)
    except ValueError:
        return Layout()
    if not isinstance(found, dict) or found.get("version") != VERSION:
        return Layout()
    layout, places = Layout(), {*SIDES, CLOSED}
    windows = _mapping(found, "windows")
    layout.windows = {name: area for name, area in windows.items() if _is_window(name, area)}
    for id, place in _mapping(found, "where").items():
        known = isinstance(place, str) and (place in places or place in layout.windows)
        if id in HOME and known:
            layout.where[id] = place
    order = [id for id in _sequence(found, "order") if id in ORDER]
    layout.order = [*dict.fromkeys(order), *(id for id in ORDER if id not in order)]
    layout.front = {p: id for p, id in _mapping(found, "front").items() if id in ORDER}
    layout.hidden = [side for side in _sequence(found, "hidden") if side in SIDES]
    for name, sizes in _mapping(found, "sizes").items():
        if name in SIZES and _are_sizes(sizes, len(SIZES[name])):
            layout.sizes[name] = sizes
    return layout


def numbers(area: QRect) -> list[int]:
    """A rectangle as a layout has it: x, y, width, height."""
    return [area.x(), area.y(), area.width(), area.height()]


def on_a_screen(area: QRect) -> bool:
    """Whether enough of a window would be on a screen that is there now."""
    for screen in QGuiApplication.screens():
        common = screen.availableGeometry().intersected(area)
        if common.width() >= SEEN and common.height() >= SEEN:
            return True
    return False


def _mapping(found: dict[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def _sequence(found: dict[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _are_sizes(value: object, count: int) -> bool:
    """Whether these are the sizes of a splitter, not all of them 0."""
    if not isinstance(value, list) or len(value) != count:
        return False
    return all(type(each) is int and each >= 0 for each in value) and any(value)


def _is_window(name: str, value: object) -> bool:
    if not name.startswith(FLOATING) or not isinstance(value, list) or len(value) != 4:
        return False
    return all(type(each) is int for each in value) and on_a_screen(QRect(*value))
