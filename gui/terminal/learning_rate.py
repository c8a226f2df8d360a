"""`python main.py learning-rate FILE`: the learning-rate range test, as a curve of letters."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.runtime.rate_test import STEEPEST, RateTest, learning_rate_test
from gui import formats
from gui.terminal.output import console, refuse, say
from gui.terminal.own_data import reading
from gui.terminal.preparing import opened, ready
from gui.words import tr

ROWS = 16  # of the plot, each a learning rate
WIDTH = 48  # columns of its longest bar


def find_rate(path: Path, threads: int | None = None, seed: int | None = None) -> int:
    """Sweep the learning rate of a saved network from its first weights; returns the exit code."""
    saved = opened(path, None, threads, seed)
    if isinstance(saved, str):
        return refuse(saved)
    out = console()
    with reading(out) as report:
        trainer = ready(saved.document, report)
    if isinstance(trainer, str):
        return refuse(trainer)
    found = learning_rate_test(trainer)
    trainer.model.close()
    if not found.rule:
        return refuse(tr("rate.nothing"))
    for line in plot(found):
        say(out, line)
    value = formats.number(found.suggestion)
    key = "rate.steepest" if found.rule == STEEPEST else "rate.tenth"
    say(out, tr(key, value=value))
    return 0


def plot(found: RateTest) -> list[str]:
    """Some rates of the sweep, each with its smoothed loss as a number and as a bar."""
    count = len(found.rates)
    chosen = np.unique(np.linspace(0, count - 1, min(count, ROWS)).round().astype(int))
    nearest = int(np.argmin(abs(np.log(found.rates[chosen] / found.suggestion))))
    largest = float(found.smoothed.max()) or 1.0
    lines = [f"{tr('rate.rate'):>10}  {tr('rate.loss'):>10}"]
    for i, place in enumerate(chosen):
        loss = float(found.smoothed[place])
        bar = "█" * max(1, round(WIDTH * loss / largest))
        mark = " ◀" if i == nearest else ""
        lines.append(f"{found.rates[place]:>10.1e}  {formats.number(loss):>10}  {bar}{mark}")
    return lines
