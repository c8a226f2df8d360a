"""A .tar reads like the folder that was packed; what is unsafe or too large in it is refused."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.own import collection, tars
from engine.data.own.archives import is_archive, opened
from engine.data.own.refusal import Refusal, silent
from engine.spec.options import NO_OPTIONS
from tests.engine.data.own.media import put, refused
from tests.engine.data.own.test_archives import code_of

GIVEN = {"b/2.txt": b"two", "a/1.txt": b"one", "空/3.txt": "三".encode()}


def packed(files: dict[str, bytes], how: str = "gz", *more: tarfile.TarInfo) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(None, f"w:{how}", buffer) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in more:
            archive.addfile(info)
    return buffer.getvalue()


@pytest.mark.parametrize(("how", "ending"), [("", ".tar"), ("gz", ".tgz"), ("xz", ".tar.xz")])
def test_a_tar_reads_like_a_folder(tmp_path: Path, how: str, ending: str) -> None:
    hidden = {"a/._1.txt": b"", "./.x/4.txt": b""}
    empty = tarfile.TarInfo("none")
    empty.type = tarfile.DIRTYPE
    path = put(tmp_path / f"all{ending}", packed(GIVEN | hidden, how, empty))
    assert is_archive(path)
    with opened(path) as files:
        assert {name: files.read(name) for name in files.sizes} == GIVEN
        assert list(files.sizes) == sorted(GIVEN) and files.head("a/1.txt", 2) == b"on"
        assert files.folders == {"a", "b", "空", "none"}


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    link = tarfile.TarInfo("link")
    link.type, link.linkname = kind, "/etc/passwd"
    assert code_of(put(tmp_path / "all.tar.gz", packed({}, "gz", link))) == "unsafe_archive"


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    assert code_of(put(tmp_path / "all.tar", packed({name: b"out"}, ""))) == "unsafe_archive"


def test_too_much_is_refused_at_its_header(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tarfile.TarInfo("zeros")
    huge.size = 1 << 40
    data = huge.tobuf()
    assert code_of(put(tmp_path / "all.tar", data)) == "large_tar"
    monkeypatch.setattr(tars, "MOST_FILES", 2)
    assert code_of(put(tmp_path / "many.tgz", packed(GIVEN))) == "too_many_files"


def test_damage_is_refused(tmp_path: Path) -> None:
    for how in ("gz", "bz2", "xz"):
        data = packed(GIVEN, how)
        for each in (b"", b"no archive", data[:60], data[: len(data) // 2]):
            assert code_of(put(tmp_path / "all.tar.gz", each)) == "broken_archive"


def test_cifar_is_read_as_it_is_distributed(tmp_path: Path) -> None:
    records = b"".join(bytes([label]) + bytes([label]) * 3072 for label in range(4))
    files = {"cifar-10-batches-bin/data_batch_1.bin": records}
    files["cifar-10-batches-bin/test_batch.bin"] = records
    path = put(tmp_path / "cifar-10-binary.tar.gz", packed(files))
    assert collection.recognises(path)
    taken = collection.take(path, NO_OPTIONS, silent)
    assert taken.facts.samples == 8 and taken.facts.test_samples == 4
    pickled = {"cifar-10-batches-py/data_batch_1": b"\x80\x02}"}
    python = put(tmp_path / "cifar-10-python.tar.gz", packed(pickled))
    assert refused(lambda: collection.look(python, NO_OPTIONS)).code == "pickled"


@settings(deadline=None)
@given(st.data())
def test_mutated_archives_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(packed(GIVEN, data.draw(st.sampled_from(["", "gz"]))))
    last = min(len(whole), 3000) - 1
    for place in data.draw(st.lists(st.integers(0, last), max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    path = put(tmp_path_factory.getbasetemp() / "any.tar", bytes(whole))
    try:
        with opened(path) as files:
            assert all(len(files.read(name)) == size for name, size in files.sizes.items())
    except Refusal as error:
        assert error.code in ("broken_archive", "unsafe_archive", "large_tar")
