"""Context menus of the canvas: for boxes, edges and the empty paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget, QWidgetAction

from engine.layers.templates import TEMPLATES
from engine.spec.document import Edge
from engine.spec.problems import ERROR, Fix, Problem
from gui.actions import TABLE
from gui.canvas import actions
from gui.canvas.alignment import LEAST
from gui.canvas.frame_item import GroupRef
from gui.canvas.group_menu import add_group_entries
from gui.canvas.note_arrow import ArrowRef
from gui.canvas.note_item import NoteRef
from gui.canvas.small_picture import show_block
from gui.describe import fix_text, problem_text
from gui.theme import STEP, colour, icon, tag_colour
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

SENTENCE, SIGN = 380, 18  # pixels: the widest line of a problem, and the sign before it


def menu_for(
    view: CanvasView,
    target: str | Edge | NoteRef | ArrowRef | GroupRef | None,
    at: QPointF | None = None,
) -> QMenu:
    """The menu for what was clicked; it deletes itself when closed."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    analysis = view.store.analysis
    match target:
        case str():
            boxes = set(view.canvas.grouped.unit(target))
            _repairs(
                menu, view, (p for p in analysis.problems if boxes.issuperset(p.nodes[:1] or ("",)))
            )
            add_group_entries(menu, view)
            _box(menu, view)
        case GroupRef():
            add_group_entries(menu, view)
            _box(menu, view)
        case Edge():
            _add(menu, "mdi6.delete-outline", tr("canvas.menu.delete_edge"), view.delete_selected)
        case NoteRef():
            edit = partial(view.edit_note, target.id)
            _add(menu, "mdi6.pencil-outline", tr("canvas.menu.edit_note"), edit)
            _add(menu, "mdi6.content-copy", tr("canvas.menu.copy"), view.copy)
            words, usable = tr("canvas.menu.point"), view.can_point()
            _add(menu, "mdi6.arrow-top-right", words, view.point, usable)
            _add(menu, "mdi6.delete-outline", tr("canvas.menu.delete_note"), view.delete_selected)
        case ArrowRef():
            words = tr("canvas.menu.delete_arrow")
            _add(menu, "mdi6.delete-outline", words, view.delete_selected)
        case None:
            _repairs(menu, view, (p for p in analysis.problems if not p.nodes))
            _paper(menu, view, at)
    return menu


def _align(menu: QMenu, view: CanvasView) -> None:
    """A menu within the menu: lines and equal gaps for several boxes."""
    inner = menu.addMenu(icon("mdi6.align-horizontal-left"), tr("canvas.menu.align"))
    inner.setToolTipsVisible(True)
    chosen = len(view.store.selection)
    inner.setEnabled(chosen > 1)
    for spec in TABLE:
        if spec.menu == "align":
            act = partial(view.line_up, spec.id)
            _add(inner, spec.icon, tr(f"action.{spec.id}"), act, chosen >= LEAST[spec.id])
            inner.actions()[-1].setToolTip(tr(f"action.{spec.id}.tip"))
            if spec.starts_group:
                inner.insertSeparator(inner.actions()[-1])


def _blocks(menu: QMenu, view: CanvasView) -> None:
    """A menu within the menu: blocks that can stand behind the selected box, if there are any."""
    fitting = [name for name in TEMPLATES if view.can_insert(name)]
    if not fitting:
        return
    inner = menu.addMenu(icon("mdi6.view-grid-plus-outline"), tr("canvas.menu.blocks"))
    inner.setToolTipsVisible(True)
    for name in fitting:
        words = tr(f"action.{name}")
        _add(inner, TEMPLATES[name].icon, words, partial(view.insert, name))
        action = inner.actions()[-1]
        action.setToolTip(tr(f"action.{name}.tip"))
        action.hovered.connect(partial(show_block, action, name))


