"""The pictures are what they claim to be: real digits, printed characters, figures, photographs."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.figures import FIGURES
from engine.runtime.memory import Array
from engine.spec.datasets import CARDS
from tests.engine.networks import arrays, data_box


def sample(name: str, samples: int = 240) -> tuple[Array, Array]:
    x, labels = arrays(data_box(dataset=name, samples=samples))
    return (x / 255.0 if x.dtype == np.uint8 else x), labels


@pytest.mark.parametrize("name", [name for name, card in CARDS.items() if card.category == "image"])
def test_pictures_lie_between_zero_and_one_and_use_that(name: str) -> None:
    x, _ = sample(name)
    assert 0 <= x.min() < 0.05
    assert 0.95 < x.max() <= 1


@pytest.mark.parametrize("name", ["letters", "hanzi"])
def test_printed_characters_of_a_class_are_alike_and_those_of_two_are_not(name: str) -> None:
    x, labels = sample(name)
    pictures = x.reshape(len(x), -1)
    assert len(np.unique(pictures, axis=0)) == len(pictures)
    means = np.stack([pictures[labels == c].mean(axis=0) for c in range(labels.max() + 1)])
    distance = (means**2).sum(axis=1) - 2 * pictures @ means.T  # and what is equal for all means
    assert np.mean(distance.argmin(axis=1) == labels) > 0.4  # and by chance 0.02


def test_a_figure_covers_as_much_as_it_should() -> None:
    x, label = sample("shapes", 600)
    assert x.shape == (600, 32, 32, 3)
    covers = np.abs(x - x[:, :1, :1]).max(axis=3) > 0.25
    covered = covers.mean(axis=(1, 2))
    share = {name: covered[label == number].mean() for number, name in enumerate(FIGURES)}
    assert share["circle"] > share["square"] > share["cross"] > share["star"] > 0.05
    assert share["square"] > share["triangle"] > share["star"]


def test_edges_of_figures_are_smooth() -> None:
    x, _ = sample("shapes", 60)
    shades = [len(np.unique(picture.reshape(-1, 3).round(3), axis=0)) for picture in x]
    assert min(shades) > 32 + 20  # a shade for each row of the ground, and many along the edge


def test_a_figure_does_not_depend_on_how_many_are_drawn_at_once() -> None:
    from engine.data import figures

    whole, _ = sample("shapes", 700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "AT_ONCE", 64)
        assert np.array_equal(whole, sample("shapes", 700)[0])


def test_patches_are_squares_of_the_photographs() -> None:
    from sklearn.datasets import load_sample_image

    x, label = sample("photo_patches")
    for number, name in enumerate(("china.jpg", "flower.jpg")):
        patches = x[label == number].reshape(26, 40, 16, 16, 3)
        whole = patches.swapaxes(1, 2).reshape(416, 640, 3)
        assert np.array_equal(np.rint(whole * 255), load_sample_image(name)[:416])


def test_the_digits_are_the_real_ones_between_zero_and_one() -> None:
    from sklearn.datasets import load_digits

    x, target = sample("digits_8")
    images, labels = load_digits(return_X_y=True)
    assert np.array_equal(x.reshape(-1, 64) * 16, images)
    assert np.array_equal(target, labels)
    assert (x.min(), x.max()) == (0, 1)


def test_the_digits_are_enlarged_as_scipy_does() -> None:
    from scipy.ndimage import zoom

    (small, _), (large, _) = sample("digits_8"), sample("digits_28")
    expected = zoom(small[..., 0], (1, 3.5, 3.5), order=1, grid_mode=True, mode="nearest")
    np.testing.assert_allclose(large[..., 0], expected, atol=1e-12)


def test_the_large_digits_are_the_small_ones_enlarged() -> None:
    (small, labels), (large, large_labels) = sample("digits_8"), sample("digits_28")
    assert np.array_equal(labels, large_labels)
    assert large.min() >= 0
    assert large.max() <= 1
    # the mean brightness and its place stay
    np.testing.assert_allclose(large.mean(axis=(1, 2, 3)), small.mean(axis=(1, 2, 3)), atol=0.02)
    rows = [
        np.average(np.arange(n) / (n - 1), weights=p.sum(axis=(0, 2, 3)) + 1e-9)
        for n, p in ((8, small), (28, large))
    ]
    assert rows[0] == pytest.approx(rows[1], abs=0.02)
