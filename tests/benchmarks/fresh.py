"""A fresh process that starts the engine: `python -m tests.benchmarks.fresh EXAMPLE …`.

It prints as JSON how many seconds the parts took: importing, loading data, making the models, and
compiling their kernels or reading them from the cache.
"""

# ruff: noqa: E402 (the clock starts before anything is imported)

import time

BEGIN = time.perf_counter()

import json
import sys
from pathlib import Path

from engine.scripting import Model, Trainer
from engine.spec.files import read

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"


def main() -> None:
    """Make every example ready to train."""
    seconds = {"import": time.perf_counter() - BEGIN, "model": 0.0, "compile": 0.0}
    for name in sys.argv[1:]:
        begin = time.perf_counter()
        trainer = Trainer(Model(read(EXAMPLES / f"{name}.json").document))
        made = time.perf_counter()
        for _ in trainer.model.compile(trainer.sources["training"]):
            pass
        seconds["model"] += made - begin
        seconds["compile"] += time.perf_counter() - made
        trainer.model.close()
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
