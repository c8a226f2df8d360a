"""The engine process: takes commands from a pipe, trains, and sends events back.

Importing this module is cheap, because the window does it to name `serve`; everything numerical is
imported inside the new process.
"""

from __future__ import annotations

import signal
from multiprocessing.connection import Connection
from typing import Any


def serve(pipe: Connection[Any, Any]) -> None:
    """Run the engine until Quit arrives or the window is gone."""
    # Ctrl+C in a terminal reaches every process; the window decides what becomes of this one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from engine.runtime.session import Session

    Session(pipe).run()
