"""What the machine can do at best: the product of two matrices of 1024 × 1024, twice.

Once by NumPy's BLAS and once by the engine's own product. The better one, measured in the same run,
is what the share of the peak refers to.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

SIZE = 1024
FLOP = 2 * SIZE**3

Product = Callable[[], None]


def by_numpy(threads: int) -> Product:
    """BLAS, whose number of threads comes from the environment."""
    a, b, c = _matrices()

    def multiply() -> None:
        np.matmul(a, b, out=c)

    return multiply


def by_engine(threads: int) -> Product:
    """The kernel of Dense without bias and activation, each thread for a part of the rows."""
    from engine.kernels import LINEAR, load

    dense = load("cpu")["dense"]
    a, b, c = _matrices()
    nothing = np.empty(0, np.float32)
    bounds = [SIZE * i // threads for i in range(threads + 1)]
    pool = ThreadPoolExecutor(threads)

    def part(i: int) -> None:
        rows = slice(bounds[i], bounds[i + 1])
        dense(a[rows], b, nothing, c[rows], LINEAR)

    def multiply() -> None:
        list(pool.map(part, range(threads)))

    return multiply


def _matrices() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    a, b = random.random((2, SIZE, SIZE), np.float32)
    return a, b, np.empty_like(a)


PRODUCTS = {"numpy": by_numpy, "engine": by_engine}
