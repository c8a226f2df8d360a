"""Encodings are found, and bytes that are no text are refused; nothing else ever happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.own.encodings import decoded
from engine.data.own.refusal import Refusal
from engine.spec.recipes import ENCODINGS

CHINESE = "学而时习之，不亦说乎？有朋自远方来，不亦乐乎？\n1,2,3\n"
TRADITIONAL = "學而時習之,不亦說乎?有朋自遠方來,不亦樂乎?人不知而不慍,不亦君子乎?\n"
FRENCH = "Le naïf café où l’élève crée déjà ; 3 €\n"
GERMAN = "Größe;Übung;Straße\n1,5;2,5;3\n"
ENGLISH = "sepal,petal\n1.5,2\n"


@pytest.mark.parametrize("text", [CHINESE, FRENCH, GERMAN, ENGLISH, CHINESE + "😀", "α ≤ 3 °C é"])
@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf_8", "utf_8"),
        ("utf_8_sig", "utf_8"),
        ("utf_16", "utf_16"),  # with a mark
        ("utf_16_le", "utf_16"),
        ("utf_16_be", "utf_16"),
    ],
)
def test_unicode_is_found_with_and_without_mark(text: str, codec: str, found: str) -> None:
    assert decoded(text.encode(codec)) == (text, found)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE, "gbk"),
        (TRADITIONAL, "gbk"),
        ("图片/猫.txt", "gbk"),  # its bytes are UTF-8, too, for letters that nobody uses
        (CHINESE + "㐀𠀀", "gb18030"),
        (GERMAN, "latin_1"),
        ("naïve\n", "latin_1"),  # a rare Chinese character, if taken for GBK
        (FRENCH, "cp1252"),  # quotation marks and the euro, which Latin-1 has not
    ],
)
def test_older_encodings_are_told_apart(text: str, codec: str) -> None:
    found = "latin_1" if codec == "cp1252" else codec
    assert decoded(text.encode(codec)) == (text, found)
    assert decoded(text.encode(codec), found) == (text, found)


@pytest.mark.parametrize("codec", ["utf_8", "gbk", "utf_16"])
def test_a_beginning_of_a_file_may_end_within_a_character(codec: str) -> None:
    data = (CHINESE * 9).encode(codec)
    for end in range(60, 80):
        text, found = decoded(data[:end])
        assert (CHINESE * 9).startswith(text) and len(text) > 15 and found == codec


def test_one_damaged_character_does_not_change_the_encoding() -> None:
    for codec, found in (("utf_8", "utf_8"), ("gbk", "gb18030")):
        data = bytearray((CHINESE * 100).encode(codec))
        data[3000:3001] = b"\xff"
        text, name = decoded(bytes(data))
        assert name == found and 1 <= text.count("\ufffd") <= 3
        assert decoded(bytes(data), found)[0] == text


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x20\x08\x02\0\0\0",
        "text".encode("utf_32"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        decoded(data)
    assert refused.value.code == "not_text"


def test_the_wrong_encoding_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        decoded(CHINESE.encode("gbk"), "utf_8")
    assert (refused.value.code, refused.value.numbers) == ("wrong_encoding", {"encoding": "utf_8"})


def test_nothing_is_an_empty_text() -> None:
    assert decoded(b"") == ("", "utf_8")


@given(st.binary(max_size=300), st.sampled_from(ENCODINGS))
def test_any_bytes_are_a_text_or_refused(data: bytes, encoding: str) -> None:
    try:
        text, found = decoded(data, encoding)
    except Refusal as error:
        assert error.code in ("not_text", "wrong_encoding")
    else:
        assert found in ENCODINGS[1:] and isinstance(text, str)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], min_codepoint=0x800)))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decoded(text.encode("utf_8_sig")) == (text, "utf_8")
