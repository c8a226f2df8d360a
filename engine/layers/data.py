"""Data: where samples enter the network, and where their targets come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Port, Set, Shapes, Sum, Unfit, layer
from engine.spec.datasets import (
    CARDS,
    CHOSEN_CLASSES,
    CHOSEN_LENGTH,
    CHOSEN_SIZE,
    CLOUDS,
    HORIZON,
    LENGTH,
    MEASURED,
    NOISY,
    SERIES,
    DataCard,
)
from engine.spec.options import NO_OPTIONS, Options, choice, real, record, whole
from engine.spec.shapes import REAL, Shape, shares
from engine.spec.sources import OWN, Source, is_source, source_of

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("data", category="data", icon="mdi6.database-outline")
class Data(Layer):
    """A data set, how it is prepared, and how it is split."""

    inputs = ()
    outputs = (Port("x"), Port("target"))

    dataset: str = choice(*CARDS, OWN)
    origin: Options = record(NO_OPTIONS, is_source)  # of one's own data
    samples: int = whole(600, 30, 20_000, unit="samples", shown_when=("dataset", CHOSEN_SIZE))
    length: int = whole(
        LENGTH, 3, 1000, unit="steps", shown_when=("dataset", (*CHOSEN_LENGTH, OWN))
    )
    horizon: int = whole(HORIZON, 1, 1000, unit="steps", shown_when=("dataset", (*SERIES, OWN)))
    classes: int = whole(CLOUDS, 2, 10, shown_when=("dataset", CHOSEN_CLASSES))
    noise: float = real(0.1, 0.0, 1.0, shown_when=("dataset", NOISY))
    seed: int = whole(0, 0, 2**31 - 1)
    validation: float = real(0.15, 0.02, 0.6)
    test: float = real(0.15, 0.0, 0.6)
    scaling: str = choice("auto", "none", "standardise", shown_when=("dataset", (*MEASURED, OWN)))
    target: str = choice("labels", "one_hot", advanced=True)

    @property
    def own(self) -> Source:
        """The person's own data; ValueError where none was chosen."""
        return source_of(self.origin)

    @property
    def card(self) -> DataCard:
        """Facts about the chosen set, with what was chosen for it."""
        card = self.own.card if self.dataset == OWN else CARDS[self.dataset]
        return card.at(self.length, self.horizon, self.classes)

    def applies(self, option: str) -> bool:
        """Whether an option has a meaning for the chosen set, beyond what `shown_when` can say."""
        if self.dataset != OWN:
            return True
        if not self.origin:
            return option not in ("length", "horizon", "scaling")
        card = self.own.card
        wanted = {"length": card.any_length, "horizon": card.rows > 0}
        return wanted.get(option, option != "scaling" or card.shape.kind == REAL)

    @property
    def total(self) -> int:
        """Number of samples before the split."""
        return self.samples if self.dataset in CHOSEN_SIZE else self.card.samples

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        if self.dataset == OWN and not self.origin:
            raise Unfit("no_own_data", Set("dataset", "digits_28"))
        if self.total < 3:
            raise Unfit("too_few_samples", Set("length", 3), given=self.total)
        one_hot = self.target == "one_hot" and self.card.classes
        target = self.card.target
        if one_hot and self.card.per_step:
            target = shares(self.card.shape.time, self.card.classes)
        elif one_hot:
            target = shares(self.card.classes)
        return {"x": self.card.shape, "target": target}

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("samples", f"{self.total:,}"),)

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        shapes = self.output_shapes({})
        x = build.fed("x", shapes["x"])
        target = build.fed("target", shapes["target"], when=("training", "evaluation"))
        return {"x": x, "target": target}
