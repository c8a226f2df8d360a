"""The entry in a Linux desktop's menu: written with the path at which Layerwise really lies."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from gui.setup.environment import Environment, outer_python
from gui.setup.requirements import ROOT
from gui.words import tr

TEMPLATE = ROOT / "resources" / "layerwise.desktop"
FILE_TYPE = ROOT / "resources" / "layerwise-file-type.xml"


def install_launcher() -> int:
    """Put Layerwise and its kind of file into the person's desktop; returns the exit code."""
    if not sys.platform.startswith("linux"):
        print(tr("launcher.linux_only"), file=sys.stderr)
        return 2
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    applications, mime = home / "applications", home / "mime"
    entry = applications / "layerwise.desktop"
    try:
        applications.mkdir(parents=True, exist_ok=True)
        (mime / "packages").mkdir(parents=True, exist_ok=True)
        entry.write_text(launcher_text(), "utf-8")
        entry.chmod(0o755)  # some desktops start only what is marked as a program
        shutil.copyfile(FILE_TYPE, mime / "packages" / "layerwise.xml")
    except OSError as error:
        print(tr("launcher.failed", file=entry, reason=error.strerror), file=sys.stderr)
        return 1
    for refresh in (
        ["update-mime-database", str(mime)],
        ["update-desktop-database", str(applications)],
    ):
        if shutil.which(refresh[0]):
            subprocess.run(refresh, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(tr("launcher.done", file=entry))
    return 0


def launcher_text() -> str:
    """The entry with real paths: the Python that Layerwise was started with, and this folder.

    From the private environment it is the Python outside that is named, because that one can make
    the environment again.
    """
    python = outer_python() if Environment().is_running() else sys.executable
    command = f"{quoted(python)} {quoted(str(ROOT / 'main.py'))} %f"
    return TEMPLATE.read_text("utf-8").replace("@EXEC@", command).replace("@ROOT@", str(ROOT))


def quoted(argument: str) -> str:
    """`argument` as the value of an Exec key: quoted for the shell-like rule, then for the file."""
    for special in '\\"`$':
        argument = argument.replace(special, f"\\{special}")
    return f'"{argument}"'.replace("\\", "\\\\").replace("%", "%%")
