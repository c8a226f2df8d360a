"""The process of a matrix product: `python -m tests.benchmarks.serve_peak NAME THREADS`."""

from __future__ import annotations

import json
import sys
import time

from tests.benchmarks.limits import hold_to
from tests.benchmarks.peak import PRODUCTS


def main(name: str, threads: int) -> None:
    """Answer each request for products with the seconds that they took."""
    hold_to(threads)
    multiply = PRODUCTS[name](threads)
    multiply()
    print(json.dumps({"ready": name}), flush=True)
    for line in sys.stdin:
        steps = json.loads(line)["steps"]
        started, used = time.perf_counter(), time.process_time()
        for _ in range(steps):
            multiply()
        seconds, used = time.perf_counter() - started, time.process_time() - used
        print(json.dumps({"seconds": seconds, "processor": used}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
