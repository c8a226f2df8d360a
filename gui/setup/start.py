"""The first thing that `python main.py …` does: change into the environment, if it is ready.

Kept small, because this part runs twice at each start: outside of the environment and in it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from gui.setup.environment import CHILD, Environment, hand_over
from gui.setup.requirements import SetupError, missing, requirements


def start() -> int:
    """Do what the command line asks; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot write 中 must not stop us
            stream.reconfigure(errors="replace")
    arguments = sys.argv[1:]
    try:
        code = run(arguments)
    except SetupError as error:
        print(error, file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        from gui.words import tr  # words are not needed on the way to the environment

        print(tr("setup.interrupted"), file=sys.stderr)
        code = 130
    if code:
        keep_console_open(arguments)
    return code


def run(arguments: Sequence[str]) -> int:
    """Carry out `arguments` in this interpreter or in the environment, whichever is ready."""
    environment = Environment()
    is_here = not missing(requirements(), sys.path)
    if not is_here and not environment.is_running() and environment.is_ready():
        return hand_over(environment)

    from gui.setup.dispatch import dispatch

    return dispatch(arguments, environment, is_here=is_here)


def keep_console_open(arguments: Sequence[str]) -> None:
    """After a double click on Windows, leave the time to read what went wrong.

    The console would close with the process. A process whose starter waits for it need not wait.
    """
    started_by_click = os.name == "nt" and not arguments and CHILD not in os.environ
    if started_by_click and sys.stdin is not None and sys.stdin.isatty():
        from gui.words import tr

        input(tr("setup.press_enter"))
