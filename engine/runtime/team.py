"""A team of threads that run lists of kernel calls side by side, one meeting per list.

Kernels release Python's global lock, so the threads really compute at once. Each thread runs its
whole list without waiting for the others, which on a busy computer loses far less than a barrier
after every kernel. Idle threads sleep.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from engine.runtime.memory import Call


class Team:
    """`size` workers; the caller's thread is worker 0. One thread at a time may call `run`."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._lists: list[Sequence[Call]] = [()] * size
        self._errors: list[BaseException | None] = [None] * size
        self._go = [threading.Semaphore(0) for _ in range(size)]
        self._done = [threading.Semaphore(0) for _ in range(size)]
        self._meetings: dict[int, threading.Barrier] = {}
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, args=(i,), name=f"worker-{i}", daemon=True)
            for i in range(1, size)
        ]
        for thread in self._threads:
            thread.start()

    def meeting(self, workers: int) -> Callable[..., None]:
        """A call that returns when each of the first `workers` workers has made it."""
        if workers not in self._meetings:
            self._meetings[workers] = threading.Barrier(workers)
        barrier = self._meetings[workers]

        def meet() -> None:
            barrier.wait()

        return meet

    def run(self, lists: Sequence[Sequence[Call]]) -> None:
        """Run one list of calls per worker, and come back when all are done.

        What a worker raises is raised here; of several errors, the first worker's. A worker that
        failed comes to no meeting, so the others break off there.
        """
        if self._closed:
            raise ValueError("this team of workers is closed: make a new model")
        helpers = range(1, len(lists))
        for i in helpers:
            self._lists[i] = lists[i]
            self._errors[i] = None  # a run that broke off may have left one
            self._go[i].release()
        try:
            for kernel, arguments in lists[0]:
                kernel(*arguments)
        except threading.BrokenBarrierError:
            pass  # the worker that did not come says why
        except BaseException:
            self._call_off()
            raise
        finally:
            for i in helpers:
                self._done[i].acquire()
            for barrier in self._meetings.values():
                if barrier.broken:
                    barrier.reset()
        for i in helpers:
            error = self._errors[i]
            if error is not None and not isinstance(error, threading.BrokenBarrierError):
                raise error

    def _call_off(self) -> None:
        for barrier in self._meetings.values():
            barrier.abort()

    def _work(self, i: int) -> None:
        while True:
            self._go[i].acquire()
            if self._closed:
                return
            try:
                for kernel, arguments in self._lists[i]:
                    kernel(*arguments)
            except BaseException as error:  # handed to the caller of run()
                self._errors[i] = error
                self._call_off()
            self._lists[i] = ()
            self._done[i].release()

    def close(self) -> None:
        """End the threads."""
        if not self._closed:
            self._closed = True
            for semaphore in self._go:
                semaphore.release()
            for thread in self._threads:
                thread.join()
