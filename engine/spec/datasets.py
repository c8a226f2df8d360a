"""What the bundled data sets are, known without loading them, so that boxes can show sizes at once.

The arrays themselves come from `engine.data`; a test holds that they agree with these cards.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.spec.shapes import Shape, features, image, label, sequence, tokens


@dataclass(frozen=True, slots=True)
class DataCard:
    """Facts of one data set: shape of a sample, classes (0: a regression), number of samples."""

    name: str
    shape: Shape
    classes: int
    samples: int  # 0: the person chooses
    scaling: str  # what "auto" means for this set: "none" or "standardise"
    outputs: int = 1  # numbers to predict, for a regression
    per_step: bool = False  # a target at each time step, instead of one a sample

    @property
    def target(self) -> Shape:
        """The shape of what is to be predicted, as labels."""
        if self.per_step:
            time = self.shape.time
            return tokens(time, self.classes) if self.classes else sequence(time, self.outputs)
        return label(self.classes) if self.classes else features(self.outputs)


PLANE = features(2)

CARDS = {
    card.name: card
    for card in (
        DataCard("digits_28", image(28, 28, 1), 10, 1797, "none"),
        DataCard("digits_8", image(8, 8, 1), 10, 1797, "none"),
        DataCard("digit_rows", sequence(8, 8), 10, 1797, "none"),
        DataCard("reversal", tokens(10, 10), 10, 0, "none", per_step=True),
        DataCard("iris", features(4), 3, 150, "standardise"),
        DataCard("spirals", PLANE, 2, 0, "standardise"),
        DataCard("circles", PLANE, 2, 0, "standardise"),
        DataCard("xor", PLANE, 2, 0, "standardise"),
        DataCard("moons", PLANE, 2, 0, "standardise"),
        DataCard("blobs", PLANE, 3, 0, "standardise"),
        DataCard("wave", features(1), 0, 0, "none"),
    )
}
CHOSEN_SIZE = tuple(name for name, card in CARDS.items() if card.samples == 0)
