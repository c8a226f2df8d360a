"""The bundled texts: the cards know them, and windows go on where others end."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.names import MANNERS
from engine.data.texts import LABELS
from engine.spec.datasets import CARDS, TEXTS
from engine.spec.texts import FOLDER, LABELLED, alphabet, sentences, text, tokens_of
from tests.engine.networks import arrays, data_box

texts = pytest.mark.parametrize("name", TEXTS)


@texts
def test_the_card_knows_the_text(name: str) -> None:
    card = CARDS[name]
    assert card.characters == len(text(name))
    assert card.classes == card.shape.limit == len(alphabet(name))
    assert name in (FOLDER / "README.md").read_text("utf-8")


@texts
@pytest.mark.parametrize("length", [3, 40, 1000])
def test_windows_go_through_the_whole_text(name: str, length: int) -> None:
    x, target = arrays(data_box(dataset=name, length=length))
    letters = alphabet(name)
    read = "".join(letters[i] for i in x.ravel())
    assert text(name).startswith(read)
    assert len(text(name)) - len(read) <= length
    assert np.array_equal(x.ravel()[1:], target.ravel()[:-1])


labelled = pytest.mark.parametrize("name", LABELLED)


@labelled
def test_the_card_knows_the_sentences(name: str) -> None:
    card, every = CARDS[name], sentences(name)
    assert card.samples == len(every) >= 160
    assert card.shape.limit == len(tokens_of(name))
    assert card.usual_length == max(len(sentence) for _, sentence in every)
    assert len({sentence for _, sentence in every}) == len(every)  # none stands there twice
    assert sorted(label for label, _ in every) == sorted(LABELS * (len(every) // 2))
    assert f"`{name}.tsv`" in (FOLDER / "README.md").read_text("utf-8")


@labelled
@pytest.mark.parametrize("length", [5, 100])
def test_sentences_are_cut_off_or_filled_up(name: str, length: int) -> None:
    x, target = arrays(data_box(dataset=name, length=length))
    letters = tokens_of(name)
    for row, number, (label, sentence) in zip(x, target, sentences(name), strict=True):
        assert "".join(letters[i] for i in row) == sentence[:length].ljust(length, letters[0])
        assert LABELS[number] == label


@labelled
def test_padding_is_no_character_of_a_sentence(name: str) -> None:
    assert len(set(tokens_of(name))) == len(tokens_of(name))
    assert not any(tokens_of(name)[0] in sentence for _, sentence in sentences(name))


def test_names_are_put_together_in_the_manner_of_their_language() -> None:
    x, label = arrays(data_box(dataset="names", samples=300, length=30))
    for row, number in zip(x, label, strict=True):
        name = "".join(tokens_of("names")[i] for i in row).rstrip("·")
        manner = list(MANNERS.values())[number]
        assert any(name.startswith(each) for each in manner.beginnings.split())
        assert any(name.endswith(each) for each in manner.ends.split())
        assert 3 <= len(name) <= 20


def test_nearly_all_names_fit_into_the_usual_length() -> None:
    x, _ = arrays(data_box(dataset="names", samples=2000, length=30))
    assert np.mean((x != 0).sum(axis=1) <= CARDS["names"].usual_length) > 0.99
