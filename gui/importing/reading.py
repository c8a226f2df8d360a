"""What the import page is about: which files are read, how, and what was found in them so far.

Each change is followed by another look, a moment later; the newest look counts. Nothing waits.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from engine.data_protocol import (
    Answer,
    Complaint,
    Glimpse,
    Look,
    Refused,
    Seen,
    Take,
    Taken,
    Working,
)
from engine.spec.options import NO_OPTIONS, Options, Value
from gui.data_client import DataClient

MOMENT_MS = 150  # until a change is followed by a look: a number is typed digit by digit
# options of a table after whose change its columns are found anew
FINDING_COLUMNS = ("encoding", "delimiter", "decimal", "thousands", "header", "sheet", "use")


class Reading(QObject):
    """Files, a form, a recipe, and the answers of the data process about them.

    form : a key of `RECIPES`, empty as long as it is to be found out
    recipe : what was asked for; `glimpse.recipe` says what became of each "auto"
    """

    changed = Signal()  # anything of this
    seen = Signal()  # there is another glimpse
    taken = Signal(object)  # Source: all was read

    def __init__(self, client: DataClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.path, self.form, self.recipe = "", "", NO_OPTIONS
        self.glimpse: Glimpse | None = None
        self.complaints: tuple[Complaint, ...] = ()
        self.refusal: Refused | None = None
        self.done = self.total = 0  # of taking
        self._look = self._take = 0  # numbers of the tasks that are being waited for
        self._takes_next = False  # as soon as the look is answered
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        client.answered.connect(self._answered)
        client.refused.connect(self._refused)
        client.working.connect(self._working)

    @property
    def is_looking(self) -> bool:
        """Whether what is shown is about to be replaced."""
        return self._look > 0 or self._timer.isActive()

    @property
    def is_taking(self) -> bool:
        """Whether all is being read, or will be as soon as the look is answered."""
        return self._take > 0 or self._takes_next

    def open(self, path: str, form: str = "", recipe: Options = NO_OPTIONS) -> None:
        """Begin with other files."""
        self.stop()
        self.path, self.form, self.recipe = path, form, recipe
        self.glimpse, self.complaints, self.refusal = None, (), None
        self._ask()

    def set_form(self, form: str) -> None:
        """Read the same files as another form of data."""
        if form != self.form:
            self.open(self.path, form)

    def set_option(self, name: str, value: Value) -> None:
        """Change how the files are read."""
        recipe = self.recipe.replace(**{name: value})
        if name in FINDING_COLUMNS:
            recipe = Options({k: v for k, v in recipe.items() if k != "columns"})
        self._change(recipe)

    def set_columns(self, columns: tuple[Value, ...]) -> None:
        """Change what the columns of a table are for."""
        self._change(self.recipe.replace(columns=columns))

    def _change(self, recipe: Options) -> None:
        if recipe == self.recipe or not self.path:
            return
        self.recipe = recipe
        self._timer.start(MOMENT_MS)
        self.changed.emit()

    def _ask(self) -> None:
        self._timer.stop()
        if self._look:
            self._client.forget(self._look)
        self._look = self._client.ask(Look(0, self.path, self.form, self.recipe), urgent=True)
        self.changed.emit()

    def take(self) -> None:
        """Read all, as it was seen last."""
        if not self.path or self.is_taking:
            return
        if self._timer.isActive():
            self._ask()
        self._takes_next = self.is_looking
        if not self._takes_next and self.glimpse is not None:
            self.refusal, self.done, self.total = None, 0, 0
            question = Take(0, self.path, self.form, self.glimpse.recipe)
            self._take = self._client.ask(question, urgent=True)
        self.changed.emit()

    def stop(self) -> None:
        """Read no further."""
        self._timer.stop()
        if self._look:
            self._client.forget(self._look)
        if self._take:
            self._client.cancel(self._take)
        self._look = self._take = 0
        self._takes_next = False
        self.changed.emit()

    # the answers

    def _answered(self, answer: Answer) -> None:
        if isinstance(answer, Seen) and answer.task == self._look:
            self._look = 0
            self.form, self.glimpse = answer.form, answer.glimpse
            self.complaints, self.refusal = answer.complaints, None
            self.seen.emit()
            if self._takes_next:
                self._takes_next = False
                self.take()
            self.changed.emit()
        elif isinstance(answer, Taken) and answer.task == self._take:
            self._take, self.complaints = 0, answer.complaints
            self.changed.emit()
            self.taken.emit(answer.source)

    def _refused(self, refusal: Refused) -> None:
        if refusal.task not in (self._look, self._take):
            return
        if refusal.task == self._look:
            self._look, self.glimpse, self.complaints = 0, None, ()
            self.form = refusal.form or self.form  # its options may be the way out
        else:
            self._take = 0
        self._takes_next, self.refusal = False, refusal
        self.changed.emit()

    def _working(self, step: Working) -> None:
        if step.task == self._take:
            self.done, self.total = step.done, step.total
            self.changed.emit()
