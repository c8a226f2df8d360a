"""The engine process: takes commands from a pipe, trains, and sends events back.

Importing this module is cheap, because the window does it to name `serve`; everything numerical is
imported inside the new process.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import Any


def serve(pipe: Connection[Any, Any]) -> None:
    """Run the engine until Quit arrives or the window is gone."""
    from engine.runtime.session import Session

    Session(pipe).run()
