"""What the bundled data sets are, known without loading them, so that boxes can show sizes at once.

The arrays themselves come from `engine.data`; a test holds that they agree with these cards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.spec.shapes import REAL, Shape, features, image, label, sequence, tokens

LENGTH = 10  # time steps, where nobody chose


@dataclass(frozen=True, slots=True)
class DataCard:
    """Facts of one data set: shape of a sample, classes (0: a regression), number of samples.

    Sets of `any_length` are made for as many time steps as the person asks for; the card shows
    them with LENGTH steps, and `at` gives the card for another length.
    """

    name: str
    shape: Shape
    classes: int
    samples: int  # 0: the person chooses
    scaling: str = "none"  # what "auto" means for this set: "none" or "standardise"
    outputs: int = 1  # numbers to predict, for a regression
    per_step: bool = False  # a target at each time step, instead of one a sample
    noisy: bool = False  # values can be scattered at random
    any_length: bool = False
    characters: int = 0  # of a text: how long it is; each of its windows is a sample
    rows: int = 0  # of a series: how long it is; a window begins at each row

    def at(self, length: int, horizon: int = 1) -> DataCard:
        """The card for samples of so many steps; of a series, to predict so far ahead."""
        if not self.any_length:
            return self
        samples = self.samples
        if self.characters:
            samples = (self.characters - 1) // length
        elif self.rows:
            samples = max(0, self.rows - length - horizon + 1)
        shape = replace(self.shape, sizes=(length, *self.shape.sizes[1:]))
        return replace(self, shape=shape, samples=samples)

    @property
    def target(self) -> Shape:
        """The shape of what is to be predicted, as labels."""
        if self.per_step:
            time = self.shape.time
            return tokens(time, self.classes) if self.classes else sequence(time, self.outputs)
        return label(self.classes) if self.classes else features(self.outputs)


def _points(name: str, classes: int) -> DataCard:
    return DataCard(name, features(2), classes, 0, "standardise", noisy=True)


def _steps(name: str, shape: Shape, classes: int, per_step: bool = False) -> DataCard:
    return DataCard(name, shape, classes, 0, per_step=per_step, any_length=True)


def _text(name: str, classes: int, characters: int) -> DataCard:
    shape, samples = tokens(LENGTH, classes), (characters - 1) // LENGTH
    card = DataCard(name, shape, classes, samples, per_step=True, any_length=True)
    return replace(card, characters=characters)


CARDS = {
    card.name: card
    for card in (
        DataCard("digits_28", image(28, 28, 1), 10, 1797),
        DataCard("digits_8", image(8, 8, 1), 10, 1797),
        DataCard("iris", features(4), 3, 150, "standardise"),
        _points("spirals", 2),
        _points("circles", 2),
        _points("xor", 2),
        _points("moons", 2),
        _points("blobs", 3),
        DataCard("wave", features(1), 0, 0, noisy=True),
        DataCard("line", features(1), 0, 0, noisy=True),
        DataCard("digit_rows", sequence(8, 8), 10, 1797),
        DataCard("digit_rows_28", sequence(28, 28), 10, 1797),
        DataCard("digit_pixels", sequence(64, 1), 10, 1797),
        replace(_steps("sines", sequence(LENGTH, 1), 0), noisy=True),
        _steps("adding", sequence(LENGTH, 2), 0),
        _steps("majority", tokens(LENGTH, 10), 2),
        _steps("sentences", tokens(LENGTH, 16), 2),
        _steps("parity", tokens(LENGTH, 2), 2, per_step=True),
        _steps("reversal", tokens(LENGTH, 10), 10, per_step=True),
        _steps("copy", tokens(LENGTH, 10), 9, per_step=True),
        _text("alice", 58, 11903),
        _text("lunyu", 680, 5565),
    )
}
CHOSEN_SIZE = tuple(name for name, card in CARDS.items() if card.samples == 0)
CHOSEN_LENGTH = tuple(name for name, card in CARDS.items() if card.any_length)
NOISY = tuple(name for name, card in CARDS.items() if card.noisy)
MEASURED = tuple(name for name, card in CARDS.items() if card.shape.kind == REAL)
TEXTS = tuple(name for name, card in CARDS.items() if card.characters)
