"""Documents with data of one's own, for tests."""

from __future__ import annotations

from pathlib import Path

from engine.spec.document import Document, Network, Node
from engine.spec.options import Options
from engine.spec.sources import ColumnFacts, Facts, Source

MARK = "0123456789abcdef" * 2
COLUMNS = (
    Options({"name": "length", "type": "number"}),
    Options({"name": "colour", "type": "category"}),
    Options({"name": "kind", "type": "category", "role": "target"}),
)
FACTS = Facts(
    (4,),
    ("features",),
    90,
    classes=3,
    scaling="standardise",
    class_names=("a", "b", "猫"),
    feature_names=("length", "colour = blue", "colour = green", "colour = red"),
    columns=(
        ColumnFacts((), 2),
        ColumnFacts(("blue", "green", "red")),
        ColumnFacts(("a", "b", "猫")),
    ),
)


def a_source(path: Path | str, embedded: bool = False, mark: str = MARK) -> Source:
    recipe = Options({"delimiter": "comma", "columns": COLUMNS})
    return Source("table", str(path), mark, recipe, FACTS, embedded)


def a_document(*sources: Source) -> Document:
    return Document(
        Network(
            tuple(
                Node(f"data_{i}", "data", Options({"dataset": "own", "origin": s.to_options()}))
                for i, s in enumerate(sources, 1)
            )
        )
    )
