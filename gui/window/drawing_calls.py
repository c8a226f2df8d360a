"""What menus and keys do to the drawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.layers.templates import TEMPLATES
from engine.spec.tags import TAGS
from gui.canvas.alignment import LEAST
from gui.canvas.habits import SWITCHES
from gui.canvas.view import CanvasView
from gui.cost_words import SHOWN


def drawing_calls(canvas: CanvasView) -> dict[str, Callable[[], object]]:
    """What each action of the canvas calls."""
    return {
        "cut": canvas.cut,
        "copy": canvas.copy,
        "paste": canvas.paste,
        "duplicate": canvas.duplicate,
        "delete": canvas.delete_selected,
        "select_all": canvas.select_all,
        **{way: partial(canvas.line_up, way) for way in LEAST},
        "tag_none": partial(canvas.tag, ""),
        **{f"tag_{tag}": partial(canvas.tag, tag) for tag in TAGS},
        **{name: partial(canvas.insert, name) for name in TEMPLATES},
        "swap": canvas.swap,
        "comment": canvas.comment,
        "point": canvas.point,
        "group": canvas.grouping.group,
        "ungroup": canvas.grouping.ungroup,
        "fold": canvas.grouping.fold,
        "rename_group": canvas.grouping.rename,
        "repeat": canvas.grouping.repeat,
        "zoom_in": canvas.zoom_in,
        "zoom_out": canvas.zoom_out,
        "fit": canvas.fit,
        "fit_selection": canvas.fit_selection,
        "zoom_actual": canvas.zoom_actual,
        "arrange": canvas.arrange,
        "arrange_down": partial(canvas.arrange, is_down=True),
        **{name: partial(canvas.switch, name) for name in SWITCHES},
        **{f"show_{name}": partial(canvas.show_quantity, name) for name in SHOWN},
    }
