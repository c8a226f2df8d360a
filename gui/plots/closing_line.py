"""One sentence under the curves: why the run ended, and the best it reached."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.protocol import COMPLETED, DIVERGED, EARLY, STOPPED
from engine.spec.history import History, best, least_loss
from gui.causes import cause_text
from gui.plots.staleness import is_stale, stale_text
from gui.quantities import SHARES, VALIDATION, quantity_name, value_text
from gui.run import FAILED, Run
from gui.theme import STEP, colour, icon, px, theme
from gui.words import language, tr

STALE = "stale"  # beside the reasons: the drawing has become another one
ICONS = {
    COMPLETED: ("mdi6.check-circle", "good"),
    EARLY: ("mdi6.check-circle", "good"),
    STOPPED: ("mdi6.stop-circle", "faint"),
    DIVERGED: ("mdi6.alert", "error"),
    FAILED: ("mdi6.alert", "error"),
    STALE: ("mdi6.information-outline", "faint"),
}
SIDE = 16  # of the icon, pixels


class ClosingLine(QWidget):
    """Icon and sentence; while the run goes on, only what it has reached so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture, self.text = QLabel(self), QLabel(self)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state: tuple[object, ...] = ()  # what the sentence was made for
        self._history: History | None = None  # and of which run
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * STEP, 0, 3 * STEP, STEP)
        row.setSpacing(2 * STEP)
        row.addWidget(self.picture)
        row.addWidget(self.text, 1)

    def show_run(self, run: Run, names: tuple[str, str]) -> None:
        """Say how the run stands; `names` are the two quantities shown."""
        state = (
            run.number,
            run.status,
            is_stale(run),
            run.history.reason,
            len(run.history.epochs),
            names,
            language(),
            theme.is_dark,
        )
        # two runs may be alike in all of this, so it also counts whose history it is
        if state == self._state and run.history is self._history:
            return
        self._state, self._history = state, run.history
        why = FAILED if run.status == FAILED else run.history.reason
        ended = bool(why)
        parts = [self._reason(run, why)] if why in ICONS else []
        if is_stale(run):
            why, parts = STALE, [stale_text(run, "curves")]
        reached = best_text(run, names, ended)
        self.text.setWordWrap(why == DIVERGED)  # the cause takes more words
        self.text.setText("  ".join(parts + ([reached] if reached else [])))
        self.picture.setVisible(why in ICONS)
        if why in ICONS:
            symbol, tint = ICONS[why]
            side = px(SIDE)
            self.picture.setFixedSize(side, side)  # it is given its picture after it was laid out
            self.picture.setPixmap(icon(symbol, colour(tint)).pixmap(side, side))
        tint = "error" if why in (DIVERGED, FAILED) else "text" if why else "faint"
        self.text.setStyleSheet(f"color: {colour(tint).name()}")

    def _reason(self, run: Run, why: str) -> str:
        done = len(run.history.epochs)
        epochs = f"{done:,}"
        if why == COMPLETED:
            return tr("plots.reason.completed", epochs=epochs)
        if why == EARLY:
            change = run.store.document.training.minimum_change
            least = least_loss(run.history.epochs, change) + 1
            return tr("plots.reason.early", epochs=epochs, best=f"{least:,}")
        if why == STOPPED:
            key = {0: "plots.reason.stopped.none", 1: "plots.reason.stopped.one"}.get(done)
            return tr(key) if key else tr("plots.reason.stopped", epochs=epochs)
        if why == DIVERGED and run.cause is not None:
            words = cause_text(run.store.document, run.cause)
            return tr("plots.reason.diverged.cause", cause=words)
        return tr("plots.reason.diverged" if why == DIVERGED else "plots.reason.failed")


def best_text(run: Run, names: tuple[str, str], ended: bool) -> str:
    """The best validation value and its epoch; empty before the first."""
    for name in reversed(names):  # accuracy says more than loss
        found = best(run.history.epochs, VALIDATION + name, largest=name in SHARES)
        if found is not None:
            epoch, value = found
            words = {
                "quantity": quantity_name(name).lower(),
                "value": value_text(name, value),
                "epoch": f"{epoch + 1:,}",
            }
            return tr("plots.best", **words) if ended else tr("plots.best_so_far", **words)
    return ""
