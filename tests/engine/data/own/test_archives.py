"""Archives are read where they lie, and refused where something in them is not as it should be."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.own import archives
from engine.data.own.archives import opened
from engine.data.own.refusal import Refusal
from tests.engine.data.own.media import put, refused


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def code_of(path: Path) -> str:
    def ask() -> None:
        with opened(path):
            pass

    return refused(ask).code


GIVEN = {"b/2.txt": b"two", "a/1.txt": b"one", "空/3.txt": "三".encode(), "😀.txt": b""}


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_an_archive_reads_like_a_folder(tmp_path: Path, how: int) -> None:
    hidden = {".x/4.txt": b"", "__MACOSX/a/._1.txt": b"", "a/Thumbs.db": b"", "a/.DS_Store": b""}
    for name, data in (GIVEN | hidden).items():
        put(tmp_path / "folder" / name, data)
    path = put(tmp_path / "all.zip", packed(GIVEN | hidden, how))
    for place in (tmp_path / "folder", path):
        with opened(place) as files:
            assert {name: files.read(name) for name in files.sizes} == GIVEN
            assert {name: len(GIVEN[name]) for name in files.sizes} == dict(files.sizes)
            assert files.folders == {"a", "b", "空"}


def test_empty_folders_are_known(tmp_path: Path) -> None:
    put(tmp_path / "folder/a/1.txt", b"")
    (tmp_path / "folder/none").mkdir()
    path = put(tmp_path / "all.zip", packed({"a/1.txt": b"", "none/": b""}))
    for place in (tmp_path / "folder", path):
        with opened(place) as files:
            assert files.folders == {"a", "none"}


def test_names_from_a_chinese_windows_come_back(tmp_path: Path) -> None:
    """Without the flag for UTF-8, names are in the encoding of the computer they come from."""
    name = "图片/猫.txt".encode("gbk")
    stand_in = "x" * len(name)
    data = packed({stand_in: b"miao"}).replace(stand_in.encode(), name)
    with opened(put(tmp_path / "all.zip", data)) as files:
        assert files.read("图片/猫.txt") == b"miao"


def test_folders_may_be_written_as_windows_does(tmp_path: Path) -> None:
    data = packed({"a/1.txt": b"one"}).replace(b"a/1.txt", b"a\\1.txt")
    with opened(put(tmp_path / "all.zip", data)) as files:
        assert files.read("a/1.txt") == b"one"


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:\\out.txt", "..\\out.txt"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / "all.zip", packed({"fine.txt": b"", name: b"out"}))
    assert code_of(path) == "unsafe_archive"
    assert [p.name for p in tmp_path.iterdir()] == ["all.zip"]


def test_links_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert code_of(tmp_path / "all.zip") == "unsafe_archive"


def test_bombs_are_refused_before_they_are_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "SMALL", 1000)
    path = put(tmp_path / "all.zip", packed({"zeros.txt": bytes(1_000_000)}))
    assert path.stat().st_size < 2000
    assert code_of(path) == "large_archive"
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    many = put(tmp_path / "many.zip", packed({f"{i}.txt": b"" for i in range(4)}))
    assert code_of(many) == "too_many_files"


def test_a_list_of_millions_of_files_is_refused_unread(tmp_path: Path) -> None:
    """The lengths of tables of contents, in the usual form and in that of large archives."""
    usual = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, 1 << 30, 0, 0)
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 9, 9, 1 << 40, 0)
    large += struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    large += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, 0xFFFFFFFF, 0, 0)
    for data in (usual, large):
        assert code_of(put(tmp_path / "all.zip", data)) == "too_many_files"


def test_locked_archives_are_refused(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"a"}))
    place = data.index(b"PK\1\2") + 8
    data[place] |= 1
    assert code_of(put(tmp_path / "all.zip", bytes(data))) == "encrypted_archive"


def test_damage_is_an_error_of_the_damaged_file_only(tmp_path: Path) -> None:
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        data = packed({"a.txt": b"first" * 9, "b.txt": b"second"}, how)
        place = 46 if how == zipfile.ZIP_LZMA else 40  # within the first file's content
        data = data[:place] + bytes(4) + data[place + 4 :]
        with opened(put(tmp_path / "all.zip", data)) as files:
            assert files.read("b.txt") == b"second"
            with pytest.raises(OSError):
                files.read("a.txt")
    assert code_of(put(tmp_path / "half.zip", data[: len(data) // 2])) == "broken_archive"


def test_what_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "locked/a.txt", b"")

    def deny(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    assert code_of(tmp_path / "gone.zip") == "missing"
    monkeypatch.setattr("os.scandir", deny)
    assert code_of(tmp_path / "locked") == "unreadable"


def test_a_circle_of_links_is_no_trap(tmp_path: Path) -> None:
    put(tmp_path / "a/1.txt", b"one")
    try:
        (tmp_path / "a/again").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "a/self.txt").symlink_to(tmp_path / "a/self.txt")
    except OSError:
        pytest.skip("this system makes no links")
    with opened(tmp_path) as files:
        assert dict(files.sizes) == {"a/1.txt": 3}


@settings(deadline=None)
@given(st.data())
def test_mutated_archives_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(packed({"a/1.txt": b"one" * 50, "b/2.txt": b"two" * 50}))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    path = put(tmp_path_factory.mktemp("zip") / "all.zip", bytes(whole))
    try:
        with opened(path) as files:
            for name in files.sizes:
                try:
                    files.read(name)
                except OSError:
                    continue
    except Refusal:
        return
