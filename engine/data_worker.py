"""The data process: answers questions about files of a person's own, one after the other.

Importing this module is cheap, because the window does it to name `serve`; pandas, Pillow and all
that reads files are imported by the handlers, inside the new process. A new question is a class in
`engine.data_protocol`, a function here, and one line in HANDLERS.
"""

from __future__ import annotations

import contextlib
import signal
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from engine.data_protocol import (
    Answer,
    Compare,
    Compared,
    FirstReply,
    Identified,
    Identify,
    Look,
    Question,
    Refused,
    Seen,
    Show,
    Shown,
    Take,
    Taken,
    Trace,
    Traced,
    TryFirst,
    Working,
)
from engine.spec.options import NO_OPTIONS

BETWEEN = 0.1  # seconds from one Working to the next
Report = Callable[[int, int], None]  # done, total
Handler = Callable[[Any, Report], Answer]  # of a question of its type


def _look(question: Look, report: Report) -> Seen:
    from engine.data.own import forms

    path, recipe = Path(question.path), question.recipe or NO_OPTIONS
    form, found = forms.look(path, question.form, recipe)
    return Seen(question.task, form, found.glimpse, complaints=found.complaints)


def _take(question: Take, report: Report) -> Taken:
    from engine.data.own import forms

    path = Path(question.path)
    source, complaints = forms.take(path, question.form, question.recipe, report)
    return Taken(question.task, source, complaints)


def _show(question: Show, report: Report) -> Shown:
    from engine.data.views import show

    return show(question, report)


def _identify(question: Identify, report: Report) -> Identified:
    from engine.data.own.fingerprint import fingerprint

    return Identified(question.task, fingerprint(Path(question.path), report))


def _compare(question: Compare, report: Report) -> Compared:
    from engine.data.comparing import compare

    return compare(question, report)


def _trace(question: Trace, report: Report) -> Traced:
    from engine.runtime.passage import first_passage
    from engine.spec.codec import from_json

    return Traced(question.task, first_passage(from_json(question.document), question.sample))


def _try_first(question: TryFirst, report: Report) -> FirstReply:
    from engine.runtime.trying import first_reply
    from engine.spec.codec import from_json

    document = from_json(question.document)
    return FirstReply(question.task, first_reply(document, question.own, question.wants_flows))


HANDLERS: dict[type[Any], Handler] = {
    Look: _look,
    Take: _take,
    Show: _show,
    Compare: _compare,
    Trace: _trace,
    TryFirst: _try_first,
    Identify: _identify,
}


def answer_to(question: Question, report: Report) -> Answer:
    """The answer to a question, whatever happens: a refusal where there is no better one."""
    from engine.data.own.refusal import Refusal

    try:
        return HANDLERS[type(question)](question, report)
    except Refusal as refusal:
        return Refused(question.task, refusal.code, refusal.numbers, form=refusal.form)
    except MemoryError:
        return Refused(question.task, "memory")
    except Exception as error:  # a file may hold anything; the next question comes nevertheless
        numbers: dict[str, object] = {"error": f"{type(error).__name__}: {error}"}
        detail = "".join(traceback.format_exception(error))
        return Refused(question.task, "internal", numbers, detail)


def serve(pipe: Connection[Any, Any]) -> None:
    """Answer questions until the window is gone, which ends the pipe."""
    # Ctrl+C in a terminal reaches every process; the window decides what becomes of this one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        while True:
            question: Question = pipe.recv()
            pipe.send(answer_to(question, _reporter(pipe, question.task)))


def _reporter(pipe: Connection[Any, Any], task: int) -> Report:
    """Tells the window how far a task is, but not more often than it can be read."""
    told = float("-inf")

    def report(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= BETWEEN:
            told = now
            pipe.send(Working(task, done, total))

    return report
