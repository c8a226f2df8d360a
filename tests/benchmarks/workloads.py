"""What is raced: the networks that people teach with, described once for every contestant.

A contestant builds the same layers, begins with the same weights (see `arrays`) and trains on the
same batches: forward, backward, Adam.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

RELU, TANH, SOFTMAX, LINEAR = "relu", "tanh", "softmax", "linear"


@dataclass(frozen=True)
class Layer:
    """One layer: how many features come in and go out, and what is applied to them.

    A convolution has a 3×3 kernel without padding, a pool takes the largest of 2×2.
    """

    kind: str  # as in the engine's catalogue
    inputs: int = 0
    units: int = 0
    activation: str = LINEAR
    returns: str = ""  # of a recurrent layer: "last" or "sequence"


@dataclass(frozen=True)
class Workload:
    """One network and the size of its batches."""

    name: str
    batch: int
    dataset: str  # of the engine, whose shape the samples have
    shape: tuple[int, ...]  # of a sample: (features,), (H, W, C) or (T,) if it consists of tokens
    layers: tuple[Layer, ...]
    tokens: int = 0  # how many there are; 0 where samples are real numbers
    example: str = ""  # the document in resources/examples that it is taken from

    @property
    def classes(self) -> int:
        """How many classes the network tells apart."""
        return self.layers[-1].units

    @property
    def per_step(self) -> bool:
        """Whether each time step has a class of its own."""
        return bool(self.tokens) and "last" not in {layer.returns for layer in self.layers}

    @property
    def is_recurrent(self) -> bool:
        """Whether a layer walks along a sequence."""
        return any(layer.returns for layer in self.layers)


def named_layers(workload: Workload) -> list[tuple[str, Layer]]:
    """The layers with the names that the engine gives them: dense_1, dense_2."""
    seen: dict[str, int] = {}
    found = []
    for layer in workload.layers:
        seen[layer.kind] = seen.get(layer.kind, 0) + 1
        found.append((f"{layer.kind}_{seen[layer.kind]}", layer))
    return found


def toy(batch: int = 32) -> Workload:
    """The network of a first lesson: points of two classes on the plane."""
    layers = Layer("dense", 2, 8, TANH), Layer("dense", 8, 8, TANH), Layer("dense", 8, 2, SOFTMAX)
    return Workload("toy", batch, "spirals", (2,), layers)


def mlp(batch: int) -> Workload:
    """Handwritten digits, taken as 784 numbers."""
    layers = Layer("flatten"), Layer("dense", 784, 128, RELU), Layer("dense", 128, 10, SOFTMAX)
    return Workload(f"mlp_{batch}", batch, "digits_28", (28, 28, 1), layers)


def cnn(batch: int, width: int = 1) -> Workload:
    """The convolutional network of the welcome example, up to a factor of its width."""
    first, second, hidden = 32 * width, 64 * width, 64 * width
    layers = (
        Layer("conv2d", 1, first, RELU),
        Layer("max_pool2d"),
        Layer("conv2d", first, second, RELU),
        Layer("max_pool2d"),
        Layer("flatten"),
        Layer("dense", 25 * second, hidden, RELU),
        Layer("dense", hidden, 10, SOFTMAX),
    )
    example = "welcome" if width == 1 else ""
    return Workload(f"cnn_{batch}", batch, "digits_28", (28, 28, 1), layers, example=example)


def rnn(batch: int = 32) -> Workload:
    """The small recurrent network of the lesson on memory, reading 20 tokens."""
    layers = (
        Layer("embedding", 10, 8),
        Layer("simple_rnn", 8, 8, TANH, "last"),
        Layer("dense", 8, 2, SOFTMAX),
    )
    return Workload("rnn", batch, "majority", (20,), layers, 10, "article_rnn")


def characters(kind: str, batch: int = 32, time: int = 64) -> Workload:
    """A model of text: after each of `time` characters it says which of 64 comes next."""
    layers = (
        Layer("embedding", 64, 32),
        Layer(kind, 32, 128, TANH, "sequence"),
        Layer("dense", 128, 64, SOFTMAX),
    )
    return Workload(f"char_{kind.removeprefix('simple_')}", batch, "alice", (time,), layers, 64)


WORKLOADS: dict[str, Callable[[], Workload]] = {
    "toy": toy,
    "mlp_32": partial(mlp, 32),
    "mlp_128": partial(mlp, 128),
    "cnn_32": partial(cnn, 32),
    "cnn_128": partial(cnn, 128),
    "rnn": rnn,
    "char_rnn": partial(characters, "simple_rnn"),
    "char_lstm": partial(characters, "lstm"),
    "char_gru": partial(characters, "gru"),
}
KINDS: dict[str, Callable[..., Workload]] = {
    "mlp": mlp,
    "cnn": cnn,
    "lstm": partial(characters, "lstm"),
}


def workload_called(name: str) -> Workload:
    """A workload by its name, or of a kind with its sizes: "lstm batch=32 time=512"."""
    if name in WORKLOADS:
        return WORKLOADS[name]()
    kind, *sizes = name.split()
    pairs = (size.split("=") for size in sizes)
    return KINDS[kind](**{size: int(value) for size, value in pairs})
