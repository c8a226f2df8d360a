"""The list of layer types begins with what usually comes next and fits."""

from __future__ import annotations

import pytest

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.following import USUAL, feeders, suggestions
from engine.spec import edits
from engine.spec.document import Document
from tests.gui.networks import chain


def kinds(document: Document, id: str, port: str = "") -> list[str]:
    return [s.kind for s in suggestions(document, analyse(document), id, port) if s.fits]


def data_set(name: str) -> Document:
    return edits.set_options(chain(("data",)), "data_1", {"dataset": name})


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("data_1", ["conv2d", "flatten"]),
        ("conv2d_1", ["max_pool2d", "conv2d"]),
        ("max_pool2d_1", ["conv2d", "flatten"]),
        ("flatten_1", ["dense", "dropout"]),
        ("dense_1", ["cross_entropy", "dense"]),  # it ends in softmax
    ],
)
def test_a_network_for_pictures_is_suggested_step_by_step(id: str, first: list[str]) -> None:
    assert kinds(chain(), id)[:2] == first


def test_rows_sequences_and_words_have_followers_of_their_own() -> None:
    assert kinds(data_set("iris"), "data_1")[0] == "dense"
    assert kinds(data_set("digit_rows"), "data_1")[0] == "lstm"
    document = chain(("data", "lstm"), {"data": {"dataset": "digit_rows"}})
    assert kinds(document, "lstm_1")[0] in ("dense", "lstm")


def test_what_does_not_fit_comes_last_but_is_there() -> None:
    found = suggestions(chain(), analyse(chain()), "flatten_1")
    fits = [s.fits for s in found]
    assert fits == sorted(fits, reverse=True) and not all(fits)
    assert {s.kind for s in found if not s.fits} >= {"conv2d", "max_pool2d", "lstm"}
    readers = {kind for kind, layer in CATALOGUE.items() if layer.inputs}
    assert {s.kind for s in found} == readers


def test_targets_go_to_losses_and_states_to_states() -> None:
    losses = {kind for kind, layer in CATALOGUE.items() if layer.category == "loss"}
    found = suggestions(chain(), analyse(chain()), "data_1", "target")
    assert {s.kind for s in found} == losses and found[0].kind == "cross_entropy"
    document = chain(("data", "lstm"))
    found = suggestions(document, analyse(document), "lstm_1", "cell")
    assert [s.kind for s in found] == ["lstm"]


def test_unknown_shapes_and_types_leave_everything_open() -> None:
    document = chain(("dense",))
    assert all(s.fits for s in suggestions(document, analyse(document), "dense_1"))
    unknown = chain(("data", "dense"))
    unknown = edits.set_kind(unknown, "dense_1", "of_a_later_version")
    assert suggestions(unknown, analyse(unknown), "dense_1") == ()


def test_what_usually_feeds_a_box_is_found_from_the_same_table() -> None:
    assert feeders("conv2d", "x")[0].kind == "data"
    assert [s.kind for s in feeders("cross_entropy", "target")] == ["data"]
    assert {s.kind for s in feeders("lstm", "cell")} == {"lstm"}
    assert all(CATALOGUE[s.kind].outputs for s in feeders("dense", "x"))


def test_the_table_names_layer_types_that_exist() -> None:
    for usual in USUAL.values():
        assert len(set(usual)) == len(usual) and set(usual) <= set(CATALOGUE)
