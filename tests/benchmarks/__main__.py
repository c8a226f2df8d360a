"""`python -m tests.benchmarks …`: the same as `python main.py bench …`, with any interpreter.

Nothing is installed and no window is needed, so it runs where the peers are.
"""

from __future__ import annotations

import sys

from gui import words
from gui.terminal.arguments import own_words
from gui.terminal.bench import run_bench
from gui.terminal.bench_options import read_bench
from gui.terminal.commands import asked_language

if __name__ == "__main__":
    words.set_language(asked_language(sys.argv) or words.system_language())
    with own_words():
        command = read_bench(sys.argv[1:])
    sys.exit(run_bench(command))
