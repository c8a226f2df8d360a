"""Bytes of a text file become text: which encoding it is, is found by looking.

UTF-8 and UTF-16 (with and without byte order mark), GBK, GB18030, and Latin-1 for all the rest.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from engine.data.own.refusal import Refusal

HEAD = 1 << 16  # characters from which it is judged whether something is text
BROKEN = 0.01  # so large a share of the characters outside ASCII may be damaged
MOST_CONTROLS = 0.01  # a larger share of control characters is no text
PLAUSIBLE = 0.3  # share of frequent characters among those outside ASCII, in Chinese
LEVEL_2 = 0xD8  # the first row of GB 2312 with rarer characters
PLAIN = 0.7  # share of characters that are in GB 2312 (or ASCII), in UTF-16 without a mark

MARKS = (  # the longer ones first: UTF-16's is the beginning of UTF-32's
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
UNUSUAL = re.compile("[\u0180-\u0385\u03cf-\u03ff\u0460-\u05cf\u05eb-\u060b\u06d6-\u07ff]")
MOST_UNUSUAL = 0.2  # share of such letters, of two bytes in UTF-8, in a text of any language
STRANGE = re.compile(r"[^\x00-\x7f]")  # outside ASCII


def decoded(data: bytes, encoding: str = "auto") -> tuple[str, str]:
    """The text, and its encoding, one of `recipes.ENCODINGS` but never "auto".

    A character that is cut off at the end is left out, so that the beginning of a file can be
    read; up to 1 % of damaged characters become U+FFFD. Refusal "not_text" if the bytes are no
    text at all, "wrong_encoding" if they are none in the encoding that was asked for.
    """
    text, found = _found(data) if encoding == "auto" else (_told(data, encoding), encoding)
    head = text[:HEAD]
    if len(CONTROLS.findall(head)) > MOST_CONTROLS * len(head):
        raise Refusal("not_text")
    return text, found


def _told(data: bytes, encoding: str) -> str:
    """The text in the encoding that was asked for."""
    text = _decode(data, encoding)
    if text is None:
        text = _mended(data, encoding)
    if text is None:
        raise Refusal("wrong_encoding", encoding=encoding)
    return text


def _found(data: bytes) -> tuple[str, str]:
    """The text in the encoding that fits best."""
    for mark, codec in MARKS:
        if data.startswith(mark):
            if not codec:
                raise Refusal("not_text")
            name = codec.removesuffix("_le").removesuffix("_be")
            return _told(data, name), name
    if b"\0" in data and (text := _decode(data, "utf_16")) and _plain(text) >= PLAIN:
        return text, "utf_16"
    for decode, names in (_decode, ("utf_8", "gbk", "gb18030")), (_mended, ("utf_8", "gb18030")):
        for name in names:
            text = decode(data, name)
            if text is not None and _is_likely(text, name):
                return text, name
    return _told(data, "latin_1"), "latin_1"


def _decode(data: bytes, encoding: str) -> str | None:
    """The text without its mark, or None where bytes have no meaning in this encoding."""
    data, codec = _without_mark(data, encoding)
    if codec == "utf_16":
        both = [_strictly(data, f"utf_16_{order}") for order in ("le", "be")]
        possible = [text for text in both if text is not None]
        return max(possible, key=_plain, default=None)
    if codec == "latin_1":
        # what is called Latin-1 comes from Windows, mostly, which has quotation marks and the euro
        # where Latin-1 has control characters
        text = _strictly(data, "cp1252")
        return data.decode("latin_1") if text is None else text
    return _strictly(data, codec)


def _without_mark(data: bytes, encoding: str) -> tuple[bytes, str]:
    """What follows the byte order mark, and the codec that it stands for."""
    for mark, codec in MARKS:
        if codec.startswith(encoding) and data.startswith(mark):
            return data[len(mark) :], codec
    return data, encoding


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(data, False)
    except UnicodeDecodeError:
        return None


def _mended(data: bytes, encoding: str) -> str | None:
    """The text with U+FFFD for what is damaged; None if that is too much of it."""
    data, codec = _without_mark(data, encoding)
    codec = "utf_16_le" if codec == "utf_16" else codec
    text = codecs.getincrementaldecoder(codec)("replace").decode(data, False)
    strange = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= BROKEN * strange else None


def _is_likely(text: str, encoding: str) -> bool:
    """Whether a text that can be read in an encoding is one that somebody may have written.

    A few Chinese characters in GBK can be letters in UTF-8, but letters that nobody uses.
    """
    if encoding != "utf_8":
        return _common(text) >= PLAUSIBLE
    strange = [found[0] for found in islice(STRANGE.finditer(text), HEAD)]
    return sum(bool(UNUSUAL.match(c)) for c in strange) <= MOST_UNUSUAL * len(strange)


def _common(text: str) -> float:
    """The share of characters outside ASCII that are on the first level of GB 2312.

    Those are signs and the 3755 most frequent characters, in rows whose first byte is below D8. A
    text in a language of Europe, taken for Chinese, turns into rarer characters: small letters
    with accents are E0 and above.
    """
    strange = "".join(found[0] for found in islice(STRANGE.finditer(text), HEAD))
    rows = strange.encode("gb2312", "ignore")[::2]
    return sum(row < LEVEL_2 for row in rows) / len(strange) if strange else 1.0


def _plain(text: str) -> float:
    """The share of characters in ASCII or GB 2312: the wrong order of bytes makes rare ones."""
    head = text[:HEAD]
    return len(head.encode("gb2312", "ignore").decode("gb2312")) / max(1, len(head))
