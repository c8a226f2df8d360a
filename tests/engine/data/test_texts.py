"""The bundled texts: the cards know them, and windows go on where others end."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.bundled import load
from engine.spec.datasets import CARDS, TEXTS
from engine.spec.texts import FOLDER, alphabet, text
from tests.engine.networks import data_box

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
    x, target = load(data_box(dataset=name, length=length))
    letters = alphabet(name)
    read = "".join(letters[i] for i in x.ravel())
    assert text(name).startswith(read)
    assert len(text(name)) - len(read) <= length
    assert np.array_equal(x.ravel()[1:], target.ravel()[:-1])
