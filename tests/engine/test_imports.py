"""What importing a door of the engine brings along: nothing heavy to the window, and never Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_what_the_window_imports_is_light() -> None:
    code = (
        "import sys, engine.worker, engine.protocol, engine.layers, engine.spec.files\n"
        "heavy = {'numba', 'llvmlite', 'sklearn', 'scipy', 'pandas', 'safetensors'}\n"
        "heavy |= {'engine.runtime', 'engine.kernels', 'engine.data', 'PySide6'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_the_engine_process_never_meets_qt() -> None:
    code = (
        "import sys, engine.runtime.session, engine.scripting\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'gui', 'pyqtgraph'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
