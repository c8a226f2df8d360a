"""Brings what flows through the network to the boxes on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from engine.layers.analysis import NodeFacts
from engine.layers.data import Data
from engine.protocol import Passage
from engine.spec.document import Node
from gui import formats
from gui.box import Strip
from gui.canvas.node_item import NEAR
from gui.canvas.view import CanvasView
from gui.class_names import dataset_of, name_of
from gui.data.glimpse_picture import is_cloud, marked_cloud
from gui.data.glimpses import Glimpses
from gui.data_client import DataClient
from gui.flow.flows import Flows
from gui.flow.picture import ANSWER, BOX, LOSS, SAMPLE, Seen, target_words
from gui.flow.sample import Sample
from gui.run import Run
from gui.theme import theme
from gui.words import on_language_change, tr

AS_SHARES = ("softmax",)  # functions whose results are the shares of classes


class Flowing(QObject):
    """Makes the picture of each box when there is news, and all when colours or words change."""

    def __init__(
        self, view: CanvasView, run: Run, client: DataClient, glimpses: Glimpses, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.view, self.store, self.glimpses = view, view.store, glimpses
        self.flows = Flows(view.store, run, client, self.is_seen, self)
        self.flows.changed.connect(self.show)
        view.canvas.stepped.connect(self.flows.step)
        view.camera.moved.connect(self._moved)
        view.switched.connect(self.flows.wake)
        glimpses.changed.connect(lambda _: self.show())
        theme.changed.connect(self.show)
        self.destroyed.connect(on_language_change(self.show))
        self._was_seen = False
        self._own: Passage | None = None  # of a sample of one's own, in place of the data's

    def is_seen(self) -> bool:
        """Whether a person wants to see it, and could."""
        view = self.view
        is_large = view.camera.scale >= NEAR
        return (
            view.habits.flow and view.isVisible() and is_large and not view.window().isMinimized()
        )

    def show_own(self, passage: Passage | None) -> None:
        """Show a sample of one's own in place of the data's; None: no longer."""
        if passage is not None or self._own is not None:
            self._own = passage
            self.show()

    def _moved(self) -> None:
        """Ask again once what was too small has become large enough."""
        before, self._was_seen = self._was_seen, self.is_seen()
        if self._was_seen and not before:
            self.flows.wake()

    def show(self) -> None:
        """Give each box what flows through it."""
        passage = self._own or self.flows.passage
        strips = self._strips(passage) if passage is not None else {}
        self.view.canvas.show_strips(strips)

    def _strips(self, passage: Passage) -> dict[str, Strip]:
        document, analysis = self.store.document, self.store.analysis
        dataset, where = dataset_of(document), self._where(passage)
        found: dict[str, Strip] = {}
        for node in document.network.nodes:
            facts = analysis.facts.get(node.id)
            flow = passage.flows.get(node.id)
            if facts is None or flow is None:
                continue
            if isinstance(facts.layer, Data) and passage is self._own:
                is_picture = flow.values.ndim == 3
                found[node.id] = Seen(flow, SAMPLE, dataset, is_picture, where)
            elif isinstance(facts.layer, Data):
                found[node.id] = self._sample(node, facts.layer, passage, where)
            else:
                is_raw = facts.layer.kind == "augment"  # pictures as they are in the data
                found[node.id] = Seen(flow, _role(facts), dataset, is_raw, where)
        return found

    def _sample(self, node: Node, layer: Data, passage: Passage, where: str) -> Sample:
        name = name_of(node)
        flow = passage.flows[node.id]
        seen = Seen(flow, SAMPLE, name, flow.values.ndim == 3, where)
        words, label = "", -1
        if node.id in passage.targets and not layer.card.per_step:
            words, label = target_words(name, passage.targets[node.id], layer.card.classes)
        return Sample(seen, passage.sample + 1, words, label, self._cloud(node, passage))

    def _cloud(self, node: Node, passage: Passage) -> QPixmap | None:
        """All samples of a plane, with a ring around this one; None of others."""
        sight = self.glimpses.of(node.id)
        if sight is None or sight.shown is None or sight.is_old or not is_cloud(sight.shown):
            return None
        place = passage.flows[node.id].values.reshape(-1).tolist()
        place += passage.targets[node.id].reshape(-1).tolist()
        return marked_cloud(sight.shown, place[0], place[1])

    def _where(self, passage: Passage) -> str:
        if passage is self._own:
            return tr("flow.where.own")
        number, count = formats.count(passage.sample + 1), formats.count(passage.count)
        if self.flows.is_trained:
            epochs = formats.count(self.flows.epoch)
            return tr("flow.where.trained", number=number, count=count, epochs=epochs)
        return tr("flow.where.first", number=number, count=count)


def _role(facts: NodeFacts) -> str:
    if facts.layer.category == "loss":
        return LOSS
    for option in ("activation", "function"):
        if getattr(facts.layer, option, "") in AS_SHARES:
            return ANSWER
    return BOX
