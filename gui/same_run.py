"""Whether two documents are one network for a run: places and what may change meanwhile aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.spec.document import Document, Network, Node, Options
from engine.spec.sources import with_sources
from engine.spec.training import LIVE, TrainingOptions


def is_same(trained: Document, drawn: Document) -> bool:
    """Whether a run of `trained` can go on as a run of `drawn`: places and live options aside."""
    return _essence(trained) == _essence(drawn)


def remembered(
    compare: Callable[[Document, Document], bool],
) -> Callable[[Document, Document], bool]:
    """The same answers, without a second look at the last two: every view asks with every message
    of the engine."""
    last: list[tuple[Document, Document, bool]] = []

    def answer(trained: Document, drawn: Document) -> bool:
        if not last or last[0][0] is not trained or last[0][1] is not drawn:
            last[:] = [(trained, drawn, compare(trained, drawn))]
        return last[0][2]

    return answer


def _essence(document: Document) -> tuple[Network, TrainingOptions]:
    # data that lie elsewhere now are still the same
    network = with_sources(document, lambda s: replace(s, path="/", embedded=False)).network
    nodes = tuple(Node(n.id, n.kind, Options(n.options)) for n in network.nodes)
    default = TrainingOptions()
    live = {name: getattr(default, name) for name in LIVE}
    return Network(nodes, network.edges), replace(document.training, **live)
