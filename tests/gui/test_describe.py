"""Words for boxes, sizes, problems and repairs, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.spec import edits
from engine.spec.codec import from_json
from engine.spec.document import Document, Node, Options
from gui import describe, words
from gui.words import LANGUAGES
from tests.gui.networks import chain

EXAMPLES = Path("resources/examples")


def titles(document: Document) -> list[str]:
    return [describe.title(document, node.id) for node in document.network.nodes]


def test_a_single_box_needs_no_number() -> None:
    assert titles(chain(("data", "conv2d", "dense"))) == ["Data", "Conv2D", "Dense"]


def test_boxes_of_a_kind_are_numbered_as_their_weights_are_named() -> None:
    assert titles(chain(("data", "dense", "dense"))) == ["Data", "Dense 1", "Dense 2"]


def test_a_box_keeps_its_number_when_the_others_are_gone() -> None:
    document = edits.remove_nodes(chain(("data", "dense", "dense")), ("dense_1",))
    assert titles(document) == ["Data", "Dense 2"]


def test_boxes_of_files_by_others_have_titles_too() -> None:
    document = Document()
    for id, kind in (("mine", "dense"), ("new_thing_1", "quantum"), ("{x}", "add")):
        document = edits.add_node(document, Node(id, kind))
    assert titles(document) == ["Dense mine", "quantum", "Add {x}"]
    assert describe.title(document, "gone_1") == "gone_1"


def test_sizes_are_told_with_what_their_axes_mean() -> None:
    facts = analyse(chain()).facts
    assert describe.output_text(facts["conv2d_1"]) == "26×26×32"
    assert describe.axis_names(facts["conv2d_1"].outputs["y"]) == "height × width × channels"
    assert describe.output_text(facts["cross_entropy_1"]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name(language: str) -> None:
    words.set_language(language)
    assert all(describe.kind_name(kind) != kind for kind in CATALOGUE)
    assert describe.kind_name("quantum") == "quantum"


def broken() -> list[Document]:
    """Drawings with mistakes of many kinds."""
    whole = chain()
    documents = [Document(), chain(("dense",)), chain(("data", "flatten", "conv2d"))]
    documents += [edits.remove_nodes(whole, (n.id,), heal=False) for n in whole.network.nodes]
    documents += [edits.remove_nodes(whole, (n.id,)) for n in whole.network.nodes]
    odd: list[tuple[str, dict[str, object]]] = [
        ("dense_1", {"units": 3}),
        ("dense_1", {"units": -3}),
        ("dense_1", {"units": "{box}"}),
        ("dense_1", {"activation": "sigmoid"}),
        ("dense_1", {"activation": "{0}"}),
        ("conv2d_1", {"size": 31, "colour": "red"}),
        ("data_1", {"dataset": "wave"}),
    ]
    for id, options in odd:
        node = whole.network.node(id)
        changed = Node(id, node.kind, Options(dict(node.options) | options))  # type: ignore[arg-type]
        nodes = tuple(changed if n.id == id else n for n in whole.network.nodes)
        documents.append(Document(type(whole.network)(nodes, whole.network.edges)))
    return documents


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_and_repair_is_a_whole_sentence(language: str) -> None:
    words.set_language(language)
    codes = set()
    for document in broken():
        for problem in analyse(document).problems:
            codes.add(problem.code)
            assert len(describe.problem_text(document, problem)) > 10
            for fix in problem.fixes:
                assert describe.fix_text(document, fix)
    assert len(codes) > 8


def test_values_have_words_where_they_are_choices() -> None:
    assert describe.value_text("activation", "relu") == "ReLU"
    assert describe.value_text("activation", "{0}") == "{0}"
    assert describe.value_text("units", 10) == "10"
    assert describe.value_text("rate", 0.5) == "0.5"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_examples_have_no_problem_to_tell(path: Path) -> None:
    assert analyse(from_json(path.read_text("utf-8"))).errors == ()
