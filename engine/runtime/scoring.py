"""Recording what a loss box computes: losses and metrics of each row, and the gradient."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.runtime.outcome import Outcome

if TYPE_CHECKING:
    from engine.runtime.build import Argument, Buffer, Build, Ref, Tensor

SCORED = ("training", "evaluation")
# what turns outputs into answers, where the network has not done so itself: kernel and arguments
ANSWERS: dict[str, tuple[str, tuple[int, ...]]] = {
    "softmax": ("softmax", ()),
    "sigmoid": ("activate", (2,)),
}


class Scoring:
    """One loss box that compares outputs `x` with a target, row by row (see `outcome`)."""

    def __init__(self, build: Build, x: Tensor, target: Tensor, weight: float) -> None:
        self.build, self.x, self.weight = build, x, weight
        self.answer = x  # what the network answers, where that is not what the loss reads
        # a target of another form than the outputs, but of as many numbers, is laid out as one row
        self.lead = x.shape.sizes[:-1] if x.shape.sizes[:-1] == target.lead else ()
        self.is_stacked = self.lead == target.lead
        self.target = self._rows(target)  # as metrics read it
        self.sought = self.target  # as the loss reads it
        self.target_view = target.viewed((*self.lead, *self.target.shape))
        masked = x.mask is not None and x.mask.shape == self.lead
        self.counted = x.mask if masked else None
        self.class_weights: Ref | None = None
        self.factors: list[Ref] = []  # of each row, by which its loss and gradient are multiplied
        if self.counted is not None:
            self.factors.append(self.counted.each)
        self.bounds = (-math.inf, math.inf)
        self.scale = build.shared("scale", (1,))
        self.losses: Buffer | None = None
        self.metrics: dict[str, Buffer] = {}
        self._known: dict[tuple[object, ...], Buffer] = {}  # what has been computed already

    @property
    def width(self) -> int:
        """How many numbers a row of the target holds."""
        return self.target.shape[0]

    # how the target is read

    def write_out(self, classes: int) -> None:
        """Read class numbers as rows with a 1 at the place of the class."""
        if self.width != classes:
            written = self._room("one hot", classes)
            self.build.forward("one_hot", self.sought, written, when=SCORED)
            self.sought = written

    def smooth(self, smoothing: float, middle: float) -> None:
        """Let the loss read targets that are moved towards their middle."""
        if smoothing:
            smoothed = self._room("smoothed", self.sought.shape[0])
            arguments = self.sought, smoothing, middle, smoothed
            self.build.forward("smooth", *arguments, when=SCORED)
            self.sought = smoothed

    def weigh_classes(self, classes: int) -> None:
        """Multiply the loss of each row by the weight of its class, which the model sets."""
        build = self.build
        self.class_weights = build.shared("class weights", (classes,))
        weights = build.room("row weights", self.lead).each
        kernel = "weights_of_labels" if self.width == 1 else "weights_of_rows"
        build.forward(kernel, self.target, self.class_weights, weights, when=SCORED)
        self.factors.append(weights)

    # what is computed

    def loss(self, name: str, z: Tensor, *options: Argument, slope: str = "") -> None:
        """The loss of each row, and its gradient by `z`: kernels `name` and `name`_gradient.

        `slope` names another loss that has the same gradient.
        """
        build, losses = self.build, self.build.room("losses", self.lead)
        arguments = self._rows(z), self.sought, *options
        build.forward(name, *arguments, losses.each, when=SCORED)
        for factor in self.factors:
            build.forward("weigh_each", losses.each, factor, when=SCORED)
        scale = self._scale()
        with build.backward():
            if z.needs_gradient:
                dz = build.gradient(z)
                rows = dz.stacked if self.is_stacked else dz.row
                build.step(f"{slope or name}_gradient", *arguments, scale, rows)
                for factor in self.factors:
                    build.step("weigh_rows", rows, factor)
        self.losses = losses.buffer
        if self.class_weights is None and self.sought == self.target:
            self._known[name, z, options] = losses.buffer

    def metric(self, name: str, kernel: str, z: Tensor, *options: Argument) -> None:
        """A value for each row, averaged and shown."""
        key = kernel, z, options
        if key not in self._known:
            values, build = self.build.room(name, self.lead), self.build
            arguments = self._rows(z), self.target, *options
            build.forward(kernel, *arguments, values.each, when=SCORED)
            if self.counted is not None:
                build.forward("weigh_each", values.each, self.counted.each, when=SCORED)
            self._known[key] = values.buffer
        self.metrics[name] = self._known[key]

    def predicts(self, task: str, z: Tensor, function: str = "", scores: bool = False) -> None:
        """What the network answers: `answer`, after `function` if the network did not apply it.

        `task` is "classes", "binary" or "values"; `scores` says that answers are no probabilities.
        """
        build, answer = self.build, self.answer
        if function and answer is z:
            answer = build.tensor(z.shape)
            kernel, code = ANSWERS[function]
            rows = self._rows(z), self._rows(answer)
            build.forward(kernel, *rows, *code, when=("evaluation", "inference"))
        assert self.losses is not None, "loss() comes before predicts()"
        weights = self.class_weights
        outcome = Outcome(
            node=build.node,
            task=task,
            prediction=answer.value if self.is_stacked else answer.row,
            target=self.target_view,
            losses=self.losses,
            weight=self.weight,
            scale=self.scale.buffer,
            metrics=self.metrics,
            counted=self.counted,
            class_weights=None if weights is None else weights.buffer,
            bounds=self.bounds,
            scores=scores,
        )
        build.outcomes.append(outcome)

    def _rows(self, x: Tensor) -> Ref:
        return x.stacked if self.is_stacked else x.row

    def _room(self, name: str, width: int) -> Ref:
        return self.build.room(name, (*self.lead, width)).rows

    def _scale(self) -> Ref:
        """What a row's gradient is multiplied by: 1 over the number of rows that count.

        The model sets it for all rows; how many of them count, the workers find out together.
        """
        if self.counted is None:
            return self.scale
        build, when = self.build, ("training",)
        own, scale = build.scratch("counted", (2,)), build.scratch("own scale", (1,))
        build.forward("count_rows", self.counted.each, own, when=when)
        build.meet(when=when)
        build.forward("scale_of_counted", build.everyone(own), self.scale, scale, when=when)
        return scale
