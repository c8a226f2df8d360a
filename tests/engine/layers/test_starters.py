"""Starters fit every kind of data, and learn within an epoch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.layers.analysis import analyse
from engine.layers.starters import with_network
from engine.runtime.trainer import Trainer
from engine.scripting import Model
from engine.spec import edits
from engine.spec.datasets import CARDS
from engine.spec.document import Document, Node
from engine.spec.options import Options
from engine.spec.sources import OWN, Facts, Source
from engine.spec.training import TrainingOptions

DATA = "data_1"


def data(**options: object) -> Document:
    return edits.add_node(Document(), Node(DATA, "data", Options(options)))  # type: ignore[arg-type]


def kinds(document: Document) -> list[str]:
    return [node.kind for node in document.network.nodes]


@pytest.mark.parametrize("dataset", CARDS)
def test_every_bundled_set_gets_a_network_without_a_mistake(dataset: str) -> None:
    made = with_network(data(dataset=dataset), DATA)
    assert analyse(made).errors == ()
    assert [node.y for node in made.network.nodes] == [0.0] * len(made.network.nodes)


def test_what_is_built_follows_from_the_samples() -> None:
    assert kinds(with_network(data(dataset="iris"), DATA)) == [
        *("data", "dense", "dense", "dense", "cross_entropy")
    ]
    pictures = with_network(data(dataset="digits_28"), DATA)
    assert kinds(pictures) == [
        *("data", "conv2d", "max_pool2d", "conv2d", "max_pool2d", "conv2d"),
        *("flatten", "dense", "dense", "cross_entropy"),
    ]
    assert kinds(with_network(data(dataset="alice"), DATA)) == [
        *("data", "embedding", "lstm", "dense", "cross_entropy")
    ]
    assert kinds(with_network(data(dataset="diabetes"), DATA))[-1] == "mean_squared_error"


@pytest.mark.parametrize(
    ("sizes", "axes"),
    [
        ((3,), ("features",)),
        ((4, 4, 1), ("height", "width", "channels")),
        ((96, 128, 3), ("height", "width", "channels")),
        ((50, 40), ("time", "features")),
        ((3, 4), ("height", "width")),
    ],
)
def test_own_data_of_any_shape_get_a_network(sizes: tuple[int, ...], axes: tuple[str, ...]) -> None:
    for classes, outputs in ((3, 1), (0, 2)):
        facts = Facts(sizes, axes, 90, classes=classes, outputs=outputs)
        source = Source("arrays", "/nowhere.npz", "", Options(), facts)
        made = with_network(data(dataset=OWN, origin=source.to_options()), DATA)
        assert analyse(made).errors == ()


@pytest.mark.parametrize("dataset", ["iris", "digits_8", "sentences"])
def test_one_epoch_of_training_lowers_the_loss(dataset: str) -> None:
    document = with_network(data(dataset=dataset), DATA)
    options = TrainingOptions(epochs=1, batch_size=4, learning_rate=0.005, threads=1)
    document = edits.set_training(document, options)
    trainer = Trainer(Model(document))
    losses = []
    while not trainer.epoch_is_complete:
        losses.append(trainer.advance()["loss"])
    fifth = len(losses) // 5
    assert np.mean(losses[-fifth:]) < np.mean(losses[:fifth])


def test_without_samples_there_is_nothing_to_build_on() -> None:
    with pytest.raises(ValueError, match="gives no samples"):
        with_network(data(dataset=OWN), DATA)
    with pytest.raises(ValueError, match="gives no samples"):
        with_network(Document(), DATA)


def test_few_samples_are_gone_through_more_often() -> None:
    assert with_network(data(dataset="iris"), DATA).training.epochs == 150
    assert with_network(data(dataset="letters"), DATA).training.epochs == TrainingOptions().epochs
    chosen = replace(data(dataset="iris"), training=TrainingOptions(epochs=3))
    assert with_network(chosen, DATA).training.epochs == 3
