"""The question how well classical methods do on the data of a box."""

from __future__ import annotations

from dataclasses import fields

from engine.data.baselines import Baseline, baselines
from engine.data.own.refusal import Report, silent
from engine.data.preparing import prepare
from engine.data_protocol import Compare, Compared, MethodScores
from engine.layers.data import Data
from engine.spec.options import checked


def compare(question: Compare, report: Report = silent) -> Compared:
    """The answer to `Compare`; Refusal if files cannot be read, or hold what is no number."""
    box = checked(Data, question.box)
    found = baselines(prepare(box), seed=box.seed, report=report)
    return Compared(question.task, tuple(_row(baseline) for baseline in found))


def _row(baseline: Baseline) -> MethodScores:
    return MethodScores(**{f.name: getattr(baseline, f.name) for f in fields(MethodScores)})
