"""A process that compiles kernels into the cache for another process, which is told when.

Numba compiles one kernel at a time in a process. Where a computer has more cores, `python -m
engine.kernels.warming` compiles on another one: it reads requests from its standard input, one a
line, and answers each with a line. It ends at once when its input does, which is when whoever
started it is gone, for whatever reason.
"""

from __future__ import annotations

import contextlib
import inspect
import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from engine.kernels import Kernel, load

DONE, FAILED = "done", "failed"
NICENESS = 5  # the window comes first


def is_missing(kernel: Kernel, arguments: tuple[Any, ...]) -> bool:
    """Whether `kernel` must be compiled for such `arguments`, and whoever does can keep it."""
    kinds, cache = _kinds(arguments), getattr(kernel, "_cache", None)
    if cache is None or not hasattr(cache, "holds") or kinds in getattr(kernel, "overloads", {}):
        return False  # not a compiled one, or none that is kept, or ready
    return not cache.holds(kinds)


def request(name: str, arguments: tuple[Any, ...]) -> str:
    """One line that asks for the kernel of a name, compiled for the types of these arguments."""
    return json.dumps([name, [_words(kind) for kind in _kinds(arguments)]])


def obey(line: str) -> str:
    """Compile what a line asks for into the cache, or find it there; returns the answer."""
    name, words = json.loads(line)
    kernel: Any = load("cpu")[name]
    try:
        kernel.compile(tuple(_kind(word) for word in words))
    except Exception as error:  # whoever asked compiles it, and tells what is wrong
        print(f"{name}: {error}", file=sys.stderr)
        return FAILED
    return DONE


def weight(kernel: Callable[..., Any]) -> int:
    """How much there is to compile in a kernel: bytes of code, with the functions it calls."""
    found: dict[Any, int] = {}

    def look_at(function: Any) -> None:
        inner = getattr(function, "py_func", getattr(function, "__wrapped__", function))
        if not inspect.isfunction(inner) or inner in found or not _is_ours(inner):
            return
        found[inner] = len(inner.__code__.co_code)
        for name in inner.__code__.co_names:
            look_at(inner.__globals__.get(name))

    look_at(kernel)
    return sum(found.values())


def _is_ours(function: Callable[..., Any]) -> bool:
    return function.__module__.startswith("engine.kernels.")


def _kinds(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    import numba  # not needed by the plain backend

    return tuple(numba.typeof(argument) for argument in arguments)


def _words(kind: Any) -> Any:
    """What Numba calls the type of an argument, for another process: a word, or one an element."""
    if hasattr(kind, "layout"):
        return f"{kind.dtype} {kind.ndim} {kind.layout}"
    return [_words(element) for element in kind] if hasattr(kind, "count") else str(kind)


def _kind(words: Any) -> Any:
    """The way back of `_words`."""
    import numba

    if isinstance(words, list):
        return numba.types.BaseTuple.from_types([_kind(word) for word in words])
    name, *rest = words.split()
    kind = numba.from_dtype(np.dtype(name))
    if not rest:
        return kind
    array: Any = numba.types.Array
    return array(kind, int(rest[0]), rest[1])


def listen() -> queue.SimpleQueue[str]:
    """What comes in, line by line, read by a thread that ends the process with the input."""
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            requests.put(line)
        os._exit(0)  # in the midst of compiling: nobody waits, and files are never half written

    threading.Thread(target=read, daemon=True).start()
    return requests


def step_back(niceness: int) -> None:
    """Let other processes come first, by so much `niceness`."""
    with contextlib.suppress(AttributeError, OSError):  # Windows knows it by another name
        os.nice(niceness)


def main() -> None:
    """Obey requests, with low priority, until the input ends."""
    step_back(NICENESS)
    requests = listen()
    load("cpu")
    while True:
        print(obey(requests.get()), flush=True)


if __name__ == "__main__":
    main()
