"""The arithmetic of the engine, behind one door: every backend offers the same kernels by name.

A kernel is a public function of a module in `plain` or `cpu`; both backends have the same names and
the same parameters. This module stays light: a backend is imported when it is first asked for.

What every kernel keeps to
- The first axis holds the samples of one worker's slice, one or more. Arrays are C-contiguous.
- Outputs are arguments, overwritten completely. Scratch arrays are arguments too, with any content.
- Nothing is validated, returned or (in `cpu`) allocated: layers have refused what is wrong before.
- float32 and float64 both work, and sums keep the type of the arrays.
- A NaN is never hidden: a loss that stopped being a number must be seen.
- A bias of length 0 says that the layer has none; its gradient then has length 0 too.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np

# A kernel takes float32 or float64 as the caller decides, so the element type stays open.
Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Kernel: TypeAlias = Callable[
    ..., Any
]  # a kernel returns nothing; see `flow` for what else is called
Call: TypeAlias = tuple[Kernel, tuple[Any, ...]]  # arrays and numbers, as the kernel takes them

LINEAR = 0
RELU = 1
SIGMOID = 2
TANH = 3
ACTIVATIONS = {"linear": LINEAR, "relu": RELU, "sigmoid": SIGMOID, "tanh": TANH}

# What cannot be derived from its own result, or needs a number: see `nonlinearity`.
LEAKY_RELU = 4
ELU = 5
SELU = 6
GELU = 7
SILU = 8
SOFTPLUS = 9
HARD_SIGMOID = 10
STEP = 11
NONLINEARITIES = {
    "leaky_relu": LEAKY_RELU,
    "elu": ELU,
    "selu": SELU,
    "gelu": GELU,
    "silu": SILU,
    "softplus": SOFTPLUS,
    "hard_sigmoid": HARD_SIGMOID,
    "step": STEP,
}
SELU_ALPHA = 1.6732632423543772  # with both, mean 0 and variance 1 stay as they are:
SELU_SCALE = 1.0507009873554805  # Klambauer et al. 2017, equation 14

# what lies outside of a picture: see `warp`
EDGE_CONSTANT = 0
EDGE_NEAREST = 1
EDGE_REFLECT = 2
EDGES = {"constant": EDGE_CONSTANT, "nearest": EDGE_NEAREST, "reflect": EDGE_REFLECT}

# rows of what batch normalisation knows of each feature, see `combine_moments`
COUNT, MEAN, VARIANCE, INVERSE, FACTOR, OFFSET = range(6)

BACKENDS = ("plain", "cpu")


def load(backend: str) -> Mapping[str, Kernel]:
    """Return the kernels of a backend by name; compiling waits for each kernel's first call.

    backend : "plain" (NumPy and loops, to be read) or "cpu" (Numba, to be fast)

    Raises ValueError for any other name.
    """
    if backend not in BACKENDS:
        known = ", ".join(BACKENDS)
        raise ValueError(f"unknown kernel backend {backend!r}: choose one of {known}")
    package = importlib.import_module(f"{__name__}.{backend}")
    kernels: dict[str, Kernel] = {}
    for module_info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if module_info.name.rpartition(".")[2].startswith("_"):
            continue  # helpers shared by kernels
        module = importlib.import_module(module_info.name)
        for name, value in vars(module).items():
            if _is_kernel(name, value, module.__name__):
                kernels[name] = value
    return kernels


def joined(backend: str, calls: Sequence[Call]) -> Sequence[Call]:
    """A list of calls in the form in which a backend makes them fastest, to be made in order."""
    if backend != "cpu" or not calls:
        return calls
    from engine.kernels.cpu._program import Program, is_native

    found: list[Call] = []
    for native, some in groupby(calls, is_native):
        kept = list(some)
        found += [(Program(kept), ())] if native else kept
    return found


def _is_kernel(name: str, value: object, module: str) -> bool:
    """A kernel is defined in the module itself, not imported, and has no leading underscore."""
    # A compiled kernel is an object that wraps its function, not a function.
    function = inspect.unwrap(getattr(value, "py_func", value))  # type: ignore[arg-type]
    return (
        inspect.isfunction(function) and function.__module__ == module and not name.startswith("_")
    )
