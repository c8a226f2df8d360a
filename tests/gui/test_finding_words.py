"""Every fault of data and every remedy has words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.data_protocol import Remedy
from gui import words
from gui.file_words import complaint_text, remedy_text

ROOT = Path(__file__).resolve().parents[2]
SOURCES = "\n".join(
    (ROOT / "engine/data" / name).read_text("utf-8") for name in ("checks.py", "column_checks.py")
)
CODES = set(re.findall(r'(?:Complaint|_about)\((?:box, )?f?"(\w+?)"', SOURCES)) | {
    "not_numbers_x",
    "not_numbers_target",
}
NUMBERS = {
    "columns": "a, b",
    "count": 3,
    "total": 9,
    "part": "validation",
    "classes": "c, d",
    "wanted": 10,
    "most": "e",
    "least": "f",
    "times": 7.5,
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_findings_and_remedies_are_said_in_words(language: str) -> None:
    assert len(CODES) == 12
    words.set_language(language)
    try:
        for code in CODES:
            sentence = complaint_text(code, NUMBERS)
            assert sentence != f"complaint.{code}"
            assert "{" not in sentence
            assert ("validation" in sentence) <= (language == "en")
        for code in set(re.findall(r'Remedy\("(\w+)"', SOURCES)):
            button = remedy_text(Remedy(code, {}, columns=("a", "b")))
            assert "remedy." not in button
            assert "{" not in button
    finally:
        words.set_language("en")
