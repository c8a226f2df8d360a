"""What the data process says of each data box: asked anew when the box changes, the newest kept.

The canvas needs a few samples of every data box; the panel, while it is seen, all about one box.
Questions wait a moment, so that a number that is being turned asks once; an answer to an older
question is dropped.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from engine.data_protocol import Refused, Show, Shown, Working
from engine.layers.data import Data
from engine.spec.document import NO_OPTIONS, Document, Network, Options
from gui.data_client import DataClient
from gui.store import DocumentStore

MOMENT_MS = 200
KEPT = 6  # whole answers, so that what was just seen comes back at once
ON_CANVAS = 240  # samples for a box: enough for a cloud of points
IN_PANEL = 60
NOTHING = Show(0, NO_OPTIONS)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the panel wants to know of a box."""

    part: str = "training"
    sample: int = 0


@dataclass(slots=True)
class Sight:
    """What is known of one data box."""

    question: Show
    task: int = 0  # 0: nothing is being asked
    shown: Shown | None = None
    refused: Refused | None = None
    done: int = 0
    total: int = 0
    is_old: bool = False  # `shown` belongs to an earlier question,
    answered: Show = NOTHING  # which is this one


class Glimpses(QObject):
    """Keeps a `Sight` of every data box that works. `changed` tells of news about one of them."""

    changed = Signal(str)  # id of a data box

    def __init__(
        self, store: DocumentStore, client: DataClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.store, self.client = store, client
        self.sights: dict[str, Sight] = {}
        self._has_begun = False
        self._wished: tuple[str, Wish] | None = None
        self._kept: OrderedDict[Show, Shown] = OrderedDict()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOMENT_MS)
        self._timer.timeout.connect(self.ask)
        store.changed.connect(self._document_changed)
        store.replaced.connect(self.ask)
        client.answered.connect(self._hear)
        client.refused.connect(self._hear_refusal)
        client.working.connect(self._hear_progress)

    def of(self, id: str) -> Sight | None:
        """What is known of a box; None if it is no data box, or does not work."""
        return self.sights.get(id)

    def wish(self, id: str, wish: Wish) -> None:
        """Find out all about one box, soon; nothing if `id` is empty."""
        wanted = (id, wish) if id else None
        if wanted != self._wished:
            self._wished = wanted
            self.ask()

    def cancel(self, id: str) -> None:
        """Give up what is being found out about a box, until it changes."""
        sight = self.sights.get(id)
        if sight is not None and sight.task:
            self.client.cancel(sight.task)
            sight.task = 0
            self.changed.emit(id)

    def again(self, id: str) -> None:
        """Ask once more, for example because files are there now."""
        if self.sights.pop(id, None) is not None:
            self._kept.clear()
            self.ask()

    def begin(self) -> None:
        """Ask from now on: before the window is seen there are more urgent things to be done."""
        self._has_begun = True
        self.ask()

    def ask(self) -> None:
        """Ask what is not known yet of any data box."""
        self._timer.stop()
        if not self._has_begun:
            return
        wanted = self._questions()
        for id in [id for id in self.sights if id not in wanted]:
            self._forget(self.sights.pop(id))
            self.changed.emit(id)
        for id, question in wanted.items():
            sight = self.sights.get(id)
            if sight is not None and sight.question == question:
                continue
            if sight is not None and _covers(sight, question):
                continue
            self._ask(id, sight, question)

    def _ask(self, id: str, sight: Sight | None, question: Show) -> None:
        if sight is not None:
            self._forget(sight)
        before = sight.shown if sight is not None else None
        fresh = Sight(question, shown=before, is_old=before is not None)
        if sight is not None:
            fresh.answered = sight.answered
        self.sights[id] = fresh
        if question in self._kept:
            fresh.shown, fresh.is_old, fresh.answered = self._kept[question], False, question
        else:
            fresh.task = self.client.ask(question, urgent=question.whole)
        self.changed.emit(id)

    def _forget(self, sight: Sight) -> None:
        if sight.task:
            self.client.forget(sight.task)

    def _questions(self) -> dict[str, Show]:
        """What is to be known, by the ids of the data boxes that work."""
        network, found = self.store.document.network, {}
        for node in network.nodes:
            if node.kind != Data.kind or node.id not in self.store.analysis.facts:
                continue
            question = Show(0, node.options, augment_behind(network, node.id), whole=False)
            question = replace(question, most=ON_CANVAS)
            if self._wished is not None and self._wished[0] == node.id:
                wish = self._wished[1]
                question = replace(
                    question,
                    part=wish.part,
                    sample=wish.sample,
                    most=IN_PANEL,
                    whole=True,
                    is_weighted=is_weighted(network, node.id),
                )
            found[node.id] = question
        return found

    def _document_changed(self, old: Document, new: Document) -> None:
        if old.network != new.network:
            self._timer.start()

    def _by_task(self, task: int) -> str:
        return next((id for id, sight in self.sights.items() if sight.task == task != 0), "")

    def _hear(self, answer: object) -> None:
        if isinstance(answer, Shown) and (id := self._by_task(answer.task)):
            sight = self.sights[id]
            sight.task, sight.shown, sight.refused, sight.is_old = 0, answer, None, False
            sight.answered = sight.question
            self._kept[sight.question] = answer
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            self.changed.emit(id)

    def _hear_refusal(self, refused: Refused) -> None:
        if id := self._by_task(refused.task):
            sight = self.sights[id]
            sight.task, sight.shown, sight.refused = 0, None, refused
            self.changed.emit(id)

    def _hear_progress(self, working: Working) -> None:
        if id := self._by_task(working.task):
            sight = self.sights[id]
            sight.done, sight.total = working.done, working.total
            self.changed.emit(id)


def _covers(sight: Sight, question: Show) -> bool:
    """Whether a whole answer that is there, or on its way, is enough for the canvas."""
    asked = sight.question
    bare = replace(question, part=asked.part, sample=asked.sample, most=asked.most, whole=True)
    bare = replace(bare, is_weighted=asked.is_weighted)
    return not question.whole and asked == bare and asked.part == "training"


def augment_behind(network: Network, id: str) -> Options | None:
    """The options of an augmenting box that reads a data box, if there is one."""
    for edge in network.out_of(id, "x"):
        reader = network.node(edge.target)
        if reader.kind == "augment":
            return reader.options
    return None


def is_weighted(network: Network, id: str) -> bool:
    """Whether a loss that reads the targets of a data box lets rare classes weigh more."""
    losses = [network.node(edge.target) for edge in network.out_of(id, "target")]
    return any(loss.options.get("class_weights", "none") != "none" for loss in losses)


def data_boxes(document: Document) -> tuple[str, ...]:
    """The ids of all data boxes."""
    return tuple(node.id for node in document.network.nodes if node.kind == Data.kind)
