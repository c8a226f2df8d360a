"""The text of a table's file: its beginning at once, and all of its lines one by one."""

from __future__ import annotations

import codecs
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path

from engine.data.own.encodings import BROKEN, decoded
from engine.data.own.refusal import Refusal

HEAD = 1 << 19  # bytes that are looked at
LONGEST_LINE = 1 << 22  # characters
PIECES, PIECE = 8, 1 << 14  # looked at further on in a large file, to know its encoding
COMPARED = 4096  # bytes
CODECS = {  # that an encoding of a recipe may mean
    "utf_8": ("utf_8_sig",),
    "gbk": ("gbk",),
    "gb18030": ("gb18030",),
    "utf_16": ("utf_16", "utf_16_le", "utf_16_be"),
    "latin_1": ("cp1252", "latin_1"),
}


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turns what the system says of a file into a Refusal: "missing" or "unreadable"."""
    try:
        yield
    except FileNotFoundError as error:
        raise Refusal("missing", path=str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal("unreadable", path=str(path), reason=reason) from error


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first lines of a file.

    encoding, codec : their names in recipes and in Python
    whole : whether the file has no more than `text`
    """

    text: str
    encoding: str
    codec: str
    whole: bool


def beginning_of(path: Path, encoding: str = "auto") -> Beginning:
    """Read the first lines; Refusal "is_folder", "empty_file", "huge_line" or of `decoded`."""
    if path.is_dir():
        raise Refusal("is_folder", path=str(path))
    with readable(path), path.open("rb") as file:
        size = path.stat().st_size
        content = file.read(HEAD)
        if len(content) == HEAD and content.count(b"\n") < 2:
            content += file.read(LONGEST_LINE)
        further = []
        for number in range(1, PIECES + 1) if size > 2 * HEAD else ():
            file.seek(size * number // PIECES - PIECE)
            further.append(file.read(PIECE).partition(b"\n")[2].rpartition(b"\n")[0])
    if not content.strip():
        raise Refusal("empty_file", path=str(path))
    whole = len(content) >= size
    if encoding == "auto" and not whole and b"\0" not in content:
        known = b"\n".join([content.rpartition(b"\n")[0], *further])
        encoding = decoded(known)[1]
    text, encoding = decoded(content, encoding)
    codec = _codec_of(encoding, content, text)
    text = text.replace("\0", "")
    if not whole:
        end = max(text.rfind("\n"), text.rfind("\r"))
        if end < 0:
            raise Refusal("huge_line", path=str(path), row=1, limit=LONGEST_LINE)
        text = text[: end + 1]
    if not text.strip():
        raise Refusal("empty_file", path=str(path))
    return Beginning(text, encoding, codec, whole)


def _codec_of(encoding: str, content: bytes, text: str) -> str:
    """The codec of an encoding that makes this text of these bytes."""
    *others, last = CODECS[encoding]
    for codec in others:
        decoder = codecs.getincrementaldecoder(codec)("replace")
        with suppress(UnicodeError):  # UTF-16 without the mark that tells its order
            start = decoder.decode(content[:COMPARED], False)
            if text.startswith(start.removeprefix("\ufeff")):
                return codec
    return last


@dataclass(slots=True)
class Lines:
    """All lines of a file, with their ends; damaged characters become U+FFFD and are counted.

    done, total : bytes
    Refusal "huge_line", or "wrong_encoding" if too much is damaged.
    """

    path: Path
    beginning: Beginning
    done: int = 0
    total: int = 1
    damaged: int = 0
    nuls: int = 0
    _strange: int = field(default=0, repr=False)  # characters outside ASCII

    def __iter__(self) -> Generator[str, None, None]:
        with readable(self.path), self.path.open("rb") as binary:
            self.total = self.path.stat().st_size
            codec = self.beginning.codec
            with TextIOWrapper(binary, codec, "replace", newline="") as file:
                number = 0
                while line := file.readline(LONGEST_LINE):
                    number += 1
                    if len(line) >= LONGEST_LINE and line[-1] not in "\r\n":
                        raise Refusal(
                            "huge_line", path=str(self.path), row=number, limit=LONGEST_LINE
                        )
                    if not line.isascii() or "\0" in line:
                        line = self._cleaned(line, number)
                    if number % 1000 == 0:
                        self.done = binary.tell()
                    yield line
        self._judge()

    def _cleaned(self, line: str, number: int) -> str:
        if number == 1:
            line = line.removeprefix("\ufeff")
        self.nuls += line.count("\0")
        self.damaged += line.count("\ufffd")
        self._strange += len(line) - len(line.encode("ascii", "ignore"))
        if self.damaged > 1000:
            self._judge()
        return line.replace("\0", "")

    def _judge(self) -> None:
        if self.damaged > max(0, BROKEN * self._strange):
            raise Refusal("wrong_encoding", encoding=self.beginning.encoding)
