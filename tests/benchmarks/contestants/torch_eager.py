"""PyTorch as most people run it: step by step. Of its Adams and layouts, the fastest."""

from __future__ import annotations

from itertools import product
from typing import Any

import torch

from tests.benchmarks.contestants.base import EPSILON, RATE, Contestant
from tests.benchmarks.contestants.torch_network import loss_of, network, tensors
from tests.benchmarks.workloads import Workload

ADAMS: dict[str, dict[str, bool]] = {
    "fused": {"fused": True},
    "foreach": {"foreach": True},
    "plain": {"foreach": False},
}
CHANNELS_LAST = "channels last"


class Torch(Contestant):
    """Forward, backward and Adam, one operation after the other."""

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        super().__init__(workload, threads, way)
        torch.set_num_threads(threads)
        if torch.get_num_interop_threads() != 1:  # may be said once in a process
            torch.set_num_interop_threads(1)
        adam, _, layout = (way or "fused").partition(", ")
        self.network = network(workload)
        if layout == CHANNELS_LAST:
            self.network = self.network.to(memory_format=torch.channels_last)
        self.optimizer: Any = torch.optim.Adam(
            self.network.parameters(), RATE, eps=EPSILON, **ADAMS[adam]
        )
        self.batches = tensors(workload, layout == CHANNELS_LAST)
        self.done = 0

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        has_pictures = any(layer.kind == "conv2d" for layer in workload.layers)
        layouts = ("", f", {CHANNELS_LAST}") if has_pictures else ("",)
        return tuple(adam + layout for layout, adam in product(layouts, ADAMS))

    @property
    def parameters(self) -> int:
        return sum(each.numel() for each in self.network.parameters())

    def step(self, x: Any, target: Any) -> Any:
        """One batch."""
        self.optimizer.zero_grad(set_to_none=True)
        loss = loss_of(self.network(x), target)
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def run(self, steps: int) -> float:
        step, batches = self.step, self.batches
        for i in range(self.done, self.done + steps):
            loss = step(*batches[i % len(batches)])
        self.done += steps
        return float(loss)


CONTESTANT = Torch
