"""The shipped data files are those that the scripts beside this test make."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import features

from engine.spec.texts import FOLDER
from tests.datasets import make_characters, make_garden
from tests.datasets.make_characters import FREETYPE, SETS, Set

FONTS = Path(os.environ.get("LAYERWISE_FONTS", "/usr/share/fonts"))  # of the packages it names


@pytest.mark.parametrize("chosen", SETS, ids=lambda chosen: chosen.name)
def test_printed_characters_have_the_format_that_they_are_read_in(chosen: Set) -> None:
    with np.load(FOLDER / f"{chosen.name}.npz", allow_pickle=False) as file:
        assert set(file.files) == {"pictures", "labels"}
        assert file["pictures"].shape == (len(chosen.characters) * chosen.count, 28, 14)
        assert set(Counter(file["labels"].tolist()).values()) == {chosen.count}


@pytest.mark.slow
@pytest.mark.parametrize("chosen", SETS, ids=lambda chosen: chosen.name)
def test_printed_characters_can_be_drawn_again(chosen: Set) -> None:
    if features.version("freetype2") != FREETYPE:
        pytest.skip("another FreeType draws other grey levels")
    try:
        drawn = make_characters.draw(chosen, FONTS)
    except FileNotFoundError as missing:
        pytest.skip(str(missing))
    with np.load(FOLDER / f"{chosen.name}.npz", allow_pickle=False) as file:
        for name, array in drawn.items():
            assert np.array_equal(file[name], array)


def test_the_garden_is_made_again_byte_for_byte() -> None:
    made = "\n".join(make_garden.lines()) + "\n"
    kept = (FOLDER / "garden.csv").read_bytes()
    assert kept.replace(b"\r\n", b"\n") == made.encode()  # Git may have put other ends of lines
