"""Data: where samples enter the network, and where their targets come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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
from engine.spec.division import Sizes, balanced, divide, divide_classes, windows_in
from engine.spec.options import NO_OPTIONS, Options, choice, real, record, whole
from engine.spec.painting import FEWEST, PAINTED, START, Points, are_points, class_counts
from engine.spec.shapes import REAL, Shape, shares
from engine.spec.sources import OWN, Source, is_source, source_of

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("data", category="data", icon="mdi6.database-outline", first=True)
class Data(Layer):
    """A data set, how it is prepared, and how it is split."""

    inputs = ()
    outputs = (Port("x"), Port("target"))

    dataset: str = choice(*CARDS, OWN)
    origin: Options = record(NO_OPTIONS, is_source)  # of one's own data
    points: Points = record(START, are_points)  # painted by hand
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
    split: str = choice("auto", "stratified", "random", "group", "time")
    scaling: str = choice(
        "auto", "none", "standardise", "min_max", shown_when=("dataset", (*MEASURED, OWN))
    )
    target_scaling: str = choice("auto", "none", "standardise", advanced=True)
    balance: str = choice("none", "oversample", "undersample", advanced=True)
    target: str = choice("labels", "one_hot", advanced=True)

    @property
    def is_own(self) -> bool:
        """Whether the samples are the person's own."""
        return self.dataset == OWN

    @property
    def own(self) -> Source:
        """The person's own data; ValueError where none was chosen."""
        return source_of(self.origin)

    @property
    def card(self) -> DataCard:
        """Facts about the chosen set, with what was chosen for it."""
        card = self.own.card if self.is_own else CARDS[self.dataset]
        if self.dataset == PAINTED:
            classes = len(class_counts(self.points))
            return replace(card, classes=classes, samples=len(self.points))
        return card.at(self.length, self.horizon, self.classes)

    def applies(self, option: str) -> bool:
        """Whether an option has a meaning for the chosen set, beyond what `shown_when` can say."""
        if self.is_own and not self.origin:
            return option in ("dataset", "seed", "validation", "test")
        card = self.card
        wanted = {
            "balance": self.has_classes,
            "target": card.classes > 0,
            "target_scaling": not card.classes,
            "split": not card.rows,
            "test": not self.test_samples,
        }
        if self.is_own:
            wanted["scaling"] = card.shape.kind == REAL
            wanted |= {"length": card.any_length, "horizon": card.rows > 0}
        return wanted.get(option, True)

    # how samples are divided

    @property
    def has_classes(self) -> bool:
        """Whether each sample belongs to one class."""
        return self.card.classes > 0 and not self.card.per_step

    @property
    def division(self) -> str:
        """How samples are divided: "stratified", "random", "group" or "time".

        A series is always cut in time: windows beside each other share most of their values.
        """
        card, own = self.card, self.is_own
        if card.rows:
            return "time"
        if self.split not in ("auto", "stratified"):
            return self.split
        if self.split == "auto" and own and self.own.has_groups:
            return "group"
        if self.split == "auto" and own and card.characters:
            return "time"
        return "stratified" if self.has_classes else "random"

    @property
    def scaling_way(self) -> str:
        """How inputs are scaled: "none", "standardise" or "min_max"."""
        return self.card.scaling if self.scaling == "auto" else self.scaling

    @property
    def target_scaling_way(self) -> str:
        """How values to predict are scaled: "none" or "standardise".

        Prices in thousands would need weights in thousands, and take forever to learn.
        """
        if self.card.classes:
            return "none"
        if self.target_scaling == "auto":
            return "standardise" if self.is_own else self.card.target_scaling
        return self.target_scaling

    @property
    def test_samples(self) -> int:
        """So many samples at the end are for the test, whatever `test` says."""
        return self.own.facts.test_samples if self.is_own else 0

    @property
    def reach(self) -> tuple[int, int]:
        """Rows from a window's beginning to its last target, and to the next window's beginning.

        (0, 0) where samples are not cut out of anything; bundled texts come as windows.
        """
        card = self.card
        if card.rows:
            return self.length + self.horizon, 1
        return (self.length + 1, self.length) if card.characters and self.is_own else (0, 0)

    @property
    def total(self) -> int:
        """Number of samples in all parts, before classes are balanced."""
        return sum(self._sizes())

    @property
    def part_sizes(self) -> Sizes:
        """About how many samples training, validation and test get."""
        training, *others = self._sizes()
        if self.balance != "none" and self.has_classes:
            training = balanced([sizes[0] for sizes in self._class_sizes()], self.balance)
        return training, others[0], others[1]

    def _sizes(self) -> Sizes:
        card, (span, step) = self.card, self.reach
        count = self.samples if self.dataset in CHOSEN_SIZE else card.samples
        if span and self.division == "time":
            rows = divide(card.rows or card.characters, self.validation, self.test, span)
            training, held, tested = (windows_in(n, span, step) for n in rows)
            return training, held, tested
        if self.division == "stratified":
            training, held, tested = map(sum, zip(*self._class_sizes(), strict=True))
        else:
            training, held, tested = divide(count - self.test_samples, *self._shares())
        return training, held, tested + self.test_samples

    def _class_sizes(self) -> list[Sizes]:
        """By class: its samples in each part, without those meant for the test."""
        count = self.samples if self.dataset in CHOSEN_SIZE else self.card.samples
        count, classes = count - self.test_samples, self.card.classes
        counts = [count // classes + (c < count % classes) for c in range(classes)]
        if self.is_own and self.own.facts.counts and not self.test_samples:
            counts = list(self.own.facts.counts)
        if self.dataset == PAINTED:
            counts = list(class_counts(self.points))
        return divide_classes(counts, *self._shares())

    def _shares(self) -> tuple[float, float]:
        return self.validation, 0.0 if self.test_samples else self.test

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        if self.is_own and not self.origin:
            raise Unfit("no_own_data", Set("dataset", "digits_28"))
        if self.dataset == PAINTED:
            self._check_painting()
        if self.division == "group" and not (self.is_own and self.own.has_groups):
            raise Unfit("no_groups", Set("split", "auto"))
        if self.total < 3 or 0 in self._sizes()[:2]:
            raise Unfit("too_few_samples", Set("length", 3), given=self.total)
        one_hot = self.target == "one_hot" and self.card.classes
        target = self.card.target
        if one_hot and self.card.per_step:
            target = shares(self.card.shape.time, self.card.classes)
        elif one_hot:
            target = shares(self.card.classes)
        return {"x": self.card.shape, "target": target}

    def _check_painting(self) -> None:
        """Unfit where there are too few points, or all of one class."""
        if len(self.points) < FEWEST:
            repair = Set("dataset", "spirals")
            raise Unfit("too_few_points", repair, given=len(self.points), needed=FEWEST)
        if sum(count > 0 for count in class_counts(self.points)) < 2:
            raise Unfit("one_class_painted", Set("dataset", "spirals"))

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("samples", f"{self.total:,}"),)

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        shapes = self.output_shapes({})
        x = build.fed("x", shapes["x"])
        target = build.fed("target", shapes["target"], when=("training", "evaluation"))
        return {"x": x, "target": target}
