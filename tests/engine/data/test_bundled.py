"""The data sets: they are what their cards say, and follow the choices of the data box."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.bundled import DRAWN, load
from engine.data.bundled import REAL as FROM_FILES
from engine.data.encoding import width_of
from engine.data.preparing import prepare
from engine.runtime.memory import Array
from engine.spec.datasets import CARDS, CHOSEN_CLASSES, CHOSEN_SIZE, MEASURED, NOISY, SHELVES
from engine.spec.shapes import REAL, TOKEN
from tests.engine.networks import arrays, data_box

all_sets = pytest.mark.parametrize("name", CARDS)
drawn_sets = pytest.mark.parametrize("name", CHOSEN_SIZE)
COUNT = 240


def sample(
    name: str, noise: float = 0.1, seed: int = 0, samples: int = COUNT
) -> tuple[Array, Array]:
    return arrays(data_box(dataset=name, noise=noise, seed=seed, samples=samples))


def test_every_card_has_a_loader_and_every_loader_a_card() -> None:
    assert set(CARDS) == set(FROM_FILES) | set(DRAWN)
    assert set(CHOSEN_SIZE) == set(DRAWN)


@all_sets
def test_the_card_says_what_the_arrays_are(name: str) -> None:
    card, box = CARDS[name], data_box(dataset=name, samples=COUNT)
    samples = load(box)
    x, target = samples.x, samples.target
    assert card.name == name
    assert len(x) == len(target) == (card.rows or card.samples or COUNT)
    assert card.rows or len(x) == box.total
    width = sum(map(width_of, samples.columns)) or x.shape[-1]
    sizes = (*x.shape[1:-1], width) if card.shape.kind == REAL else x.shape[1:]
    assert sizes == (card.shape.sizes[1:] if card.rows else card.shape.sizes)
    assert samples.series == (card.rows > 0)
    assert x.dtype in ((np.int64,) if card.shape.kind == TOKEN else (np.float64, np.uint8))
    if card.classes:
        assert target.dtype == np.int64
        assert target.shape == (len(x), *card.target.sizes)
        # a character may stand only where the last, incomplete window would have been
        assert set(np.unique(target)) <= set(range(card.classes))
        assert card.characters or len(np.unique(target)) == card.classes
    else:
        assert target.shape == (len(x), *card.target.sizes)
        assert np.isfinite(target).all()


@pytest.mark.parametrize("name", MEASURED)
@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_every_number_is_finite_and_of_a_size_that_can_be_learnt(name: str, noise: float) -> None:
    x = prepare(data_box(dataset=name, noise=noise, samples=COUNT)).parts["training"].x
    assert np.isfinite(x).all()
    assert np.abs(x).max() < 15
    assert x.std() > 0.1


@pytest.mark.parametrize("name", [name for name, card in CARDS.items() if not card.classes])
def test_what_is_to_be_predicted_is_of_the_size_of_one(name: str) -> None:
    target = prepare(data_box(dataset=name, samples=COUNT)).parts["training"].target
    assert 0.2 < target.std() < 2
    assert np.abs(target).max() < 5


@all_sets
def test_every_set_stands_on_a_shelf(name: str) -> None:
    assert CARDS[name].category in SHELVES
    assert CARDS[name].usual_length >= 3


@pytest.mark.parametrize("name", CHOSEN_CLASSES)
@pytest.mark.parametrize("classes", [2, 10])
def test_there_are_as_many_classes_as_asked_for(name: str, classes: int) -> None:
    box = data_box(dataset=name, classes=classes, samples=COUNT, noise=0.0)
    _, target = arrays(box)
    assert box.card.classes == box.output_shapes({})["target"].limit == classes
    assert np.bincount(target).tolist() == [COUNT // classes] * classes


@all_sets
def test_the_classes_are_of_about_the_same_size(name: str) -> None:
    _, target = sample(name)
    if CARDS[name].classes and not CARDS[name].per_step:
        counts = np.bincount(target)
        assert counts.max() <= 1.7 * counts.min()


@drawn_sets
def test_the_number_of_samples_is_the_one_asked_for(name: str) -> None:
    for samples in (30, 31, 1_000 if CARDS[name].category == "image" else 20_000):
        x, target = sample(name, samples=samples)
        assert len(x) == len(target) == samples


@drawn_sets
def test_the_seed_decides_the_points(name: str) -> None:
    assert np.array_equal(sample(name)[0], sample(name)[0])
    assert not np.array_equal(sample(name)[0], sample(name, seed=1)[0])


@pytest.mark.parametrize("name", sorted(set(CHOSEN_SIZE) - set(NOISY)))
def test_a_set_without_noise_ignores_it(name: str) -> None:
    for one, other in zip(sample(name, noise=0.0), sample(name, noise=1.0), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("name", NOISY)
def test_noise_moves_points_from_where_they_would_be(name: str) -> None:
    (x, y), (near_x, near_y), (far_x, far_y) = (sample(name, noise) for noise in (0.0, 0.05, 0.5))
    near = np.abs(near_x - x).mean() + np.abs(near_y - y).mean()
    far = np.abs(far_x - x).mean() + np.abs(far_y - y).mean()
    assert near > 0
    assert far == pytest.approx(10 * near, rel=0.05)


@pytest.mark.parametrize("name", ["spirals", "circles", "xor", "moons", "checkerboard", "rings"])
def test_without_noise_a_neighbour_is_of_the_same_class(name: str) -> None:
    x, target = sample(name, noise=0.0, samples=2000)
    distance = np.linalg.norm(x[:, None] - x[None, :500], axis=2)
    distance[np.arange(500), np.arange(500)] = np.inf
    agree = np.mean(target[distance.argmin(axis=0)] == target[:500])
    assert agree >= 0.95
