"""The theme in use, and with it all sizes and icons of the window; the colours are in `colours`.

Distances are multiples of 4 pixels, at 100 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import qtawesome
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from gui.colours import DARK, FAR_DARK, FAR_LIGHT, LIGHT, Colours

PIXELS = re.compile(r"\b(\d+)px")
RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SHEET, ICONS = RESOURCES / "themes" / "window.qss", RESOURCES / "icons"
STEP = 4  # the unit of distances, pixels
RADIUS = 8
FONT_POINTS = 10  # at 100 %
SIZES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
FAMILIES = (
    "Inter",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "DejaVu Sans",
    "PingFang SC",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
)
TAG_COLOURS = {  # after Okabe & Ito (2008)
    "orange": "#e69f00",
    "sky": "#56b4e9",
    "green": "#009e73",
    "yellow": "#f0e442",
    "red": "#d55e00",
    "purple": "#cc79a7",
}


FAR_SIZE, FAR_STROKE = 1.25, 1.8  # of everything and of lines, on a projector


class Theme(QObject):
    """The theme in use. Who hands colours to something that keeps them listens to `changed`."""

    changed = Signal()
    resized = Signal()
    projected = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = "system"  # "system", "light", "dark"
        self.colours = LIGHT
        self.size = 1.0  # of everything, as the person wants it
        self.is_projected = False  # shown on a wall, to a room
        self.lent_factor = 0.0  # while something is painted in other pixels: see sizes.enlarged

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are shown."""
        return self.colours in (DARK, FAR_DARK)

    @property
    def factor(self) -> float:
        """Pixels for each pixel at 100 %: sizes are asked for with `px`, `font` and `sizes`."""
        return self.lent_factor or self.size * (FAR_SIZE if self.is_projected else 1.0)

    @property
    def stroke(self) -> float:
        """How much thicker lines are than usual: for a projector, seen from the last row."""
        return FAR_STROKE if self.is_projected else 1.0

    def project(self, is_projected: bool) -> None:
        """Show everything for a room, or for one person again."""
        self.is_projected = is_projected
        self.resize(self.size)
        self.projected.emit()

    def resize(self, size: float) -> None:
        """Make everything larger or smaller, at once: 1.0 is 100 %."""
        self.size = min(max(size, SIZES[0]), SIZES[-1])
        self.use(self.mode)
        self.resized.emit()

    def use(self, mode: str) -> None:
        """Show "light" or "dark", or follow the "system"."""
        self.mode = mode
        is_dark = mode == "dark" or (mode == "system" and _system_is_dark())
        near, far = (DARK, FAR_DARK) if is_dark else (LIGHT, FAR_LIGHT)
        self.colours = far if self.is_projected else near
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(_palette(self.colours))
            letters = application.font()
            letters.setPointSizeF(FONT_POINTS * self.factor)
            application.setFont(letters)
            application.setStyleSheet(style_sheet(self.colours, self.factor))
        qtawesome.reset_cache()
        self.changed.emit()

    @contextmanager
    def lent(self, mode: str) -> Iterator[None]:
        """Paint something in the colours of "light" or "dark" while the window keeps its own.

        Any other `mode` keeps the present colours.
        """
        kept = self.colours
        self.colours = {"light": LIGHT, "dark": DARK}.get(mode, kept)
        try:
            yield
        finally:
            self.colours = kept

    def follow_system(self) -> None:
        """Change along when the person changes the system's theme."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _: self.use(self.mode))


theme = Theme()


def colour(name: str) -> QColor:
    """A colour of the theme in use, by its name in Colours."""
    return QColor(getattr(theme.colours, name))


def category_colour(category: str) -> QColor:
    """The colour of a layer category; unknown ones look like text."""
    return QColor(theme.colours.categories.get(category, theme.colours.faint))


def tag_colour(tag: str) -> QColor:
    """The colour of a tag, the same in both themes."""
    return QColor(TAG_COLOURS[tag])


def class_colour(index: int) -> QColor:
    """The colour of a data class, counted from 0."""
    return QColor(theme.colours.classes[index % len(theme.colours.classes)])


def scale_colour(share: float) -> QColor:
    """The colour of a value between 0 (that of the first class) and 1 (that of the second)."""
    low, high = class_colour(0), class_colour(1)
    mixed = [round(a + (b - a) * share) for a, b in zip(_rgb(low), _rgb(high), strict=True)]
    return QColor(*mixed)


def _rgb(tint: QColor) -> tuple[int, int, int]:
    return tint.red(), tint.green(), tint.blue()


def icon(
    name: str, tint: QColor | None = None, disabled: str = "border", outlined: bool = False
) -> QIcon:
    """An icon of Material Design Icons ("mdi6.play"), in the colour of text or in `tint`.

    It is a letter of a font; `outlined` paints its outline, where that font may be missing.
    """
    found: QIcon = qtawesome.icon(
        name,
        color=(tint or colour("text")).name(),
        color_disabled=colour(disabled).name(),
        draw="path" if outlined else "text",
    )
    return found


def px(pixels: float) -> int:
    """So many pixels at 100 % in the present size."""
    return round(pixels * theme.factor)


def font(points: float = FONT_POINTS, bold: bool = False) -> QFont:
    """The font of the window in another size or weight; `points` are those at 100 %."""
    made = QFont(QApplication.font())
    made.setPointSizeF(points * theme.factor)
    made.setBold(bold)
    return made


def has_chinese_font() -> bool:
    """Whether some installed font can show Simplified Chinese."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


