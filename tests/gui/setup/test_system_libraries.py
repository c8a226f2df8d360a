"""Which libraries Qt will ask for, which are absent, and the one command that brings them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gui.setup.system_libraries import (
    ALWAYS,
    INSTALL,
    WAYLAND,
    X11,
    Library,
    absent,
    has_display,
    needed,
    package_manager,
    packages_of,
    request,
)

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a matter of Linux")
NOWHERE = Library("libnosuchthing.so.7", "libnosuch7", "nosuch", "nosuch", "libnosuch")


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@linux_only
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"DISPLAY": ":0"}, ALWAYS + X11),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ALWAYS + WAYLAND),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ALWAYS + X11),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, ALWAYS),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, ALWAYS + WAYLAND),
    ],
)
def test_needed_follows_the_display(
    variables: dict[str, str], expected: tuple[Library, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert has_display()
    assert needed() == expected


@linux_only
def test_without_any_variable_there_is_no_display() -> None:
    assert not has_display()


@linux_only
def test_absent_finds_what_the_linker_does_not() -> None:
    assert absent([NOWHERE, *ALWAYS]) == [NOWHERE]  # Qt runs here, so it has the rest


@pytest.mark.parametrize(
    ("text", "manager"),
    [
        ("ID=debian\n", "apt"),
        ("ID=linuxmint\nID_LIKE=ubuntu\n", "apt"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "dnf"),
        ("ID=manjaro\nID_LIKE=arch\n", "pacman"),
        ('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', "zypper"),
        ("ID=plan9\n", None),
    ],
)
def test_package_manager_follows_os_release(text: str, manager: str | None, tmp_path: Path) -> None:
    release = tmp_path / "os-release"
    release.write_text(text, "utf-8")
    assert package_manager(release) == manager


def test_package_manager_is_unknown_without_os_release(tmp_path: Path) -> None:
    assert package_manager(tmp_path / "absent") is None


@pytest.mark.parametrize("manager", INSTALL)
def test_request_gives_one_command_for_each_manager(manager: str) -> None:
    command = request(ALWAYS + X11, (), manager).splitlines()[-1].strip()
    assert command.startswith(f"sudo {INSTALL[manager]} ")
    assert command.endswith(" ".join(packages_of(ALWAYS + X11, manager)))


def test_request_names_the_package_of_the_venv_module() -> None:
    assert request((), ["python3.11-venv"], "apt").endswith("install -y python3.11-venv")


def test_request_on_an_unknown_system_names_the_files() -> None:
    assert NOWHERE.file in request([NOWHERE], (), None)


def test_each_package_is_named_once() -> None:
    names = packages_of(ALWAYS, "pacman")
    assert len(names) == len(set(names))
