"""ONNX Runtime, which only answers, and is made for that: the network as an ONNX graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from tests.benchmarks.arrays import (
    Array,
    after,
    behind_channels_first,
    own_weights,
    samples,
    weights,
)
from tests.benchmarks.contestants.base import Contestant, shown
from tests.benchmarks.workloads import Layer, Workload, named_layers

OPSET, IR = 17, 8  # of 2022: any ONNX Runtime of today reads them
ACTIVATIONS = {"relu": "Relu", "tanh": "Tanh"}
ONNX_GATES = (0, 3, 1, 2)  # of i, f, c, o: ONNX has i, o, f, c


class OnnxAnswers(Contestant):
    """A session with so many threads; what the graph can be simplified to is found before."""

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        super().__init__(workload, threads, way)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        model = Graph(workload).model()
        onnx.checker.check_model(model)
        self.session: Any = onnxruntime.InferenceSession(
            model.SerializeToString(), options, ["CPUExecutionProvider"]
        )
        x = samples(workload)[0][: workload.batch]
        self.given = {"x": np.ascontiguousarray(channels_first(x))}

    @property
    def parameters(self) -> int:
        return sum(array.size for array in weights(self.workload).values())

    def run(self, steps: int) -> float:
        answer, given = self.session.run, self.given
        for _ in range(steps):
            (y,) = answer(None, given)
        return float(y.flat[0])

    def check(self) -> list[float]:
        return shown(self.session.run(None, self.given)[0])


def channels_first(x: Array) -> Array:
    """Pictures as ONNX wants them."""
    return x.transpose(0, 3, 1, 2) if x.ndim == 4 else x


class Graph:
    """The nodes and constants of a workload, layer by layer."""

    def __init__(self, workload: Workload) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.workload = workload
        self.name = "x"  # of what the last node has put out
        given, shape = weights(workload), workload.shape
        for name, layer in named_layers(workload):
            own = {key: value for key, value in self._fitted(own_weights(given, name), shape)}
            self._add_layer(layer, own)
            shape = after(layer, shape)

    def model(self) -> Any:
        """The whole model; the number of samples is left open."""
        workload = self.workload
        kind = TensorProto.INT64 if workload.tokens else TensorProto.FLOAT
        height = workload.shape
        shape = (height[2], *height[:2]) if len(height) == 3 else height
        x = helper.make_tensor_value_info("x", kind, ["N", *shape])
        steps = workload.shape if workload.per_step else ()
        answers = ["N", *steps, workload.classes]
        y = helper.make_tensor_value_info(self.name, TensorProto.FLOAT, answers)
        graph = helper.make_graph(self.nodes, "workload", [x], [y], self.constants)
        opset = [helper.make_opsetid("", OPSET)]
        return helper.make_model(graph, opset_imports=opset, ir_version=IR)

    @staticmethod
    def _fitted(own: Mapping[str, Array], shape: tuple[int, ...]) -> Iterator[tuple[str, Array]]:
        for key, value in own.items():
            is_dense = key == "kernel" and value.ndim == 2
            yield key, behind_channels_first(value, shape) if is_dense else value

    def _add_layer(self, layer: Layer, own: Mapping[str, Array]) -> None:
        match layer.kind:
            case "dense":
                self._node("MatMul", own["kernel"])
                self._node("Add", own["bias"])
            case "conv2d":
                self._node("Conv", own["kernel"].transpose(3, 2, 0, 1), own["bias"])
            case "max_pool2d":
                self._node("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
            case "flatten":
                self._node("Flatten")
            case "embedding":
                self._gather(own["embeddings"])
            case "lstm":
                self._lstm(layer, own)
            case kind:
                raise ValueError(f"{kind} is not translated")
        if layer.activation == "softmax":
            self._node("Softmax", axis=-1)
        elif layer.kind != "lstm" and layer.activation in ACTIVATIONS:
            self._node(ACTIVATIONS[layer.activation])

    def _gather(self, table: Array) -> None:
        tokens, self.name = self.name, self._constant(table)
        self._node("Gather", tokens, axis=0)

    def _lstm(self, layer: Layer, own: Mapping[str, Array]) -> None:
        def turned(values: Array) -> Array:
            gates = np.split(values, len(ONNX_GATES), axis=-1)
            return np.concatenate([gates[i] for i in ONNX_GATES], axis=-1)

        bias = np.concatenate([turned(own["bias"]), np.zeros_like(own["bias"])])
        self._node("Transpose", perm=[1, 0, 2])  # time comes first in ONNX
        arrays = turned(own["kernel"]).T[None], turned(own["recurrent_kernel"]).T[None], bias[None]
        self._node("LSTM", *arrays, hidden_size=layer.units)
        self._node("Squeeze", np.array([1]))  # the axis of directions
        self._node("Transpose", perm=[1, 0, 2])

    def _node(self, kind: str, *inputs: Array | str, **options: Any) -> None:
        """Add a node that reads what the last one has put out, and these constants or names."""
        names = [each if isinstance(each, str) else self._constant(each) for each in inputs]
        made = f"y{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [self.name, *names], [made], **options))
        self.name = made

    def _constant(self, value: Array) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


CONTESTANT = OnnxAnswers
