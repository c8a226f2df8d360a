"""The `.layerwise` file: it comes back as it was, survives failures, and refuses what is broken."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.spec.codec import Unreadable, to_json
from engine.spec.document import Document
from engine.spec.files import LARGEST, Saved, read, read_drawing, write
from engine.spec.past import Past, Step
from tests.engine.networks import article

HISTORY = {
    "batches": 3,
    "steps": {"loss": [2.5, float("nan"), float("inf")]},
    "epochs": [{"loss": 2.5, "validation_loss": 2.0}],
    "reason": "completed",
}
PAST = Past(Document(), (Step("Paste", article()),), 1)
WHOLE = Saved(article(), b"\0weights\xff" * 50, HISTORY, PAST)
many_files = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "网络 one.layerwise"


def refused(path: Path, content: bytes | None = None) -> Unreadable:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read(path)
    return caught.value


def archive(**entries: str | bytes) -> bytes:
    """A zip of these entries; "__" in a name stands for the dot."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "."), content)
    return raw.getvalue()


def with_history(history: Any) -> bytes:  # JSON values
    text = history if isinstance(history, str) else json.dumps(history)
    document = to_json(article())
    return archive(document__json=document, weights__safetensors=b"w", history__json=text)


@pytest.mark.parametrize(
    "saved", [Saved(Document()), Saved(article()), WHOLE, Saved(article(), b"")]
)
def test_a_file_comes_back_as_it_was(path: Path, saved: Saved) -> None:
    write(path, saved)
    back = read(path)
    assert (back.document, back.weights) == (saved.document, saved.weights)
    assert json.dumps(back.history) == json.dumps(saved.history)  # NaN is not equal to itself


def test_equal_documents_give_equal_files(path: Path, tmp_path: Path) -> None:
    write(path, WHOLE)
    write(tmp_path / "two.layerwise", WHOLE)
    assert path.read_bytes() == (tmp_path / "two.layerwise").read_bytes()


def test_a_bare_document_is_read_too(path: Path) -> None:
    path.write_text(to_json(article()), "utf-8")
    assert read(path) == Saved(article())


def test_the_drawing_alone_is_read_without_the_rest(path: Path) -> None:
    write(path, WHOLE)
    assert read_drawing(path) == WHOLE.document
    path.write_text(to_json(article()), "utf-8")
    assert read_drawing(path) == article()
    for content in (b"PK\x03\x04 broken", archive(other__json="{}")):
        path.write_bytes(content)
        with pytest.raises(Unreadable):
            read_drawing(path)


def test_history_without_weights_is_left_aside(path: Path) -> None:
    write(path, Saved(article(), None, HISTORY))
    assert read(path).history is None


def test_writing_over_a_file_replaces_it_whole(path: Path) -> None:
    write(path, WHOLE)
    write(path, Saved(Document()))
    assert read(path) == Saved(Document())
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_failed_write_leaves_the_old_file(path: Path) -> None:
    write(path, WHOLE)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write(path, Saved(article(), b"new", {"steps": object()}))
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_disk_that_is_full_at_the_last_moment_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, WHOLE)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write(path, Saved(Document()))
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_folder_that_is_not_there_is_an_os_error(path: Path) -> None:
    for place in (path / "below.layerwise", path.parent / "nowhere" / "x.layerwise"):
        with pytest.raises(OSError):
            write(place, WHOLE)
        with pytest.raises(OSError):
            read(place)
    with pytest.raises(OSError):
        read(path.parent)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_saved_file_can_be_read_by_whom_other_files_can(path: Path) -> None:
    (path.parent / "other").touch()
    write(path, WHOLE)
    usual = stat.S_IMODE((path.parent / "other").stat().st_mode)
    assert stat.S_IMODE(path.stat().st_mode) == usual
    path.chmod(0o640)
    write(path, WHOLE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.layerwise"
    link.symlink_to(path)
    write(link, WHOLE)
    assert link.is_symlink()
    assert read(path).document == article()


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"not a zip", b"\0" * 100, b"PK\x05\x06" + b"\0" * 18]
)
def test_what_is_no_zip_is_refused(path: Path, content: bytes) -> None:
    assert refused(path, content).code in ("not_zip", "not_layerwise")


def test_a_zip_of_something_else_is_refused(path: Path) -> None:
    assert refused(path, archive(readme__txt="hello")).code == "not_layerwise"


def test_text_in_another_encoding_is_refused(path: Path) -> None:
    assert refused(path, '{"format": "é"}'.encode("latin-1")).code == "json"
    assert refused(path, archive(document__json=b"\xff\xfe{}")).code == "json"


