"""Where and with what was measured: a number without that says nothing."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.benchmarks.limits import cores

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "numpy",
    "numba",
    "scipy",
    "torch",
    "jax",
    "jaxlib",
    "keras",
    "tensorflow",
    "onnxruntime",
)


def machine() -> dict[str, Any]:
    """Processor, cores, system, versions, date and the state of the code."""
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "processor": processor(),
        "cores": cores(),
        "memory": memory(),
        "load": load(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: number for name in PACKAGES if (number := installed(name))},
        "commit": commit(),
    }


def processor() -> str:
    """What the processor is called."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return next(line for line in lines if line.startswith("model name")).partition(": ")[2]
    except (OSError, StopIteration):
        pass
    if sys.platform == "darwin":
        return output("sysctl", "-n", "machdep.cpu.brand_string") or platform.machine()
    return platform.processor() or platform.machine()


def load() -> float | None:
    """How many programs wanted a core in the last minute, where the system counts them."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def memory() -> int | None:
    """Bytes of memory, where the system says so."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows
        return None


def installed(package: str) -> str:
    """The version of a package; empty if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def commit() -> str:
    """The commit that was measured, with a + if files were changed since; empty without git."""
    found = output("git", "rev-parse", "--short=12", "HEAD")
    changed = found and output("git", "status", "--porcelain", "--untracked-files=no")
    return found + "+" if changed else found


def output(*command: str) -> str:
    """What a command prints; empty if it cannot be run."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
