"""What the bundled data sets are, known without loading them, so that boxes can show sizes at once.

The arrays themselves come from `engine.data`; a test holds that they agree with these cards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.spec.painting import PAINTED, START
from engine.spec.shapes import REAL, Shape, features, image, label, sequence, tokens

# where nobody chose: time steps, clouds of points, and steps between a series and what it foretells
LENGTH, CLOUDS, HORIZON = 10, 3, 1
SHELVES = ("plane", "table", "image", "sequence", "text")


@dataclass(frozen=True, slots=True)
class DataCard:
    """Facts of one data set: shape of a sample, classes (0: a regression), number of samples.

    Some sets are made for what the person asks for: so many time steps, classes, or steps ahead.
    The card shows them with LENGTH, CLOUDS and HORIZON, and `at` gives the card for other choices.
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
    any_classes: bool = False
    characters: int = 0  # of a text: how long it is; each of its windows is a sample
    rows: int = 0  # of a series: how long it is; a window begins at each row
    padded: bool = False  # token 0 fills up what is shorter than the sequence
    usual_length: int = LENGTH  # that shows the task well, where a person begins with this set
    target_scaling: str = "none"  # what "auto" means for numbers to predict, as `scaling`
    category: str = ""  # the shelf it stands on, one of SHELVES

    def at(self, length: int = LENGTH, horizon: int = HORIZON, classes: int = CLOUDS) -> DataCard:
        """The card for so many time steps and classes; of a series, to predict so far ahead."""
        card = replace(self, classes=classes) if self.any_classes else self
        if not self.any_length:
            return card
        shape = replace(self.shape, sizes=(length, *self.shape.sizes[1:]))
        return replace(card, shape=shape, samples=self._windows(length, horizon))

    def _windows(self, length: int, horizon: int) -> int:
        if self.characters:  # side by side, and one more character to be foretold
            return (self.characters - 1) // length
        if self.rows:
            return max(0, self.rows - length - horizon + 1)
        return self.samples

    @property
    def target(self) -> Shape:
        """The shape of what is to be predicted, as labels."""
        if self.per_step:
            time = self.shape.time
            return tokens(time, self.classes) if self.classes else sequence(time, self.outputs)
        return label(self.classes) if self.classes else features(self.outputs)


def _points(name: str, classes: int) -> DataCard:
    return DataCard(name, features(2), classes, 0, "standardise", noisy=True)


def _values(name: str, count: int) -> DataCard:
    return DataCard(name, features(count), 0, 0, noisy=True)


def _steps(name: str, shape: Shape, classes: int, per_step: bool = False) -> DataCard:
    return DataCard(name, shape, classes, 0, per_step=per_step, any_length=True)


def _series(name: str, rows: int, usual_length: int) -> DataCard:
    shape, samples = sequence(LENGTH, 1), rows - LENGTH - HORIZON + 1
    card = DataCard(name, shape, 0, samples, "standardise", target_scaling="standardise")
    return replace(card, rows=rows, any_length=True, usual_length=usual_length)


def _text(name: str, classes: int, characters: int) -> DataCard:
    shape, samples = tokens(LENGTH, classes), (characters - 1) // LENGTH
    card = DataCard(name, shape, classes, samples, per_step=True, any_length=True, usual_length=40)
    return replace(card, characters=characters)


def _sentences(name: str, limit: int, samples: int, longest: int) -> DataCard:
    shape = tokens(LENGTH, limit)
    return DataCard(name, shape, 2, samples, any_length=True, padded=True, usual_length=longest)


_IMAGES = (
    DataCard("digits_28", image(28, 28, 1), 10, 1797),
    DataCard("digits_8", image(8, 8, 1), 10, 1797),
    DataCard("letters", image(28, 28, 1), 45, 4500),
    DataCard("hanzi", image(28, 28, 1), 60, 4200),
    DataCard("shapes", image(32, 32, 3), 6, 0),
    DataCard("photo_patches", image(16, 16, 3), 2, 2080),
)
_TABLES = (
    DataCard("iris", features(4), 3, 150, "standardise"),
    DataCard("wine", features(13), 3, 178, "standardise"),
    DataCard("breast_cancer", features(30), 2, 569, "standardise"),
    DataCard("garden", features(11), 2, 240, "standardise"),
    DataCard("diabetes", features(10), 0, 442, "standardise", target_scaling="standardise"),
)
_PLANE = (
    _points("spirals", 2),
    _points("circles", 2),
    _points("xor", 2),
    _points("moons", 2),
    replace(_points("blobs", CLOUDS), any_classes=True),
    _points("checkerboard", 2),
    _points("rings", 3),
    DataCard(PAINTED, features(2), 2, len(START), "standardise"),
    _values("wave", 1),
    _values("line", 1),
    _values("plane", 2),
    _values("waves", 2),
)
_SEQUENCES = (
    DataCard("digit_rows", sequence(8, 8), 10, 1797),
    DataCard("digit_rows_28", sequence(28, 28), 10, 1797),
    DataCard("digit_pixels", sequence(64, 1), 10, 1797),
    _series("sunspots", 309, 22),
    _series("co2", 2284, 52),
    replace(_steps("sines", sequence(LENGTH, 1), 0), noisy=True, usual_length=30),
    replace(_steps("adding", sequence(LENGTH, 2), 0), usual_length=20),
    replace(_steps("majority", tokens(LENGTH, 10), 2), usual_length=20),
    _steps("parity", tokens(LENGTH, 2), 2, per_step=True),
    _steps("reversal", tokens(LENGTH, 10), 10, per_step=True),
    replace(_steps("copy", tokens(LENGTH, 10), 9, per_step=True), usual_length=20),
)
_TEXTS = (
    replace(_steps("sentences", tokens(LENGTH, 16), 2), padded=True, usual_length=12),
    _sentences("moods_en", 51, 380, 65),
    _sentences("moods_zh", 636, 200, 22),
    replace(_steps("names", tokens(LENGTH, 30), 6), padded=True, usual_length=16),
    _text("alice", 58, 11903),
    _text("lunyu", 680, 5565),
)
CARDS = {
    card.name: replace(card, category=shelf)
    for shelf, cards in (
        ("image", _IMAGES),
        ("table", _TABLES),
        ("plane", _PLANE),
        ("sequence", _SEQUENCES),
        ("text", _TEXTS),
    )
    for card in cards
}
# sequences that are pictures, read row by row or pixel by pixel
READ_IN_ROWS = {
    "digit_rows": image(8, 8, 1),
    "digit_rows_28": image(28, 28, 1),
    "digit_pixels": image(8, 8, 1),
}
CHOSEN_SIZE = tuple(name for name, card in CARDS.items() if card.samples == 0)
CHOSEN_LENGTH = tuple(name for name, card in CARDS.items() if card.any_length)
CHOSEN_CLASSES = tuple(name for name, card in CARDS.items() if card.any_classes)
NOISY = tuple(name for name, card in CARDS.items() if card.noisy)
MEASURED = tuple(name for name, card in CARDS.items() if card.shape.kind == REAL)
TEXTS = tuple(name for name, card in CARDS.items() if card.characters)
SERIES = tuple(name for name, card in CARDS.items() if card.rows)


def frame_of(card: DataCard) -> Shape | None:
    """The picture that a sample is, or was before it was read in rows; None of other samples."""
    if card.shape.axes == ("height", "width", "channels"):
        return card.shape
    return READ_IN_ROWS.get(card.name)