def test_a_byte_order_mark_or_a_list_is_refused(path: Path) -> None:
    assert refused(path, b"\xef\xbb\xbf" + to_json(article()).encode()).code == "not_zip"
    assert refused(path, b"[]").code == "not_zip"


@pytest.mark.parametrize("name", ["document.json", "weights.safetensors", "history.json"])
def test_a_wrong_checksum_is_named(path: Path, name: str) -> None:
    write(path, WHOLE)
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    while content[central + 46 : central + 46 + len(name)] != name.encode():
        central = content.index(b"PK\x01\x02", central + 1)
    content[central + 16] ^= 0xFF  # the checksum in the directory of the zip
    error = refused(path, bytes(content))
    assert (error.code, error.numbers["place"]) == ("damaged", name)


@pytest.mark.parametrize("name", ["document.json", "weights.safetensors", "history.json"])
def test_a_part_that_claims_to_be_huge_is_refused_unread(
    path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, WHOLE)
    monkeypatch.setitem(LARGEST, name, 10)
    error = refused(path)
    assert (error.code, error.numbers["place"], error.numbers["limit"]) == ("too_large", name, 10)


def test_a_document_opens_without_steps_that_cannot_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, WHOLE)
    monkeypatch.setitem(LARGEST, "steps.json", 10)
    found = read(path)
    assert (found.document, found.weights, found.past) == (WHOLE.document, WHOLE.weights, None)
    path.write_bytes(archive(document__json=to_json(article()), steps__json="[3"))
    assert read(path) == Saved(article())


def test_a_part_that_unpacks_to_more_than_it_claims_is_damaged(path: Path) -> None:
    content = archive(document__json=to_json(article()) + " " * 50_000_000)
    central = content.index(b"PK\x01\x02")
    claimed = content[: central + 24] + struct.pack("<I", 100) + content[central + 28 :]
    assert refused(path, claimed).code == "damaged"


def test_a_bare_document_that_is_huge_is_refused(path: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(LARGEST, "document.json", 1000)
    error = refused(path, to_json(article()).encode())
    assert (error.code, error.numbers["limit"]) == ("too_large", 1000)


@pytest.mark.parametrize(
    "history",
    [
        "",
        "[]",
        "[" * 100_000,
        "9" * 5000,
        {"batches": -1},
        {"batches": True},
        {"batches": 1, "reason": 3},
        {"steps": []},
        {"steps": {"loss": 3}},
        {"steps": {"loss": [True]}},
        {"steps": {"loss": ["3"]}},
        {"steps": {"loss": [10**400]}},
        {"epochs": {}},
        {"epochs": [3]},
        {"epochs": [{"loss": None}]},
        {"epochs": [{"loss": 10**400}]},
    ],
    ids=str,
)
def test_a_history_that_is_none_is_refused(path: Path, history: Any) -> None:
    error = refused(path, with_history(history))
    assert error.code in ("json", "value")
    assert "history" in str(error.numbers["place"])


def flipped(content: bytes, places: list[tuple[int, int]]) -> bytes:
    changed = bytearray(content)
    for place, value in places:
        changed[place % len(changed)] = value
    return bytes(changed)


def read_or_refuse(path: Path, content: bytes) -> None:
    """Reading must succeed, or fail in one of the two ways that the window can put into words."""
    path.write_bytes(content)
    try:
        saved = read(path)
    except (Unreadable, OSError):
        return
    assert isinstance(saved.document, Document)


@many_files
@given(st.binary(max_size=200), st.sampled_from([b"", b"{", b"PK\x03\x04", b"PK\x05\x06"]))
def test_random_bytes_never_break_the_reader(path: Path, content: bytes, start: bytes) -> None:
    read_or_refuse(path, start + content)


@pytest.fixture
def whole(path: Path) -> bytes:
    write(path, WHOLE)
    return path.read_bytes()


def test_a_file_cut_anywhere_is_refused(path: Path, whole: bytes) -> None:
    for length in range(0, len(whole), 7):
        refused(path, whole[:length])


@many_files
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=5))
def test_changed_bytes_never_break_the_reader(
    path: Path, whole: bytes, places: list[tuple[int, int]]
) -> None:
    read_or_refuse(path, flipped(whole, places))


@many_files
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=3))
def test_a_changed_directory_never_breaks_the_reader(
    path: Path, whole: bytes, places: list[tuple[int, int]]
) -> None:
    """The directory at the end of a zip is where its reader is easiest to confuse."""
    start = whole.index(b"PK\x01\x02")
    read_or_refuse(path, whole[:start] + flipped(whole[start:], places))
