"""PyTorch through its compiler, which needs a C++ compiler on the machine."""

from __future__ import annotations

from typing import Any

import torch

from tests.benchmarks.contestants.torch_eager import Torch
from tests.benchmarks.contestants.torch_network import loss_of
from tests.benchmarks.workloads import Workload

NETWORK, TUNED, STEP = "network and loss", "network and loss tuned", "whole step"


class TorchCompiled(Torch):
    """The same, compiled: network and loss with its way back, or Adam too."""

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        way, _, layout = (way or NETWORK).partition(", ")
        super().__init__(workload, threads, f"fused, {layout}" if layout else "fused")
        self.way = f"{way}, {layout}" if layout else way
        mode = "max-autotune-no-cudagraphs" if way == TUNED else None
        self._loss: Any = torch.compile(
            lambda x, target: loss_of(self.network(x), target), mode=mode
        )
        if way == STEP:
            self._update: Any = torch.compile(self.optimizer.step)
        else:
            self._update = self.optimizer.step

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        layouts = dict.fromkeys(way.partition(", ")[2] for way in super().ways(workload, threads))
        ways = [f"{way}, {end}" if end else way for end in layouts for way in (NETWORK, TUNED)]
        return (*ways, STEP)

    def step(self, x: Any, target: Any) -> Any:
        self.optimizer.zero_grad(set_to_none=True)
        loss = self._loss(x, target)
        loss.backward()
        self._update()
        return loss.detach()


CONTESTANT = TorchCompiled
