"""Lists of kernel calls for every kind of pass, bound to arrays once, and run by the team.

A training step is one list for each worker: forward and backward steps, what is added up and looked
at, a meeting, and then, if everything is a number, the calls that change the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.kernels import Call, Kernel, joined
from engine.runtime.build import MEET, UPDATE
from engine.runtime.choice import Choice, machine_memo
from engine.runtime.memory import Memory, Share, Sources, parts_of, shares_of
from engine.runtime.plan import Plan
from engine.runtime.scoring import SCORED
from engine.runtime.tally import Tally
from engine.runtime.update import Update
from engine.runtime.watch import Watch

Lists = list[list[Call]]  # one list a worker
Joined = list[Sequence[Call]]
Key = tuple[str, int]  # kind of pass, samples
STEP = "step"  # a kind of pass: training, and the change of the weights
KEPT = 3  # sets of samples whose calls are kept: training, validation and what is looked at


class Passes:
    """Binds steps to arrays and samples, and keeps what is bound until other samples come."""

    def __init__(
        self, plan: Plan, update: Update, backend: str, kernels: Mapping[str, Kernel]
    ) -> None:
        self.plan, self.update, self.backend, self.kernels = plan, update, backend, kernels
        self.memory, self.team = update.memory, update.team
        self.workers = self.team.size  # in use
        self.tally = Tally(plan, self.memory, kernels)
        self.watch = Watch(plan, self.memory, kernels, self.tally)
        self.choice = Choice(kernels, self.memory, machine_memo(backend))
        self.sources: Sources = {}
        self._bound: dict[Key, Lists] = {}
        self._joined: dict[Key, Joined] = {}
        self._others: list[tuple[Sources, dict[Key, Lists], dict[Key, Joined]]] = []

    def attach(self, sources: Sources) -> None:
        """Take samples from these arrays from now on ("node.port" → (samples, numbers))."""
        if sources is self.sources:
            return
        self._others.append((self.sources, self._bound, self._joined))
        self.sources, self._bound, self._joined = sources, {}, {}
        for i, (others, bound, joined_then) in enumerate(self._others):
            if others is sources:
                self._bound, self._joined = bound, joined_then
                del self._others[i]
                break
        del self._others[:-KEPT]

    def use(self, workers: int) -> None:
        """Let only so many of the team take part from now on."""
        if workers != self.workers:
            self.workers = workers
            self._bound, self._joined, self._others = {}, {}, []

    def run(self, mode: str, count: int) -> None:
        """Make a pass over `count` samples."""
        key = mode, count
        if key not in self._joined:
            self._joined[key] = [joined(self.backend, calls) for calls in self.calls(mode, count)]
        self.team.run(self._joined[key])

    def step(self, count: int, is_last: bool) -> None:
        """Train on `count` samples; `is_last` says that the weights change then."""
        key = f"{STEP} {is_last}", count
        if key not in self._joined:
            lists = list(self._step(count, is_last))
            self._joined[key] = [joined(self.backend, calls) for calls in lists]
        self.team.run(self._joined[key])

    def forget_steps(self) -> None:
        """Bind the steps of training anew when they come: the update is another one."""
        known = [self._joined, *(joined_then for _, _, joined_then in self._others)]
        for lists in known:
            for key in [key for key in lists if key[0].startswith(STEP)]:
                del lists[key]

    def calls(self, mode: str, count: int) -> Lists:
        """Kernel calls of a pass over `count` samples, one list per worker."""
        key = mode, count
        if key not in self._bound:
            self._bound[key] = [list(self.bind(mode, s)) for s in shares_of(count, self.workers)]
        return self._bound[key]

    def bind(self, mode: str, share: Share, memory: Memory | None = None) -> Iterator[Call]:
        """The calls of one worker: its own part of each step, and the meetings with the others.

        With a memory of its own, a step is called once by each kernel that can compute it.
        """
        for step in self.plan.steps(mode):
            if step.kernel == MEET:
                yield from self._meeting(share.workers)
            else:
                for name in self.choice.ways(step) if memory else (self.choice.of(step),):
                    arrays, kernel = memory or self.memory, self.kernels[name]
                    yield arrays.bind(step, kernel, share, self.sources)
        if mode in SCORED:
            yield from self.tally.calls(share)
        if mode == "training":
            yield from self.watch.calls(share)

    def updates(self, active: int, is_last: bool) -> Lists:
        """The calls that change weights: what layers update themselves, and the optimizer's."""
        lists = self.update.calls(active, is_last, self.workers)
        if own := list(self.bind(UPDATE, Share(0, 1, 0, 1))):
            lists = [own + (lists[0] if lists else []), *lists[1:]]
        return lists

    def _step(self, count: int, is_last: bool) -> Iterator[list[Call]]:
        training = self.calls("training", count)
        active = len(training)
        updates = self.updates(active, is_last)
        workers = max(active, len(updates))  # the last, small batch may have fewer samples
        for worker in range(workers):
            calls = list(training[worker]) if worker < active else []
            calls += self._meeting(workers)
            calls += self.watch.guard(worker, active)
            yield calls + (updates[worker] if worker < len(updates) else [])

    def _meeting(self, workers: int) -> Iterator[Call]:
        if workers > 1:
            yield self.team.meeting(workers), ()

    def active(self, count: int) -> int:
        """How many workers have a part in a batch of that many samples."""
        return len(parts_of(count, self.workers))
