"""Every compiled kernel must give what its readable twin gives, for all shapes and both types."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.kernels import ACTIVATIONS, Array, load

PLAIN = load("plain")
CPU = load("cpu")

TOLERANCE = {np.float32: 2e-5, np.float64: 1e-11}
both_types = pytest.mark.parametrize("dtype", [np.float32, np.float64])
tabular = pytest.mark.parametrize("shape", [(1, 1), (1, 7), (3, 1), (5, 4), (8, 33), (33, 70)])
activations = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)

Arguments = dict[str, Any]
DType = Any  # np.float32 or such; NumPy's stubs cannot follow a type that is a value


def compare(name: str, arguments: Arguments, outputs: str, scratch: str = "") -> None:
    """Call both twins on copies, outputs full of garbage, and compare all that matters after."""
    results: list[Arguments] = []
    for backend in (PLAIN, CPU):
        given_now = {
            key: value.copy() if isinstance(value, np.ndarray) else value
            for key, value in arguments.items()
        }
        for key in f"{outputs} {scratch}".split():
            given_now[key][...] = 77 if given_now[key].dtype.kind in "iu" else np.nan
        backend[name](*given_now.values())
        results.append(given_now)
    expected, actual = results
    for key in outputs.split():
        precision = TOLERANCE.get(expected[key].dtype.type, 0)
        np.testing.assert_allclose(
            actual[key], expected[key], rtol=precision, atol=precision, err_msg=f"{name}: {key}"
        )
    for key in arguments.keys() - set(f"{outputs} {scratch}".split()):
        np.testing.assert_array_equal(
            actual[key], arguments[key], f"{name} changed its input {key}"
        )


def noise(dtype: DType, *shape: int, seed: int = 1) -> Array:
    rng = np.random.default_rng([seed, *shape])
    return rng.standard_normal(shape).astype(dtype)


# Moving values


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64, np.uint8])
@tabular
def test_gather(shape: tuple[int, int], dtype: DType) -> None:
    source = (noise(np.float64, *shape) * 50).astype(dtype)
    index = np.array([0, shape[0] - 1, shape[0] // 2, 0], np.int64)
    compare("gather", dict(source=source, index=index, out=np.empty((4, shape[1]), dtype)), "out")


@both_types
@tabular
def test_copy_and_add(shape: tuple[int, int], dtype: DType) -> None:
    a, b, y = noise(dtype, *shape), noise(dtype, *shape, seed=2), np.empty(shape, dtype)
    compare("copy", dict(x=a, y=y), "y")
    compare("add", dict(a=a, b=b, y=y), "y")
    expected = a + b
    CPU["add"](a, b, a)
    np.testing.assert_array_equal(a, expected)


@both_types
@pytest.mark.parametrize("columns", [(1, 1, 0), (3, 5, 2), (4, 4, 0), (2, 9, 4)])
def test_columns_are_put_and_taken(columns: tuple[int, int, int], dtype: DType) -> None:
    width, whole, offset = columns
    x, y = noise(dtype, 2, 3, width), noise(dtype, 2, 3, whole)
    expected = y.copy()
    expected[..., offset : offset + width] = x
    for backend in (PLAIN, CPU):
        target, back = y.copy(), np.empty_like(x)
        backend["put_columns"](x, target, offset)
        backend["take_columns"](target, back, offset)
        np.testing.assert_array_equal(target, expected)
        np.testing.assert_array_equal(back, x)


# Dense layers


@both_types
@activations
@pytest.mark.parametrize("has_bias", [True, False])
@pytest.mark.parametrize("way", ["", "blas_"])
@pytest.mark.parametrize(
    "sizes", [(1, 1, 1), (1, 5, 3), (3, 1, 8), (7, 17, 9), (32, 40, 64), (9, 600, 70), (70, 3, 33)]
)
def test_dense(
    sizes: tuple[int, int, int], way: str, has_bias: bool, activation: int, dtype: DType
) -> None:
    n, inputs, outputs = sizes
    x, w, dz = noise(dtype, n, inputs), noise(dtype, inputs, outputs), noise(dtype, n, outputs)
    w /= dtype(np.sqrt(inputs))
    b = noise(dtype, outputs)[: outputs * has_bias]
    y = np.empty_like(dz)
    compare(f"{way}dense", dict(x=x, w=w, b=b, y=y, activation=activation), "y")
    if activation:
        return
    dw, db, dx = np.empty_like(w), np.empty_like(b), np.empty_like(x)
    compare(f"{way}dense_weight_gradient", dict(x=x, dz=dz, dw=dw, db=db), "dw db")
    for rows in (inputs, 5):
        turned = np.empty(rows * outputs, dtype)
        compare("dense_input_gradient", dict(dz=dz, w=w, turned=turned, dx=dx), "dx", "turned")


# Convolution and pooling


@st.composite
def geometries(draw: st.DrawFn, is_square: bool = False) -> dict[str, int]:
    """A picture, a window and a padding: TensorFlow's "valid" or "same"."""
    size = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    kh, kw = (size[0], size[0]) if is_square else size
    stride, is_same = draw(st.integers(1, 4)), draw(st.booleans())
    height = draw(st.integers(1 if is_same else kh, 11))
    width = draw(st.integers(1 if is_same else kw, 11))
    geometry = dict(H=height, W=width, kh=kh, kw=kw, stride=stride, top=0, left=0)
    if is_same:
        p, q = -(-height // stride), -(-width // stride)
        geometry["top"] = max((p - 1) * stride + kh - height, 0) // 2
        geometry["left"] = max((q - 1) * stride + kw - width, 0) // 2
    else:
        p, q = (height - kh) // stride + 1, (width - kw) // stride + 1
    return geometry | dict(P=p, Q=q, n=draw(st.integers(1, 3)))


def check_convolution(
    g: dict[str, int], channels: int, filters: int, has_bias: bool, activation: int, dtype: DType
) -> None:
    kh, kw = g["kh"], g["kw"]
    x, w = noise(dtype, g["n"], g["H"], g["W"], channels), noise(dtype, kh, kw, channels, filters)
    w /= dtype(np.sqrt(kh * kw * channels))
    b, dz = (
        noise(dtype, filters)[: filters * has_bias],
        noise(dtype, g["n"], g["P"], g["Q"], filters),
    )
    steps = dict(stride=g["stride"], top=g["top"], left=g["left"])
    cells = max(g["H"] * g["W"], g["P"] * g["Q"])
    for extra in (0, cells * (kh * kw + 1) * (channels + filters)):  # with it, other ways are open
        room = np.empty(w.size + extra, dtype)
        arguments = dict(x=x, w=w, b=b, y=np.empty_like(dz), room=room)
        compare("conv2d", arguments | steps | dict(activation=activation), "y", "room")
        arguments = dict(x=x, dz=dz)
        arguments |= dict(dw=np.empty_like(w), db=np.empty_like(b), room=room)
        compare("conv2d_weight_gradient", arguments | steps, "dw db", "room")
        arguments = dict(dz=dz, w=w, room=room, dx=np.empty_like(x))
        compare("conv2d_input_gradient", arguments | steps, "dx", "room")


@both_types
@settings(deadline=None, max_examples=60)
@given(
    geometry=geometries(),
    channels=st.integers(1, 6),
    filters=st.sampled_from([1, 2, 7, 8, 16, 19, 33]),
    has_bias=st.booleans(),
    activation=st.sampled_from(list(ACTIVATIONS.values())),
)
def test_convolution(
    dtype: DType,
    geometry: dict[str, int],
    channels: int,
    filters: int,
    has_bias: bool,
    activation: int,
) -> None:
    check_convolution(geometry, channels, filters, has_bias, activation, dtype)


@both_types
@pytest.mark.parametrize("is_same", [True, False])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize(
    ("channels", "filters"), [(1, 32), (3, 32), (4, 32), (16, 32), (32, 32), (32, 1), (17, 3)]
)
def test_convolution_with_three_by_three_filters(
    channels: int, filters: int, stride: int, is_same: bool, dtype: DType
) -> None:
    height, width = 13, 10
    geometry = dict(H=height, W=width, kh=3, kw=3, stride=stride, n=2)
    if is_same:
        geometry |= dict(P=-(-height // stride), Q=-(-width // stride))
        geometry["top"] = max((geometry["P"] - 1) * stride + 3 - height, 0) // 2
        geometry["left"] = max((geometry["Q"] - 1) * stride + 3 - width, 0) // 2
    else:
        geometry |= dict(P=(height - 3) // stride + 1, Q=(width - 3) // stride + 1, top=0, left=0)
    check_convolution(geometry, channels, filters, True, ACTIVATIONS["relu"], dtype)


@both_types
@settings(deadline=None, max_examples=60)
@given(
    geometry=geometries(is_square=True),
    channels=st.sampled_from([1, 3, 8, 17]),
    has_ties=st.booleans(),
)
def test_pooling(dtype: DType, geometry: dict[str, int], channels: int, has_ties: bool) -> None:
    g = geometry
    x, dy = (
        noise(dtype, g["n"], g["H"], g["W"], channels),
        noise(dtype, g["n"], g["P"], g["Q"], channels),
    )
    if has_ties:
        x = np.round(x)
    steps = dict(size=g["kh"], stride=g["stride"], top=g["top"], left=g["left"])
    where = np.empty(dy.shape, np.int32)
    y, dx = np.empty_like(dy), np.empty_like(x)
    compare("max_pool2d", dict(x=x, y=y, where=where) | steps, "y where")
    PLAIN["max_pool2d"](x, y, where, *steps.values())
    compare("max_pool2d_gradient", dict(dy=dy, where=where, dx=dx) | steps, "dx")
    compare("average_pool2d", dict(x=x, y=y) | steps, "y")
    compare("average_pool2d_gradient", dict(dy=dy, dx=dx) | steps, "dx")


# Activations


@both_types
@activations
@tabular
def test_activation(shape: tuple[int, int], activation: int, dtype: DType) -> None:
    x, dy = noise(dtype, *shape) * dtype(4), noise(dtype, *shape, seed=2)
    y, dx = np.empty_like(x), np.empty_like(x)
    compare("activate", dict(x=x, y=y, activation=activation), "y")
    PLAIN["activate"](x, y, activation)
    compare("activate_gradient", dict(y=y, dy=dy, dx=dx, activation=activation), "dx")
    CPU["activate_gradient"](y, dy, dx, activation)
    CPU["activate_gradient"](y, dy, dy, activation)
    np.testing.assert_array_equal(dy, dx)  # in place or not


@both_types
@activations
def test_activation_of_extreme_values(activation: int, dtype: DType) -> None:
    x = np.array([[-np.inf, -1e30, -100, -9.5, -1e-4, -1e-30, 0, 1e-30, 3, 9.5, 100, 1e30, np.inf]])
    x = x.astype(dtype)
    compare("activate", dict(x=x, y=np.empty_like(x), activation=activation), "y")


@both_types
@tabular
def test_softmax(shape: tuple[int, int], dtype: DType) -> None:
    x, dy = noise(dtype, *shape) * dtype(20), noise(dtype, *shape, seed=2)
    y = np.empty_like(x)
    compare("softmax", dict(x=x, y=y), "y")
    PLAIN["softmax"](x, y)
    compare("softmax_gradient", dict(y=y, dy=dy, dx=np.empty_like(x)), "dx")


@both_types
@tabular
@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 0.99])
def test_dropout(shape: tuple[int, int], rate: float, dtype: DType) -> None:
    x, rows = noise(dtype, *shape), np.arange(shape[0], dtype=np.int64) * 3 + 5
    clock = np.array([2**63 + 11, 12345], np.uint64)
    arguments = dict(x=x, rows=rows, clock=clock, y=np.empty_like(x), rate=rate, stream=4)
    compare("dropout", arguments, "y")
    arguments = dict(dy=x, rows=rows, clock=clock, dx=np.empty_like(x), rate=rate, stream=4)
    compare("dropout_gradient", arguments, "dx")


# Losses and metrics


@both_types
@tabular
@pytest.mark.parametrize("size", [1, 60])
def test_class_losses_and_metrics(shape: tuple[int, int], size: float, dtype: DType) -> None:
    n, classes = shape
    logits = noise(dtype, n, classes) * dtype(size)
    labels = (np.arange(n, dtype=np.int64) % classes)[:, None]
    targets = np.abs(noise(dtype, n, classes, seed=3))
    losses, dx, scale = np.empty(n, dtype), np.empty_like(logits), np.array([0.25], dtype)
    compare("cross_entropy", dict(logits=logits, labels=labels, losses=losses), "losses")
    compare("soft_cross_entropy", dict(logits=logits, targets=targets, losses=losses), "losses")
    arguments = dict(logits=logits, labels=labels, scale=scale, dx=dx)
    compare("cross_entropy_gradient", arguments, "dx")
    arguments = dict(logits=logits, targets=targets, scale=scale, dx=dx)
    compare("soft_cross_entropy_gradient", arguments, "dx")
    compare("label_hits", dict(scores=logits, labels=labels, out=losses), "out")
    compare("class_hits", dict(scores=np.round(logits), targets=targets, out=losses), "out")


@both_types
@tabular
@pytest.mark.parametrize("target_type", [np.float32, np.float64, np.int64, np.uint8])
def test_value_losses_and_metrics(shape: tuple[int, int], target_type: DType, dtype: DType) -> None:
    outputs = noise(dtype, *shape) * dtype(30)
    targets = (noise(np.float64, *shape, seed=2) > 0).astype(target_type)
    losses, dx = np.empty(shape[0], dtype), np.empty_like(outputs)
    scale = np.array([0.25], dtype)
    for name in ("binary_cross_entropy", "squared_error"):
        compare(name, dict(a=outputs, targets=targets, losses=losses), "losses")
        compare(f"{name}_gradient", dict(a=outputs, targets=targets, scale=scale, dx=dx), "dx")
    compare("threshold_hits", dict(logits=outputs, targets=targets, out=losses), "out")
    compare("absolute_error", dict(predictions=outputs, targets=targets, out=losses), "out")


# Optimizers


def optimizer_arguments(dtype: DType, workers: int, size: int) -> Callable[..., Arguments]:
    whole = noise(dtype, workers, size + 6)
    gradients = whole[:, 3 : 3 + size]  # a worker's share: slices of longer rows

    def build(settings: list[float], **state: int) -> Arguments:
        arrays = {name: np.abs(noise(dtype, size, seed=seed)) for name, seed in state.items()}
        parameters = noise(dtype, size, seed=9)
        return (
            dict(parameters=parameters, gradients=gradients)
            | arrays
            | dict(settings=np.array(settings))
        )

    return build


@both_types
@pytest.mark.parametrize("workers", [1, 2, 3, 4, 5, 9])
@pytest.mark.parametrize("size", [1, 5, 64, 101])
def test_optimizers(size: int, workers: int, dtype: DType) -> None:
    build = optimizer_arguments(dtype, workers, size)
    cases: list[tuple[str, Arguments]] = [
        ("sgd", build([0.1, 0.0, 0.0], velocity=5)),
        ("sgd", build([0.1, 0.9, 0.0], velocity=5)),
        ("sgd", build([0.1, 0.9, 1.0], velocity=5)),
        ("adam", build([0.01, 0.9, 0.999, 1e-7, 0.271, 0.003], m=6, v=7)),
    ]
    for name, arguments in cases:
        plain, cpu = (
            {k: v if k == "gradients" else v.copy() for k, v in arguments.items()} for _ in range(2)
        )
        gradients = arguments["gradients"].copy()
        PLAIN[name](*plain.values())
        CPU[name](*cpu.values())
        for key in plain:
            np.testing.assert_allclose(
                cpu[key], plain[key], rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype], err_msg=key
            )
        np.testing.assert_array_equal(arguments["gradients"], gradients)
