"""Why a run diverged has words in both languages, for every cause there is."""

from __future__ import annotations

import pytest

from engine.protocol import Cause
from gui import words
from gui.causes import cause_text
from gui.words import LANGUAGES
from tests.gui.networks import chain

CAUSES = [
    Cause("samples", "dense_1", "x", 16, True),
    Cause("target", "dense_1", "target", 16, False),
    Cause("weights", "dense_1", "kernel", None, True),
    Cause("result", "dense_1", "dense", 16, False),
    Cause("result", "dense_1", "dense", 16, True, "validation"),
    Cause("result", "dense_1", "", None, False, "validation"),
    Cause("gradient", "dense_1", "dense_weight_gradient", None, True),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: f"{cause.what} {cause.part}")
def test_every_cause_has_words(cause: Cause, language: str) -> None:
    words.set_language(language)
    text = cause_text(chain(), cause)
    assert "{" not in text and "dense_1" not in text
    assert ("17" in text) == (cause.row is not None)
    assert ("NaN" in text) == cause.is_nan
    assert text.endswith("." if language == "en" else "。")


def test_what_to_do_depends_on_what_was_wrong() -> None:
    texts = [cause_text(chain(), cause) for cause in CAUSES]
    assert texts[0].endswith("Check the data.")
    assert texts[2].endswith("Reset the weights.")
    assert "clip the gradients" in texts[3] and "clip the gradients" in texts[6]
    assert "training sample 17" in texts[0] and "validation sample 17" in texts[4]
