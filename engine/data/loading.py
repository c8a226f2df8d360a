"""The samples of a data box, wherever they come from: bundled, drawn by formula, or one's own."""

from __future__ import annotations

from engine.data import bundled
from engine.data.own.forms import samples_of
from engine.data.own.refusal import Report, silent
from engine.data.samples import Samples
from engine.layers.data import Data
from engine.spec.sources import OWN


def load(box: Data, report: Report = silent) -> Samples:
    """The samples that a data box describes, before splitting; Refusal if files cannot be read."""
    if box.dataset == OWN:
        return samples_of(box.own, report)
    return bundled.load(box)
