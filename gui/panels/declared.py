"""Which panels there are, and where each stands at first. Words are `tab.<id>`, `tab.<id>.tip`."""

from __future__ import annotations

from dataclasses import dataclass

LEFT, RIGHT, BOTTOM, CORNER = "left", "right", "bottom", "corner"
SIDES = (LEFT, RIGHT, BOTTOM, CORNER)  # the last is beside the bottom, and empty at first
CLOSED, FLOATING = "closed", "floating"  # "floating 1", "floating 2": a window each


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its id, its side in the default layout, and its icon in menus."""

    id: str
    home: str
    icon: str


PANELS = (
    Panel("layers", LEFT, "mdi6.layers-outline"),
    Panel("data", LEFT, "mdi6.database-outline"),
    Panel("outline", LEFT, "mdi6.file-tree-outline"),
    Panel("box", RIGHT, "mdi6.tune-variant"),
    Panel("training", RIGHT, "mdi6.school-outline"),
    Panel("curves", BOTTOM, "mdi6.chart-line"),
    Panel("predictions", BOTTOM, "mdi6.target"),
    Panel("results", BOTTOM, "mdi6.chart-box-outline"),
    Panel("try", BOTTOM, "mdi6.draw"),
    Panel("runs", BOTTOM, "mdi6.history"),
    Panel("received", BOTTOM, "mdi6.database-eye-outline"),
    Panel("analysis", BOTTOM, "mdi6.table-large"),
)
ORDER = tuple(panel.id for panel in PANELS)
HOME = {panel.id: panel.home for panel in PANELS}
