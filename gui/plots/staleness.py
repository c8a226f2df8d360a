"""Whether what the panels show belongs to an earlier drawing, and how they say so."""

from __future__ import annotations

from gui.run import Run
from gui.words import tr


def is_stale(run: Run) -> bool:
    """Whether there are curves or answers, but of another network than the one on the canvas."""
    return bool(run.history.count or run.history.epochs) and not run.fits


def stale_text(run: Run, what: str) -> str:
    """The sentence that says so; `what` is "curves" or "answers"."""
    return tr("plots.stale.running") if run.is_busy else tr(f"plots.stale.{what}")
