"""What the classes and the features of the bundled data sets are called."""

from __future__ import annotations

from engine.layers.data import Data
from engine.spec.datasets import CARDS, TEXTS
from engine.spec.document import Document
from engine.spec.options import options_of
from engine.spec.texts import alphabet
from gui.words import has, tr

LOWERED = "₀₁₂₃₄₅₆₇₈₉"
VISIBLE = {" ": "␣", "\n": "↵"}  # characters that nobody would see


def dataset_of(document: Document) -> str:
    """The data set that a drawing learns from; empty if it has no data box."""
    for node in document.network.nodes:
        if node.kind == Data.kind:
            return str(node.options.get("dataset", options_of(Data)["dataset"].default))
    return ""


def is_standardised(document: Document) -> bool:
    """Whether the network of a drawing receives its features brought to mean 0, deviation 1."""
    for node in document.network.nodes:
        if node.kind == Data.kind:
            card = CARDS.get(dataset_of(document))
            scaling = str(node.options.get("scaling", options_of(Data)["scaling"].default))
            return scaling == "standardise" or (
                scaling == "auto" and card is not None and card.scaling == "standardise"
            )
    return False


def class_name(dataset: str, index: int) -> str:
    """The name of a class, counted from 0: a species, a character; of others just the number."""
    if dataset in TEXTS and index < CARDS[dataset].classes:
        character = alphabet(dataset)[index]
        return VISIBLE.get(character, character)
    key = f"plots.class.{dataset}.{index}"
    return tr(key) if has(key) else str(index)


def token_name(dataset: str, index: int) -> str:
    """The name of a token that the network receives: a word, a character; of others the number."""
    if dataset in TEXTS:  # characters, as the classes are
        return class_name(dataset, index)
    key = f"plots.token.{dataset}.{index}"
    return tr(key) if has(key) else str(index)


def feature_name(dataset: str, index: int) -> str:
    """The name of a feature, counted from 0: a measurement; of others x₁, x₂, …"""
    key = f"plots.feature.{dataset}.{index}"
    return tr(key) if has(key) else "x" + "".join(LOWERED[int(d)] for d in str(index + 1))
