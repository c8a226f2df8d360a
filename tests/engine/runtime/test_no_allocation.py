"""A training step allocates nothing: neither arrays of the plan, nor anything in a kernel."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from numba.core import runtime

from engine.kernels import Call, load
from engine.layers import CATALOGUE
from engine.optimizers import OPTIMIZERS
from engine.runtime.choice import SETTING
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer
from engine.scripting import chain
from engine.spec.document import Document
from tests.engine.layers.surroundings import around
from tests.engine.networks import SOFTMAX, Box, spiral_mlp


@pytest.fixture(autouse=True)
def _counting() -> None:
    # the one door to Numba's own count, which its types do not tell of
    import_module("numba.core.runtime._nrt_python").memsys_enable_stats()


def allocations(call: Call) -> int:
    """How often a kernel asked for memory; Numba itself does so once for each array handed in."""
    kernel, arguments = call
    handed = sum(isinstance(argument, np.ndarray) for argument in arguments)
    kernel(*arguments)  # compiled now
    before = runtime.rtsys.get_allocation_stats().alloc
    kernel(*arguments)
    return int(runtime.rtsys.get_allocation_stats().alloc - before) - handed


def assert_nothing_is_allocated(document: Document) -> None:
    model = Model(document, threads=1, batch_size=4)
    trainer = Trainer(model)
    trainer.advance()
    names = {kernel: name for name, kernel in model.kernels.items()}
    calls = [
        *model.calls("training", 4)[0],
        *(call for part in model.passes.updates(1, True) for call in part),
    ]
    found = {names[call[0]]: allocations(call) for call in calls if call[0] in names}
    assert found
    assert not {name: count for name, count in found.items() if count}
    model.close()


@pytest.mark.parametrize("kind", CATALOGUE)
def test_no_layer_s_kernels_allocate(kind: str) -> None:
    assert_nothing_is_allocated(around(kind, {})[0])


def test_no_other_way_allocates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "last")
    options = {"filters": 8, "activation": "relu"}
    boxes: list[Box] = [("data", {"dataset": "digits_8"}), *[("conv2d", options)] * 2]
    last: list[Box] = [("flatten", {}), ("dense", SOFTMAX), ("cross_entropy", {})]
    assert_nothing_is_allocated(chain(*boxes, *last))


def test_the_library_s_products_allocate_nothing() -> None:
    kernels = load("cpu")
    x, w, dz = (np.ones(shape, np.float32) for shape in ((6, 70), (70, 80), (6, 80)))
    assert not allocations((kernels["blas_dense"], (x, w, w[0], dz, 0)))
    assert not allocations((kernels["blas_dense_weight_gradient"], (x, dz, w, w[0])))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_no_optimizer_allocates(optimizer: str) -> None:
    assert_nothing_is_allocated(spiral_mlp(optimizer=optimizer))


def test_what_does_allocate_would_be_seen() -> None:
    from numba import njit

    @njit
    def wasteful(x):
        return x.copy().sum()

    assert allocations((wasteful, (np.ones(8),))) > 0
