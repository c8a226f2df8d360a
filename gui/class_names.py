"""What classes, features and tokens are called, of the bundled data sets and of one's own data."""

from __future__ import annotations

from collections.abc import Iterable

from engine.layers.data import Data
from engine.spec.datasets import CARDS
from engine.spec.document import Document, Node
from engine.spec.options import NO_OPTIONS, Options, options_of
from engine.spec.painting import PAINTED
from engine.spec.sources import OWN, Facts, Names, source_of
from engine.spec.texts import PADDING, classes_of, tokens_of
from gui.words import has, tr

LOWERED = "₀₁₂₃₄₅₆₇₈₉"
VISIBLE = {" ": "␣", "\n": "↵", "\t": "⇥"}  # characters that nobody would see

DataName = str | Facts  # a bundled set by its name; data of one's own by what was found in it


def dataset_of(document: Document) -> DataName:
    """The data set that a drawing learns from; empty if it has no data box."""
    for node in document.network.nodes:
        if node.kind == Data.kind:
            return name_of(node)
    return ""


def name_of(box: Node) -> DataName:
    """The data set that a data box has chosen; "own" where it has no files yet."""
    name = str(_option(box.options, "dataset"))
    origin = box.options.get("origin", NO_OPTIONS)
    if name == OWN and isinstance(origin, Options) and origin:
        try:
            return source_of(origin).facts
        except ValueError:
            return name
    return name


def is_standardised(document: Document) -> bool:
    """Whether the network of a drawing receives its features brought to mean 0, deviation 1."""
    for node in document.network.nodes:
        if node.kind == Data.kind:
            scaling = str(_option(node.options, "scaling"))
            return scaling == "standardise" or (
                scaling == "auto" and usual_scaling(name_of(node)) == "standardise"
            )
    return False


def usual_scaling(dataset: DataName) -> str:
    """What the scaling "auto" means for a data set."""
    if isinstance(dataset, Facts):
        return dataset.scaling
    return CARDS[dataset].scaling if dataset in CARDS else "none"


def _option(options: Options, name: str) -> object:
    return options.get(name, options_of(Data)[name].default)


def class_name(dataset: DataName, index: int) -> str:
    """The name of a class, counted from 0: a species, a character; of others just the number."""
    if isinstance(dataset, Facts):
        if not dataset.class_names and dataset.per_step and dataset.classes == dataset.limit:
            return _visible(dataset.vocabulary, index)  # a text to be continued
        return _visible(dataset.class_names, index)
    characters = classes_of(dataset)
    if index < len(characters):
        return _visible(characters, index)
    if dataset == PAINTED:
        return str(index + 1)  # as its key and its colour say where points are painted
    key = f"plots.class.{dataset}.{index}"
    return tr(key) if has(key) else str(index)


def token_name(dataset: DataName, index: int) -> str:
    """The name of a token that the network receives: a word, a character; of others the number."""
    if isinstance(dataset, Facts):
        return _visible(dataset.vocabulary, index)
    characters = tokens_of(dataset)
    if characters:
        return _visible(characters, index)
    key = f"plots.token.{dataset}.{index}"
    return tr(key) if has(key) else str(index)


def tokens_text(dataset: DataName, tokens: Iterable[int]) -> str:
    """A row of tokens as it is read: characters close together, without padding; words apart."""
    names = [token_name(dataset, token) for token in tokens]
    vocabulary = tokens_of(dataset) if isinstance(dataset, str) else dataset.vocabulary
    if not vocabulary or any(len(each) > 1 for each in vocabulary):
        return " ".join(names)
    return "".join(names).replace(VISIBLE[" "], " ").rstrip(PADDING)


def feature_name(dataset: DataName, index: int) -> str:
    """The name of a feature, counted from 0: a measurement; of others x₁, x₂, …"""
    if isinstance(dataset, Facts):
        names = dataset.feature_names
        return names[index] if index < len(names) else numbered("x", index)
    key = f"plots.feature.{dataset}.{index}"
    return tr(key) if has(key) else numbered("x", index)


def target_name(dataset: DataName, index: int = 0) -> str:
    """The name of a number to be predicted, counted from 0; of most sets y, or y₁, y₂, …"""
    if isinstance(dataset, Facts):
        names = dataset.target_names
        if index < len(names):
            return names[index]
        return "y" if dataset.outputs == 1 else numbered("y", index)
    outputs = CARDS[dataset].outputs if dataset in CARDS else 1
    return "y" if outputs == 1 else numbered("y", index)


def numbered(letter: str, index: int) -> str:
    """A letter with a lowered number, counted from 1: x₁, x₁₂."""
    return letter + "".join(LOWERED[int(d)] for d in str(index + 1))


def _visible(names: Names | str, index: int) -> str:
    if not 0 <= index < len(names):
        return str(index)
    return VISIBLE.get(names[index], names[index])
