"""Products of a tensor's rows with a weight, y = x W + b: dense and recurrent layers record them.

Rows that an embedding looked up in its table need not be multiplied one by one. There are as many
of them as there are tokens in a batch, but only as many different ones as the table has rows. So
the table is multiplied, and the results are looked up:

    E[x] W + b = (E W + b)[x]

On the way back, each row of the product gets the sum of the gradients of the places where it was
looked up, dP[v] = Σ dz[i] over all i with x[i] = v. Everything else follows from these few rows:

    dW = Eᵀ dP,   db = Σ dP[v],   dE = dP Wᵀ
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.layers.weighted import send_back

if TYPE_CHECKING:
    from engine.runtime.build import Build, Later, Ref, Tensor, WeightRefs

# How many times smaller than a batch's rows a table must be, or its product saves too little:
# looking up takes time, and each worker multiplies the table for itself.
SMALLER = 4


@dataclass(frozen=True, slots=True)
class Lookup:
    """Says of a tensor that its rows are those of a table, picked by tokens.

    The gradient of `table` is the sum of what its readers give. `pays` says whether multiplying the
    table is less work than multiplying the rows.
    """

    tokens: Ref
    table: Tensor
    pays: bool


class Product:
    """One product of a tensor's rows with a weight; recorded forward, and back within a block."""

    def __init__(self, build: Build, x: Tensor, w: WeightRefs, b: WeightRefs) -> None:
        self.build, self.x, self.w, self.b = build, x, w, b
        self.lookup = x.lookup if x.lookup is not None and x.lookup.pays else None

    def forward(self, y: Ref, activation: int) -> None:
        """Record y = f(x W + b); y has one row for each row of x."""
        build, w, b = self.build, self.w.value, self.b.value
        if self.lookup is None:
            build.forward("dense", self.x.stacked, w, b, y, activation)
        else:
            product = build.scratch("product", self._size(self.lookup))
            build.forward("dense", self.lookup.table.value, w, b, product, activation)
            build.forward("embedding", self.lookup.tokens, product, y)

    def backward(self, dz: Ref | Later) -> None:
        """Record the gradients by x, W and b; dz has one row for each row of x."""
        build = self.build
        if self.lookup is None:
            self._weight_gradient(self.x.stacked, dz)
            if self.x.needs_gradient:
                dx = build.gradient(self.x).stacked
                send_back(build, dz, self.w.value, dx)
        else:
            table, dproduct = self.lookup.table, build.scratch("dproduct", self._size(self.lookup))
            build.step("embedding_gradient", self.lookup.tokens, dz, dproduct)
            self._weight_gradient(table.value, dproduct)
            if table.needs_gradient:
                dtable = build.gradient(table).value
                send_back(build, dproduct, self.w.value, dtable)

    def _weight_gradient(self, rows: Ref, dz: Ref | Later) -> None:
        grads = self.w.gradient, self.b.gradient
        self.build.learn("dense_weight_gradient", rows, dz, *grads)

    def _size(self, lookup: Lookup) -> tuple[int, int]:
        return lookup.table.shape.sizes[0], self.w.shape[-1]
