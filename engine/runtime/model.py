"""A network that computes: plan, memory, kernels, workers and optimizer under one roof.

This is what notebooks, tests and the trainer use; it knows nothing of epochs or windows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from weakref import finalize

import numpy as np

from engine.kernels import Call, load
from engine.runtime.build import EVER, Ref
from engine.runtime.crew import Crew
from engine.runtime.initializers import initial
from engine.runtime.memory import Array, Memory, Share, Sources
from engine.runtime.outcome import Totals, add_totals, means
from engine.runtime.passes import Lists, Passes
from engine.runtime.plan import make_plan
from engine.runtime.sources import as_sources, in_stretches
from engine.runtime.tally import PENALTY, SAMPLES
from engine.runtime.team import Team, single_threaded_blas
from engine.runtime.together import MOST, Job, ready
from engine.runtime.update import Update
from engine.spec.document import Document
from engine.spec.training import TrainingOptions

DTYPES = ("float32", "float64")


class Model:
    """A document made ready to compute.

    Parameters of the constructor that are None come from the document's training options.
    """

    def __init__(
        self,
        document: Document,
        *,
        seed: int | None = None,
        threads: int | None = None,
        batch_size: int | None = None,
        dtype: str = "float32",
        backend: str = "cpu",
        input_gradients: bool = False,
    ) -> None:
        training = document.training
        self.document = document
        self.training = training
        self.seed = training.seed if seed is None else seed
        self.batch_size = training.batch_size if batch_size is None else batch_size
        asked = training.threads if threads is None else threads
        if self.batch_size < 1 or asked < 0 or self.seed < 0 or dtype not in DTYPES:
            raise ValueError(
                f"batch_size {self.batch_size} (at least 1), threads {asked} (0 or more), seed "
                f"{self.seed} (0 or more), dtype {dtype!r} (one of {', '.join(DTYPES)})"
            )
        self.plan = make_plan(document, input_gradients)
        self.crew = Crew(self.plan, self.batch_size, dtype, backend, asked)
        self.kernels = load(backend)
        if backend == "cpu":
            single_threaded_blas()
        self.memory = Memory(self.plan, self.batch_size, self.crew.size, dtype)
        for outcome in self.plan.outcomes:
            if outcome.class_weights is not None:
                self.memory.shared(outcome.class_weights)[:] = 1
        self.team = Team(self.crew.size)
        finalize(self, self.team.close)  # a notebook that forgets a model ends its threads
        self.update = Update(self.plan, self.memory, self.kernels, self.team, training)
        self.passes = Passes(self.plan, self.update, backend, self.kernels)
        self.passes.use(self.crew.workers)
        self._desk: dict[str, Array] = {}  # samples handed over one batch at a time
        self.step = 0  # batches trained
        self.rate = training.learning_rate  # of the next step; a trainer follows a schedule
        self.is_broken = False  # the last batch was not all numbers, and changed nothing
        self.reset()

    @property
    def sources(self) -> Sources:
        """The arrays that samples are taken from."""
        return self.passes.sources

    @property
    def threads(self) -> int:
        """Number of workers; if nobody has said it, the first batch shows how many pay."""
        return self.passes.workers

    @property
    def chosen(self) -> dict[tuple[str, str], str]:
        """By node and step, which kernel computes what several can; see `engine.runtime.choice`."""
        return dict(self.passes.choice.chosen)

    def close(self) -> None:
        """End the workers."""
        self.team.close()

    def compile(self, sources: Sources, assistants: int = MOST) -> Iterator[tuple[int, int, str]]:
        """Run every kernel once, so that none is compiled later; yields (done, total, kernel).

        As many `assistants` help at most. The weights begin anew afterwards.
        """
        self.attach(sources)
        # one sample and nobody to meet; in arrays of zeros, so that any order of calls is safe
        alone = Share(0, 1, 0, 1)
        room = Memory(self.plan, 1, 1, self.memory.dtype.name, reuse=False)
        calls = [call for mode in EVER for call in self.passes.bind(mode, alone, room)]
        for active in (1, min(self.batch_size, self.threads)):  # one worker's is contiguous
            judge, _ = self.passes.watch.guard(0, active)
            calls.append(judge)
            lists = self.passes.updates(active, True)
            calls += [call for each in lists for call in each if call[1]]  # no meetings
        self.update.penalty()
        # a kernel is compiled once for each combination of types
        first = {(call[0], *_types(call)): call for call in reversed(calls)}
        names = {kernel: name for name, kernel in self.kernels.items()}
        jobs = [Job(names[call[0]], *call) for call in reversed(first.values())]
        for done, name in ready(jobs, assistants):
            yield done, len(jobs), name
        self.passes.choice.settle(self.plan)
        self.reset()
        rows = np.arange(min(self.batch_size, *map(len, sources.values())))
        self.set_batch("training", rows)
        self._settle_crew(len(rows))
        yield len(jobs), len(jobs), ""

    # weights

    def reset(self, seed: int | None = None) -> None:
        """Give every weight its first value again, and forget the optimizer's memory."""
        self.seed = self.seed if seed is None else seed
        for place in self.plan.parameters:
            self.memory.weight(place.name)[...] = initial(place.weight, self.seed, place.name)
        self.update.reset()
        self.forget()
        self.step = 0
        self.is_broken = False

    def forget(self) -> None:
        """Set the states that layers keep from batch to batch back to zero."""
        for state in self.memory.kept.values():
            state[:] = 0

    @property
    def states(self) -> dict[str, Array]:
        """What stateful layers keep, by "node.name": (batch, …) views, which may be written."""
        return dict(self.memory.kept)

    @property
    def parameters(self) -> dict[str, Array]:
        """All weights by "node/name", as views: writing into them changes the network."""
        return {p.name: self.memory.weight(p.name) for p in self.plan.parameters}

    def set_parameters(self, values: Mapping[str, Array]) -> None:
        """Set some weights by name; KeyError or ValueError names the first that does not fit."""
        own = self.parameters
        for name, value in values.items():
            if name not in own:
                raise KeyError(f"there is no weight {name!r}; there are {', '.join(own)}")
            if own[name].shape != np.shape(value):
                raise ValueError(
                    f"{name}: shape {np.shape(value)} given, {own[name].shape} expected"
                )
        for name, value in values.items():
            own[name][...] = value

    def set_class_weights(self, weights: Array, outcome: int = 0) -> None:
        """How much each class weighs in a loss whose option `class_weights` is not "none"."""
        buffer = self.plan.outcomes[outcome].class_weights
        if buffer is None:
            raise ValueError('the loss weighs no classes: set its option class_weights="balanced"')
        own = self.memory.shared(buffer)
        if np.shape(weights) != own.shape or not np.all(np.asarray(weights) >= 0):
            raise ValueError(f"{weights} given, {len(own)} numbers of 0 or more expected")
        own[:] = weights

    def output_sizes(self) -> dict[str, tuple[int, ...]]:
        """Sizes of one sample at each "node.port", read off the allocated arrays."""
        refs = self.plan.outputs.items()
        return {name: self.memory.samples(ref, 1).shape[1:] for name, ref in refs}

    # passes over batches

    def attach(self, sources: Sources) -> None:
        """Take samples from these arrays from now on ("node.port" → (samples, numbers))."""
        self.passes.attach(sources)

    def calls(self, mode: str, count: int) -> Lists:
        """Kernel calls of a pass over `count` samples, one list per worker; bound once."""
        return self.passes.calls(mode, count)

    def forward(self, mode: str, rows: Array) -> None:
        """Run the steps of `mode` on these rows of the attached arrays."""
        self.set_batch(mode, rows)
        self.passes.run(mode, len(rows))

    def set_batch(self, mode: str, rows: Array) -> None:
        """Say which rows come next, and set what depends on the step and the size of the batch."""
        count = len(rows)
        self.memory.chosen[:count] = rows
        if mode == "training":
            self.memory.clock[0], self.memory.clock[1] = self.seed, self.step
            for outcome in self.plan.outcomes:
                self.memory.shared(outcome.scale)[0] = outcome.weight / (count * outcome.rows)

    def train(self, rows: Array, closes: bool = False) -> Totals:
        """One batch; returns sums of loss and metrics before the step.

        If the batch, its losses or its gradients are not all numbers, nothing changes, and
        `is_broken` says so. `closes` ends a group of accumulated gradients, see `Update.begin`.
        """
        count, kept = len(rows), self.memory.kept
        before = {name: state.copy() for name, state in kept.items()}
        penalty = self.update.penalty()
        self.set_batch("training", rows)
        self._settle_crew(count)
        place = self.update.place
        is_last = self.update.begin(self.rate, closes)
        if math.isfinite(penalty):
            self.passes.step(count, is_last)
            self.is_broken = self.passes.watch.is_alarmed
        else:
            self.passes.run("training", count)
            self.is_broken = True
        if self.is_broken:
            self.update.place = place
            for name, state in before.items():
                kept[name][:] = state
        else:
            self.step += 1
        return self.totals(count, penalty)

    def _settle_crew(self, count: int) -> None:
        """With the first batch, see how many workers are fastest, if nobody has said it."""
        if not self.crew.is_settled:
            with self.aside(), self.update.undone():
                self.update.begin(self.rate, True)
                self.crew.settle(self.passes, count)

    def totals(self, count: int, penalty: float | None = None) -> Totals:
        """Sums of losses and metrics over the batch just computed, see `Tally.totals`.

        `penalty` is that of the weights it was computed with, if they have changed since.
        """
        found = self.passes.tally.totals(count, self.passes.active(count))
        if self.update.penalties:
            penalty = self.update.penalty() if penalty is None else penalty
            found |= {PENALTY: penalty * count, SAMPLES: float(count)}
        return found

    def total_names(self) -> list[str]:
        """The keys of `totals`."""
        own = [PENALTY, SAMPLES] if self.update.penalties else []
        return [*self.passes.tally.names, *own]

    def scores(self, totals: Mapping[str, float]) -> dict[str, float]:
        """Mean loss and metrics, from the sums over a batch or over many.

        A penalty on the size of the weights is part of the loss, and also stands by itself.
        """
        found = means(self.plan.outcomes, totals)
        if self.update.penalties and totals.get(SAMPLES):  # they may come in the middle of an epoch
            found[PENALTY] = totals[PENALTY] / totals[SAMPLES]
            found["loss"] += found[PENALTY]
        return found

    def evaluate_rows(self, count: int) -> dict[str, float]:
        """Mean loss and metrics over the first `count` rows of the attached arrays, if any."""
        sums: Totals = {}
        with self.aside():
            for rows in self._batches(count):
                self.forward("evaluation", rows)
                add_totals(sums, self.totals(len(rows)))
        return self.scores(sums) if sums else {}

    def answers(self, count: int, outcome: int = 0) -> Array:
        """The network's answers for the first `count` rows of the attached arrays."""
        return self.read("inference", self.plan.outcomes[outcome].prediction, count)

    def read(self, mode: str, ref: Ref, count: int) -> Array:
        """What passes of `mode` over the first `count` rows leave in one of the arrays."""
        with self.aside():
            return self._read(mode, ref, count)

    def _read(self, mode: str, ref: Ref, count: int) -> Array:
        found = np.empty((count, *ref.shape), self.memory.samples(ref, 0).dtype)
        for rows in self._batches(count):
            self.forward(mode, rows)
            found[rows] = self.memory.samples(ref, len(rows))
        return found

    def _batches(self, count: int) -> Iterator[Array]:
        """The first `count` rows, one batch after the other."""
        order = in_stretches(count, self.batch_size) if self.memory.kept else np.arange(count)
        for first in range(0, count, self.batch_size):
            yield order[first : first + self.batch_size]

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Passes inside begin without what stateful layers keep, and leave it as it was before."""
        kept = self.memory.kept
        before = {name: state.copy() for name, state in kept.items()}
        self.forget()
        try:
            yield
        finally:
            for name, state in before.items():
                kept[name][:] = state

    # the same with arrays at hand, for notebooks and tests

    def predict(self, *x: Array) -> Array:
        """The answers of the (first) output; one array per data box, in the order of drawing.

        Stateful layers go on from `states`, and leave there where the samples end.
        """
        self._lay_out(x, ())
        return self._read("inference", self.plan.outcomes[0].prediction, len(x[0]))

    def evaluate(self, x: Array, y: Array) -> dict[str, float]:
        """Mean loss and metrics over samples, nothing being trained."""
        self._lay_out((x,), (y,))
        return self.evaluate_rows(_some(x))

    def loss_and_gradients(self, x: Array, y: Array) -> tuple[float, dict[str, Array]]:
        """Training mode, nothing updated: loss, and gradient by every weight (frozen: 0)."""
        self._lay_out((x,), (y,))
        self.forward("training", np.arange(self._fitting(x)))
        active = self.passes.active(len(x))
        total: Array = self.memory.gradients[:active].sum(axis=0)
        gradients = {
            p.name: total[p.start : p.stop].reshape(p.weight.shape) for p in self.plan.parameters
        }
        self.update.add_penalty_gradients(gradients)
        return self.scores(self.totals(len(x)))["loss"], gradients

    def input_gradient(self, count: int, node: str | None = None) -> Array:
        """The loss's gradient by the samples of the last batch (`input_gradients=True` needed)."""
        refs = self.plan.input_gradients
        return self.memory.samples(refs[node or next(iter(refs))], count).copy()

    def train_step(self, x: Array, y: Array) -> dict[str, float]:
        """One optimizer step on one batch; returns loss and metrics before the step."""
        self._lay_out((x,), (y,))
        return self.scores(self.train(np.arange(self._fitting(x))))

    def with_training(self, training: TrainingOptions) -> None:
        """Use another learning rate (or momentum, penalty, …) from the next step on.

        What is FIXED in `engine.spec.training` has to be as it was.
        """
        self.rate = training.learning_rate
        self.training = training
        if self.update.follow(training):
            self.passes.forget_steps()

    def _fitting(self, x: Array) -> int:
        if len(x) > self.batch_size:
            raise ValueError(
                f"{len(x)} samples given, but the model takes {self.batch_size} at once"
            )
        return _some(x)

    def _as_sources(self, x: tuple[Array, ...], y: tuple[Array, ...]) -> Sources:
        return as_sources(self.plan, self.memory.dtype, x, y)

    def _lay_out(self, x: tuple[Array, ...], y: tuple[Array, ...]) -> None:
        """Attach arrays at hand; up to a batch is copied to where the last ones were bound."""
        given = self._as_sources(x, y)
        if max(len(array) for array in given.values()) > self.batch_size:
            self.attach(given)
            return
        for name, array in given.items():
            if name not in self._desk:
                self._desk[name] = np.zeros((self.batch_size, array.shape[1]), array.dtype)
            self._desk[name][: len(array)] = array
        self.attach(self._desk)


def _some(x: Array) -> int:
    """How many samples there are, if any."""
    if not len(x):
        raise ValueError("no samples given")
    return len(x)


def _types(call: Call) -> Iterator[object]:
    """What Numba distinguishes in the arguments of a call."""
    for argument in call[1]:
        if isinstance(argument, np.ndarray):
            yield argument.dtype, argument.ndim, argument.flags.c_contiguous
        else:
            yield type(argument)
