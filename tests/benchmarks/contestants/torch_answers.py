"""PyTorch answering: without gradients, in the faster of two layouts of pictures."""

from __future__ import annotations

import torch

from tests.benchmarks.contestants.base import Contestant, shown
from tests.benchmarks.contestants.torch_eager import CHANNELS_LAST
from tests.benchmarks.contestants.torch_network import network, tensors
from tests.benchmarks.workloads import Workload


class TorchAnswers(Contestant):
    """The network and a softmax, one operation after the other."""

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        super().__init__(workload, threads, way)
        torch.set_num_threads(threads)
        self.network = torch.nn.Sequential(network(workload), torch.nn.Softmax(-1)).eval()
        if way == CHANNELS_LAST:
            self.network = self.network.to(memory_format=torch.channels_last)
        self.x = tensors(workload, way == CHANNELS_LAST)[0][0]

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        has_pictures = any(layer.kind == "conv2d" for layer in workload.layers)
        return ("", CHANNELS_LAST) if has_pictures else ("",)

    @property
    def parameters(self) -> int:
        return sum(each.numel() for each in self.network.parameters())

    def run(self, steps: int) -> float:
        network, x = self.network, self.x
        with torch.inference_mode():
            for _ in range(steps):
                y = network(x)
        return float(y.flatten()[0])

    def check(self) -> list[float]:
        with torch.inference_mode():
            return shown(self.network(self.x).numpy())


CONTESTANT = TorchAnswers
