"""What the context menus of boxes and groups say about groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from gui.theme import icon
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


def add_group_entries(menu: QMenu, view: CanvasView) -> None:
    """Group what is selected; or do something with the group that is selected."""
    grouping = view.grouping
    group = grouping.chosen
    if group is None:
        _add(menu, "mdi6.group", tr("canvas.menu.group"), grouping.group)
    else:
        fold = "unfold" if group.is_folded else "fold"
        sign = "mdi6.unfold-more-vertical" if group.is_folded else "mdi6.unfold-less-vertical"
        _add(menu, sign, tr(f"canvas.menu.{fold}"), partial(grouping.fold, group.id))
        name = tr("canvas.menu.rename_group")
        _add(menu, "mdi6.rename-outline", name, partial(grouping.rename, group.id))
        usable = not grouping.repeat_obstacle()
        _add(menu, "mdi6.repeat", tr("canvas.menu.repeat"), grouping.repeat, usable)
        keep = view.save_wanted.emit
        _add(menu, "mdi6.package-variant-closed-plus", tr("canvas.menu.save_block"), keep)
        _add(menu, "mdi6.ungroup", tr("canvas.menu.ungroup"), grouping.ungroup)
    goals = grouping.goals()
    if goals:
        inner = menu.addMenu(icon("mdi6.arrow-right-bold-box-outline"), tr("canvas.menu.put_into"))
        for goal in goals:
            name = goal.name.replace("&", "&&")  # one & would underline a letter
            _add(inner, "mdi6.group", name, partial(grouping.put_into, goal.id))
    if grouping.can_take_out():
        sign, name = "mdi6.arrow-left-bold-box-outline", tr("canvas.menu.take_out")
        _add(menu, sign, name, partial(grouping.put_into, ""))
    menu.addSeparator()


def _add(menu: QMenu, sign: str, text: str, act: Callable[[], object], usable: bool = True) -> None:
    action = menu.addAction(icon(sign), text)
    action.setEnabled(usable)
    action.triggered.connect(lambda: act())
