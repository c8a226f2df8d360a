"""How many workers a network gets, if nobody says: as many as make it fastest on this machine.

A second worker halves the work, but costs a gradient of its own to be added up, and waiting for
each other; a tiny network is fastest with one. What pays is measured once for each plan, on its own
arrays, and remembered: so a run can be repeated bit for bit on the same machine.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from time import perf_counter, process_time

import numpy as np

from engine.runtime.choice import SETTING, machine_memo, processor
from engine.runtime.passes import Passes
from engine.runtime.plan import Plan
from engine.spec.training import AUTOMATIC

# Multiply-adds of a batch's forward pass a worker: below the first, two workers are never faster
# than one; at the second they nearly always are.
LEAST, ENOUGH = 100_000, 1_000_000

GAIN = 0.85  # more workers must take less than this part of the time: others want cores, too
SECONDS = 0.2  # for one choice
TURN = 0.003  # seconds that one number of workers has in a round
ROUNDS = 20  # at most
FREE = 0.8  # part of the time for which all workers must have had a core each
LONG = 0.02  # seconds of a step of all that are worth trying, for which they are taken untried


def estimated(plan: Plan, batch: int) -> int:
    """How many workers suit a plan by its size alone."""
    return _within(plan.multiplications * batch // ENOUGH, batch)


def most(plan: Plan, batch: int) -> int:
    """More workers than this are not worth trying."""
    return _within(plan.multiplications * batch // LEAST, batch)


def _within(workers: int, batch: int) -> int:
    return int(np.clip(workers, 1, min(os.cpu_count() or 1, batch)))


class Crew:
    """Chooses the number of workers of one plan, batch and type of numbers, and remembers it.

    `size` workers are made ready; `workers` of them are to be used. With `asked` they are so many.
    """

    def __init__(self, plan: Plan, batch: int, dtype: str, backend: str, asked: int) -> None:
        self.batch = batch
        self.size = self.workers = asked
        self.is_settled = True
        if asked != AUTOMATIC:
            return
        self.size = self.workers = estimated(plan, batch)
        memo, limit = machine_memo(backend), most(plan, batch)
        if memo is None or limit == 1 or os.environ.get(SETTING):
            return
        steps = repr((plan.forward, plan.backward, plan.size))
        digest = hashlib.sha256(steps.encode()).hexdigest()[:24]
        self._memo = memo
        self._key = f"workers {processor()} of {os.cpu_count()} {digest} {batch} {dtype}"
        known = _number(memo.get(self._key), limit)
        if known is not None:
            self.size = self.workers = known
        else:
            self.size, self.is_settled = limit, False

    def settle(self, passes: Passes, count: int) -> None:
        """See how fast so many samples are with more or fewer workers, and remember it.

        Only a whole batch shows it, and only with the weights' change: it is there that workers
        read what others have written. Whoever asks puts the weights back.
        """
        if count < self.batch:
            return

        def run(workers: int) -> None:
            passes.use(workers)
            passes.step(count, True)

        found = fastest(run, self.size)
        if found is not None:
            kept = self._memo.put(self._key, str(found))
            self.workers = _number(kept, self.size) or self.workers
        passes.use(self.workers)
        self.is_settled = True


def _number(text: str | None, most: int) -> int | None:
    return min(int(text), most) if text is not None and text.isdigit() and int(text) else None


def numbers_worth_trying(most: int) -> list[int]:
    """1, 2, 3, 4, 6, 8, 12, …: closer together would not be told apart."""
    steps = {base * 2**k for base in (2, 3) for k in range(10)}
    return sorted({1, most, *(n for n in steps if n < most)})


def fastest(run: Callable[[int], None], most: int) -> int | None:
    """The smallest number of workers beside which no other takes clearly less time.

    They take turns, so that a busy moment meets all of them, and the best time of each counts.
    None if other programs had the processor for much of the time: then nothing can be learnt.
    """
    numbers = numbers_worth_trying(most)
    best = dict.fromkeys(numbers, np.inf)
    turns = dict.fromkeys(numbers, 1)
    for workers in reversed(numbers):
        run(workers)  # what is bound at the first pass is not measured
        before = perf_counter()
        run(workers)
        taken = perf_counter() - before
        if workers == most and taken > LONG:
            return most  # with fewer it would take long only to find out
        turns[workers] = int(np.clip(TURN / max(taken, 1e-9), 1, 100))
    start, rounds, worked, passed = perf_counter(), 0, 0.0, 0.0
    while rounds < 2 or (rounds < ROUNDS and perf_counter() - start < SECONDS):
        for workers in reversed(numbers):
            before, work = perf_counter(), process_time()
            for _ in range(turns[workers]):  # as in training, caches hold what the last step left
                run(workers)
            taken = perf_counter() - before
            best[workers] = min(best[workers], taken / turns[workers])
            if workers == most:
                worked, passed = worked + process_time() - work, passed + taken
        rounds += 1
    if worked < FREE * most * passed:
        return None
    chosen = 1
    for workers in numbers:
        if best[workers] < GAIN * best[chosen]:
            chosen = workers
    return chosen
