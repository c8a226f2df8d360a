"""A whole run: `python -m tests.benchmarks.run JSON` prints what happens, one line of JSON each.

The words and the tables are put on by `gui.terminal.bench`.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from typing import Any

from tests.benchmarks.asked import Asked, Tell
from tests.benchmarks.contestants import INFERENCE, STEPS
from tests.benchmarks.inference import measure_inference
from tests.benchmarks.machine import machine
from tests.benchmarks.memory import MEMORY, measure_memory
from tests.benchmarks.scaling import SCALING, measure_scaling
from tests.benchmarks.start import START, measure_start
from tests.benchmarks.steps import measure_steps

SECTIONS: dict[str, Callable[[Asked, Tell], None]] = {
    STEPS: measure_steps,
    INFERENCE: measure_inference,
    SCALING: measure_scaling,
    START: measure_start,
    MEMORY: measure_memory,
}


def run(asked: Asked, tell: Tell) -> None:
    """Measure every section that was asked for."""
    tell("machine", **machine())
    for section in asked.sections:
        SECTIONS[section](asked, tell)


def tell_in_json(event: str, **values: Any) -> None:
    """Print an event."""
    print(json.dumps({"event": event} | values), flush=True)


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that contestants are ended too
    try:
        run(Asked(**given | lists), tell_in_json)
    except KeyboardInterrupt:  # whoever shows what was measured says so
        sys.exit(130)
