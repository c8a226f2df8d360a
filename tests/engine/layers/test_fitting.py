"""A drawing made to answer for other data."""

from __future__ import annotations

from engine.layers.analysis import analyse
from engine.layers.fitting import fitted
from engine.scripting import chain
from engine.spec.document import Document


def drawing(dataset: str, units: int, activation: str = "softmax") -> Document:
    return chain(
        ("data", {"dataset": dataset}),
        ("dense", {"units": 5, "activation": "relu"}),
        ("dense", {"units": units, "activation": activation}),
        ("cross_entropy", {}),
    )


def test_the_last_layer_gets_a_unit_for_each_class() -> None:
    changed, fixes = fitted(drawing("wine", 7))
    assert changed.network.node("dense_2").options["units"] == 3
    assert [fix.numbers["node"] for fix in fixes] == ["dense_2"]
    assert not analyse(changed).errors


def test_what_fits_stays_as_it_is() -> None:
    document = drawing("wine", 3)
    assert fitted(document) == (document, ())


def test_where_more_is_in_the_way_nothing_is_changed() -> None:
    document = drawing("diabetes", 7)
    assert analyse(document).errors
    assert fitted(document) == (document, ())
