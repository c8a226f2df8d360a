"""Shared places: never two arrays in one at the same time, and no bit of a run is another."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from math import prod
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.layers import CATALOGUE
from engine.runtime import model as models
from engine.runtime.build import EVER, SAMPLE, UPDATE, WORKER, Buffer, Ref
from engine.runtime.liveness import LINE, SHORT, Layout, aligned, layout
from engine.runtime.memory import BYTES, Array, Memory, shares_of
from engine.runtime.model import Model
from engine.runtime.plan import Plan, make_plan
from engine.spec.document import Document
from engine.spec.files import read
from tests.engine.gradients import samples
from tests.engine.growing import grown
from tests.engine.layers.surroundings import around
from tests.engine.networks import article, small_cnn, spiral_mlp

EXAMPLES = sorted(Path("resources/examples").glob("*.json"))
seeds = st.integers(0, 2**32)


def stretches(made: Layout) -> dict[Buffer, tuple[int, int]]:
    """The bytes of a row that belong to each array."""
    sizes = {buffer: prod(buffer.shape) * BYTES[buffer.number] for buffer in made.places}
    return {buffer: (place, place + sizes[buffer]) for buffer, place in made.places.items()}


def touched(plan: Plan, mode: str, buffer: Buffer) -> tuple[int, int]:
    """The first and the last step of a pass that touch an array; (0, -1) if none does."""
    found = [
        time
        for time, step in enumerate(plan.steps(mode))
        if any(isinstance(a, Ref) and a.buffer is buffer for a in step.arguments)
    ]
    return (found[0], found[-1]) if found else (0, -1)


@settings(max_examples=60)
@given(seeds, st.sampled_from([SAMPLE, WORKER]))
def test_two_arrays_in_one_place_never_live_at_the_same_time(seed: int, space: str) -> None:
    plan = make_plan(grown(Random(seed)), input_gradients=bool(seed % 2))
    made = layout(plan, space, BYTES)
    rows = stretches(made)
    assert all(stop <= made.row for _, stop in rows.values())
    for one, other in combinations(rows, 2):
        if rows[one][0] < rows[other][1] and rows[other][0] < rows[one][1]:
            for mode in EVER:
                lives = sorted([touched(plan, mode, one), touched(plan, mode, other)])
                assert lives[0][1] < lives[1][0] or lives[0] == (0, -1)


@settings(max_examples=60)
@given(seeds)
def test_long_arrays_begin_with_a_line_and_numbers_at_a_multiple_of_their_size(seed: int) -> None:
    made = layout(make_plan(grown(Random(seed))), SAMPLE, BYTES)
    for buffer, (start, stop) in stretches(made).items():
        unit = LINE if stop - start >= SHORT else BYTES[buffer.number]
        assert start % unit == made.row % unit == 0


@settings(max_examples=60)
@given(seeds)
def test_what_is_looked_at_after_a_pass_has_a_place_of_its_own(seed: int) -> None:
    plan = make_plan(grown(Random(seed)), input_gradients=True)
    memory = Memory(plan, 3, 2)
    refs = [*plan.outputs.values(), *plan.shown.values(), *plan.input_gradients.values()]
    for outcome in plan.outcomes:
        refs += [outcome.prediction, outcome.target]
        for buffer in (outcome.losses, *outcome.metrics.values()):
            assert memory.shared(buffer).shape[0] == 3
    for ref in refs:
        assert memory.samples(ref, 2).shape == (2, *ref.shape)


@settings(max_examples=60)
@given(seeds)
def test_what_other_workers_or_the_optimizer_read_has_a_place_of_its_own(seed: int) -> None:
    """A worker that is far ahead must not write over it."""
    plan = make_plan(grown(Random(seed)))
    places = {**layout(plan, WORKER, BYTES).places, **layout(plan, SAMPLE, BYTES).places}
    for step in (*plan.forward, *plan.backward):
        for argument in step.arguments:
            if isinstance(argument, Ref) and (argument.everyone or UPDATE in step.modes):
                assert argument.buffer not in places


def test_a_gradient_lies_where_another_one_was_and_cannot_be_read_afterwards() -> None:
    plan = make_plan(article())
    made = layout(plan, SAMPLE, BYTES)
    picture = 26 * 26 * 32 * 4
    # the largest gradient, the pooled one that it is made of, and what the pools remember
    assert made.row < picture + 3 * 13 * 13 * 32 * 4
    assert made.apart > made.row * 1.3
    shared = next(iter(made.places))
    with pytest.raises(ValueError, match="shares its place"):
        Memory(plan, 4, 1).samples(Ref(shared, shared.shape), 4)
    everything = Memory(plan, 4, 1, reuse=False)
    assert everything.samples(Ref(shared, shared.shape), 4).shape == (4, *shared.shape)


def test_who_only_answers_needs_no_more_than_two_layers_at_once() -> None:
    plan = make_plan(article()).for_inference()
    first, pooled = 26 * 26 * 32 * 4, 13 * 13 * 32 * 4
    assert layout(plan, SAMPLE, BYTES).row <= first + 2 * pooled + 28 * 28 * 4


@given(st.integers(0, 300), st.sampled_from(["float32", "int64", "uint8"]))
def test_arrays_begin_with_a_line(size: int, number: str) -> None:
    made = aligned((size, 2), np.dtype(number))
    assert made.ctypes.data % LINE == 0 or not size
    assert made.shape == (size, 2)
    assert made.flags.c_contiguous
    assert not made.any()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_a_worker_stays_within_the_bytes_of_its_own_samples(workers: int) -> None:
    plan = make_plan(small_cnn())
    memory = Memory(plan, 7, workers)
    bytes_ = memory.common[SAMPLE]
    row = len(bytes_) // 7
    source = {"data_1.x": np.zeros((7, 64), np.float32), "data_1.target": np.zeros((7, 1), int)}
    for share in shares_of(7, workers):
        bytes_[:] = 0
        for step in plan.steps("training"):
            _, arguments = memory.bind(step, print, share, source)
            for argument, values in zip(step.arguments, arguments, strict=True):
                if isinstance(argument, Ref) and memory.is_common(argument.buffer):
                    values.reshape(-1).view(np.uint8)[:] = 255
        assert not bytes_[: share.first * row].any()
        assert not bytes_[share.last * row :].any()
        assert bytes_[share.first * row : share.last * row].any()


# runs with and without, bit for bit


def trained(document: Document, workers: int, backend: str) -> list[Array]:
    """Weights, losses and answers after three batches, the last one smaller."""
    model = Model(document, threads=workers, batch_size=5, backend=backend, input_gradients=True)
    x, y = samples(document, 5, np.random.default_rng(0))
    found = []
    for count in (5, 5, 4):
        values = model.train_step(x[:count], y[:count])
        found += [np.array(list(values.values())), model.memory.gradients[:, : model.update.size]]
        found[-1] = found[-1].copy()
        found += [model.input_gradient(count)] if model.plan.input_gradients else []
    found += [np.array(list(model.evaluate(x, y).values())), model.predict(x)]
    found += [value.copy() for value in model.states.values()]
    found.append(model.memory.parameters.copy())
    model.close()
    return found


def assert_alike(
    document: Document, monkeypatch: pytest.MonkeyPatch, workers: int, backend: str
) -> None:
    with np.errstate(all="ignore"):
        shared = trained(document, workers, backend)
        with monkeypatch.context() as patch:
            patch.setattr(models, "Memory", partial(Memory, reuse=False))
            apart = trained(document, workers, backend)
    for one, other in zip(shared, apart, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("kind", CATALOGUE)
def test_no_layer_s_run_is_another(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for document in around(kind, {}):
        assert_alike(document, monkeypatch, 2, "plain")


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("accumulation", [1, 2])
def test_no_run_in_groups_of_batches_is_another(
    workers: int, accumulation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for made in (small_cnn, spiral_mlp):
        document = made(accumulation=accumulation, clipping="global_norm")
        assert_alike(document, monkeypatch, workers, "cpu")


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_example_s_run_is_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_alike(read(path).document, monkeypatch, 2, "cpu")
