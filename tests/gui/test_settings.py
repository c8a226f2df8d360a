"""What is remembered between starts, and what becomes of a damaged memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from gui.settings import MOST_RECENT, Settings

THEMES = ("system", "light", "dark")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "配置 settings"


def existing(tmp_path: Path, *names: str) -> list[Path]:
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.touch()
    return paths


def write_ini(folder: Path, text: str) -> Settings:
    folder.mkdir(exist_ok=True)
    (folder / "window.ini").write_text("[General]\n" + text, "utf-8")
    return Settings(folder)


def test_words_and_layouts_are_there_at_the_next_start(folder: Path) -> None:
    first = Settings(folder)
    first.set_text("theme", "dark")
    first.set_bytes("geometry", QByteArray(b"\x00\x01 bytes"))
    del first
    again = Settings(folder)
    assert again.text("theme", THEMES, "system") == "dark"
    assert again.bytes("geometry") == QByteArray(b"\x00\x01 bytes")


def test_without_a_memory_there_are_defaults(folder: Path) -> None:
    settings = Settings(folder)
    assert settings.text("theme", THEMES, "system") == "system"
    assert settings.bytes("geometry").isEmpty()
    assert settings.recent() == []


@pytest.mark.parametrize(
    "text",
    [
        "theme=pink\ngeometry=1\nrecent=7\n",
        "theme=light, dark\ngeometry=@Variant(\\0)\nrecent=@Invalid()\n",
        "theme=@ByteArray(dark)\ngeometry=a, b\nrecent=@Size(1 2)\n",
        "\x00\xff = [broken\n\n%%%",
    ],
)
def test_a_damaged_memory_is_as_none(folder: Path, text: str) -> None:
    settings = write_ini(folder, text)
    assert settings.text("theme", THEMES, "system") == "system"
    assert settings.bytes("geometry").isEmpty()
    assert settings.recent() == []
    settings.set_text("theme", "dark")
    assert settings.text("theme", THEMES, "system") == "dark"


def test_a_folder_that_cannot_be_made_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "settings")
    settings.set_text("theme", "dark")
    assert settings.recent() == []


def test_recent_files_are_newest_first_and_named_once(tmp_path: Path, folder: Path) -> None:
    one, two, three = existing(tmp_path, "一.layerwise", "😀, two.layerwise", "c.layerwise")
    settings = Settings(folder)
    for path in (one, two, three, one):
        settings.add_recent(path)
    assert Settings(folder).recent() == [one, three, two]


def test_a_single_recent_file_is_remembered(tmp_path: Path, folder: Path) -> None:
    (one,) = existing(tmp_path, "one.layerwise")
    Settings(folder).add_recent(one)
    assert Settings(folder).recent() == [one]


def test_old_recent_files_are_forgotten_and_so_are_files_that_are_gone(
    tmp_path: Path, folder: Path
) -> None:
    paths = existing(tmp_path, *(f"{i}.layerwise" for i in range(MOST_RECENT + 3)))
    settings = Settings(folder)
    for path in paths:
        settings.add_recent(path)
    assert len(settings.recent()) == MOST_RECENT
    paths[-1].unlink()
    assert settings.recent() == [*reversed(paths[3:-1])]


def test_a_file_named_from_another_folder_is_found_again(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = existing(tmp_path, "here.layerwise")
    monkeypatch.chdir(tmp_path)
    Settings(folder).add_recent(Path("here.layerwise"))
    monkeypatch.chdir("/")
    assert Settings(folder).recent() == [path]


def test_a_name_that_no_file_can_have_is_left_out(folder: Path) -> None:
    settings = write_ini(folder, f"recent=/{'x' * 5000}, /a\\x0000b\n")
    assert settings.recent() == []
