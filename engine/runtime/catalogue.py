"""The kernels of all examples, compiled while nothing else is asked of the engine.

They are compiled by a process of its own, `python -m engine.runtime.catalogue`, at the lowest
priority, so that it can be broken off at any moment; the next start goes on where it ended. Once it
has come to its end, a file in the cache says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import subprocess
from pathlib import Path

from llvmlite.binding import get_host_cpu_name

from engine.kernels.cpu._cache import folder_in_use
from engine.kernels.warming import listen, step_back
from engine.runtime.model import Model
from engine.runtime.plan import NotReady
from engine.runtime.together import end, spare_cores, start_python
from engine.runtime.trainer import Trainer
from engine.spec.codec import Unreadable
from engine.spec.files import read

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"
PROCESS = ["-m", "engine.runtime.catalogue"]
NICENESS = 19

log = logging.getLogger(__name__)


class Catalogue:
    """The process, seen from the engine."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self.is_wanted = spare_cores() > 0

    def start(self) -> None:
        """Begin, or go on, unless everything is there."""
        self.is_wanted = False
        with contextlib.suppress(OSError):  # no room for another process, or nothing to read
            if not note().exists():
                self._process = start_python(PROCESS)

    def stop(self) -> None:
        """Leave the processor to others, at once; it goes on when it is started again."""
        if self._process is not None:
            self.is_wanted = True
            end(self._process)
            self._process = None


def note() -> Path:
    """The file that says that all examples are ready, for these kernels and this processor."""
    digest = hashlib.sha256(get_host_cpu_name().encode())
    for path in sorted(EXAMPLES.glob("*.json")):
        digest.update(path.read_bytes())
    return folder_in_use() / f"examples-{digest.hexdigest()[:16]}"


def compile_all(paths: list[Path]) -> None:
    """Compile the kernels of these examples into the cache."""
    for path in paths:
        try:
            model = Model(read(path).document)
        except (NotReady, Unreadable) as error:
            log.info("%s: %s", path.name, error)
            continue
        for _ in model.compile(Trainer(model).sources["training"], assistants=0):
            pass
        model.close()


def main() -> None:
    """Compile everything; ends early with whoever started this."""
    step_back(NICENESS)
    listen()
    compile_all(sorted(EXAMPLES.glob("*.json")))
    note().touch()


if __name__ == "__main__":
    main()
