"""What classes are called beside predictions."""

from __future__ import annotations

import pytest

from engine.spec.datasets import CARDS, TEXTS
from engine.spec.texts import alphabet
from gui.plots.class_names import class_name, token_name


@pytest.mark.parametrize("name", TEXTS)
def test_characters_are_the_names_of_the_classes(name: str) -> None:
    letters = alphabet(name)
    assert class_name(name, 0) == "↵"
    assert class_name(name, len(letters) - 1) == letters[-1]
    assert class_name(name, len(letters)) == str(len(letters))


def test_a_blank_can_be_seen() -> None:
    assert class_name("alice", alphabet("alice").index(" ")) == "␣"


def test_classes_with_a_name_have_it_and_others_their_number() -> None:
    assert class_name("parity", 1) == "odd"
    assert class_name("digits_8", 7) == "7"


def test_tokens_are_words_characters_or_numbers() -> None:
    words = [token_name("sentences", i) for i in range(CARDS["sentences"].shape.limit)]
    assert words[:3] == ["·", "not", "good"]
    assert len(set(words)) == len(words)
    assert token_name("alice", 0) == "↵"
    assert token_name("reversal", 7) == "7"
