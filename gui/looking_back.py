"""Looking back at earlier moments of a run, and going on from one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from engine import protocol
from gui.moments import Moment

if TYPE_CHECKING:
    from gui.run import Run


class LookingBack:
    """The run waits while an earlier moment is shown; its end is kept until it goes on there."""

    def __init__(self, run: Run) -> None:
        self._run = proxy(run)  # a circle might be broken by another thread, where no timer may die
        self.shown: Moment | None = None
        self._wish: Moment | None = None  # to be shown once the run waits
        self._status_at_end = ""

    def show(self, moment: Moment) -> None:
        """Let all views show the weights of a moment; a run that goes on is paused first."""
        run, end = self._run, self._run.held
        if run.is_busy:
            self._wish = moment
            run.pause()
            return
        if not run.has_network or end is None:
            return
        if self.shown is None:
            self._status_at_end = run.status
        is_end = moment.steps >= end.steps
        self.shown = None if is_end else moment
        run.stand(self._status_at_end if is_end else "paused", moment)
        run.client.send(protocol.Visit(run.number, moment.state))
        if is_end:
            run.follow_training()
        run.status_changed.emit()

    def begin(self) -> None:
        """The run waits now: show what was wished for meanwhile."""
        wish, self._wish = self._wish, None
        if wish is not None:
            self.show(wish)

    def step(self, by: int) -> None:
        """Show the moment so many moments later, or with less than 0 earlier."""
        moments, at = self._run.moments.all, self.shown or self._run.held
        if moments and at is not None:
            nearest = self._run.moments.nearest(at.steps)
            assert nearest is not None
            self.show(moments[min(max(moments.index(nearest) + by, 0), len(moments) - 1)])

    def leave(self) -> None:
        """Show the end of the run again."""
        if self.shown is not None and self._run.held is not None:
            self.show(self._run.held)

    def go_on(self) -> None:
        """Make the moment that is shown the end of the run."""
        moment, self.shown = self.shown, None
        if moment is not None:
            run = self._run
            run.part()
            run.history.cut(moment.steps, moment.epochs)
            run.moments.cut(moment.steps)
            run.hold(moment, is_now=True)
            run.follow_training()
            run.history_replaced.emit()

    def forget(self) -> None:
        """There is nothing to look back at any more."""
        self.shown = self._wish = None
