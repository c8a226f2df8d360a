"""Everything that menus, toolbar and keys can do, as one table.

Words are `action.<id>` and `action.<id>.tip`; the shortcut is added to the hover text. The main
window says what each action calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from engine.layers.templates import TEMPLATES
from engine.spec.tags import TAGS
from gui.panels.declared import PANELS
from gui.theme import icon, tag_colour, theme
from gui.words import on_language_change, tr

Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Spec:
    """One action: where it stands in the menus, its icon and its keys."""

    id: str
    menu: str  # "file", "edit", "insert", "view", "run", "help"; menus.INSIDE says what is in which
    icon: str = ""
    keys: str | Key = ""
    starts_group: bool = False  # a line above it in the menu
    is_switch: bool = False  # on or off, with a tick
    tag: str = ""  # the colour of its icon
    also: str = ""  # other keys, which are not shown


QUANTITIES = (  # what each box shows of its costs
    ("parameters", "mdi6.numeric"),
    ("multiplications", "mdi6.multiplication"),
    ("memory", "mdi6.memory"),
    ("none", "mdi6.minus"),
)
TABLE = (
    Spec("new", "file", "mdi6.file-outline", Key.New),
    Spec("gallery", "file", "mdi6.view-gallery-outline", "Ctrl+Shift+N"),
    Spec("open", "file", "mdi6.folder-open-outline", Key.Open),
    Spec("reopen_closed", "file", "mdi6.undo-variant", "Ctrl+Shift+T"),
    Spec("import", "file", "mdi6.database-import-outline", "Ctrl+I"),
    Spec("save", "file", "mdi6.content-save-outline", Key.Save, starts_group=True),
    Spec("save_as", "file", "mdi6.content-save-edit-outline", Key.SaveAs),
    Spec("picture", "file", "mdi6.image-outline", "Ctrl+E", starts_group=True),
    Spec("compare", "file", "mdi6.compare-horizontal", "Ctrl+Alt+D", starts_group=True),
    Spec("open_again", "file", "mdi6.folder-clock-outline", is_switch=True, starts_group=True),
    Spec("close", "file", "mdi6.close", "Ctrl+W"),
    Spec("quit", "file", "mdi6.exit-to-app", Key.Quit),
    Spec("undo", "edit", "mdi6.undo", Key.Undo),
    Spec("redo", "edit", "mdi6.redo", Key.Redo),
    Spec("history", "edit", "mdi6.history", "Ctrl+H"),
    Spec("cut", "edit", "mdi6.content-cut", "", starts_group=True),
    Spec("copy", "edit", "mdi6.content-copy"),
    Spec("paste", "edit", "mdi6.content-paste"),
    Spec("duplicate", "edit", "mdi6.content-duplicate"),
    Spec("delete", "edit", "mdi6.delete-outline"),
    Spec("copy_picture", "edit", "mdi6.image-multiple-outline", "Ctrl+Shift+C", True),
    Spec("copy_text", "edit", "mdi6.text-box-outline"),
    Spec("select_all", "edit", "mdi6.select-all", "", starts_group=True),
    Spec("group", "edit", "mdi6.group", "Ctrl+G", starts_group=True),
    Spec("ungroup", "edit", "mdi6.ungroup", "Ctrl+Shift+U"),
    Spec("fold", "edit", "mdi6.unfold-less-vertical", "Ctrl+Shift+J"),
    Spec("rename_group", "edit", "mdi6.rename-outline", "F2"),
    Spec("repeat", "edit", "mdi6.repeat", "Ctrl+Shift+D"),
    Spec("save_block", "edit", "mdi6.package-variant-closed-plus", "Ctrl+Shift+K"),
    Spec("comment", "edit", "mdi6.comment-plus-outline", "Ctrl+M", starts_group=True),
    Spec("point", "edit", "mdi6.arrow-top-right", "Ctrl+Shift+P"),
    Spec("swap", "edit", "mdi6.swap-horizontal", "Alt+Right", starts_group=True),
    Spec("align_left", "align", "mdi6.align-horizontal-left", "Ctrl+Shift+Left"),
    Spec("align_centre", "align", "mdi6.align-horizontal-center", "Ctrl+Shift+E"),
    Spec("align_right", "align", "mdi6.align-horizontal-right", "Ctrl+Shift+Right"),
    Spec("align_top", "align", "mdi6.align-vertical-top", "Ctrl+Shift+Up", starts_group=True),
    Spec("align_middle", "align", "mdi6.align-vertical-center", "Ctrl+Shift+M"),
    Spec("align_bottom", "align", "mdi6.align-vertical-bottom", "Ctrl+Shift+Down"),
    Spec(
        "distribute_across",
        "align",
        "mdi6.distribute-horizontal-center",
        "Ctrl+Shift+H",
        starts_group=True,
    ),
    Spec("distribute_down", "align", "mdi6.distribute-vertical-center", "Ctrl+Shift+V"),
    Spec("tag_none", "colour", "mdi6.tag-off-outline", "Ctrl+Alt+0"),
    *(
        Spec(f"tag_{tag}", "colour", "mdi6.tag", f"Ctrl+Alt+{number}", tag=tag)
        for number, tag in enumerate(TAGS, 1)
    ),
    *(Spec(name, "insert", template.icon) for name, template in TEMPLATES.items()),
    Spec("commands", "view", "mdi6.text-search", "Ctrl+K"),
    Spec("zoom_in", "zoom", "mdi6.magnify-plus-outline", "Ctrl++"),
    Spec("zoom_out", "zoom", "mdi6.magnify-minus-outline", "Ctrl+-"),
    Spec("fit", "zoom", "mdi6.fit-to-page-outline", "Ctrl+0"),
    Spec("fit_selection", "zoom", "mdi6.image-filter-center-focus", "Shift+F"),
    Spec("zoom_actual", "zoom", "mdi6.numeric-1-box-outline", "Ctrl+1"),
    Spec("arrange", "view", "mdi6.auto-fix", "Ctrl+L", starts_group=True),
    Spec("arrange_down", "view", "mdi6.arrow-down-bold-box-outline", "Ctrl+Alt+L"),
    Spec("grid", "view", "mdi6.grid", "Ctrl+Shift+G", is_switch=True),
    Spec("overview", "view", "mdi6.map-outline", "Ctrl+Shift+O", is_switch=True),
    Spec("flow", "view", "mdi6.image-filter-hdr-outline", "Ctrl+Shift+F", is_switch=True),
    Spec("widths", "view", "mdi6.format-line-weight", "Ctrl+Shift+W", is_switch=True),
    *(Spec(f"show_{name}", "quantity", icon, is_switch=True) for name, icon in QUANTITIES),
    Spec("analyse", "view", "mdi6.table-large", "F4"),
    Spec("outline", "view", "mdi6.file-tree-outline", "Shift+F4"),
    Spec("next_part", "go", "mdi6.page-next-outline", "Ctrl+F6"),
    Spec("previous_part", "go", "mdi6.page-previous-outline", "Ctrl+Shift+F6"),
    *(Spec(f"panel_{p.id}", "panels", p.icon, is_switch=True) for p in PANELS),
    Spec("left_panels", "panels", "mdi6.dock-left", "Ctrl+B", True, is_switch=True),
    Spec("right_panels", "panels", "mdi6.dock-right", "Ctrl+Alt+B", is_switch=True),
    Spec("bottom_panels", "panels", "mdi6.dock-bottom", "Ctrl+J", is_switch=True),
    Spec("canvas_alone", "panels", "mdi6.fullscreen-exit", "Ctrl+Shift+B"),
    Spec("enlarge_panel", "panels", "mdi6.arrow-expand-all", "Shift+F11", is_switch=True),
    Spec("default_layout", "panels", "mdi6.page-layout-sidebar-left", "", starts_group=True),
    Spec("full_screen", "view", "mdi6.fullscreen", "F11", is_switch=True),
    Spec("next_tab", "go", "mdi6.tab", "Ctrl+Tab", starts_group=True, also="Ctrl+PgDown"),
    Spec("previous_tab", "go", "mdi6.tab", "Ctrl+Shift+Tab", also="Ctrl+PgUp"),
    Spec("beginner", "view", "mdi6.sprout-outline", is_switch=True, starts_group=True),
    Spec("settings", "view", "mdi6.cog-outline", "Ctrl+,"),
    Spec("projector", "view", "mdi6.projector", "Ctrl+F11", is_switch=True),
    Spec("show_keys", "view", "mdi6.keyboard-variant", is_switch=True),
    Spec("larger", "view", "mdi6.format-font-size-increase", "Ctrl+Alt+=", starts_group=True),
    Spec("smaller", "view", "mdi6.format-font-size-decrease", "Ctrl+Alt+-"),
    Spec("next_problem", "go", "mdi6.alert-circle-outline", "F3", starts_group=True),
    Spec("previous_problem", "go", "mdi6.alert-circle-outline", "Shift+F3"),
    Spec("theme", "view", "mdi6.theme-light-dark", "Ctrl+T", starts_group=True),
    Spec("language", "view", "mdi6.translate", "Ctrl+Shift+L"),
    Spec("play", "run", "mdi6.play", "F5"),
    Spec("pause", "run", "mdi6.pause", "F6"),
    Spec("batch", "run", "mdi6.skip-next", "F7"),
    Spec("epoch", "run", "mdi6.skip-forward", "F8"),
    Spec("stop", "run", "mdi6.stop", "Shift+F5"),
    Spec("earlier", "run", "mdi6.page-previous-outline", "Shift+F7", starts_group=True),
    Spec("later", "run", "mdi6.page-next-outline", "Shift+F8"),
    Spec("present", "run", "mdi6.page-last", "Ctrl+F8"),
    *(
        Spec(f"pace_{name}", "pace", icon, is_switch=True)
        for name, icon in (
            ("full", "mdi6.speedometer"),
            ("30", "mdi6.speedometer-medium"),
            ("10", "mdi6.speedometer-medium"),
            ("3", "mdi6.speedometer-slow"),
            ("1", "mdi6.speedometer-slow"),
            ("half", "mdi6.speedometer-slow"),
        )
    ),
    Spec("slower", "pace", "mdi6.tortoise", "Shift+F9", starts_group=True),
    Spec("faster", "pace", "mdi6.rabbit-variant-outline", "F9"),
    Spec("reset", "run", "mdi6.restart", "Ctrl+R", starts_group=True),
    Spec("new_weights", "run", "mdi6.dice-5-outline", "Ctrl+Shift+R"),
    Spec("help", "help", "mdi6.help-circle-outline", Key.HelpContents),
    Spec("shortcuts", "help", "mdi6.keyboard-outline", "Ctrl+/"),
    Spec("welcome", "help", "mdi6.human-greeting-variant", "", starts_group=True),
    Spec("about", "help", "mdi6.information-outline"),
)


class Actions(QObject):
    """The QActions of one window, by id, kept in language and theme."""

    def __init__(self, owner: QWidget, calls: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(owner)
        assert set(calls) == {spec.id for spec in TABLE}, set(calls) ^ {s.id for s in TABLE}
        self._by_id: dict[str, QAction] = {}
        self._obstacles: dict[str, str] = {}  # why what is disabled is not possible
        for spec in TABLE:
            action = QAction(owner)
            action.setCheckable(spec.is_switch)
            if spec.keys:
                pressed = (spec.keys, spec.also) if spec.also else (spec.keys,)
                action.setShortcuts([QKeySequence(keys) for keys in pressed])
            if spec.id == "help":  # also in windows beside this one
                action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
            call = calls[spec.id]
            action.triggered.connect(lambda _=False, call=call: call())
            owner.addAction(action)
            self._by_id[spec.id] = action
        self.dress()
        forget = on_language_change(self.dress)
        theme.changed.connect(self.dress)
        self.destroyed.connect(lambda: forget())

    def __getitem__(self, id: str) -> QAction:
        return self._by_id[id]

    def dress(self) -> None:
        """Give all actions their words and icons again."""
        for spec in TABLE:
            action = self._by_id[spec.id]
            action.setText(tr(f"action.{spec.id}"))
            self.explain(spec.id, tr(f"action.{spec.id}.tip"))
            if spec.icon:
                action.setIcon(icon(spec.icon, tag_colour(spec.tag) if spec.tag else None))

    def allow(self, id: str, is_possible: bool, obstacle: str) -> None:
        """Enable an action, or disable it and say why in its hover text."""
        self._by_id[id].setEnabled(is_possible)
        self._obstacles[id] = "" if is_possible else obstacle
        self.explain(id, self._obstacles[id] or tr(f"action.{id}.tip"))

    def obstacle(self, id: str) -> str:
        """Why an action is not possible now; empty if it is."""
        return self._obstacles.get(id, "")

    def explain(self, id: str, tip: str) -> None:
        """Give an action a hover text; its keys are added."""
        action = self._by_id[id]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        hover = tr("action.hover", name=tr(f"action.{id}"), tip=tip)
        action.setToolTip(f"{hover} ({keys})" if keys else hover)
