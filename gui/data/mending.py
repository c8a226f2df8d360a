"""Carries out what would help against a fault of the data: as one step that can be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.data_protocol import Answer, Refused, Remedy, Take, Taken
from engine.layers.remedies import applied_to, apply
from engine.spec import edits
from engine.spec.options import NO_OPTIONS, Options, Value
from engine.spec.sources import OWN, Source, source_of
from gui.data_client import DataClient
from gui.file_words import remedy_text
from gui.store import DocumentStore
from gui.words import tr


class Mending(QObject):
    """Changes options at once; a table that must be read anew takes as long as that takes."""

    refused = Signal(object)  # Refused: the table could not be read in the new way
    ended = Signal()

    def __init__(
        self, store: DocumentStore, client: DataClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.store, self.client = store, client
        self.task = 0  # the reading that is under way
        self._box, self._label = "", ""
        client.answered.connect(self._hear)
        client.refused.connect(self._hear_refusal)

    def mend(self, box: str, remedy: Remedy) -> None:
        """Carry out a remedy for the data of a box."""
        label = tr("edit.repair", repair=remedy_text(remedy))
        if remedy.of != "recipe":
            self.store.edit(label, lambda document: apply(document, box, remedy))
            return
        source = self._source(box)
        if source is not None and not self.task:
            self._box, self._label = box, label
            recipe = applied_to(source.recipe, remedy)
            self.task = self.client.ask(Take(0, source.path, source.form, recipe), urgent=True)

    def cancel(self) -> None:
        """Give up reading a table anew."""
        if self.task:
            self.client.cancel(self.task)
            self.task = 0
            self.ended.emit()

    def _source(self, box: str) -> Source | None:
        """What a data box keeps of the person's own data."""
        network = self.store.document.network
        if not network.has(box):
            return None
        origin = network.node(box).options.get("origin", NO_OPTIONS)
        return source_of(origin) if isinstance(origin, Options) and origin else None

    def _hear(self, answer: Answer) -> None:
        if not isinstance(answer, Taken) or answer.task != self.task or not self.task:
            return
        self.task = 0
        before = self._source(self._box)
        if before is not None and before.path == answer.source.path:  # the box is still the same
            values: dict[str, Value] = {"dataset": OWN, "origin": answer.source.to_options()}
            self.store.edit(self._label, lambda d: edits.set_options(d, self._box, values))
        self.ended.emit()

    def _hear_refusal(self, refused: Refused) -> None:
        if refused.task == self.task != 0:
            self.task = 0
            self.refused.emit(refused)
            self.ended.emit()