def set_up(application: QApplication, mode: str, size: float = 1.0) -> None:
    """Give the application style, font and colours, in a size."""
    application.setStyle("Fusion")
    known = set(QFontDatabase.families())
    families = [name for name in FAMILIES if name in known]
    if families:
        chosen = QFont(families)
        chosen.setPointSizeF(FONT_POINTS)
        application.setFont(chosen)
    theme.size = size
    theme.use(mode)
    theme.follow_system()


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.window,
        QPalette.ColorRole.WindowText: c.text,
        QPalette.ColorRole.Base: c.panel,
        QPalette.ColorRole.AlternateBase: c.window,
        QPalette.ColorRole.Text: c.text,
        QPalette.ColorRole.PlaceholderText: c.faint,
        QPalette.ColorRole.Button: c.panel,
        QPalette.ColorRole.ButtonText: c.text,
        QPalette.ColorRole.BrightText: c.error,
        QPalette.ColorRole.ToolTipBase: c.card,
        QPalette.ColorRole.ToolTipText: c.text,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
        QPalette.ColorRole.Link: c.accent,
        QPalette.ColorRole.Light: c.hover,
        QPalette.ColorRole.Midlight: c.border,
        QPalette.ColorRole.Mid: c.border,
        QPalette.ColorRole.Dark: c.border,
        QPalette.ColorRole.Shadow: c.border,
        QPalette.ColorRole.Accent: c.accent,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    off = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.WindowText,
    ):
        palette.setColor(off, role, QColor(c.faint))
    return palette


def style_sheet(c: Colours, factor: float = 1.0) -> str:
    """What Fusion and the palette do not reach: borders, corners, hover; in any size."""
    sheet, mode = SHEET.read_text("utf-8"), "dark" if c in (DARK, FAR_DARK) else "light"
    for name in ("chevron", "check"):
        sheet = sheet.replace(f"@{name}", (ICONS / f"{name}-{mode}.svg").as_posix())
    names = sorted((n for n, v in asdict(c).items() if isinstance(v, str)), key=len, reverse=True)
    for name in names:  # longest first, so that no name is taken for the beginning of another
        sheet = sheet.replace(f"@{name}", getattr(c, name))
    if factor != 1.0:
        sheet = PIXELS.sub(lambda found: f"{_at_least_one(int(found[1]), factor)}px", sheet)
    return sheet


def _at_least_one(pixels: int, factor: float) -> int:
    """A line does not vanish; nothing stays nothing."""
    return max(round(pixels * factor), min(pixels, 1))
