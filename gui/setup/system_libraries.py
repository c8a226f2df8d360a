"""The shared libraries of a Linux system that Qt is linked with, looked for before Qt is imported.

Without them the import of Qt fails with a message about a file that no beginner has heard of.
Here it becomes one command to run, or, for root on a Debian-like system, it is just done.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from gui.setup.requirements import SetupError
from gui.words import tr


@dataclass(frozen=True)
class Library:
    """A shared library and the package that brings it, by package manager."""

    file: str
    apt: str
    dnf: str
    pacman: str
    zypper: str


ALWAYS = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd", "Mesa-libGL1"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd", "Mesa-libEGL1"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig", "libfontconfig1"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus", "libdbus-1-3"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2", "libgthread-2_0-0"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon", "libxkbcommon0"),
)
X11 = (
    Library(
        "libxcb-cursor.so.0",
        "libxcb-cursor0",
        "xcb-util-cursor",
        "xcb-util-cursor",
        "libxcb-cursor0",
    ),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", "libxcb-icccm4"),
    Library(
        "libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image", "libxcb-image0"
    ),
    Library(
        "libxcb-keysyms.so.1",
        "libxcb-keysyms1",
        "xcb-util-keysyms",
        "xcb-util-keysyms",
        "libxcb-keysyms1",
    ),
    Library(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
        "libxcb-render-util0",
    ),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb", "libxcb-shape0"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb", "libxcb-xkb1"),
    Library(
        "libxkbcommon-x11.so.0",
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "libxkbcommon-x11",
        "libxkbcommon-x11-0",
    ),
)
WAYLAND = (
    Library(
        "libwayland-client.so.0",
        "libwayland-client0",
        "libwayland-client",
        "wayland",
        "libwayland-client0",
    ),
    Library(
        "libwayland-cursor.so.0",
        "libwayland-cursor0",
        "libwayland-cursor",
        "wayland",
        "libwayland-cursor0",
    ),
    Library(
        "libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "wayland", "libwayland-egl1"
    ),
)

INSTALL = {
    "apt": "apt-get install -y",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed",
    "zypper": "zypper install -y",
}
FAMILIES = {  # by a word of ID or ID_LIKE in os-release
    "debian": "apt",
    "ubuntu": "apt",
    "fedora": "dnf",
    "rhel": "dnf",
    "centos": "dnf",
    "arch": "pacman",
    "suse": "zypper",
    "opensuse": "zypper",
}


def has_display() -> bool:
    """Whether a window can be shown: everywhere but on a Linux without a display.

    A person who sets QT_QPA_PLATFORM has decided where the window goes.
    """
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not is_linux() or any(os.environ.get(name) for name in names)


def is_linux() -> bool:
    """Whether this is a Linux, the one system that may lack Qt's libraries."""
    return sys.platform.startswith("linux")  # in a function: a type checker knows the answer


def needed() -> tuple[Library, ...]:
    """The libraries that Qt will load on the display of this process."""
    if not is_linux():
        return ()
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if not platform:
        shown = ((X11, "DISPLAY"), (WAYLAND, "WAYLAND_DISPLAY"))
        return ALWAYS + next((more for more, name in shown if os.environ.get(name)), ())
    return ALWAYS + {"xcb": X11, "wayland": WAYLAND}.get(platform, ())


def absent(libraries: Iterable[Library]) -> list[Library]:
    """Those of `libraries` that this system does not have."""
    return [library for library in libraries if not can_load(library.file)]


def can_load(file: str) -> bool:
    """Whether the dynamic linker finds `file` and all that it needs in turn."""
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def package_manager(release: Path = Path("/etc/os-release")) -> str | None:
    """The package manager of this system, by what its os-release says it is like."""
    try:
        lines = release.read_text("utf-8").splitlines()
    except OSError:
        return None
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    words = f"{values.get('ID', '')} {values.get('ID_LIKE', '')}".replace('"', "").split()
    return next((FAMILIES[word] for word in words if word in FAMILIES), None)


def packages_of(libraries: Iterable[Library], manager: str) -> list[str]:
    """The packages that bring `libraries`, each once."""
    return sorted({str(getattr(library, manager)) for library in libraries})


def request(lacking: Sequence[Library], extra_packages: Sequence[str], manager: str | None) -> str:
    """The sentence that asks the person to install what is lacking, with the one command for it."""
    if manager is None:
        files = ", ".join([*(library.file for library in lacking), *extra_packages])
        return tr("setup.libraries_by_name", files=files)
    packages = [*packages_of(lacking, manager), *extra_packages]
    return tr("setup.libraries_command", command=f"sudo {INSTALL[manager]} {' '.join(packages)}")


def provide(libraries: Sequence[Library], extra_packages: Sequence[str] = ()) -> None:
    """See to it that `libraries` and the Debian packages `extra_packages` are there.

    Root on a Debian-like system gets them installed. Raises SetupError with the one command to
    run when that is for the person to do.
    """
    lacking = absent(libraries)
    if not lacking and not extra_packages:
        return
    manager = package_manager()
    if manager != "apt" or os.geteuid() != 0:
        raise SetupError(request(lacking, extra_packages, manager))
    packages = [*packages_of(lacking, manager), *extra_packages]
    command = f"{INSTALL[manager]} {' '.join(packages)}"
    print(tr("setup.libraries_install", command=command), flush=True)
    if not apt_install(packages) or absent(libraries):
        raise SetupError(tr("setup.libraries_failed", command=command))


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages as root, fetching the list of packages first if it is not there."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not shutil.which("apt-get"):
        return False

    def apt(*arguments: str) -> bool:
        return subprocess.run(["apt-get", *arguments], env=environment).returncode == 0

    install = ("install", "-y", "--no-install-recommends", *packages)
    has_lists = any(Path("/var/lib/apt/lists").glob("*_Packages*"))
    if has_lists and apt(*install):
        return True
    return apt("update") and apt(*install)  # lists may be there and too old


def venv_packages() -> list[str]:
    """The Debian package without which this Python cannot make an environment, if it is missing.

    Debian splits Python's own venv module in two and leaves the half that installs pip out.
    """
    if package_manager() != "apt" or (find_spec("venv") and find_spec("ensurepip")):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
