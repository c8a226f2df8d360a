"""The colours of the themes: light and dark, near and from the last row of a room.

Category colours follow Okabe & Ito's set (2008), which colour-blind people can tell apart; each is
always doubled by an icon or text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Values are #rrggbb."""

    window: str
    panel: str
    canvas: str
    grid: str
    card: str
    border: str
    text: str
    faint: str  # secondary text
    accent: str  # selection, primary button
    on_accent: str
    hover: str
    error: str
    warning: str
    good: str
    edge: str
    training: str  # curves
    validation: str
    categories: dict[str, str]
    classes: tuple[str, ...]  # colours of data classes


CLASSES = (  # after Okabe & Ito, darker where they were too light for white paper
    "#0072b2",
    "#ea6000",
    "#00924c",
    "#c675a2",
    "#9f4809",
    "#4996c2",
    "#879818",
    "#694d8d",
    "#7a4a1e",
    "#4d5563",
)
LIGHT = Colours(
    window="#f3f4f7",
    panel="#ffffff",
    canvas="#f8f9fb",
    grid="#e3e6ec",
    card="#ffffff",
    border="#d5d9e2",
    text="#1c2430",
    faint="#5d6878",
    accent="#1b62d9",
    on_accent="#ffffff",
    hover="#e9eef8",
    error="#c62828",
    warning="#965900",
    good="#177344",
    edge="#7d8898",
    training="#1f6feb",
    validation="#d55e00",
    categories={
        "data": "#0072b2",
        "core": "#4c5b73",
        "convolution": "#c05a00",
        "pooling": "#00805d",
        "sequence": "#6b4bb8",
        "normalisation": "#7a4f3a",
        "activation": "#a8487f",
        "regularisation": "#6c6c00",
        "merge": "#1f83ad",
        "loss": "#b3261e",
    },
    classes=CLASSES,
)
DARK = Colours(
    window="#15181e",
    panel="#1c2027",
    canvas="#171a20",
    grid="#262b34",
    card="#242932",
    border="#39404d",
    text="#e6eaf0",
    faint="#9ba6b6",
    accent="#5b9bff",
    on_accent="#0b1220",
    hover="#2a3240",
    error="#ff7b72",
    warning="#e3a447",
    good="#57c78a",
    edge="#7f8b9d",
    training="#5b9bff",
    validation="#ff9a4d",
    categories={
        "data": "#56a8e0",
        "core": "#9fb0c9",
        "convolution": "#f0944a",
        "pooling": "#3fc79b",
        "sequence": "#b39bf0",
        "normalisation": "#cfa98f",
        "activation": "#e08fbd",
        "regularisation": "#c9c24a",
        "merge": "#6cc7ea",
        "loss": "#ff8078",
    },
    classes=(
        "#4aa3df",
        "#f0b429",
        "#2fc79a",
        "#e79ac6",
        "#f28a45",
        "#8fd0f7",
        "#c9c94a",
        "#8f7bea",
        "#cf9468",
        "#7a8593",
    ),
)

FAR_LIGHT = replace(
    LIGHT,
    window="#ffffff",
    canvas="#ffffff",
    grid="#ffffff",
    border="#8d95a3",
    text="#000000",
    faint="#333b47",
    accent="#0050c8",
    edge="#3d4653",
    training="#0050c8",
    validation="#c04a00",
)
FAR_DARK = replace(
    DARK,
    window="#000000",
    panel="#0b0d11",
    canvas="#000000",
    grid="#000000",
    border="#77808f",
    text="#ffffff",
    faint="#d3d9e2",
    accent="#7db2ff",
    edge="#c3cad6",
    training="#7db2ff",
    validation="#ffac66",
)
