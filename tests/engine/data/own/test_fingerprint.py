"""Fingerprints: they follow the content, and nothing else."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from engine.data.own.fingerprint import fingerprint, listing
from engine.data.own.refusal import Refusal


def test_of_a_file_it_follows_the_content_and_not_the_name(tmp_path: Path) -> None:
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_bytes(b"1,2" * 1000)
    other.write_bytes(b"1,2" * 1000)
    assert fingerprint(one) == fingerprint(other)
    other.write_bytes(b"1,2" * 999 + b"1,3")
    assert fingerprint(one) != fingerprint(other)


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(10 << 20))
    told: list[tuple[int, int]] = []
    fingerprint(path, lambda done, total: told.append((done, total)))
    assert told[-1] == (10 << 20, 10 << 20)
    assert len(told) > 1


def test_of_a_folder_it_follows_names_and_sizes_but_not_the_place(tmp_path: Path) -> None:
    folder = tmp_path / "animals"
    for name in ("cat/1.png", "dog/2.png"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"123")
    mark = fingerprint(folder)
    copied = Path(shutil.copytree(folder, tmp_path / "elsewhere"))
    (copied / ".DS_Store").write_bytes(b"of the system")
    assert fingerprint(copied) == mark
    (copied / "dog/2.png").rename(copied / "dog/3.png")
    assert fingerprint(copied) != mark
    (folder / "cat/1.png").write_bytes(b"1234")
    assert fingerprint(folder) != mark


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_circle_of_links_is_no_trap(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.png").write_bytes(b"1")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "gone.png").symlink_to(tmp_path / "nowhere")
    assert list(listing(tmp_path)) == [("a/1.png", 1)]


def test_what_is_gone_or_may_not_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        fingerprint(tmp_path / "gone")
    assert caught.value.code == "missing"
    assert caught.value.numbers == {"path": str(tmp_path / "gone")}
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        locked = tmp_path / "locked"
        locked.write_bytes(b"1")
        locked.chmod(0)
        with pytest.raises(Refusal) as caught:
            fingerprint(locked)
        assert caught.value.code == "unreadable"
