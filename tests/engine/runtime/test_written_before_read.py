"""Every pass writes what it reads: nothing is left over from the batch before."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.runtime.build import SAMPLE, WORKER
from engine.runtime.memory import Array
from engine.runtime.model import Model
from tests.engine.gradients import samples
from tests.engine.growing import grown

RUBBISH = 0xFFF80001  # NaN in both sizes, and as a whole number where no array has a place


def spoil(model: Model) -> None:
    """Make everything that a pass before may have left unusable."""
    memory = model.memory
    for buffer in memory.plan.buffers:
        given = buffer.name == "chosen" or buffer is memory.plan.rows
        if buffer.space in (SAMPLE, WORKER) and not given and not memory.is_common(buffer):
            memory.shared(buffer).reshape(-1).view(np.uint32)[...] = RUBBISH
    for array in memory.common.values():
        array.view(np.uint32)[...] = RUBBISH


def computed(model: Model, x: Array, y: Array, with_rubbish: bool) -> dict[str, Array]:
    """What a pass of each kind computes, with rubbish in the arrays before it or not."""
    found: dict[str, Array] = {}
    model.forget()
    for mode in ("inference", "evaluation", "training"):
        if with_rubbish:
            spoil(model)
        if mode == "inference":
            found["answer"] = model.predict(x)
        elif mode == "evaluation":
            found |= {name: np.array(value) for name, value in model.evaluate(x, y).items()}
        else:
            _, gradients = model.loss_and_gradients(x, y)
            found |= {name: value.copy() for name, value in gradients.items()}
    return found


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_every_pass_writes_what_it_reads(seed: int) -> None:
    document = grown(Random(seed))
    x, y = samples(document, 3, np.random.default_rng(seed))
    model = Model(document, dtype="float64", batch_size=3, backend="plain", input_gradients=True)
    clean, spoilt = (computed(model, x, y, with_rubbish) for with_rubbish in (False, True))
    for place in model.plan.parameters:
        if not place.weight.trainable:  # nobody asks for its gradient
            del clean[place.name], spoilt[place.name]
    for name, value in clean.items():
        np.testing.assert_array_equal(spoilt[name], value, err_msg=name)
