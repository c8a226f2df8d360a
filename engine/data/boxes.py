"""What the data boxes of a document hand out: prepared, checked, and tried classically."""

from __future__ import annotations

from engine.data.baselines import Baseline
from engine.data.baselines import baselines as measure
from engine.data.checks import check
from engine.data.own.refusal import Report, silent
from engine.data.preparing import Prepared, prepare
from engine.data_protocol import Finding
from engine.layers.analysis import build_layer
from engine.layers.data import Data
from engine.spec.document import Document


def data_boxes(document: Document) -> dict[str, Data]:
    """The data boxes of a document that say what they hand out, by id."""
    found = {}
    for node in document.network.nodes:
        if node.kind == "data":
            layer = build_layer(node)
            assert isinstance(layer, Data)
            if not layer.is_own or layer.origin:
                found[node.id] = layer
    return found


def prepared(
    document: Document, dtype: str = "float32", report: Report = silent
) -> dict[str, Prepared]:
    """What the network receives, by box: `.parts["training"].x` and `.target` are arrays of rows.

    Refusal if files of one's own cannot be read.
    """
    boxes = data_boxes(document)
    return {id: prepare(box, dtype, report=report) for id, box in boxes.items()}


def check_data(document: Document, report: Report = silent) -> dict[str, tuple[Finding, ...]]:
    """Faults of the data that spoil training, or make its scores too good, by box."""
    return {
        id: check(box, is_weighted(document, id), report)
        for id, box in data_boxes(document).items()
    }


def is_weighted(document: Document, box: str) -> bool:
    """Whether a loss that reads the box's targets lets rare classes weigh more."""
    network = document.network
    readers = (network.node(edge.target) for edge in network.out_of(box, "target"))
    return any(node.options.get("class_weights", "none") != "none" for node in readers)


def baselines(
    document: Document, *, seed: int = 0, jobs: int = 1, report: Report = silent
) -> dict[str, tuple[Baseline, ...]]:
    """The scores of classical methods on the same samples as the network, by box."""
    return {
        id: measure(data, seed=seed, jobs=jobs, report=report)
        for id, data in prepared(document).items()
    }