def _colours(menu: QMenu, view: CanvasView) -> None:
    """A menu within the menu: tags for the selected boxes."""
    inner = menu.addMenu(icon("mdi6.tag-outline"), tr("commands.menu.colour"))
    inner.setToolTipsVisible(True)
    for spec in TABLE:
        if spec.menu == "colour":
            _add(inner, spec.icon, tr(f"action.{spec.id}"), partial(view.tag, spec.tag))
            action = inner.actions()[-1]
            action.setToolTip(tr(f"action.{spec.id}.tip"))
            if spec.tag:
                action.setIcon(icon(spec.icon, tag_colour(spec.tag)))


def _add(menu: QMenu, name: str, text: str, act: Callable[[], object], usable: bool = True) -> None:
    action = menu.addAction(icon(name), text)
    action.setEnabled(usable)
    action.triggered.connect(lambda: act())


def _repairs(menu: QMenu, view: CanvasView, problems: Iterable[Problem]) -> None:
    """The problems, each with the buttons that repair it."""
    document = view.store.document
    for problem in problems:
        severe = problem.severity == ERROR
        sign = icon(
            "mdi6.alert" if severe else "mdi6.alert-circle-outline",
            colour("error" if severe else "warning"),
        )
        _sentence(menu, sign, problem_text(document, problem))
        for fix in problem.fixes:
            act = _repairing(view, fix)
            _add(menu, "mdi6.wrench-outline", fix_text(document, fix), act)
        menu.addSeparator()


def _sentence(menu: QMenu, sign: QIcon, text: str) -> None:
    """A text in the menu that wraps, which an action's own text does not."""
    row, mark, label = QWidget(menu), QLabel(), QLabel(text)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(3 * STEP, STEP, 3 * STEP, STEP)
    layout.setSpacing(2 * STEP)
    mark.setPixmap(sign.pixmap(SIGN, SIGN))
    label.setWordWrap(True)
    label.setFixedWidth(min(label.fontMetrics().horizontalAdvance(text) + STEP, SENTENCE))
    layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(label, 1)
    action = QWidgetAction(menu)
    action.setText(text)
    action.setToolTip(text)
    action.setDefaultWidget(row)
    action.setEnabled(False)  # nothing happens on a click
    row.setEnabled(True)  # yet it is to be read
    menu.addAction(action)


def _repairing(view: CanvasView, fix: Fix) -> Callable[[], object]:
    return lambda: actions.repair(view.store, fix)


def _box(menu: QMenu, view: CanvasView) -> None:
    several = len(view.store.selection) > 1
    _blocks(menu, view)
    _add(menu, "mdi6.vector-line", tr("canvas.menu.join"), view.join_selected, several)
    swappable = view.can_swap()
    _add(menu, "mdi6.swap-horizontal", tr("canvas.menu.swap"), view.swap, swappable)
    _align(menu, view)
    _colours(menu, view)
    _add(menu, "mdi6.content-cut", tr("canvas.menu.cut"), view.cut)
    _add(menu, "mdi6.content-copy", tr("canvas.menu.copy"), view.copy)
    _add(menu, "mdi6.content-duplicate", tr("canvas.menu.duplicate"), view.duplicate)
    _add(menu, "mdi6.delete-outline", tr("canvas.menu.delete"), view.delete_selected)


def _paper(menu: QMenu, view: CanvasView, at: QPointF | None) -> None:
    some = bool(view.store.document.network.nodes)
    pasteable = actions.on_clipboard() is not None
    _add(menu, "mdi6.content-paste", tr("canvas.menu.paste"), view.paste, pasteable)
    _add(menu, "mdi6.select-all", tr("canvas.menu.select_all"), view.select_all, some)
    words = tr("canvas.menu.comment")
    _add(menu, "mdi6.comment-plus-outline", words, partial(view.comment, at))
    menu.addSeparator()
    _add(menu, "mdi6.fit-to-page-outline", tr("canvas.menu.fit"), view.fit, some)
    _add(menu, "mdi6.sitemap-outline", tr("canvas.menu.arrange"), view.arrange, some)
    words, sign = tr("canvas.menu.arrange_down"), "mdi6.arrow-down-bold-box-outline"
    _add(menu, sign, words, partial(view.arrange, is_down=True), some)
