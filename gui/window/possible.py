"""What is possible now: every action is enabled only where it can do something, or says why not."""

from __future__ import annotations

from engine.layers.templates import TEMPLATES
from engine.spec.document import Document
from engine.spec.tags import TAGS
from gui.actions import Actions
from gui.canvas.alignment import LEAST
from gui.canvas.habits import SWITCHES
from gui.canvas.view import CanvasView
from gui.cost_words import SHOWN
from gui.run import PAUSED, Run
from gui.store import DocumentStore
from gui.words import tr

TRAINING = ("play", "batch", "epoch", "reset", "new_weights")
BETWEEN_RUNS = ("reset", "new_weights")  # possible while a run goes on, too


class Possible:
    """Looks at store, run and canvas, and tells the actions."""

    def __init__(
        self, actions: Actions, store: DocumentStore, run: Run, canvas: CanvasView
    ) -> None:
        self.actions, self.store, self.run, self.canvas = actions, store, run, canvas
        self._known: tuple[object, ...] = ()  # of the run, when it was asked last
        self._document: Document | None = None

    def has_changed(self) -> bool:
        """Whether something else can be done since a run was asked last.

        Of the dozens of messages a second that an engine sends, few change that.
        """
        run, document, before = self.run, self.store.document, self._known
        past = bool(run.moments.all), run.past.shown
        self._known = run.status, run.can_play, run.fits, past, run.failure
        is_other, self._document = document is not self._document, document
        return is_other or self._known != before

    def refresh(self) -> None:
        """Enable what can be done now, and say of the rest why it cannot."""
        run, allow = self.run, self.actions.allow
        for id in TRAINING:
            is_free = id in BETWEEN_RUNS or not run.is_busy
            obstacle = tr("action.busy") if run.can_play else self._obstacle()
            allow(id, run.can_play and is_free, obstacle)
        allow("pause", run.is_busy, tr("action.pause.idle"))
        allow("stop", run.is_busy or run.status == PAUSED, tr("action.pause.idle"))
        for id in ("earlier", "later"):
            allow(id, bool(run.moments.all) and run.fits, tr("action.earlier.none"))
        allow("present", run.past.shown is not None, tr("action.present.none"))
        for name in TEMPLATES:
            allow(name, self.canvas.can_insert(name), tr(f"action.{name}.unfit"))
        allow("swap", self.canvas.can_swap(), tr("canvas.refused.no_next"))
        chosen = len(self.store.selection)
        for way, least in LEAST.items():
            allow(way, chosen >= least, tr("action.align.few", count=least))
        for tag in ("none", *TAGS):
            allow(f"tag_{tag}", chosen > 0, tr("action.align.few", count=1))
        grouping = self.canvas.grouping
        allow("group", grouping.can_group, tr("action.group.unfit"))
        for id in ("ungroup", "fold", "rename_group", "save_block"):
            allow(id, grouping.chosen is not None, tr("action.ungroup.unfit"))
        obstacle = grouping.repeat_obstacle()
        key = "action.ungroup.unfit" if obstacle == "unfit" else f"action.repeat.{obstacle}"
        allow("repeat", not obstacle, tr(key) if obstacle else "")
        for habit in SWITCHES:
            self.actions[habit].setChecked(getattr(self.canvas.habits, habit))
        for name in SHOWN:
            self.actions[f"show_{name}"].setChecked(self.canvas.habits.quantity == name)
        marked = any(problem.nodes for problem in self.store.analysis.problems)
        for id in ("next_problem", "previous_problem"):
            allow(id, marked, tr("action.next_problem.none"))
        undo = self.store.undo_stack
        allow("undo", undo.canUndo(), tr("action.undo.nothing"))
        allow("redo", undo.canRedo(), tr("action.redo.nothing"))
        names = {"undo": self.store.undo_name, "redo": self.store.redo_name}
        for id, name in names.items():
            self.actions[id].setText(f"{tr(f'action.{id}')} {name}".strip())

    def _obstacle(self) -> str:
        """Why nothing can be trained."""
        wrong = bool(self.store.analysis.errors)
        return tr("action.play.errors" if wrong else "action.play.no_engine")
