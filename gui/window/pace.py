"""Slow motion, and looking back: what the actions about the time of a run call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gui.actions import Actions
from gui.run import Run
from gui.theme import icon, theme
from gui.words import on_language_change, tr

# by the end of the action's name: batches a second, from fast to slow; 0 is as fast as it goes
PACES = {"full": 0.0, "30": 30.0, "10": 10.0, "3": 3.0, "1": 1.0, "half": 0.5}


def pace_calls(run: Run) -> dict[str, Callable[[], object]]:
    """What each action about the pace calls."""
    return {
        **{f"pace_{name}": partial(run.set_pace, pace) for name, pace in PACES.items()},
        "slower": partial(_change, run, 1),
        "faster": partial(_change, run, -1),
    }


def past_calls(run: Run) -> dict[str, Callable[[], object]]:
    """What each action about earlier moments calls."""
    return {
        "earlier": partial(run.past.step, -1),
        "later": partial(run.past.step, 1),
        "present": run.past.leave,
    }


def _change(run: Run, by: int) -> None:
    paces = list(PACES.values())
    run.set_pace(paces[min(max(paces.index(run.pace) + by, 0), len(paces) - 1)])


class PaceButton(QToolButton):
    """Shows the pace if it is slow, and the choice of all on a click."""

    def __init__(self, run: Run, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run, self.actions_table = run, actions
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self)
        for name in PACES:
            menu.addAction(actions[f"pace_{name}"])
        menu.setToolTipsVisible(True)
        self.setMenu(menu)
        run.status_changed.connect(self.dress)
        theme.changed.connect(self.dress)
        forget = on_language_change(self.dress)
        self.destroyed.connect(lambda: forget())
        self._shown: object = None
        self.dress()

    def dress(self) -> None:
        """Show the pace in the present language and colours."""
        shown = self.run.pace, tr("pace.tip"), theme.is_dark
        if shown == self._shown:  # a run changes its status thirty times a second
            return
        self._shown = shown
        for name, pace in PACES.items():
            self.actions_table[f"pace_{name}"].setChecked(pace == self.run.pace)
        self.setIcon(icon("mdi6.speedometer-slow" if self.run.pace else "mdi6.speedometer"))
        slow = tr("pace.short", pace=f"{self.run.pace:g}")
        self.setText(slow if self.run.pace else "")
        style = Qt.ToolButtonStyle
        beside, alone = style.ToolButtonTextBesideIcon, style.ToolButtonIconOnly
        self.setToolButtonStyle(beside if self.run.pace else alone)
        self.setToolTip(tr("pace.tip"))
        self.setAccessibleName(tr("pace.name"))
