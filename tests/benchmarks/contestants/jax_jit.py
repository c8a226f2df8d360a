"""JAX: the whole step, Adam included, compiled by XLA, with the old weights' room used again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jax.flatten_util import ravel_pytree

from tests.benchmarks.arrays import batches, own_weights, weights
from tests.benchmarks.contestants.base import EPSILON, RATE, Contestant
from tests.benchmarks.workloads import Layer, Workload, named_layers

Tensor = Any  # jax.Array, but JAX may not be there when types are checked
Weights = dict[str, Tensor]
ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": jax.nn.relu,
    "tanh": jnp.tanh,
    "linear": lambda x: x,
    "softmax": lambda x: x,  # the loss applies it
}
BETA_1, BETA_2 = 0.9, 0.999
VECTOR = "weights in one vector"
WINDOWS = "pools by windows"
UNROLL = "steps in a turn: "


class Jax(Contestant):
    """Recurrent layers are scans, with several steps in a turn if that is faster.

    Weights are a dictionary, or one vector that is cut up inside the step: fewer arrays to hand
    over, which counts where networks are small.
    """

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        super().__init__(workload, threads, way or self.ways(workload, threads)[0])
        parts = self.way.split(", ")
        unrolls = [int(part.removeprefix(UNROLL)) for part in parts if part.startswith(UNROLL)]
        pool = windows_pool if WINDOWS in parts else reshaping_pool
        answer = partial(scores, workload, unrolls[0] if unrolls else 1, pool)
        start: Any = {name: jnp.asarray(array) for name, array in weights(workload).items()}
        if VECTOR in parts:
            start, cut = ravel_pytree(start)
            answer = partial(lambda inner, given, x: inner(cut(given), x), answer)
        self.step = jax.jit(partial(adam_step, answer), donate_argnums=(0,))
        zeros, again = jax.tree.map(jnp.zeros_like, start), jax.tree.map(jnp.zeros_like, start)
        self.state: Any = (start, zeros, again, jnp.zeros((), jnp.int32))
        self.batches = [(jnp.asarray(x), jnp.asarray(target)) for x, target in batches(workload)]
        self.done = 0

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        if workload.is_recurrent:
            unrolls = [f"{UNROLL}{count}" for count in (1, 4, 16)]
            return (*unrolls, *(f"{each}, {VECTOR}" for each in unrolls))
        has_pools = any(layer.kind == "max_pool2d" for layer in workload.layers)
        return ("", VECTOR, WINDOWS) if has_pools else ("", VECTOR)

    @property
    def parameters(self) -> int:
        return sum(each.size for each in jax.tree.leaves(self.state[0]))

    def run(self, steps: int) -> float:
        step, batches, state = self.step, self.batches, self.state
        for i in range(self.done, self.done + steps):
            state, loss = step(state, *batches[i % len(batches)])
        self.state = jax.block_until_ready(state)
        self.done += steps
        return float(loss)


def adam_step(answer: Callable[..., Tensor], state: Any, x: Tensor, target: Tensor) -> Any:
    """One batch: loss, gradients, Adam; returns the new state and the loss."""
    parameters, first, second, number = state

    def loss_of(given: Weights) -> Tensor:
        logs = jax.nn.log_softmax(answer(given, x))
        return -jnp.take_along_axis(logs, target[..., None], axis=-1).mean()

    loss, gradients = jax.value_and_grad(loss_of)(parameters)
    number = number + 1
    first = jax.tree.map(lambda m, g: BETA_1 * m + (1 - BETA_1) * g, first, gradients)
    second = jax.tree.map(lambda v, g: BETA_2 * v + (1 - BETA_2) * g * g, second, gradients)
    rate = RATE * jnp.sqrt(1 - BETA_2**number) / (1 - BETA_1**number)
    parameters = jax.tree.map(
        lambda w, m, v: w - rate * m / (jnp.sqrt(v) + EPSILON), parameters, first, second
    )
    return (parameters, first, second, number), loss


def scores(
    workload: Workload, unroll: int, pool: Callable[[Tensor], Tensor], given: Weights, x: Tensor
) -> Tensor:
    """The network up to the softmax; all arrays as the engine has them, channels last."""
    for name, layer in named_layers(workload):
        own = own_weights(given, name)
        act = ACTIVATIONS[layer.activation]
        match layer.kind:
            case "dense":
                x = act(x @ own["kernel"] + own["bias"])
            case "conv2d":
                form = ("NHWC", "HWIO", "NHWC")
                x = lax.conv_general_dilated(
                    x, own["kernel"], (1, 1), "VALID", dimension_numbers=form
                )
                x = act(x + own["bias"])
            case "max_pool2d":
                x = pool(x)
            case "flatten":
                x = x.reshape(len(x), -1)
            case "embedding":
                x = own["embeddings"][x]
            case _:
                x = recurrent(layer, own, x, unroll)
    return x


def windows_pool(x: Tensor) -> Tensor:
    """The largest of 2×2, as a reduction over windows."""
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")


def reshaping_pool(x: Tensor) -> Tensor:
    """The same by cutting the picture into its windows; its derivative is much faster here."""
    n, h, w, c = x.shape
    whole = x[:, : h // 2 * 2, : w // 2 * 2]
    return whole.reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4))


def recurrent(layer: Layer, own: Weights, x: Tensor, unroll: int) -> Tensor:
    """One product with the input for all time steps, then a scan along the sequence."""
    inputs = jnp.swapaxes(x @ own["kernel"] + own["bias"], 0, 1)  # (T, N, gates)
    r, zero = own["recurrent_kernel"], jnp.zeros((x.shape[0], layer.units), x.dtype)

    def simple(h: Tensor, z: Tensor) -> Any:
        h = jnp.tanh(z + h @ r)
        return h, h

    def lstm(state: Any, z: Tensor) -> Any:
        h, c = state
        i, f, g, o = jnp.split(z + h @ r, 4, axis=-1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    def gru(h: Tensor, z: Tensor) -> Any:
        ahead, inner = z, h @ r + own["recurrent_bias"]
        zx, rx, gx = jnp.split(ahead, 3, axis=-1)
        zh, rh, gh = jnp.split(inner, 3, axis=-1)
        update = jax.nn.sigmoid(zx + zh)
        candidate = jnp.tanh(gx + jax.nn.sigmoid(rx + rh) * gh)
        h = update * h + (1 - update) * candidate
        return h, h

    steps = {"simple_rnn": simple, "lstm": lstm, "gru": gru}
    start = (zero, zero) if layer.kind == "lstm" else zero
    last, every = lax.scan(steps[layer.kind], start, inputs, unroll=unroll)
    if layer.returns == "sequence":
        return jnp.swapaxes(every, 0, 1)
    return last[0] if layer.kind == "lstm" else last


CONTESTANT = Jax
