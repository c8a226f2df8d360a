"""Why a run diverged, in words: what was no number first, in which box, and what to do about it."""

from __future__ import annotations

from engine.protocol import Cause
from engine.spec.document import Document
from gui.describe import title
from gui.words import tr


def cause_text(document: Document, cause: Cause) -> str:
    """Two sentences: what was found where, and what to try."""
    box, name = title(document, cause.node), cause.name
    value = tr("cause.nan" if cause.is_nan else "cause.infinity")
    row = ""
    if cause.row is not None:
        number = f"{cause.row + 1:,}"
        validated = cause.part == "validation"
        row = tr("cause.row.validation" if validated else "cause.row.training", row=number)
    advice = tr("cause.do.rate")
    match cause.what:
        case "samples":
            found, advice = tr("cause.samples", box=box, value=value, row=row), tr("cause.do.data")
        case "target":
            found, advice = tr("cause.target", box=box, value=value, row=row), tr("cause.do.data")
        case "weights":
            found = tr("cause.weights", box=box, value=value, name=name)
            advice = tr("cause.do.weights")
        case "gradient":
            found = tr("cause.gradient", box=box, value=value, name=name)
        case _ if row:
            found = tr("cause.result.row", box=box, value=value, name=name, row=row)
        case _:
            found = tr("cause.result", box=box, value=value)
    return tr("cause.whole", found=found, advice=advice)
