"""Drawings that are to be doubted, for the tests of warnings."""

from __future__ import annotations

from engine.layers.analysis import analyse
from engine.spec.document import Document
from engine.spec.problems import Problem


def only(document: Document, code: str) -> Problem:
    """The one problem of that kind."""
    (problem,) = [p for p in analyse(document).problems if p.code == code]
    return problem


def codes(document: Document) -> list[str]:
    """The codes of all problems."""
    return [problem.code for problem in analyse(document).problems]


def assert_each_fix_helps(document: Document, code: str) -> None:
    """Each button takes the problem away, and makes no error."""
    problem = only(document, code)
    assert problem.fixes
    for fix in problem.fixes:
        after = analyse(fix.edit(document))
        left = [p for p in after.problems if (p.code, p.nodes) == (code, problem.nodes)]
        assert not left, f"{fix.code} leaves it"
        assert len(after.errors) <= len(analyse(document).errors), f"{fix.code} makes an error"
