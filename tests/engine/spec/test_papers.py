"""Papers: each short name is told in full, and what should have one has one."""

from __future__ import annotations

import pytest

from engine.layers import CATALOGUE
from engine.layers.activation import ACTIVATION
from engine.layers.weighted import INITIALIZERS
from engine.spec.options import Choice, options_of
from engine.spec.papers import CHOSEN, PAPERS, paper_of, papers_of
from engine.spec.training import TrainingOptions

# what lays numbers out anew, brings them in, or is as old as arithmetic
WITHOUT = {
    *("activation", "average", "cropping2d", "data", "flatten", "permute", "reshape", "subtract"),
    *("up_sampling2d", "zero_padding2d"),
}
PLAIN = {
    "activation": {"linear"},
    "function": {"linear"},
    "initializer": {"uniform", "normal", "truncated_normal", "zeros", "ones", "constant"},
    "optimizer": set(),
    "schedule": {"constant", "step", "exponential", "polynomial", "plateau"},
    "clipping": {"none", "value"},
}


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_layer_that_was_described_first_somewhere_names_the_paper(kind: str) -> None:
    papers = papers_of(CATALOGUE[kind].source)
    assert bool(papers) == (kind not in WITHOUT)
    for paper in papers:
        assert paper.title and paper.authors and 1700 < paper.year < 2100


def choices(option: str) -> set[str]:
    if option in ("activation", "function"):
        return set(ACTIVATION)
    if option == "initializer":
        return set(INITIALIZERS)
    declared = options_of(TrainingOptions)[option]
    assert isinstance(declared, Choice)
    return set(declared.choices)


@pytest.mark.parametrize("option", sorted(PLAIN))
def test_what_can_be_chosen_has_a_paper_unless_it_is_plain(option: str) -> None:
    assert set(CHOSEN[option]) == choices(option) - PLAIN[option]
    for value in CHOSEN[option]:
        paper = paper_of(option, value)
        assert paper is not None and paper.title


def test_no_paper_is_named_in_vain() -> None:
    named = {name for layer in CATALOGUE.values() for name in layer.source.split("; ") if name}
    named |= {name for table in CHOSEN.values() for name in table.values()}
    assert named == set(PAPERS)


def test_the_year_is_that_of_the_short_name_and_so_is_the_first_author() -> None:
    for name, paper in PAPERS.items():
        assert name.endswith(str(paper.year))
        first = name.split(" &")[0].split(" et al.")[0].split(",")[0].removesuffix(f" {paper.year}")
        assert first in paper.authors.split(",")[0], name


def test_what_has_no_paper_has_none() -> None:
    assert paper_of("schedule", "plateau") is None and paper_of("units", 3) is None
    assert papers_of("") == ()
