"""What classes are called beside predictions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.spec.datasets import CARDS, TEXTS
from engine.spec.document import Document, Network, Node, Options
from engine.spec.options import Value
from engine.spec.sources import Facts, Source
from engine.spec.texts import alphabet, tokens_of
from gui.class_names import (
    class_name,
    dataset_of,
    feature_name,
    is_standardised,
    target_name,
    token_name,
    tokens_text,
)


@pytest.mark.parametrize("name", TEXTS)
def test_characters_are_the_names_of_the_classes(name: str) -> None:
    letters = alphabet(name)
    assert class_name(name, 0) == "↵"
    assert class_name(name, len(letters) - 1) == letters[-1]
    assert class_name(name, len(letters)) == str(len(letters))


def test_a_blank_can_be_seen() -> None:
    assert class_name("alice", alphabet("alice").index(" ")) == "␣"


@pytest.mark.parametrize("name", ["letters", "hanzi"])
def test_printed_characters_are_the_names_of_their_classes(name: str) -> None:
    names = [class_name(name, i) for i in range(CARDS[name].classes)]
    assert len(set(names)) == len(names)
    assert all(len(each) == 1 for each in names)
    assert class_name(name, len(names)) == str(len(names))


def test_classes_with_a_name_have_it_and_others_their_number() -> None:
    assert class_name("parity", 1) == "odd"
    assert class_name("digits_8", 7) == "7"


def test_tokens_are_words_characters_or_numbers() -> None:
    words = [token_name("sentences", i) for i in range(CARDS["sentences"].shape.limit)]
    assert words[:3] == ["·", "not", "good"]
    assert len(set(words)) == len(words)
    assert token_name("alice", 0) == "↵"
    assert token_name("reversal", 7) == "7"
    assert [token_name("names", i) for i in (0, 1, 26)] == ["·", "a", "z"]
    assert token_name("moods_en", 1) == "␣"
    assert token_name("moods_zh", 700) == "700"


def test_characters_are_read_close_together_and_words_apart() -> None:
    letters = tokens_of("moods_en")
    tokens = [letters.index(letter) for letter in "Good soup."] + [0, 0, 0]
    assert tokens_text("moods_en", tokens) == "Good soup."
    assert tokens_text("sentences", [1, 2, 0]) == "not good ·"
    assert tokens_text("majority", [4, 7]) == "4 7"
    assert tokens_text(TALE, [0, 1, 2]) == "a b"


FLOWERS = Facts(
    (2,),
    ("features",),
    30,
    classes=3,
    class_names=("rose", "tulip", "lily"),
    feature_names=("height", "colour"),
)
TALE = Facts(
    (10,),
    ("time",),
    100,
    limit=3,
    classes=3,
    per_step=True,
    any_length=True,
    vocabulary=tuple("a b"),
)


def _box(facts: Facts, form: str = "table", **options: str) -> Document:
    source = Source(form, "/data/flowers.csv", "", Options(), facts).to_options()
    values: dict[str, Value] = {"dataset": "own", "origin": source, **options}
    return Document(Network((Node("data_1", "data", Options(values)),)))


def test_data_of_ones_own_brings_its_names() -> None:
    dataset = dataset_of(_box(FLOWERS))
    assert dataset == FLOWERS
    assert class_name(dataset, 1) == "tulip"
    assert feature_name(dataset, 0) == "height"
    assert class_name(dataset, 3) == "3"
    assert target_name(dataset) == "y"


def test_a_text_of_ones_own_names_tokens_and_classes_alike() -> None:
    dataset = dataset_of(_box(TALE, "passage"))
    assert [token_name(dataset, i) for i in range(4)] == ["a", "␣", "b", "3"]
    assert [class_name(dataset, i) for i in range(3)] == ["a", "␣", "b"]


def test_a_box_whose_files_are_not_chosen_yet_has_no_names() -> None:
    box = Node("data_1", "data", Options({"dataset": "own"}))
    dataset = dataset_of(Document(Network((box,))))
    assert dataset == "own"
    assert class_name(dataset, 2) == "2"
    assert feature_name(dataset, 0) == "x₁"


def test_whether_features_are_scaled_follows_the_facts() -> None:
    assert not is_standardised(_box(FLOWERS))
    assert is_standardised(_box(replace(FLOWERS, scaling="standardise")))
    assert is_standardised(_box(FLOWERS, scaling="standardise"))
