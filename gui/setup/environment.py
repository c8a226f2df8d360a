"""The private environment `.venv` beside main.py: what state it is in, and starting again in it.

Two files in it tell its state. `layerwise-unfinished` is there while packages are being put in: an
environment that still has it was interrupted and is made anew. `layerwise-ready` holds the
sets of pins that are completely installed, one set a line. An environment with neither was made
by someone else and only gets what it lacks.

Each start passes through here before the interpreter changes, so little is imported.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from gui.setup.requirements import ROOT, one_line, requirements

CHILD = "LAYERWISE_CHILD"  # set for a process whose starter still waits for it


class Environment(NamedTuple):  # a dataclass would cost 10 ms at each start
    """The environment in `folder`."""

    folder: Path = ROOT / ".venv"

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        if os.name == "nt":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    @property
    def unfinished(self) -> Path:
        """The file that is there, and locked, while the environment is being changed."""
        return self.folder / "layerwise-unfinished"

    @property
    def ready(self) -> Path:
        """The file with the sets of pins that are installed, one a line."""
        return self.folder / "layerwise-ready"

    def is_running(self) -> bool:
        """Whether this very process runs in the environment."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def is_sound(self) -> bool:
        """Whether its interpreter is there and is still the one that it was made with.

        A system that moves on to a new Python leaves environments behind whose interpreter is
        gone, or is another one that does not look for packages where they lie.
        """
        try:
            lines = (self.folder / "pyvenv.cfg").read_text("utf-8").splitlines()
        except OSError:
            return False
        config = dict(line.split(" = ", 1) for line in lines if " = " in line)
        made_with = config.get("executable")
        if not all(map(os.path.exists, (self.python, made_with or self.python))):
            return False
        same = os.path.realpath(self.python) == os.path.realpath(made_with or self.python)
        return same or os.name == "nt"  # on Windows it is a copy, not a link

    def is_ready(self, *, test: bool = False) -> bool:
        """Whether everything needed has been installed completely."""
        try:
            installed = self.ready.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return False
        complete = one_line(requirements(test=test)) in installed
        return complete and not self.unfinished.exists() and self.is_sound()

    def has_pip(self) -> bool:
        """Whether pip is there to install with: some tools make environments without it."""
        places = ("lib/*/site-packages/pip", "Lib/site-packages/pip")
        return any(path for place in places for path in self.folder.glob(place))


def outer_python() -> str:
    """The interpreter that this one's environment was made with, or this one itself."""
    return getattr(sys, "_base_executable", None) or sys.executable


def hand_over(environment: Environment) -> int:
    """Start this command again inside the environment, and end as it ends.

    Where the system allows it the new process takes this one's place, so this returns on Windows
    only: the exit code.
    """
    command = [str(environment.python), *sys.orig_argv[1:]]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess  # 5 ms that only Windows needs

    with subprocess.Popen(command, env={**os.environ, CHILD: "1"}) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the child heard it too and decides what it means
                continue
