"""Conv1D: small filters slide along a sequence."""

from __future__ import annotations

from engine.layers.base import Shapes, Sum, layer, need_sequence
from engine.layers.convolution import Convolution
from engine.spec.options import choice, whole
from engine.spec.shapes import Shape, sequence


@layer("conv1d", category="convolution", icon="mdi6.waveform", source="Waibel et al. 1989")
class Conv1D(Convolution):
    """y[t,f] = a(b[f] + Σ x[t·s+u·d−p, c]·W[u,c,f]), with activation a."""

    axes = 1

    size: int = whole(3, 1, 255, unit="steps")
    stride: int = whole(1, 1, 8, unit="steps")
    padding: str = choice("valid", "same", "causal")
    dilation: int = whole(1, 1, 64, unit="steps", advanced=True)

    def output_shape(self, *x: Shape) -> Shape:
        time, channels = need_sequence(x[0], of_image="conv2d")
        self._need_groups(channels)
        return sequence(self.window.along(time), self.filters)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        time, channels = need_sequence(inputs["x"][0])
        sums = self.window.arithmetic_of_time(time)
        return *sums, Sum("features", f"{self.filters:,}"), self.parameter_sum(channels)
