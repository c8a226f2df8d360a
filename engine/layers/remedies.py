"""What helps against a finding in the data, as edits of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import CATALOGUE
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.options import Options, options_of

if TYPE_CHECKING:
    from engine.data_protocol import Remedy


def apply(document: Document, box: str, remedy: Remedy) -> Document:
    """The document with a remedy for the data of one box; one of a recipe changes nothing here.

    Losses are those that read the box's targets and have such an option.
    """
    if remedy.of == "data":
        return edits.set_options(document, box, remedy.values)
    if remedy.of == "loss":
        network = document.network
        for edge in network.out_of(box, "target"):
            kind = CATALOGUE.get(network.node(edge.target).kind)
            if kind is not None and set(remedy.values) <= set(options_of(kind)):
                document = edits.set_options(document, edge.target, remedy.values)
    return document


def applied_to(recipe: Options, remedy: Remedy) -> Options:
    """A table's recipe with a remedy for some of its columns; the table is then to be read anew."""
    columns = recipe.get("columns", ())
    if remedy.of != "recipe" or not isinstance(columns, tuple):
        return recipe
    changed = tuple(
        column.replace(**remedy.values)
        if isinstance(column, Options) and column.get("name") in remedy.columns
        else column
        for column in columns
    )
    return recipe.replace(columns=changed)
